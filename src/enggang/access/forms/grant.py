from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from enggang.access.enums import Role
from enggang.accounts.backends import find_user
from enggang.accounts.models import User
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.places.models import Organisation


class GrantForm(forms.Form):
    """``user`` is given when the page was opened for one account; otherwise its NIP or e-mail address is asked."""

    login = forms.CharField(
        label=_("NIP or e-mail address"),
        max_length=254,
        help_text=_("What the person signs in with. An account is made in the staff list."),
    )
    role = forms.ChoiceField(label=_("Role"), choices=[("", _("Choose a role")), *Role.choices])
    organisation = forms.ModelChoiceField(
        label=_("Agency"),
        queryset=Organisation.objects.none(),
        help_text=_("The role reaches everything below it."),
        empty_label=_("Choose an agency"),
    )
    valid_to = forms.DateField(
        label=_("Last day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, actor: Actor, user: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if user is not None:
            del self.fields["login"]
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Organisation.objects.on().held_by(actor, Role.ADMINISTRATOR)
        if actor.holds(Role.ADMINISTRATOR, at="/"):
            field.required, field.empty_label = False, str(_("The whole installation"))

    def clean_login(self) -> str:
        self.user = find_user(self.cleaned_data["login"])
        if self.user is None:
            raise ValidationError(_("No account signs in with this. Make one in the staff list first."))
        return str(self.cleaned_data["login"])

    def clean_valid_to(self) -> Any:
        day = self.cleaned_data["valid_to"]
        if day is not None and day < clock.today():
            raise ValidationError(_("This day has passed."))
        return day


class GrantFilterForm(forms.Form):
    text = forms.CharField(label=_("Name or agency"), required=False, max_length=100)
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("All roles")), *Role.choices])
