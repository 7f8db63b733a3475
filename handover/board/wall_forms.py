from __future__ import annotations

from django import forms

from common.text import CleanTextField

EXAMPLE = "Enter this, for example “Screen behind the desk”."


class WallLinkForm(forms.Form):
    name = CleanTextField(label="Name of the screen", max_length=80, help_text="For example “Screen behind the desk”.", error_messages={"required": EXAMPLE})
