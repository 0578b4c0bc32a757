"""Finding the innovation of an address, and what every page of one shows around its own."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from enggang.core.actor import actor_of
from enggang.innovation import rules
from enggang.innovation.enums import Stage
from enggang.innovation.models import Innovation
from enggang.innovation.tables import STAGE_TONES


def find(request: HttpRequest, code: str) -> Innovation:
    rows = Innovation.objects.visible_to(actor_of(request)).with_names()
    return get_object_or_404(rows, subject__code=code)


def find_inside(request: HttpRequest, code: str) -> Innovation:
    """For its owner and the staff of its agency; a stranger gets 404."""
    row = find(request, code)
    if not rules.sees_inside(actor_of(request), row):
        raise Http404
    return row


def find_written(request: HttpRequest, code: str) -> Innovation:
    rows = Innovation.objects.written_by(actor_of(request)).with_names()
    return get_object_or_404(rows, subject__code=code)


def shell_of(request: HttpRequest, row: Innovation, tab: str) -> dict[str, Any]:
    """For ``innovation/head.html``: the row, its badge, and which pages are open to whoever asks."""
    actor = actor_of(request)
    return {
        "row": row, "tab": tab, "tone": STAGE_TONES[Stage(row.stage)], "sees_inside": rules.sees_inside(actor, row),
        "may_write": rules.may_write(actor, row), "may_publish": rules.may_publish(actor, row),
    }  # fmt: skip
