"""The library's forms of the second factor, in our words."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base import forms as library
from allauth.mfa.totp.forms import ActivateTOTPForm as LibraryActivateForm
from django import forms
from django.utils.translation import gettext_lazy as _


def _word_code(form: forms.Form, help_text: Any) -> None:
    field = form.fields["code"]
    field.label, field.help_text = _("Code"), help_text
    field.widget = forms.TextInput(
        attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True, "maxlength": 40}
    )


class SecondStepForm(library.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_code(self, _("From your authenticator app, or one of your recovery codes."))


class AgainSecondStepForm(library.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_code(self, _("From your authenticator app, or one of your recovery codes."))


class ActivateForm(LibraryActivateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_code(self, _("The six digits that the app shows now."))
