"""A roster that was read in is taken back, as far as nothing newer stands on what it wrote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, cast

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.bulk import in_parts
from enggang.core.integrity import told
from enggang.core.jobs import JobRun, enqueue, job
from enggang.core.models import Job, Subject
from enggang.core.states import move
from enggang.people import rules
from enggang.people.domain.persons import index_person
from enggang.people.enums import ROSTER_MOVES, RosterState
from enggang.people.models import Employment, Person, RosterImport
from enggang.people.roster.trace import WORK, ids_of
from enggang.places.models import Organisation
from enggang.search.domain.indexing import drop_subjects
from enggang.search.models import SearchEntry

PART = 500
SHOWN = 500
Left = dict[str, Any]
OWN = {(Employment, "person"), (Person, "subject"), (SearchEntry, "subject")}  # what the import itself wrote


@act("people.want_undo")
def want_undo(*, roster: RosterImport, actor: Actor) -> Job:
    """Have an import taken back, in the background. Conflict when it was already, or is too old to be."""
    require(rules.may_manage_people_at(actor, roster.organisation.path))
    if not roster.can_be_undone:
        raise Conflict(_("This list cannot be taken back: nothing of it was written, or it was read in too long ago."))
    title, values = gettext_noop("Taking back the roster of {agency}"), {"agency": str(roster.organisation)}
    record_subject(roster.subject)
    return enqueue(
        run_undo, actor=actor, title=title, title_values=values, subject_code=roster.code, roster=roster.code
    )


@job("people.undo_import", attempts=3)
def run_undo(run: JobRun, *, roster: str) -> None:
    """Safe to run twice: what was taken back is not looked at again."""
    row = RosterImport.objects.select_related("organisation__subject", "subject").get(subject__code=roster)
    if row.can_be_undone:
        undo_roster(roster=row, actor=run.actor)
    run.outcome(left=len(row.undone_rows))


@act("people.undo_roster")
def undo_roster(*, roster: RosterImport, actor: Actor) -> RosterImport:
    """Remove whom the import created, give back what it changed, and note whom it had to leave and why.

    Left is whoever was changed by people since, and whoever something newer stands on: a registration, an account.
    """
    require(rules.may_manage_people_at(actor, roster.organisation.path))
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=roster.organisation_id)
    trace = RosterImport.objects.get(pk=roster.pk).trace
    if not trace:
        raise Conflict(_("This was done already."))
    left = [*_remove(ids_of(trace.get("created", []))), *_give_back(trace.get("changed", []))]
    total = sum(last - first + 1 for first, last in trace.get("created", [])) + len(trace.get("changed", []))
    move(roster, RosterState.UNDONE, moves=ROSTER_MOVES, trace={}, undone_rows=left[:SHOWN])
    record_subject(roster.subject)
    record(rows=total, left=len(left))
    return roster


# -- whom it created ------------------------------------------------------------------------------


def _remove(ids: Iterable[int]) -> Iterator[Left]:
    for part in in_parts(ids, PART):
        people = list(Person.objects.filter(pk__in=part).select_related("subject").order_by("pk"))
        why = _stands_on(people)
        free = [person for person in people if person.pk not in why]
        drop_subjects([person.subject_id for person in free])
        Employment.objects.filter(person__in=free).delete()
        Person.objects.filter(pk__in=[person.pk for person in free]).delete()
        Subject.objects.filter(pk__in=[person.subject_id for person in free]).delete()
        yield from (_left(person, why[person.pk]) for person in people if person.pk in why)


def _stands_on(people: list[Person]) -> dict[int, str]:
    """By id, why a person cannot be removed: changed since, or an app of which something refers to them."""
    why = {person.pk: "changed" for person in people if person.version != 1 or person.user_id or person.merged_into_id}
    of_subject = {person.subject_id: person.pk for person in people}
    for pk, app in _pointing(Person, [person.pk for person in people]):
        why.setdefault(pk, app)
    for subject, app in _pointing(Subject, list(of_subject)):
        why.setdefault(of_subject[subject], app)
    return why


def _pointing(model: type[models.Model], ids: list[int]) -> Iterator[tuple[int, str]]:
    """Which of these rows something else refers to, with the app it is of; one question per reference."""
    for relation in model._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ForeignObjectRel) or (relation.related_model, relation.field.name) in OWN:
            continue
        name, owner = relation.field.name, cast("type[models.Model]", relation.related_model)
        rows = owner._base_manager.filter(**{f"{name}__in": ids}).values_list(name, flat=True)
        yield from ((pk, owner._meta.app_label) for pk in rows.distinct() if pk in set(ids))


# -- whom it changed ------------------------------------------------------------------------------


def _give_back(changed: list[dict[str, Any]]) -> Iterator[Left]:
    for part in in_parts(changed, PART):
        rows = Person.objects.select_related("subject").in_bulk([each["person"] for each in part])
        for each in part:
            person = rows.get(each["person"])
            if person is not None and (problem := _restore(person, each)):
                yield _left(person, problem)


def _restore(person: Person, each: dict[str, Any]) -> str:
    """All of one person's, or none: what people have changed since is theirs."""
    if person.merged_into_id:
        return "changed"
    if "now" in each and any(getattr(person, name) != value for name, value in each["now"].items()):
        return "changed"
    if "work" in each and not _is_as_written(person, each["work"]):
        return "work"
    if "was" in each:
        for name, value in each["was"].items():
            setattr(person, name, value)
        person.version += 1
        try:
            with told(Person):
                person.save()
        except (Conflict, ValidationError):
            return "nip"
    if "work" in each:
        _restore_work(person, each["work"])
    person.__dict__.pop("present", None)
    index_person(person)
    return ""


def _is_as_written(person: Person, work: dict[str, Any]) -> bool:
    row = _written(person, work)
    return row is not None and {name: _plain(getattr(row, name)) for name in WORK} == work["now"]


def _written(person: Person, work: dict[str, Any]) -> Employment | None:
    """The employment that the import wrote; none when another has been opened since."""
    if work["day"] is None:
        return person.employments.filter(pk=work["employment"]).first()
    last = person.employments.order_by("-starts_on", "-pk").first() if work["now"]["ends_on"] is None else None
    found = person.employments.filter(starts_on=work["day"], organisation=work["now"]["organisation_id"]).first()
    return found if last is None or found == last else None


def _restore_work(person: Person, work: dict[str, Any]) -> None:
    was = work["was"]
    if work["day"] is not None:
        written = _written(person, work)
        if written is not None:
            written.delete()
        if was is not None:
            Employment.objects.filter(pk=work["employment"]).update(ends_on=was["ends_on"])
    elif was is not None:
        Employment.objects.filter(pk=work["employment"]).update(**was)
    if was is not None:
        code = Organisation.objects.values_list("subject__code", flat=True).get(pk=was["organisation_id"])
        Subject.objects.filter(pk=person.subject_id).update(organisation_code=code)
        person.subject.organisation_code = code


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _left(person: Person, why: str) -> Left:
    return {"code": person.code, "name": person.name, "why": why}


def say_why(why: str) -> str:
    """The reason in words, in the reader's language."""
    words = {
        "changed": _("was changed by people since, or has an account"),
        "work": _("another employment or post was set since"),
        "nip": _("the NIP there was is another person's by now"),
    }
    if why in words:
        return words[why]
    app = apps.get_app_config(why).verbose_name if why in apps.app_configs else why
    return _("something newer stands on this record: {where}").format(where=app)
