"""Acts on the pool of instructors, on who teaches a session, and on the page each is given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from enggang.access.domain.links import open_link, revoke_links
from enggang.access.enums import LinkScope
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.states import keep_version
from enggang.people.models import Person
from enggang.places.models import Organisation
from enggang.training import rules
from enggang.training.domain.messages import announce_teaching
from enggang.training.domain.teaching import Named, name_teachers, with_lead
from enggang.training.models import Instructor, Session, Unavailable

PAGE_LIVES = timedelta(days=120)


@act("training.add_instructor")
def add_instructor(
    *, organisation: Organisation, person: Person, teacher_origin: str, actor: Actor, expertise: str = "",
    rank_group: str = "", tax_status: str = "asn", active: bool = True,
) -> Instructor:  # fmt: skip
    """Take a person into an agency's pool."""
    require(rules.may_manage(actor, organisation))
    row = Instructor(
        organisation=organisation, person=person, expertise=expertise.strip(), teacher_origin=teacher_origin,
        rank_group=rank_group, tax_status=tax_status, active=active,
    )  # fmt: skip
    row.full_clean(exclude=["subject"], validate_unique=False, validate_constraints=False)
    row.subject = Instructor.new_subject(organisation.code)
    with told(Instructor):
        row.save()
    return row


@act("training.change_instructor")
def change_instructor(
    *, instructor: Instructor, version: int, teacher_origin: str, expertise: str, rank_group: str, tax_status: str,
    active: bool, actor: Actor,
) -> Instructor:  # fmt: skip
    require(rules.may_manage(actor, instructor.organisation))
    keep_version(instructor, version)
    instructor.expertise, instructor.teacher_origin = expertise.strip(), teacher_origin
    instructor.rank_group, instructor.tax_status, instructor.active = rank_group, tax_status, active
    instructor.clean_fields()
    instructor.save()
    return instructor


@act("training.mark_away")
def mark_away(*, instructor: Instructor, first_day: date, last_day: date, actor: Actor) -> Unavailable:
    """Days on which the instructor cannot teach; by the organiser or the instructor. The same days twice stand once."""
    own = actor.user_id is not None and instructor.person.user_id == actor.user_id
    require(own or rules.may_manage(actor, instructor.organisation))
    if last_day < first_day:
        raise Conflict(_("The last day lies before the first."))
    record_subject(instructor.subject)
    away, _made = Unavailable.objects.get_or_create(instructor=instructor, first_day=first_day, last_day=last_day)
    return away


@act("training.unmark_away")
def unmark_away(*, away: Unavailable, actor: Actor) -> Instructor:
    own = actor.user_id is not None and away.instructor.person.user_id == actor.user_id
    require(own or rules.may_manage(actor, away.instructor.organisation))
    away.delete()
    return away.instructor


@act("training.assign_instructor")
def assign_instructor(*, session: Session, version: int, instructor: Instructor | None, actor: Actor) -> Session:
    """Say who leads a session, or nobody; whoever else teaches it stays. See ``assign_instructors``."""
    require(rules.may_manage(actor, session.wave.organisation))
    if instructor is not None:
        _may_come(instructor.person, session)
    return _assign(session, version, with_lead(session, instructor.person if instructor else None), actor)


@act("training.assign_instructors")
def assign_instructors(*, session: Session, version: int, teachers: Sequence[Named], actor: Actor) -> Session:
    """Say who teaches a session, in their order, and as what. Clashes are warned of by the screen, never forbidden; absence is.

    Whoever comes must be in the agency's pool and can be asked; whoever comes and whoever goes are told, once the wave is
    no draft any more.
    """
    return _assign(session, version, teachers, actor)


def _assign(session: Session, version: int, wanted: Sequence[Named], actor: Actor) -> Session:
    wave, taught = session.wave, session.teachers
    require(rules.may_manage(actor, wave.organisation))
    if session.is_cancelled:
        raise Conflict(_("This session was called off. Add a new one instead."))
    for each in wanted:
        if each.person not in taught:
            _may_come(each.person, session)
    keep_version(session, version)
    name_teachers(session, wanted)
    session.changed_at = clock.now()
    session.save(update_fields=["instructor", "changed_at", "version"])
    announce_teaching(session, taught, session.slot, actor)
    record_subject(wave.subject)
    record(session=session.code, teachers=len(wanted))
    return session


def _may_come(person: Person, session: Session) -> None:
    row = Instructor.objects.filter(organisation=session.wave.organisation_id, person=person, active=True).first()
    if row is None:
        raise Conflict(_("This person is not in the pool, or cannot be asked now."))
    if row.away.filter(first_day__lte=session.day, last_day__gte=session.day).exists():
        raise Conflict(_("%(name)s is away on that day. Choose somebody else.") % {"name": row})


@act("training.hand_out_briefing")
def hand_out_briefing(*, instructor: Instructor, actor: Actor) -> str:
    """A private address of the instructor's page; an earlier one stops working. Answers the whole address."""
    require(rules.may_manage(actor, instructor.organisation))
    revoke_links(scope=LinkScope.BRIEFING, subject=instructor.subject, actor=actor)
    ends = datetime.combine(clock.today() + PAGE_LIVES, time(), ZoneInfo(settings.TIME_ZONE))
    _link, token = open_link(scope=LinkScope.BRIEFING, subject=instructor.subject, actor=actor, expires_at=ends)
    record_subject(instructor.subject)
    return token
