from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.core.forms import POSSIBLE_DAYS, field_of
from enggang.places.forms.tree import TreeField
from enggang.places.models import Organisation
from enggang.surveys import rules


class ServiceForm(forms.Form):
    organisation = TreeField(label=_("Agency"))
    name = forms.CharField(label=_("Service"), max_length=120, help_text=_("As citizens call it at the counter."))
    starts_on = forms.DateField(
        label=_("From"), validators=POSSIBLE_DAYS, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    ends_on = forms.DateField(
        label=_("Until"), validators=POSSIBLE_DAYS, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Organisation.objects.on().held_by(actor, *rules.SURVEYS_SERVICES)
        field_of(self, "organisation", forms.ModelChoiceField).queryset = rows

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", _text("The period ends before it begins."))
        return data
