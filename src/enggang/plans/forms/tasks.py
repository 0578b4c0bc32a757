from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from enggang.core.forms import day_field, field_of, text_area
from enggang.plans.enums import Anchor, TaskState
from enggang.plans.models import Member, Plan, Section, Task

BEFORE, AFTER = "before", "after"


class TaskForm(forms.Form):
    title = forms.CharField(label=_("Task"), max_length=200)
    section = forms.ModelChoiceField(
        Section.objects.none(), label=pgettext_lazy("committee", "Section"), required=False
    )
    member = forms.ModelChoiceField(Member.objects.none(), label=_("In charge"), required=False)
    anchor = forms.ChoiceField(label=_("Date counted as"), choices=Anchor.choices)
    number = forms.IntegerField(label=_("How many days"), min_value=0, max_value=1000, required=False)
    side = forms.ChoiceField(label=_("Before or after the day"), choices=[(BEFORE, _("before")), (AFTER, _("after"))])
    due_on = day_field(_("Or the fixed date"), required=False)
    lasts = forms.IntegerField(label=_("Takes (days)"), min_value=1, max_value=366, initial=1)
    note = forms.CharField(label=_("Note"), max_length=2000, required=False, widget=text_area(3))
    waits_for = forms.ModelMultipleChoiceField(
        Task.objects.none(), label=_("Waits for"), required=False, widget=forms.SelectMultiple(attrs={"size": 5}),
        help_text=_("Tasks that must be done before this one begins."),
    )  # fmt: skip

    def __init__(self, *args: Any, plan: Plan, task: Task | None = None, **kwargs: Any) -> None:
        if task is not None:
            kwargs["initial"] = {**_initial(task), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        field_of(self, "section", forms.ModelChoiceField).queryset = plan.sections.all()
        field_of(self, "member", forms.ModelChoiceField).queryset = plan.members.select_related("person")
        others = plan.tasks.exclude(state=TaskState.DROPPED).exclude(pk=task.pk if task else 0)
        field_of(self, "waits_for", forms.ModelMultipleChoiceField).queryset = others

    def clean(self) -> dict[str, Any]:
        """``number`` and ``side`` become the offset from the day."""
        data = super().clean() or {}
        number, side = data.pop("number", None) or 0, data.pop("side", BEFORE)
        data["offset"] = -number if side == BEFORE else number
        if data.get("anchor") == Anchor.FIXED and not data.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", _("Give the date, or count it from the day."))
        if data.get("anchor") != Anchor.FIXED:
            data.pop("due_on", None)
        return data


class EditTaskForm(TaskForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


def _initial(task: Task) -> dict[str, Any]:
    names = ("title", "section", "member", "anchor", "lasts", "note", "version")
    return {
        **{name: getattr(task, name) for name in names},
        "number": abs(task.offset),
        "side": AFTER if task.offset > 0 else BEFORE,
        "due_on": task.due_on if task.anchor == Anchor.FIXED else None,
        "waits_for": list(task.waits_for.all()),
    }
