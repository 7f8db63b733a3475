"""allauth's forms in our words."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ResetPasswordForm, ResetPasswordKeyForm, SetPasswordForm
from django import forms

from accounts.forms.fields import PASSWORD_HINT


def plain(field: forms.Field, label: str, hint: str = "") -> None:
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self.fields["login"], "E-mail address")
        plain(self.fields["password"], "Password")
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class AskForLinkForm(ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self.fields["email"], "E-mail address")


class NewPasswordForm(ResetPasswordKeyForm):
    """From a link in an e-mail, or from one that a lead made."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self.fields["password1"], "New password", PASSWORD_HINT)
        plain(self.fields["password2"], "The same again")


class ChangeForm(ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self.fields["oldpassword"], "Present password")
        plain(self.fields["password1"], "New password", PASSWORD_HINT)
        plain(self.fields["password2"], "The same again")


class FirstPasswordForm(SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self.fields["password1"], "New password", PASSWORD_HINT)
        plain(self.fields["password2"], "The same again")
