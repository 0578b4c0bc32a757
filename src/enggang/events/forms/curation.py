from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.accounts.models import User
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.forms import day_field, field_of, text_area
from enggang.events.enums import Verdict
from enggang.events.forms.rows import RowForm
from enggang.events.forms.stages import DecisionForm
from enggang.events.models import CurationProposal, CurationRound, RoundCriterion
from enggang.events.queries.evidence import Evidence
from enggang.events.queries.judges import judges_at
from enggang.events.rules import MANAGERS
from enggang.places.models import Organisation
from enggang.reviews.models import Sheet


class RoundForm(RowForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    deadline = day_field(_("Proposals until"))

    class Meta:
        model = CurationRound
        fields = ["organisation", "year", "title", "call", "deadline", "mode", "gap_below", "spread_alert"]
        widgets = {"call": text_area(5), "mode": forms.RadioSelect}
        help_texts = {
            "call": _("What is asked for, and whom to ask. The agencies that propose to you read it."),
            "gap_below": _("Points of a hundred: a criterion with less is listed as a gap."),
            "spread_alert": _("Points of a hundred: judges further apart are told to look again."),
        }

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Organisation.objects.on().held_by(actor, *MANAGERS)
        field_of(self, "organisation", forms.ModelChoiceField).queryset = mine
        if self.instance.pk:
            del self.fields["organisation"], self.fields["year"]

    @property
    def seen(self) -> int:
        """The version that the page has shown."""
        return self.cleaned_data["version"] or 0


class JudgeForm(forms.Form):
    """Either an account of the curator, or a name that gets a private address."""

    user = forms.ModelChoiceField(
        User.objects.none(), label=_("Account"), required=False, empty_label=_("Nobody with an account")
    )
    name = forms.CharField(label=_("Or a name"), max_length=160, required=False)
    post = forms.CharField(label=_("Post or expertise"), max_length=160, required=False)
    agency = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Works for"), required=False, empty_label=_("No agency of this system"),
        help_text=_("Nobody judges an event of the agency they work for."),
    )  # fmt: skip

    def __init__(self, *args: Any, curation: CurationRound, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user: Any = field_of(self, "user", forms.ModelChoiceField)
        user.queryset = User.objects.filter(pk__in=[row.pk for row in judges_at(curation)]).order_by("name", "pk")
        user.label_from_instance = lambda row: row.name
        field_of(self, "agency", forms.ModelChoiceField).queryset = Organisation.objects.on().select_related("parent")


class SheetForm(forms.Form):
    """For each criterion a level and a note, and words for the whole."""

    feedback = forms.CharField(
        label=_("Words for the proposing agency"), max_length=4000, required=False, widget=text_area(4)
    )

    def __init__(self, data: Any = None, *, proposal: CurationProposal, kept: Sheet | None = None) -> None:
        super().__init__(data)
        self.criteria = list(proposal.round.criteria.select_related("criterion").prefetch_related("criterion__levels"))
        marks = {mark.criterion_id: mark for mark in kept.marks.all()} if kept else {}
        for row in self.criteria:
            mark = marks.get(row.criterion_id)
            choices = [(level.pk, f"{level.title} ({level.points})") for level in row.criterion.levels.all()]
            self.fields[f"level-{row.criterion_id}"] = forms.TypedChoiceField(
                label=str(row.criterion), choices=choices, coerce=int, widget=forms.RadioSelect,
                initial=mark.level_id if mark else None,
            )  # fmt: skip
            self.fields[f"note-{row.criterion_id}"] = forms.CharField(
                label=_("Note"), max_length=1000, required=False, widget=text_area(),
                initial=mark.note if mark else "",
            )  # fmt: skip
        self.fields["feedback"].initial = kept.feedback if kept else ""

    def rows(self, evidence: dict[int, Evidence]) -> list[tuple[RoundCriterion, Any, Any, Evidence | None]]:
        return [
            (row, self[f"level-{row.criterion_id}"], self[f"note-{row.criterion_id}"], evidence.get(row.criterion_id))
            for row in self.criteria
        ]

    @property
    def facts(self) -> dict[str, Any]:
        def of(kind: str) -> dict[int, Any]:
            start = f"{kind}-"
            return {
                int(name.removeprefix(start)): value
                for name, value in self.cleaned_data.items()
                if name.startswith(start)
            }

        return {"levels": of("level"), "notes": of("note"), "feedback": self.cleaned_data["feedback"]}


class VerdictForm(DecisionForm):
    verdict = forms.ChoiceField(label=_("Decision"), choices=Verdict.choices, widget=forms.RadioSelect)
    field_order = ("verdict", "reason", "decider", "decided_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _(
            "The proposing agency reads it. Needed to return or to leave for next year, and to accept with something missing."
        )


class MinutesForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    held_on = day_field(_("Held on"))
    place = forms.CharField(label=_("Place"), max_length=160)
    members = forms.CharField(label=_("Who signs, one per line"), max_length=2000, widget=text_area(5))
    minutes = forms.CharField(label=_("What was said"), max_length=8000, required=False, widget=text_area(5))

    def __init__(self, data: Any = None, *, curation: CurationRound) -> None:
        names = "\n".join(curation.judges.values_list("name", flat=True)) if not curation.members else ""
        initial = {
            "version": curation.version, "held_on": curation.held_on or clock.today(curation.organisation.time_zone),
            "place": curation.place, "members": curation.members or names, "minutes": curation.minutes,
        }  # fmt: skip
        super().__init__(data, initial=initial)
