"""Which entries wait for somebody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enggang.core.actor import Actor
from enggang.innovation import rules_iid
from enggang.innovation.enums_iid import SubmissionState
from enggang.innovation.models import Submission, SubmissionStep
from enggang.places.models.organisation import below_any

HERE = "innovation__organisation__path"
TURNS: dict[str, Callable[[Actor], Q]] = {
    SubmissionState.COMPANION: lambda actor: below_any(actor.paths(*rules_iid.COMPANIONS), HERE),
    SubmissionState.HEAD: lambda actor: below_any(actor.paths(*rules_iid.HEADS), HERE),
    SubmissionState.BOARD: lambda actor: below_any(actor.paths(*rules_iid.BOARD), "board__path"),
}


def waiting_for(actor: Actor) -> list[Submission]:
    """Those on whose desk it is, but for what they handed on themselves. Two questions to the database."""
    turn = Q(pk__in=[])
    for state, held in TURNS.items():
        turn |= Q(state=state) & held(actor)
    rows = list(Submission.objects.filter(turn).with_names().order_by("year", "pk"))
    last: dict[int, str] = dict(
        SubmissionStep.objects.filter(submission__in=rows).order_by("pk").values_list("submission_id", "by_key")
    )
    return [row for row in rows if last.get(row.pk) != actor.key]


def waiting_cards(_request: HttpRequest, actor: Actor) -> list[dict[str, Any]]:
    """What stands on the home page."""
    count = len(waiting_for(actor))
    if not count:
        return []
    title = ngettext(
        "%d entry for the innovation index waits for you", "%d entries for the innovation index wait for you", count
    )
    return [
        {"title": title % count, "text": _("Look at score and evidence, then hand it on or send it back."),
         "href": reverse("innovation:desk"), "tone": "warn"}
    ]  # fmt: skip
