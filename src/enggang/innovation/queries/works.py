"""Innovations as works of a person, and what has to hold of all of them."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from enggang.core.registries import PersonalWork
from enggang.innovation.enums import IN_USE, Stage
from enggang.innovation.models import Innovation, Ownership, Replication

LICENCE = _("Work of the agency")


def works_of(person_id: int) -> list[PersonalWork]:
    """What somebody owns or owned and is in use, the newest adoption first."""
    owned = Ownership.objects.filter(person=person_id).values("innovation")
    rows = Innovation.objects.in_use().filter(pk__in=owned).with_names().order_by("-adopted_on", "pk")
    return [
        PersonalWork(row.subject_id, row.title, reverse("innovation:innovation", args=[row.code]), LICENCE, _noon(row))
        for row in rows
    ]


def _noon(row: Innovation) -> datetime:
    assert row.adopted_on is not None  # whatever is in use was adopted
    return datetime.combine(row.adopted_on, time(12), ZoneInfo(row.organisation.time_zone))


def unsound_innovations() -> list[str]:
    """Invariant: what is in use was adopted, and nothing else is; the open ownership is the owner's; no copy of itself."""
    used = Q(stage__in=IN_USE, adopted_on=None)
    early = Q(stage__in=[Stage.IDEA, Stage.SCREENING, Stage.DESIGN, Stage.TRIAL], adopted_on__isnull=False)
    wrong = [
        f"innovation {row.pk}: stage {row.stage}, adopted {row.adopted_on}"
        for row in Innovation.objects.filter(used | early)
    ]
    open_rows = dict(Ownership.objects.filter(until=None).values_list("innovation", "person"))
    for pk, owner in Innovation.objects.values_list("pk", "owner"):
        if open_rows.get(pk) != owner:
            wrong.append(f"innovation {pk}: owned by {owner}, on record {open_rows.get(pk)}")
    loops = Replication.objects.standing().filter(origin__isnull=False, origin=F("copy"))
    return [*wrong, *(f"replication {row.pk} copies itself" for row in loops)]
