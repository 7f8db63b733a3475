"""What a lead fills in to put somebody else on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q

from accounts.models import User
from handover.shifts.forms import colleagues
from handover.shifts.models import Away, Rostering, Shift, is_on


class CoverForm(forms.Form):
    colleague = forms.ModelChoiceField(label="Who is off?", queryset=User.objects.none(), empty_label="Choose a colleague")
    stand_in = forms.ModelChoiceField(label="Who comes instead?", queryset=User.objects.none(), empty_label="Choose a colleague")

    def __init__(self, *args: Any, shift: Shift, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = Rostering.objects.filter(is_on() | Q(away=Away.ABSENCE), shift=shift)
        self.fields["colleague"].queryset = User.objects.filter(rosterings__in=lines).order_by("display_name", "pk")
        self.fields["stand_in"].queryset = colleagues(shift.team)
