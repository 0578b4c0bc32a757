"""What is read of innovations by the other apps and the pages."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from enggang.innovation.models import Innovation, Replication
from enggang.innovation.models.innovation import InnovationQuerySet


class Copied(NamedTuple):
    """The other end of a replication as the public may read it; ``code`` is empty when that end has no public page."""

    name: str
    code: str
    agency: str
    region: str
    on: date


def public_innovations() -> InnovationQuerySet:
    """What the public may read: in use, and shown by a choice of its agency; the newest adoption first.

    Owners, scores and decisions are not for the public: show title, agency, affair, problem, idea, benefits, results, place, dates.
    """
    return Innovation.objects.published().with_names().order_by("-adopted_on", "pk")


def copies_of(row: Innovation) -> list[Copied]:
    """Who copied it, the newest first: only what stands and has a proof. One question."""
    rows = Replication.objects.standing().with_names().filter(origin=row, proof__isnull=False)
    return [_told(each, each.copy, each.copy_name) for each in rows]


def origins_of(row: Innovation) -> list[Copied]:
    """From where it was copied; whoever copies says so, with or without a proof. One question."""
    rows = Replication.objects.standing().with_names().filter(copy=row)
    return [_told(each, each.origin, each.origin_name) for each in rows]


def _told(row: Replication, end: Innovation | None, words: str) -> Copied:
    """What is on record here and not shown to the public is told by the name of its agency alone."""
    region = str(row.region or "")
    if end is None:
        return Copied(words, "", "", region, row.on)
    agency = str(end.organisation)
    if not end.is_published:
        return Copied(agency, "", "", region, row.on)
    return Copied(end.title, end.code, agency, region, row.on)
