"""What a participant writes into their action plan, and reports of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.core.forms import POSSIBLE_DAYS
from enggang.people.models import Person
from enggang.training.domain.action_plans import PlanFacts
from enggang.training.enums import PlanState, PlanTarget
from enggang.training.models import ActionPlan


class PlanForm(forms.Form):
    """``version`` is the save the form began from; 0 for a new plan."""

    change = forms.CharField(
        label=_("What will change"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("In your own unit, with what you learned. One change that you can bring about yourself."),
    )  # fmt: skip
    unit = forms.CharField(label=_("In which unit"), max_length=200)
    target_kind = forms.ChoiceField(
        label=_("For"), choices=PlanTarget.choices, widget=forms.RadioSelect, initial=PlanTarget.SERVICE
    )
    target = forms.CharField(label=_("Which service or indicator"), max_length=200)
    proof = forms.CharField(
        label=_("How one will see it"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What can be shown afterwards: a page, a number, a photo, a letter."),
    )  # fmt: skip
    due_on = forms.DateField(
        label=_("By when"), validators=POSSIBLE_DAYS,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    superior_name = forms.CharField(label=_("Name of your superior"), max_length=160)
    superior_post = forms.CharField(label=_("Post of your superior"), max_length=160, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)

    def __init__(self, *args: Any, superior: Person | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if superior is not None:  # on record: neither typed nor changed here
            del self.fields["superior_name"], self.fields["superior_post"]

    def facts(self) -> PlanFacts:
        return PlanFacts(**{key: value for key, value in self.cleaned_data.items() if key != "version"})


def typed(plan: ActionPlan) -> dict[str, Any]:
    """The plan as its form shows it."""
    names = ("change", "unit", "target_kind", "target", "proof", "due_on", "superior_name", "superior_post", "version")
    return {name: getattr(plan, name) for name in names}


class ReportForm(forms.Form):
    text = forms.CharField(label=_("What was done"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    file = forms.FileField(
        label=_("Proof"), required=False, help_text=_("PDF, JPEG or PNG, at most 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )  # fmt: skip
    done = forms.BooleanField(label=_("The plan is carried out; ask my superior to confirm it"), required=False)


class PlanFilter(forms.Form):
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), ("late", _("Late")), *PlanState.choices]
    )
