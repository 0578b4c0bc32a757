"""A plan written as sets: subjects, persons, employments, search entries and audit rows, each in one go."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from operator import itemgetter

from enggang.audit.domain.trail import write_entries
from enggang.core.actor import Actor
from enggang.core.acts import ActRecord
from enggang.core.bulk import insert_rows, random_codes, reserve_ids, update_rows
from enggang.core.models import Subject
from enggang.people.models import Employment, Person
from enggang.people.roster.plan import Change, Placement, Plan
from enggang.people.roster.rows import Entry
from enggang.search.domain.indexing import Findable, index_many

EMPLOYMENT = ("person", "organisation", "kind", "post", "rank", "unit", "superior", "starts_on", "ends_on")


def write_plan(plan: Plan, *, actor: Actor, today: date, source: str) -> None:
    """Write everything the plan holds. Call inside the import's transaction; ``source`` is the roster's code."""
    created = _write_created(plan.created, today)
    _write_changed(plan.changed, today)
    index_many([*_findable_created(plan.created, created), *_findable_changed(plan.changed)])
    write_entries(_audit(plan, created, actor, source))


def _write_created(created: list[tuple[Entry, Placement]], today: date) -> list[Subject]:
    codes = random_codes(len(created))
    subjects = [
        Subject(pk, Person.subject_kind, placement.organisation.code, code)
        for pk, code, (_, placement) in zip(reserve_ids(Subject, len(created)), codes, created, strict=True)
    ]
    insert_rows(
        Subject, ("id", "kind", "organisation_code", "code"),
        [(each.pk, each.kind, each.organisation_code, each.code) for each in subjects],
    )  # fmt: skip
    people = reserve_ids(Person, len(created))
    facts = [
        (pk, subject.pk, entry.name, entry.name_key, entry.nip, entry.phone, entry.email, 1)
        for pk, subject, (entry, _) in zip(people, subjects, created, strict=True)
    ]
    facts.sort(key=itemgetter(4))  # two imports that meet at an NIP must not wait for each other in a circle
    insert_rows(Person, ("id", "subject", "name", "name_key", "nip", "phone", "email", "version"), facts)
    rows = [_employment(pk, placement, None, today) for pk, (_, placement) in zip(people, created, strict=True)]
    insert_rows(Employment, EMPLOYMENT, rows)
    return subjects


def _employment(person: int, new: Placement, superior: int | None, today: date) -> tuple[object, ...]:
    return (person, new.organisation.pk, str(new.kind), new.post, new.rank, new.unit, superior, today.isoformat(), None)


def _write_changed(changed: list[Change], today: date) -> None:
    update_rows(
        Person,
        ("name", "name_key", "nip", "phone", "email"),
        [(c.name, c.name_key, c.nip, c.phone, c.email, c.known.person_id) for c in changed if c.fields],
        also="version = version + 1",
    )
    moved = [(change, change.placement) for change in changed if change.placement]
    _correct_todays([(change, new) for change, new in moved if _began_today(change, today)])
    _end_and_open([(change, new) for change, new in moved if not _began_today(change, today)], today)
    update_rows(
        Subject, ("organisation_code",), [(new.organisation.code, change.known.subject_id) for change, new in moved]
    )


def _began_today(change: Change, today: date) -> bool:
    return change.known.starts_on is not None and change.known.starts_on >= today


def _correct_todays(moved: list[tuple[Change, Placement]]) -> None:
    """What began today is corrected in place: it was never worked."""
    rows = [
        (
            new.organisation.pk,
            str(new.kind),
            new.post,
            new.rank,
            new.unit,
            _superior(change, new),
            change.known.employment_id,
        )
        for change, new in moved
    ]
    update_rows(Employment, ("organisation", "kind", "post", "rank", "unit", "superior"), rows)


def _end_and_open(moved: list[tuple[Change, Placement]], today: date) -> None:
    yesterday = (today - timedelta(days=1)).isoformat()
    ended = [(yesterday, change.known.employment_id) for change, _ in moved if change.known.employment_id]
    update_rows(Employment, ("ends_on",), ended)
    opened = [_employment(change.known.person_id, new, _superior(change, new), today) for change, new in moved]
    insert_rows(Employment, EMPLOYMENT, opened)


def _superior(change: Change, new: Placement) -> int | None:
    """Kept within the same organisation; another one has other superiors."""
    return change.known.superior_id if change.known.organisation_id == new.organisation.pk else None


def _findable_created(created: list[tuple[Entry, Placement]], subjects: list[Subject]) -> Iterator[Findable]:
    for subject, (entry, new) in zip(subjects, created, strict=True):
        yield Findable(
            subject, entry.name, search_text(new.post, new.unit, new.organisation.name), new.organisation.path
        )


def _findable_changed(changed: list[Change]) -> Iterator[Findable]:
    for change in changed:
        known, new = change.known, change.placement
        code = new.organisation.code if new else known.organisation_code or ""
        name = new.organisation.name if new else known.organisation_name or ""
        post, unit = (new.post, new.unit) if new else (known.post or "", known.unit or "")
        subject = Subject(
            pk=known.subject_id, kind=Person.subject_kind, organisation_code=code, code=known.subject_code
        )
        path = new.organisation.path if new else known.path or "/"
        yield Findable(subject, change.name, search_text(post, unit, name), path)


def search_text(post: str, unit: str, organisation: str) -> str:
    """What a person is found by besides the name. Never the NIP: whoever finds a person need not read it."""
    return " · ".join(part for part in (post, unit, organisation) if part)


def _audit(plan: Plan, created: list[Subject], actor: Actor, source: str) -> Iterator[ActRecord]:
    for subject in created:
        yield ActRecord("people.add_from_roster", actor, subject.code, subject.organisation_code, {"roster": source})
    for change in plan.changed:
        fields = [*change.fields, *(["employment"] if change.placement else [])]
        code = change.placement.organisation.code if change.placement else change.known.organisation_code or ""
        details = {"roster": source, "fields": fields}
        yield ActRecord("people.change_from_roster", actor, change.known.subject_code, code, details)
