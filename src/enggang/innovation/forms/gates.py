from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.accounts.models import User
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.forms import day_field, field_of, text_area
from enggang.indicators.models import Indicator
from enggang.indicators.models.indicator import DIGITS, PLACES
from enggang.innovation.enums import Moment, Use
from enggang.innovation.models import Innovation, Measure, TrialPlan
from enggang.innovation.queries.scoring import can_be_asked
from enggang.reviews.models import Review, Sheet


class ScorerForm(forms.Form):
    user = forms.ModelChoiceField(User.objects.none(), label=_("Account"), empty_label=_("Choose"))

    def __init__(self, *args: Any, innovation: Innovation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user: Any = field_of(self, "user", forms.ModelChoiceField)
        user.queryset = User.objects.filter(pk__in=[row.pk for row in can_be_asked(innovation)]).order_by("name", "pk")
        user.label_from_instance = lambda row: row.name


class ScoreForm(forms.Form):
    """For each aspect a level and a note, and words for the whole."""

    feedback = forms.CharField(label=_("Words for the owner"), max_length=4000, required=False, widget=text_area(3))

    def __init__(
        self, data: Any = None, *, review: Review, questions: dict[str, str], kept: Sheet | None = None
    ) -> None:
        super().__init__(data)
        marks = {mark.criterion_id: mark for mark in kept.marks.all()} if kept else {}
        for each in review.rubric.criteria.prefetch_related("levels"):
            mark = marks.get(each.pk)
            choices = [(level.pk, f"{level.title} ({level.points})") for level in each.levels.all()]
            self.fields[f"level-{each.pk}"] = forms.TypedChoiceField(
                label=f"{each.title} ×{each.weight}", choices=choices, coerce=int, widget=forms.RadioSelect,
                initial=mark.level_id if mark else None, help_text=questions.get(each.title, ""),
            )  # fmt: skip
            self.fields[f"note-{each.pk}"] = forms.CharField(
                label=_("Note"), max_length=1000, required=False, initial=mark.note if mark else ""
            )
        self.fields["feedback"].initial = kept.feedback if kept else ""
        self.order_fields([*(name for name in self.fields if name != "feedback"), "feedback"])

    @property
    def facts(self) -> dict[str, Any]:
        def of(kind: str) -> dict[int, Any]:
            return {int(name[len(kind) :]): value for name, value in self.cleaned_data.items() if name.startswith(kind)}

        return {"levels": of("level-"), "notes": of("note-"), "feedback": self.cleaned_data["feedback"]}


class TrialForm(forms.ModelForm):  # type: ignore[type-arg]  # Django has no such parameter when it runs
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    starts_on = day_field(_("Planned from"), required=False)
    ends_on = day_field(_("Planned until"), required=False)

    class Meta:
        model = TrialPlan
        fields = ["hypothesis", "stop_rule", "place", "starts_on", "ends_on"]
        widgets = {"hypothesis": text_area(3), "stop_rule": text_area(3)}
        help_texts = {
            "hypothesis": _("If we do this, then that will change by so much, because …"),
            "stop_rule": _("What would have to be seen to give it up, and when that is looked at."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version if self.instance.pk else 0

    @property
    def facts(self) -> dict[str, Any]:
        return {**self.cleaned_data, "version": self.cleaned_data["version"] or 0}

    def _post_clean(self) -> None:
        """The act checks the whole row and says what is wrong; the form's instance is only what was typed."""


class MeasureForm(forms.ModelForm):  # type: ignore[type-arg]  # as above
    class Meta:
        model = Measure
        fields = ["name", "unit", "polarity", "indicator"]
        labels = {"unit": _("Units")}
        help_texts = {"indicator": _("If the region counts it anyway: its values can be taken over with their method.")}

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        indicator = field_of(self, "indicator", forms.ModelChoiceField)
        indicator.queryset = Indicator.objects.visible_to(actor).in_use().order_by("name_key")
        indicator.empty_label = _("None: measured only here")

    def _post_clean(self) -> None:
        """As above."""


class ReadingForm(forms.Form):
    moment = forms.ChoiceField(label=_("Measured"), choices=Moment.choices)
    value = forms.DecimalField(label=_("Value"), max_digits=DIGITS, decimal_places=PLACES, localize=True)
    as_of = day_field(_("As it stood on"))
    method = forms.CharField(
        label=_("Method"), max_length=300, help_text=_("How it was counted: whom, when, with what.")
    )
    source = forms.CharField(label=_("Source"), max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["as_of"].initial = clock.today


class CheckupForm(forms.Form):
    use = forms.ChoiceField(label=_("Is it used"), choices=Use.choices)
    users = forms.IntegerField(
        label=_("People who used it in this time"), required=False, min_value=0, max_value=100_000_000,
        help_text=_("Empty where nobody counts."),
    )  # fmt: skip
    note = forms.CharField(label=_("What was seen"), max_length=500, widget=text_area())
