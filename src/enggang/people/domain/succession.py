"""The people of a reorganised agency: from the day of the change they serve in its successor, as sets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Q

from enggang.audit.domain.trail import write_entries
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import ActRecord
from enggang.core.bulk import insert_rows
from enggang.core.models import Subject
from enggang.people.models import Employment
from enggang.people.roster.write import EMPLOYMENT, search_text
from enggang.places.models import Organisation
from enggang.search.domain.indexing import Findable, index_many


def follow_agency(*, old: Organisation, new: Organisation, on: date, actor: Actor) -> int:
    """End every employment that holds at ``old`` the day before ``on`` and open the same at ``new``; answers how many.

    Part of the act that named the successor. Post with its kind, rank, unit, superior and a last day that is agreed
    stay as they are.
    """
    lasting = Employment.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on), organisation=old)
    rows = list(lasting.select_related("person__subject").order_by("pk"))
    _move([row for row in rows if row.starts_on < on], new, on)
    Employment.objects.filter(pk__in=[row.pk for row in rows if row.starts_on >= on]).update(organisation=new)
    if on <= clock.today():  # else the night that brings the day does it
        here = [row for row in rows if row.is_present]
        Subject.objects.filter(pk__in=[row.person.subject_id for row in here]).update(organisation_code=new.code)
        index_many(_findable(row, new) for row in here)
    write_entries(
        ActRecord("people.follow_agency", actor, row.person.code, new.code, {"from": old.code, "on": on.isoformat()})
        for row in rows
    )
    return len(rows)


def _move(rows: Sequence[Employment], new: Organisation, on: date) -> None:
    ended = Employment.objects.filter(pk__in=[row.pk for row in rows])
    ended.update(ends_on=on - timedelta(days=1))
    opened = (
        (
            row.person_id,
            new.pk,
            row.kind,
            row.post,
            row.rank,
            row.unit,
            row.superior_id,
            row.post_type_id,
            on.isoformat(),
            row.ends_on.isoformat() if row.ends_on else None,
        )
        for row in rows
    )
    insert_rows(Employment, EMPLOYMENT, opened)


def _findable(row: Employment, new: Organisation) -> Findable:
    subject = row.person.subject
    moved = Subject(subject.pk, subject.kind, new.code, subject.code)
    return Findable(moved, row.person.name, search_text(row.post, row.unit, new.name), new.path)
