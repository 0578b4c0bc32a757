"""Employments that are over: added, corrected and removed by whoever keeps the person's agency's list."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, Refused, act, record, require
from enggang.core.integrity import told
from enggang.core.states import keep_version
from enggang.people import rules
from enggang.people.enums import StaffKind
from enggang.people.models import Employment, Person
from enggang.people.names import tidy
from enggang.people.queries.persons import path_of
from enggang.places.models import Organisation


@act("people.add_past")
def add_past(
    *,
    person: Person,
    version: int,
    organisation: Organisation,
    starts_on: date,
    ends_on: date,
    actor: Actor,
    kind: StaffKind | str = StaffKind.PNS,
    post: str = "",
    rank: str = "",
    unit: str = "",
) -> Person:
    """Put an employment on record that is over, at any agency. Raises Conflict where it would overlap with another."""
    row = Employment(person=person)
    return _keep(row, person, version, actor, organisation, starts_on, ends_on, kind, (post, rank, unit))


@act("people.change_past")
def change_past(
    *,
    employment: Employment,
    version: int,
    organisation: Organisation,
    starts_on: date,
    ends_on: date,
    actor: Actor,
    kind: StaffKind | str = StaffKind.PNS,
    post: str = "",
    rank: str = "",
    unit: str = "",
) -> Person:
    """Correct an employment that is over. What was registered or issued under it stays as it was."""
    _is_over(employment)
    words = (post, rank, unit)
    return _keep(employment, employment.person, version, actor, organisation, starts_on, ends_on, kind, words)


@act("people.drop_past")
def drop_past(*, employment: Employment, version: int, actor: Actor) -> Person:
    """Remove an employment that is over and never was; the trail keeps that it stood there."""
    person = employment.person
    require(rules.may_manage_people_at(actor, path_of(person)))
    _is_over(employment)
    if not person.employments.exclude(pk=employment.pk).exists():
        raise Conflict(_("This is the only employment on record. Correct it instead."))
    keep_version(person, version)
    record(organisation=employment.organisation.code, **_days(employment))
    if not Employment.objects.filter(pk=employment.pk).delete()[0]:
        raise Conflict(_("This was done already."))
    return person


def _keep(
    row: Employment,
    person: Person,
    version: int,
    actor: Actor,
    organisation: Organisation,
    starts_on: date,
    ends_on: date,
    kind: StaffKind | str,
    words: tuple[str, str, str],
) -> Person:
    require(rules.may_manage_people_at(actor, path_of(person)))
    keep_version(person, version)
    before = _days(row) if row.pk else {}
    row.organisation, row.starts_on, row.ends_on, row.kind = organisation, starts_on, ends_on, StaffKind(kind)
    row.post, row.rank, row.unit = (tidy(text) for text in words)
    if ends_on < starts_on:
        raise Conflict(_("An employment cannot end before it begins."))
    if ends_on > clock.today():
        raise Conflict(_("This is for what is over. A present or coming post is set under “Change post or agency”."))
    _refuse_overlap(row, person)
    try:
        row.clean_fields(exclude=["person"])
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    with told(Employment):
        row.save()
    record(organisation=organisation.code, **_days(row), **{f"was_{name}": day for name, day in before.items()})
    return person


def _refuse_overlap(row: Employment, person: Person) -> None:
    """The last day itself is free: another may begin on it."""
    for other in person.employments.exclude(pk=row.pk).select_related("organisation"):
        if row.starts_on < (other.ends_on or date.max) and other.starts_on < (row.ends_on or date.max):
            text = _("On these days the person is on record at {agency} ({start} – {end}). Correct that first.")
            end = date_format(other.ends_on) if other.ends_on else _("now")
            raise Conflict(text.format(agency=other.organisation.name, start=date_format(other.starts_on), end=end))


def _is_over(employment: Employment) -> None:
    if not employment.is_past:
        raise Conflict(_("This is for what is over. A present or coming post is set under “Change post or agency”."))


def _days(row: Employment) -> dict[str, str]:
    return {"starts_on": row.starts_on.isoformat(), "ends_on": row.ends_on.isoformat() if row.ends_on else ""}
