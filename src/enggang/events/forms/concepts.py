from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.core.forms import field_of, text_area
from enggang.events.forms.rows import RowForm
from enggang.events.models import Concept, Edition, Objective, ProgrammeRow
from enggang.events.queries.edition_concept import PARTS

LATEST_VERSION = 2_000_000_000
WIDGETS: dict[str, Any] = {name: text_area(4) for name in (*PARTS, "notes")}


class _ConceptForm(RowForm):
    """Bound to a version, so that two tabs meet in the act."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=LATEST_VERSION)


class ConceptForm(_ConceptForm):
    class Meta:
        model = Concept
        fields = [*PARTS, "notes"]
        widgets = WIDGETS
        help_texts = {
            "background": _("Why this event, and why now: what the region has, what it lacks."),
            "legal_basis": _("Laws, regulations and decrees it rests on, one per line, with number and year."),
            "purpose": _("What it is held for, and what should be different afterwards."),
            "audience": _("Who comes and from where, who takes part, who gains from it."),
            "scope": _("From opening to close, in a few sentences; the rows below give the details."),
            "sustainability": _("What stays after the last day, and who carries it on."),
            "notes": _("What was written before and has no place of its own. It is printed on no paper."),
        }


class ObjectiveForm(_ConceptForm):
    class Meta:
        model = Objective
        fields = ["objective", "indicator", "unit", "target", "baseline", "baseline_source", "method"]
        help_texts = {
            "indicator": _("What is counted, such as visitors from outside the regency."),
            "unit": _("Such as people, rupiah, stalls."),
            "baseline": _("What it was before. Empty: not known."),
            "baseline_source": _("Which year, counted by whom."),
            "method": _("Such as counters at the gates, daily sheets of the stalls, a sample of 200."),
        }

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class ProgrammeForm(_ConceptForm):
    class Meta:
        model = ProgrammeRow
        fields = ["part", "activity", "site"]
        help_texts = {"part": _("Such as the first day, or the opening.")}

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "site", forms.ModelChoiceField).queryset = edition.sites.all()
