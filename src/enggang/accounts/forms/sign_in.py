"""One field for whatever a person signs in with, and the ways to a new password."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as library
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from enggang.accounts.domain.passwords import ask_reset
from enggang.accounts.models.handle import normalise_handle


class SignInForm(library.LoginForm):
    """NIP or e-mail address, and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label=_("NIP or e-mail address"),
            max_length=254,
            widget=forms.TextInput(
                attrs={
                    "autocomplete": "username",
                    "autocapitalize": "none",
                    "spellcheck": "false",
                    "autofocus": True,
                    "data-forget": True,
                }
            ),
        )
        self.fields["password"] = forms.CharField(
            label=_("Password"), strip=False, max_length=1000, widget=_password_input("current-password")
        )
        self.fields["remember"] = forms.BooleanField(label=_("Stay signed in on this device"), required=False)
        self.order_fields(["login", "password", "remember"])

    def clean_login(self) -> str:
        """As it stands in the table of handles: spaces and dots in an NIP would get round the limit per account."""
        return normalise_handle(self.cleaned_data["login"])


class AskResetForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("The address that you confirmed on your account page."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autofocus": True}),
    )

    def clean_email(self) -> str:
        return normalise_handle(self.cleaned_data["email"])

    def save(self, _request: HttpRequest) -> str:
        ask_reset(self.cleaned_data["email"])
        return str(self.cleaned_data["email"])


class NewPasswordForm(library.SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_new_password(self)


class NewPasswordByLinkForm(library.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_new_password(self)


class ChangePasswordForm(library.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"] = forms.CharField(
            label=_("Present password"), strip=False, max_length=1000, widget=_password_input("current-password")
        )
        self.order_fields(["oldpassword", "password1", "password2"])
        _word_new_password(self)


class AgainPasswordForm(library.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"] = forms.CharField(
            label=_("Password"), strip=False, max_length=1000, widget=_password_input("current-password")
        )


def _password_input(autocomplete: str) -> forms.PasswordInput:
    return forms.PasswordInput(attrs={"autocomplete": autocomplete})


def _word_new_password(form: forms.Form) -> None:
    """Our words on the library's fields: they carry its checks."""
    for name, label in (("password1", _("New password")), ("password2", _("New password once more"))):
        field = form.fields[name]
        field.label, field.help_text = label, ""
        field.widget = _password_input("new-password")
        field.validators.append(MaxLengthValidator(1000))
    form.fields["password1"].help_text = " ".join(str(text) for text in password_validators_help_texts())
