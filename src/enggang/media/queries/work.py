"""What is still being done about an asset."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from enggang.core.actor import Actor
from enggang.core.enums import JobState
from enggang.core.models import Job
from enggang.media import rules
from enggang.media.models import Asset, Delivery

GIVEN_UP = (JobState.FAILED, JobState.POISONED, JobState.CANCELLED)


def has_own_page(actor: Actor) -> bool:
    """Whoever may bring something, and whoever has made or brought something: an author needs no role to find it again."""
    if rules.contributes(actor):
        return True
    if not actor.is_signed_in:
        return False
    return Asset.objects.made_by(actor).exists() or Delivery.objects.brought_by(actor).exists()


def is_offered_own_page(actor: Actor) -> bool:
    """In the menu of every page, so the database is asked only for accounts without any role."""
    return rules.contributes(actor) or (not actor.grants and has_own_page(actor))


def work_on(asset: Asset) -> Job | None:
    """Its last piece of background work, unless that is done."""
    rows = Job.objects.filter(subject_code=asset.code, name__startswith="media.").order_by("-pk")
    last = rows.first()
    return last if last and last.state != JobState.DONE else None


def troubles_of(deliveries: Iterable[Delivery]) -> dict[int, Job]:
    """Of files that still wait to be looked at, the last job where that was given up; by the delivery's id."""
    waiting = {each.pk: each.code for each in deliveries if each.is_waiting}
    if not waiting:
        return {}
    theirs = Q(subject_code__in=waiting.values()) | Q(subject_code="", state__in=GIVEN_UP)  # jobs of before named none
    rows = Job.objects.filter(theirs, name="media.ingest_delivery").order_by("pk")
    last = {row.arguments["delivery_id"]: row for row in rows}
    return {pk: row for pk, row in last.items() if pk in waiting and row.state in GIVEN_UP}


def with_troubles(deliveries: Iterable[Delivery]) -> list[tuple[Delivery, Job | None]]:
    rows = list(deliveries)
    found = troubles_of(rows)
    return [(row, found.get(row.pk)) for row in rows]
