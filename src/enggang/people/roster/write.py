"""A plan written as sets: subjects, persons, employments, search entries and audit rows, each in one go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from enggang.audit.domain.trail import write_entries
from enggang.core.actor import Actor
from enggang.core.acts import ActRecord
from enggang.core.bulk import insert_rows, random_codes, reserve_ids, update_rows
from enggang.core.models import Subject
from enggang.people.models import Employment, Person
from enggang.people.roster.plan import Change, Placement, Plan
from enggang.people.roster.rows import Entry
from enggang.search.domain.indexing import Findable, Pointed, index_many

PERSON = ("id", "subject", "name", "name_key", "nip", "phone", "email", "nip_pending", "version")
EMPLOYMENT = ("person", "organisation", "kind", "post", "rank", "unit", "superior", "post_type", "starts_on", "ends_on")


class Subjects(NamedTuple):
    """Of the created persons, in their order."""

    ids: Sequence[int]
    codes: Sequence[str]


def write_plan(plan: Plan, *, actor: Actor, today: date, source: str) -> Sequence[int]:
    """Write everything the plan holds; answers the ids of those created. Call inside the import's transaction.

    ``source`` is the roster's code.
    """
    created, people = _write_created(plan.created, today)
    _write_changed(plan.changed, today)
    index_many(_findable_created(plan.created, created), new=True)
    index_many(_findable_changed(plan.changed))
    write_entries(_audit(plan, created, actor, source))
    return people


def _write_created(created: list[tuple[Entry, Placement]], today: date) -> tuple[Subjects, Sequence[int]]:
    subjects = Subjects(reserve_ids(Subject, len(created)), random_codes(len(created)))
    places = [placement for _, placement in created]
    insert_rows(
        Subject,
        ("id", "kind", "organisation_code", "code"),
        (
            (pk, Person.subject_kind, new.organisation.code, code)
            for pk, code, new in zip(*subjects, places, strict=True)
        ),
    )
    people = reserve_ids(Person, len(created))
    # By NIP: two imports that meet at one must not wait for each other in a circle.
    order = sorted(range(len(created)), key=lambda index: created[index][0].nip)
    insert_rows(Person, PERSON, (_person(people[each], subjects.ids[each], created[each][0]) for each in order))
    rows = (_employment(pk, new, (None, None), new.since or today) for pk, new in zip(people, places, strict=True))
    insert_rows(Employment, EMPLOYMENT, rows)
    return subjects, people


def _person(pk: int, subject: int, entry: Entry) -> tuple[object, ...]:
    return (pk, subject, entry.name, entry.name_key, entry.nip, entry.phone, entry.email, entry.pending, 1)


def _employment(
    person: int, new: Placement, kept: tuple[int | None, int | None], day: date, until: str | None = None
) -> tuple[object, ...]:
    """``kept`` are the superior and the kind of post, which no list names."""
    return (
        person, new.organisation.pk, str(new.kind), new.post, new.rank, new.unit, *kept, day.isoformat(), until,
    )  # fmt: skip


def until_of(change: Change, new: Placement) -> str | None:
    """What is agreed for later stays: the day before the next post, or the last day within the same agency."""
    known = change.known
    if known.next_on:
        return (known.next_on - timedelta(days=1)).isoformat()
    old, path = known.path or "", new.organisation.path
    stays = bool(old) and (path.startswith(old) or old.startswith(path))
    return known.ends_on.isoformat() if known.ends_on and stays else None


def _write_changed(changed: list[Change], today: date) -> None:
    update_rows(
        Person,
        ("name", "name_key", "nip", "phone", "email"),
        [(c.name, c.name_key, c.nip, c.phone, c.email, c.known.person_id) for c in changed if c.fields],
        also="version = version + 1",
    )
    if any("nip" in change.fields for change in changed):
        Person.objects.filter(nip_pending=True).exclude(nip="").update(nip_pending=False)
    moved = [(change, change.placement) for change in changed if change.placement]
    _correct_todays([(change, new) for change, new in moved if began_on(change, day_of(change, new, today))])
    _end_and_open([(change, new) for change, new in moved if not began_on(change, day_of(change, new, today))], today)
    update_rows(
        Subject, ("organisation_code",), [(new.organisation.code, change.known.subject_id) for change, new in moved]
    )


def day_of(change: Change, new: Placement, today: date) -> date:
    """The day the list names, when it fits behind the present employment; else today."""
    began = change.known.starts_on
    return new.since if new.since and began and new.since > began else today


def began_on(change: Change, day: date) -> bool:
    return change.known.starts_on is not None and change.known.starts_on >= day


def _correct_todays(moved: list[tuple[Change, Placement]]) -> None:
    """What began today is corrected in place: it was never worked."""
    rows = [
        (
            new.organisation.pk,
            str(new.kind),
            new.post,
            new.rank,
            new.unit,
            superior_of(change, new),
            post_type_of(change, new),
            until_of(change, new),
            change.known.employment_id,
        )
        for change, new in moved
    ]
    fields = ("organisation", "kind", "post", "rank", "unit", "superior", "post_type", "ends_on")
    update_rows(Employment, fields, rows)


def _end_and_open(moved: list[tuple[Change, Placement]], today: date) -> None:
    days = [day_of(change, new, today) for change, new in moved]
    ended = [
        ((day - timedelta(days=1)).isoformat(), change.known.employment_id)
        for (change, _), day in zip(moved, days, strict=True)
        if change.known.employment_id
    ]
    update_rows(Employment, ("ends_on",), ended)
    opened = [
        _employment(
            change.known.person_id,
            new,
            (superior_of(change, new), post_type_of(change, new)),
            day,
            until_of(change, new),
        )
        for (change, new), day in zip(moved, days, strict=True)
    ]
    insert_rows(Employment, EMPLOYMENT, opened)


def superior_of(change: Change, new: Placement) -> int | None:
    """Kept within the same organisation; another one has other superiors."""
    return change.known.superior_id if change.known.organisation_id == new.organisation.pk else None


def post_type_of(change: Change, new: Placement) -> int | None:
    """Kept as long as the list calls the post the same; another post is of a kind that nobody has said yet."""
    return change.known.post_type_id if change.known.post == new.post else None


def _findable_created(created: list[tuple[Entry, Placement]], subjects: Subjects) -> Iterator[Findable]:
    for pk, (entry, new) in zip(subjects.ids, created, strict=True):
        organisation = new.organisation
        text = search_text(new.post, new.unit, organisation.name)
        yield Findable(Pointed(pk, Person.subject_kind, organisation.code), entry.name, text, organisation.path)


def _findable_changed(changed: list[Change]) -> Iterator[Findable]:
    for change in changed:
        known, new = change.known, change.placement
        code = new.organisation.code if new else known.organisation_code or ""
        name = new.organisation.name if new else known.organisation_name or ""
        post, unit = (new.post, new.unit) if new else (known.post or "", known.unit or "")
        subject = Pointed(known.subject_id, Person.subject_kind, code)
        path = new.organisation.path if new else known.path or "/"
        yield Findable(subject, change.name, search_text(post, unit, name), path)


@lru_cache(8_192)  # posts, units and agencies are the same for many
def search_text(post: str, unit: str, organisation: str) -> str:
    """What a person is found by besides the name. Never the NIP: whoever finds a person need not read it."""
    return " · ".join(part for part in (post, unit, organisation) if part)


def _audit(plan: Plan, subjects: Subjects, actor: Actor, source: str) -> Iterator[ActRecord]:
    details = {"roster": source}
    for code, (_, new) in zip(subjects.codes, plan.created, strict=True):
        yield ActRecord("people.add_from_roster", actor, code, new.organisation.code, details)
    for change in plan.changed:
        fields = [*change.fields, *(["employment"] if change.placement else [])]
        code = change.placement.organisation.code if change.placement else change.known.organisation_code or ""
        said = {**details, "fields": fields}
        if code != change.known.organisation_code and change.known.organisation_code:
            said["from"] = change.known.organisation_code
        yield ActRecord("people.change_from_roster", actor, change.known.subject_code, code, said)
