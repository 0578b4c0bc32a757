from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.core import clock
from enggang.core.forms import day_field, text_area
from enggang.events.domain.dating import RELIED_UPON
from enggang.events.enums import DateState
from enggang.events.models import Edition


class DecisionForm(forms.Form):
    """Who decided and when; ``reason`` where something is missing or taken back."""

    decider = forms.CharField(label=_("Decided by"), max_length=160)
    decided_on = day_field(_("Decided on"))
    reason = forms.CharField(
        label=_("Reason"), max_length=500, required=False, widget=text_area(),
        help_text=_("Needed when something required is not seen to."),
    )  # fmt: skip

    def __init__(self, *args: Any, name: str = "", must_explain: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decided_on"].initial = clock.today
        self.fields["decider"].initial = name
        if must_explain:
            self.fields["reason"].required = True
            self.fields["reason"].help_text = ""


class CloneForm(forms.Form):
    year = forms.IntegerField(label=_("Year"))


class DatesForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    first = day_field(_("First day"), required=False, help_text=_("Empty: to be announced."))
    last = day_field(_("Last day"), required=False, help_text=_("Empty: one day."))
    state = forms.ChoiceField(label=_("Certainty"), choices=DateState.choices)
    source = forms.CharField(
        label=_("Where it is known from"), max_length=300, required=False,
        help_text=_("A decision, a letter, the council. Needed for a confirmed date."),
    )  # fmt: skip
    reason = forms.CharField(label=_("Reason for a move"), max_length=500, required=False, widget=text_area())

    def __init__(self, data: Any = None, *, edition: Edition, chosen: dict[str, str] | None = None) -> None:
        initial = {
            "version": edition.version, "first": edition.starts_on, "last": edition.ends_on,
            "state": edition.date_state, "source": edition.date_source,
        }  # fmt: skip
        super().__init__(data, initial={**initial, **(chosen or {})})
        if edition.starts_on and edition.stage in RELIED_UPON:
            self.fields["reason"].help_text = _("Needed when the days move: others count on the old ones already.")
