from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.access.enums import Role
from enggang.core.actor import Actor
from enggang.core.forms import POSSIBLE_DAYS, field_of
from enggang.places.forms.tree import TreeField
from enggang.places.models import Organisation
from enggang.surveys.models.setting import SettingKey


class SettingForm(forms.Form):
    organisation = TreeField(label=_("Agency"))
    key = forms.ChoiceField(label=_("Number"), choices=SettingKey.choices)
    value = forms.IntegerField(label=_("Value"), min_value=3, max_value=1000)
    valid_from = forms.DateField(
        label=_("Valid from"),
        validators=POSSIBLE_DAYS,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    source = forms.CharField(label=_("Where this comes from"), max_length=300)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Organisation.objects.on().held_by(actor, Role.ADMINISTRATOR)
        field_of(self, "organisation", forms.ModelChoiceField).queryset = rows
