from __future__ import annotations

from django.http import Http404, HttpRequest

from enggang.attendance.models import Occasion
from enggang.core.actor import actor_of


def find_occasion(request: HttpRequest, code: str, *, to_mark: bool = False) -> Occasion:
    """The occasion as this actor may read it (or mark it), or 404."""
    actor = actor_of(request)
    rows = Occasion.objects.marked_by(actor) if to_mark else Occasion.objects.visible_to(actor)
    found = rows.filter(subject__code=code).select_related("subject", "group", "organisation").first()
    if found is None:
        raise Http404
    return found
