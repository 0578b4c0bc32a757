"""Two records of one person become one, and can be parted again: nothing is deleted, everything moved is noted."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.people import rules
from enggang.people.domain.accounts import require_over_account
from enggang.people.domain.joining import joined, lasting
from enggang.people.domain.persons import index_person
from enggang.people.models import Employment, Merge, Person
from enggang.people.queries.persons import path_of, present_of
from enggang.people.repointing import point_back, repoint
from enggang.people.signals import persons_merged, persons_parted
from enggang.search.domain.indexing import drop_subject

FACTS = ("nip", "phone", "email")


@act("people.merge_persons")
def merge_persons(*, kept: Person, gone: Person, actor: Actor) -> Merge:
    """Make ``gone`` one with ``kept``: whatever pointed to it follows, what ``kept`` lacks (NIP, number, account) is taken over.

    Raises Conflict when one of them is part of another merge, or (by a receiver) when both take part in the same thing.
    """
    require(_may(actor, kept) and _may(actor, gone))
    kept, gone = _locked(kept, gone)
    if kept.merged_into_id or gone.merged_into_id:
        raise Conflict(_("One of the two has been made one with another record already. Reload the page."))
    for each in (kept, gone):
        require_over_account(actor, each)  # an account may pass from one to the other
    before: dict[str, Any] = {"kept": _facts(kept), "gone": _facts(gone)}
    moved: dict[str, Any] = {}
    before["ends"] = _move_work(kept, gone, moved)
    _move_facts(kept, gone)
    persons_merged.send(Person, kept=kept, gone=gone, actor=actor, moved=moved)
    drop_subject(gone.subject)
    _place(kept)
    subject = Merge.new_subject(kept.subject.organisation_code)
    merge = Merge.objects.create(
        subject=subject, kept=kept, gone=gone, moved=moved, before=before, merged_at=clock.now()
    )
    record_subject(kept.subject)
    record(gone=gone.code, merge=merge.code, moved={name: len(ids) for name, ids in moved.items()})
    return merge


def _may(actor: Actor, person: Person) -> bool:
    return rules.may_manage_people_at(actor, path_of(person))


def _locked(kept: Person, gone: Person) -> tuple[Person, Person]:
    """Both rows as they are now, locked in one order."""
    if kept.pk == gone.pk:
        raise Conflict(_("This is one and the same record."))
    rows = Person.objects.select_for_update(of=("self",)).select_related("subject").order_by("pk")
    found = {row.pk: row for row in rows.filter(pk__in=[kept.pk, gone.pk])}
    return found[kept.pk], found[gone.pk]


def _facts(person: Person) -> dict[str, Any]:
    return {**{name: getattr(person, name) for name in FACTS}, "user": person.user_id, "pending": person.nip_pending}


def _move_work(kept: Person, gone: Person, moved: dict[str, Any]) -> dict[str, Any]:
    """The history follows, by its days (see ``joining``); answers the last days there were and those there are now."""
    today = clock.today()
    mine, theirs = (lasting(person.employments.all(), today) for person in (kept, gone))
    found = joined(mine, theirs, today)
    was = {row.pk: row.ends_on for row in (*mine, *theirs)}
    for pk, day in found.ends.items():
        Employment.objects.filter(pk=pk).update(ends_on=day)
    moved["people.ended"] = list(found.ends)
    moved["people.employments"] = repoint(gone.employments.exclude(pk__in=found.stays), "person", kept)
    moved["people.superiors"] = repoint(gone.staff_rows.all(), "superior", kept)
    return {str(pk): {"was": _text(was[pk]), "now": _text(day)} for pk, day in found.ends.items()}


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _place(person: Person) -> None:
    """Findable where they serve today, and in the trail of that agency."""
    work = present_of(person)
    if work and person.subject.organisation_code != work.organisation.code:
        person.subject.organisation_code = work.organisation.code
        person.subject.save(update_fields=["organisation_code"])
    index_person(person)


def _move_facts(kept: Person, gone: Person) -> None:
    """``gone`` lets go first: an NIP and an account belong to one row only."""
    taken = {name: getattr(gone, name) for name in FACTS if not getattr(kept, name)}
    user = gone.user if gone.user_id and not kept.user_id else None
    gone.nip, gone.nip_pending, gone.merged_into, gone.version = "", False, kept, gone.version + 1
    gone.user = None if user else gone.user
    gone.save()
    for name, value in taken.items():
        setattr(kept, name, value)
    kept.user = user or kept.user
    kept.nip_pending = kept.nip_pending and not kept.nip
    kept.version += 1
    kept.save()


@act("people.undo_merge")
def undo_merge(*, merge: Merge, actor: Actor) -> Merge:
    """Part the two again: every row that had followed goes back. What was written since stays with the kept person."""
    require(_may(actor, merge.kept))
    kept, gone = _locked(merge.kept, merge.gone)
    if not Merge.objects.filter(pk=merge.pk, undone_at=None).update(undone_at=clock.now()):
        raise Conflict(_("This has been undone already."))
    if kept.merged_into_id:
        raise Conflict(_("{name} has been made one with another record since. Undo that first.").format(name=kept.name))
    _give_back_facts(kept, gone, merge.before)
    _give_back_work(gone, merge.moved, merge.before.get("ends", {}))
    persons_parted.send(Person, kept=kept, gone=gone, actor=actor, moved=merge.moved)
    for person in (kept, gone):
        _place(person)
    merge.refresh_from_db()
    record_subject(kept.subject)
    record(gone=gone.code, merge=merge.code)
    return merge


def _give_back_facts(kept: Person, gone: Person, before: dict[str, Any]) -> None:
    """What was taken over goes back, unless it has been changed since."""
    mine, theirs = before["kept"], before["gone"]
    for name in FACTS:
        if not mine[name] and getattr(kept, name) == theirs[name]:
            setattr(kept, name, "")
    if mine["user"] is None and kept.user_id == theirs["user"]:
        kept.user = None
    kept.nip_pending = mine["pending"] and not kept.nip
    kept.version += 1
    gone.nip, gone.nip_pending, gone.merged_into = theirs["nip"], theirs["pending"], None
    gone.user_id = theirs["user"]
    gone.version += 1
    with told(Person):
        kept.save()
        gone.save()


def _give_back_work(gone: Person, moved: dict[str, Any], ends: dict[str, Any]) -> None:
    """What was ended gets its last day back, unless somebody has given it another since."""
    point_back(Employment, "person", moved.get("people.employments", []), gone)
    point_back(Employment, "superior", moved.get("people.superiors", []), gone)
    for pk in moved.get("people.ended", []):
        rows, days = Employment.objects.filter(pk=pk), ends.get(str(pk))
        if isinstance(days, dict):
            rows.filter(ends_on=days["now"]).update(ends_on=days["was"])
        else:  # merged before the new last day was kept too
            rows.update(ends_on=days)
