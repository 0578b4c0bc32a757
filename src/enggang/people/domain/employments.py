"""Where a person works: every change ends one row and opens the next, so that the past stays readable."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, Refused, act, record, require
from enggang.core.integrity import told
from enggang.core.states import keep_version
from enggang.people import rules
from enggang.people.domain.persons import index_person
from enggang.people.enums import StaffKind
from enggang.people.models import Employment, Person
from enggang.people.names import tidy
from enggang.people.queries.persons import path_of, present_of
from enggang.places.models import Organisation

LONGEST_CHAIN = 20


@act("people.set_employment")
def set_employment(
    *,
    person: Person,
    version: int,
    organisation: Organisation,
    actor: Actor,
    kind: StaffKind | str = StaffKind.PNS,
    post: str = "",
    rank: str = "",
    unit: str = "",
    starts_on: date | None = None,
) -> Person:
    """Give a person another post, rank or agency from ``starts_on`` (today when not given).

    The actor must serve the new agency, and the present one too: whose people are taken is asked first.
    """
    day = starts_on or clock.today()
    require(rules.may_manage_people_at(actor, organisation.path))
    keep_version(person, version)
    present = present_of(_fresh(person))
    _ask_present(actor, present)
    new = Employment(
        person=person, organisation=organisation, kind=kind, post=tidy(post), rank=tidy(rank), unit=tidy(unit),
        starts_on=day, superior=present.superior if present and present.organisation_id == organisation.pk else None,
    )  # fmt: skip
    _open(new, after=present)
    _place_subject(person, organisation)
    record(kind=str(kind), organisation=organisation.code, starts_on=day.isoformat())
    return person


def _fresh(person: Person) -> Person:
    """Forget what a list had prefetched: the act looks for itself."""
    person.__dict__.pop("present", None)
    return person


def _ask_present(actor: Actor, present: Employment | None) -> None:
    if present:
        message = _("This person is on record at {agency}. Ask that agency's coordinator to release them first.")
        allowed = rules.may_manage_people_at(actor, present.organisation.path)
        require(allowed, message.format(agency=present.organisation.name))


def _open(new: Employment, *, after: Employment | None) -> None:
    _cleaned(new)
    if after and new.starts_on < after.starts_on:
        raise Conflict(
            _("The present employment began on {day}; the new one cannot begin before.").format(day=after.starts_on)
        )
    if after and new.starts_on == after.starts_on:
        new.pk = after.pk  # what began the same day was never worked: it is corrected in place
    elif after:
        Employment.objects.filter(pk=after.pk).update(ends_on=new.starts_on - timedelta(days=1))
    with told(Employment):
        new.save()


def _cleaned(row: Employment) -> None:
    try:
        row.clean_fields()
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error


def _place_subject(person: Person, organisation: Organisation) -> None:
    person.subject.organisation_code = organisation.code
    person.subject.save(update_fields=["organisation_code"])
    index_person(_fresh(person))


@act("people.release_person")
def release_person(*, person: Person, version: int, actor: Actor, last_day: date | None = None) -> Person:
    """End the present employment, so that another agency can take the person up. The record stays."""
    present = present_of(_fresh(person))
    require(rules.may_manage_people_at(actor, path_of(person)))
    keep_version(person, version)
    if present is None:
        raise Conflict(_("This person has no present employment."))
    day = last_day or clock.today()
    if day < present.starts_on:
        raise Conflict(_("The last day cannot be before the first, {day}.").format(day=present.starts_on))
    Employment.objects.filter(pk=present.pk).update(ends_on=day)
    index_person(_fresh(person))
    record(last_day=day.isoformat())
    return person


@act("people.set_superior")
def set_superior(*, person: Person, superior: Person | None, version: int, actor: Actor) -> Person:
    """Name (or with None: unname) the person's superior in the present employment. Nobody stands above themselves."""
    require(rules.may_manage_people_at(actor, path_of(_fresh(person))))
    keep_version(person, version)
    present = present_of(person)
    if present is None:
        raise Conflict(_("This person has no present employment."))
    if superior:
        _refuse_circle(person, superior)
    Employment.objects.filter(pk=present.pk).update(superior=superior)
    record(superior=superior.code if superior else "")
    return _fresh(person)


def _refuse_circle(person: Person, superior: Person) -> None:
    above: int | None = superior.pk
    for _step in range(LONGEST_CHAIN):
        if above is None:
            return
        if above == person.pk:
            raise Conflict(
                _("{name} is below this person already. Nobody can be their own superior.").format(name=superior.name)
            )
        above = Employment.objects.present().filter(person_id=above).values_list("superior_id", flat=True).first()
