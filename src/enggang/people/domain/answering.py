"""An agency answers for people whom others entered at a desk: theirs, or not theirs."""

from __future__ import annotations

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record_subject, require
from enggang.core.states import move
from enggang.core.text import one_line
from enggang.people import rules
from enggang.people.domain.persons import index_person
from enggang.people.enums import STANDING_MOVES, Standing
from enggang.people.models import Employment, Person
from enggang.people.queries.persons import present_of
from enggang.people.signals import person_answered_for
from enggang.places.models import Organisation

MOST_REASON = 300


@act("people.place_person")
def place_person(*, person: Person, organisation: Organisation, actor: Actor) -> Person:
    """Somebody on record who serves nowhere stands at a desk with a letter of an agency: there, to be confirmed by it."""
    require(rules.may_enter_people(actor))
    _fresh(person)
    if present_of(person) or person.employments.upcoming().exists():
        raise Conflict(_("{name} has an agency on record.").format(name=person.name))
    last = person.employments.first()
    row = Employment(person=person, organisation=organisation, starts_on=clock.today(), standing=Standing.ASKED)
    row.kind = last.kind if last else row.kind
    row.full_clean(exclude=["person"])
    row.save()
    person.subject.organisation_code = organisation.code
    person.subject.save(update_fields=["organisation_code"])
    index_person(_fresh(person))
    return person


@act("people.confirm_person")
def confirm_person(*, employment: Employment, actor: Actor) -> Employment:
    """The agency says: this is our staff."""
    _answers(employment, actor)
    move(employment, Standing.STANDS, moves=STANDING_MOVES, field="standing")
    person_answered_for.send(Employment, employment=employment, actor=actor)
    return employment


@act("people.deny_person")
def deny_person(*, employment: Employment, reason: str, actor: Actor) -> Employment:
    """The agency says: not ours. The employment ends; what the person was registered for stays for its organiser to decide."""
    _answers(employment, actor)
    why = one_line(reason, MOST_REASON + 1)
    if not why or len(why) > MOST_REASON:
        raise Conflict(_("Say why, in at most {most} characters: the organiser reads it.").format(most=MOST_REASON))
    today = max(clock.today(), employment.starts_on)
    move(employment, Standing.DENIED, moves=STANDING_MOVES, field="standing", ends_on=today, denied_reason=why)
    index_person(_fresh(employment.person))
    person_answered_for.send(Employment, employment=employment, actor=actor)
    return employment


@act("people.ask_again")
def ask_again(*, employment: Employment, actor: Actor) -> Employment:
    """Take back that somebody is not theirs: the person is to be confirmed again, unless they serve elsewhere by now."""
    _answers(employment, actor)
    others = employment.person.employments.exclude(pk=employment.pk)
    if others.filter(ends_on=None).exists() or others.filter(starts_on__gte=employment.starts_on).exists():
        raise Conflict(_("{name} has another agency on record by now.").format(name=employment.person.name))
    move(employment, Standing.ASKED, moves=STANDING_MOVES, field="standing", ends_on=None, denied_reason="")
    index_person(_fresh(employment.person))
    return employment


def _answers(employment: Employment, actor: Actor) -> None:
    require(rules.may_manage_people_at(actor, employment.organisation.path))
    record_subject(employment.person.subject)


def _fresh(person: Person) -> Person:
    person.__dict__.pop("present", None)
    return person
