"""What innovation asks of a person today, for their home page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.innovation import rules
from enggang.innovation.enums import Stage
from enggang.innovation.models import Innovation
from enggang.places.models.organisation import below_any
from enggang.reviews.models import Sheet

SHOWN = 3


def innovation_cards(_request: HttpRequest, actor: Actor) -> list[dict[str, Any]]:
    """Ideas that nobody owns, what is overdue, what waits for one's scores, one's own that is due."""
    if not actor.is_signed_in:
        return []
    return [*_ideas(actor), *_overdue(actor), *_to_score(actor), *_own(actor)]


def _ideas(actor: Actor) -> Iterator[dict[str, Any]]:
    paths = actor.paths(*rules.WRITERS)
    count = Innovation.objects.unowned().filter(below_any(paths, "organisation__path")).count() if paths else 0
    if count:
        title = ngettext("%(n)d idea waits to be taken in", "%(n)d ideas wait to be taken in", count) % {"n": count}
        href = f"{reverse('innovation:innovations')}?unowned=1"
        yield {"title": title, "text": _("Name an owner, or stop it with a reason."), "href": href, "tone": "warn"}


def _overdue(actor: Actor) -> Iterator[dict[str, Any]]:
    paths = actor.paths(*rules.DECIDERS)
    if not paths:
        return
    today = clock.today()
    rows = Innovation.objects.overdue(today).exclude(owner=None).filter(below_any(paths, "organisation__path"))
    for row in rows.with_names().order_by("due_on")[:SHOWN]:
        said = {"stage": row.get_stage_display(), "day": date_format(row.due_on, "j F Y") if row.due_on else ""}
        text = _("%(stage)s, due on %(day)s") % said
        yield {"title": str(row), "text": text, "href": reverse("innovation:gates", args=[row.code]), "tone": "bad"}


def _to_score(actor: Actor) -> Iterator[dict[str, Any]]:
    given = Sheet.objects.filter(judge_key=actor.key).values("review__subject")
    rows = Innovation.objects.filter(stage=Stage.SCREENING, scorers__user_id=actor.user_id or 0).exclude(
        subject__in=given
    )
    for row in rows.with_names()[:SHOWN]:
        href = reverse("innovation:sheet", args=[row.code])
        yield {"title": _("Give your scores"), "text": str(row), "href": href, "tone": "warn"}


def _own(actor: Actor) -> Iterator[dict[str, Any]]:
    """Adopted innovations of one's own whose check-up is due."""
    rows = Innovation.objects.filter(owner__user_id=actor.user_id or 0, stage=Stage.ADOPTED, due_on__lte=clock.today())
    for row in rows.with_names()[:SHOWN]:
        href = reverse("innovation:monitoring", args=[row.code])
        yield {"title": _("Is it still used?"), "text": str(row), "href": href, "tone": "warn"}
