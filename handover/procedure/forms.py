"""“I have read it”, with what was before the reader."""

from django import forms


class AcknowledgeForm(forms.Form):
    fingerprint = forms.RegexField("^[0-9a-f]{64}$", widget=forms.HiddenInput)
