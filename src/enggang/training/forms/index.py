from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.forms import field_of
from enggang.people.forms.fields import OrganisationField
from enggang.places.models import Organisation
from enggang.training.enums import LearningKind
from enggang.training.exports_index import COLUMNS
from enggang.training.models import IndexRule
from enggang.training.queries.index import Evidence, IndexScore
from enggang.training.rules import SEES_INDEX

FIRST_YEAR, LAST_YEAR = 2000, 2199
SHOWS: dict[str, Callable[[IndexScore], bool]] = {
    "undecided": lambda score: bool(score.undecided),
    "unknown": lambda score: score.total is None,
    "untyped": lambda score: score.lines is None,
}


class IndexFilterForm(forms.Form):
    agency = OrganisationField(label=_("Agency"), required=False)
    year = forms.IntegerField(label=_("Year"), required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR)
    only = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[
            ("", _("Everyone")),
            ("undecided", _("Waits for a decision")),
            ("unknown", _("Index not complete")),
            ("untyped", _("Kind of post not said")),
        ],
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "agency", OrganisationField).offer(Organisation.objects.held_by(actor, *SEES_INDEX))

    def chosen_year(self) -> int:
        this = clock.today().year
        return min(int(self.cleaned_data.get("year") or this), this)

    def keeps(self, score: IndexScore) -> bool:
        only = SHOWS.get(self.cleaned_data.get("only") or "")
        return only is None or only(score)


class RelevanceForm(forms.Form):
    evidence = forms.ChoiceField(label=_("Training"))
    kind = forms.ChoiceField(label=_("Kind of learning"), choices=[("", "–"), *LearningKind.choices])
    relevant = forms.TypedChoiceField(
        label=_("Has to do with the tasks of the post"), choices=[("", "–"), ("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda text: text == "yes",
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("The person reads it, and it goes into the evidence pack.")
    )
    first_year = forms.IntegerField(
        label=_("Counts from the year"), required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR,
        help_text=_("Empty: the window of the table in force."),
    )  # fmt: skip
    last_year = forms.IntegerField(label=_("Until the year"), required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR)

    def __init__(self, *args: Any, evidence: Sequence[Evidence], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            ("", _("Choose a training")),
            *((each.key, f"{each.title} ({each.ends_on.year})") for each in evidence),
        ]
        field_of(self, "evidence", forms.ChoiceField).choices = choices

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("first_year"), data.get("last_year")
        if last is not None and (first is None or last < first):
            self.add_error("last_year", _("Give the first year too; the last one cannot lie before it."))
        return data


class DimensionForm(forms.Form):
    """One of the dimensions that are entered: a row of the table in force, or nothing."""

    rule = forms.ModelChoiceField(IndexRule.objects.none(), required=False, empty_label=_("Not known"))

    def __init__(self, *args: Any, rules: Sequence[IndexRule], label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = field_of(self, "rule", forms.ModelChoiceField)
        field.queryset, field.label = IndexRule.objects.filter(pk__in=[rule.pk for rule in rules]), label


class ColumnsForm(forms.Form):
    """A number per column: its place in the file; empty leaves the column out."""

    def __init__(self, *args: Any, chosen: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = {name: place for place, name in enumerate(chosen, 1)}
        for name in sorted(COLUMNS, key=lambda each: places.get(each, len(COLUMNS) + 1)):
            self.fields[name] = forms.IntegerField(
                label=COLUMNS[name][0], required=False, min_value=1, max_value=99, initial=places.get(name)
            )

    def columns(self) -> list[str]:
        """In the order of their numbers; the same number twice keeps the order of the form."""
        placed = {name: place for name, place in self.cleaned_data.items() if place}
        return sorted(placed, key=lambda name: placed[name])
