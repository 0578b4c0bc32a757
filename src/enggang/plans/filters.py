"""What narrows a list of tasks: asked in the address, so that a list can be sent on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from enggang.core.actor import Actor
from enggang.core.forms import field_of
from enggang.plans.enums import WAITING, TaskState
from enggang.plans.models import Plan, Section, Task

OPEN = "terbuka"
MINE, LATE = "saya", "terlambat"


class TaskFilter(forms.Form):
    teks = forms.CharField(
        label=_("Search"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    status = forms.ChoiceField(
        label=_("State"), required=False,
        choices=[("", _("All")), (OPEN, _("Not done yet")), *TaskState.choices],
    )  # fmt: skip
    seksi = forms.ModelChoiceField(
        Section.objects.none(), label=pgettext_lazy("committee", "Section"), required=False, empty_label=_("All")
    )
    hanya = forms.ChoiceField(
        label=_("Only"), required=False, choices=[("", _("All")), (MINE, _("Mine")), (LATE, _("Late"))]
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "seksi", forms.ModelChoiceField).queryset = plan.sections.all()

    def narrowed(self, rows: QuerySet[Task], plan: Plan, actor: Actor) -> QuerySet[Task]:
        """Unknown values narrow nothing."""
        asked: dict[str, Any] = self.cleaned_data if self.is_valid() else {}
        if asked.get("teks"):
            rows = rows.filter(title__icontains=asked["teks"])
        if status := asked.get("status"):
            rows = rows.filter(state__in=WAITING) if status == OPEN else rows.filter(state=status)
        if asked.get("seksi"):
            rows = rows.filter(section=asked["seksi"])
        if asked.get("hanya") == LATE:
            rows = rows.filter(state__in=WAITING, due_on__lt=plan.today)
        if asked.get("hanya") == MINE:
            rows = rows.filter(pk__in=Task.objects.of(actor).values("pk"))
        return rows
