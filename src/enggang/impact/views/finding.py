"""Which agency a page is about."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from enggang.core.actor import actor_of
from enggang.impact import rules
from enggang.places.models import Organisation


def organisation_of(request: HttpRequest, code: str = "") -> Organisation:
    """The one of ``code``, or the highest one that the reader leads; a stranger gets 404."""
    actor = actor_of(request)
    rows = Organisation.objects.held_by(actor, *rules.READS).select_related("subject", "region")
    if code:
        return get_object_or_404(rows, subject__code=code)
    found = rows.on().order_by("path").first()
    if found is None:
        raise Http404
    return found
