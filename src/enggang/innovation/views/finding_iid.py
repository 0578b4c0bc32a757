"""Finding the entry, the evidence or the agency of an address."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from enggang.core.actor import actor_of
from enggang.innovation import rules, rules_iid
from enggang.innovation.enums_iid import SubmissionState
from enggang.innovation.models import Evidence, Submission
from enggang.innovation.queries.history import last_hand
from enggang.innovation.views.finding import find_inside, shell_of
from enggang.places.models import Organisation

STATE_TONES = {
    SubmissionState.DRAFT: "neutral", SubmissionState.COMPANION: "info", SubmissionState.HEAD: "info",
    SubmissionState.BOARD: "info", SubmissionState.VALIDATED: "good", SubmissionState.FROZEN: "neutral",
}  # fmt: skip


def find_submission(request: HttpRequest, code: str) -> Submission:
    """For its owner, the staff of its agency, and the research board; a stranger gets 404."""
    rows = Submission.objects.visible_to(actor_of(request)).with_names()
    return get_object_or_404(rows, subject__code=code)


def find_written_submission(request: HttpRequest, code: str) -> Submission:
    row = find_submission(request, code)
    if not rules.may_write(actor_of(request), row.innovation):
        raise Http404
    return row


def find_evidence(request: HttpRequest, code: str) -> Evidence:
    rows = Evidence.objects.visible_to(actor_of(request)).with_names()
    return get_object_or_404(rows, subject__code=code)


def organisation_of(request: HttpRequest, code: str = "") -> Organisation:
    """The one of ``code``, or the highest one the reader has a say in; a stranger gets 404."""
    rows = Organisation.objects.held_by(actor_of(request), *rules.SEES_INSIDE).select_related("subject")
    if code:
        return get_object_or_404(rows, subject__code=code)
    found = rows.on().order_by("path").first()
    if found is None:
        raise Http404
    return found


def entry_shell(request: HttpRequest, row: Submission, part: str) -> dict[str, Any]:
    """What every page of an entry shows around its own. The research board has no page of the innovation itself."""
    actor, innovation = actor_of(request), row.innovation
    return {
        **shell_of(request, innovation, "iid"), "entry": row, "part": part, "state_tone": STATE_TONES[SubmissionState(row.state)],
        "may_write": rules.may_write(actor, innovation) and row.is_open,
        "may_hand_on": rules_iid.may_hand_on(actor, row, last_hand(row)), "may_return": rules_iid.may_return(actor, row),
        "may_close": rules_iid.sees_board(actor, row) and row.state != SubmissionState.FROZEN,
    }  # fmt: skip


__all__ = [
    "entry_shell",
    "find_evidence",
    "find_inside",
    "find_submission",
    "find_written_submission",
    "organisation_of",
]
