"""What waits for somebody of a committee, on their home page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.plans.enums import PlanState
from enggang.plans.models import Task


def own_tasks(_request: HttpRequest, actor: Actor) -> list[dict[str, Any]]:
    if actor.user_id is None:
        return []
    dates = list(Task.objects.of(actor).waiting().filter(plan__state=PlanState.OPEN).values_list("due_on", flat=True))
    if not dates:
        return []
    late = sum(1 for day in dates if day and day < clock.today())
    title = ngettext("%(n)d task of a committee", "%(n)d tasks of a committee", len(dates)) % {"n": len(dates)}
    text = ngettext("%(n)d is late", "%(n)d are late", late) % {"n": late} if late else _("None is late.")
    return [{"title": title, "text": text, "href": reverse("plans:mine"), "tone": "bad" if late else "info"}]
