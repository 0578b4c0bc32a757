from __future__ import annotations

import re
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from enggang.core.forms import POSSIBLE_DAYS, field_of
from enggang.reviews.domain.rubrics import CriterionSpec
from enggang.reviews.models import Review, Rubric
from enggang.training.enums import CONCEPT_PARTS, AssignmentKind
from enggang.training.models import Assignment, Licence, Wave

USUAL_LEVELS = _("Poor=40, Fair=60, Good=80, Very good=100")


class AssignmentForm(forms.ModelForm):  # type: ignore[type-arg]  # Django has no such parameter when it runs
    class Meta:
        model = Assignment
        fields = [
            "title", "brief", "kind", "max_files", "by_group", "due_at", "late", "late_days", "rubric", "mode",
            "pass_points", "counts",
        ]  # fmt: skip
        widgets = {
            "due_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            "brief": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, wave: Wave, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rubrics = field_of(self, "rubric", forms.ModelChoiceField)
        rubrics.queryset = Rubric.objects.current().filter(organisation=wave.organisation) | Rubric.objects.filter(
            pk=self.instance.rubric_id
        )

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}


class RubricForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=160)
    spread_alert = forms.IntegerField(
        label=_("Two graders may differ by"), min_value=0, max_value=100, initial=20,
        help_text=_("Points of a hundred. Further apart, they are told to look again."),
    )  # fmt: skip


class CriterionForm(forms.Form):
    title = forms.CharField(label=_("Criterion"), max_length=160)
    weight = forms.IntegerField(label=_("Weight"), min_value=1, max_value=100, initial=1)
    levels = forms.CharField(
        label=_("Levels"), max_length=800, initial=USUAL_LEVELS, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Name=points of a hundred, parted by commas; at least two."),
    )  # fmt: skip

    def has_changed(self) -> bool:
        """A row whose criterion is empty is no row, whatever stands ready in the others."""
        return bool(str(self.data.get(self.add_prefix("title"), "")).strip())

    def clean_levels(self) -> tuple[tuple[str, int], ...]:
        pairs = [part.rpartition("=") for part in re.split(r"[,\n]", self.cleaned_data["levels"]) if part.strip()]
        good = [
            (name.strip()[:160], int(points))
            for name, _sign, points in pairs
            if name.strip() and points.strip().isascii() and points.strip().isdigit() and int(points[-4:]) <= 100
        ]
        if len(good) != len(pairs) or len(good) < 2:
            raise forms.ValidationError(_text("Write at least two levels, such as “Fair=60, Good=100”."))
        return tuple(good)


CriterionFormSet = formset_factory(CriterionForm, extra=5, max_num=20, validate_max=True)


def criterion_specs(formset: BaseFormSet[CriterionForm]) -> list[CriterionSpec]:
    rows = [form.cleaned_data for form in formset.forms if form.has_changed()]
    return [CriterionSpec(row["title"], row["levels"], row["weight"]) for row in rows]


def criteria_of(rubric: Rubric) -> list[dict[str, Any]]:
    return [
        {
            "title": row.title,
            "weight": row.weight,
            "levels": ", ".join(f"{level.title}={level.points}" for level in row.levels.all()),
        }
        for row in rubric.criteria.prefetch_related("levels")
    ]


class HandInForm(forms.Form):
    """The fields of the assignment's kind; uploads stand beside it."""

    link = forms.URLField(label=_("Link to your work"), max_length=500, assume_scheme="https")
    note = forms.CharField(
        label=_("What the graders should know"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, assignment: Assignment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if assignment.kind != AssignmentKind.LINK:
            del self.fields["link"]
        if assignment.kind == AssignmentKind.CONCEPT:
            rows = {"rows": 3}
            parts = {
                key: forms.CharField(label=label, max_length=2000, widget=forms.Textarea(attrs=rows))
                for key, label in CONCEPT_PARTS.items()
            }
            self.fields = {**parts, **self.fields}

    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        concept = {key: data[key] for key in CONCEPT_PARTS if key in data}
        return {"link": data.get("link", ""), "note": data["note"], "concept": concept}


class SheetForm(forms.Form):
    """A choice of levels per criterion, and words for the author; ``version`` is the one the page has shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    feedback = forms.CharField(
        label=_("Feedback for the author"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, forms.Field] = {}
        for row in review.rubric.criteria.prefetch_related("levels"):
            choices = [(level.pk, f"{level.title} ({level.points})") for level in row.levels.all()]
            fields[f"criterion-{row.pk}"] = forms.TypedChoiceField(
                label=f"{row.title} ×{row.weight}", choices=choices, coerce=int, widget=forms.RadioSelect
            )
        self.fields = {**fields, **self.fields}

    def show(self, version: int) -> None:
        """The page shows this version now: what is sent next is about it."""
        self.fields["version"].initial = version
        if self.is_bound:
            self.data = {**{name: self.data[name] for name in self.data}, "version": str(version)}

    def levels(self) -> dict[int, int]:
        return {
            int(name.partition("-")[2]): value
            for name, value in self.cleaned_data.items()
            if name.startswith("criterion-")
        }


class GiveBackForm(forms.Form):
    reason = forms.CharField(
        label=_("What is to be done better"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )
    until = forms.DateTimeField(
        label=_("Another version is taken until"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


class MinutesForm(forms.Form):
    held_on = forms.DateField(
        label=_("Held on"), validators=POSSIBLE_DAYS, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    place = forms.CharField(label=_("Place"), max_length=160)
    members = forms.CharField(
        label=_("Members of the panel, one per line"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    text = forms.CharField(
        label=_("What was said"), max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )


class WorkForm(forms.Form):
    title = forms.CharField(label=_("Title of the work"), max_length=160)
    licence = forms.ModelChoiceField(Licence.objects.all(), label=_("Licence"), empty_label=None)
