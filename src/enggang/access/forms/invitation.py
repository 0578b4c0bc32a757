from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.accounts.forms.sign_in import NewPasswordForm
from enggang.accounts.models import User


class AcceptForm(NewPasswordForm):
    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.fields["login"] = forms.CharField(
            label=_("Your NIP or e-mail address"),
            max_length=254,
            help_text=_("So that nobody else can use this invitation."),
            widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "data-forget": True}),
        )
        self.order_fields(["login", "password1", "password2"])
