"""Acts on sessions. Each session opens an occasion, where attendance is taken."""

from __future__ import annotations

from datetime import date, time

from django.utils.translation import gettext as _

from enggang.attendance.domain.occasions import cancel_occasion, change_occasion, open_occasion
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.states import keep_version, move
from enggang.people.models import Person
from enggang.training import rules
from enggang.training.enums import SESSION_MOVES, SessionState
from enggang.training.models import Module, Session, Wave, WaveClass


@act("training.add_session")
def add_session(
    *,
    wave: Wave,
    title: str,
    day: date,
    begins: time,
    ends: time,
    actor: Actor,
    jp: int = 0,
    room: str = "",
    module: Module | None = None,
    klass: WaveClass | None = None,
    instructor: Person | None = None,
) -> Session:
    """Add a session to a wave, for everyone or for one class, with the occasion at which its attendance is taken."""
    require(rules.may_manage(actor, wave.organisation))
    session = Session(
        wave=wave, title=title.strip(), day=day, begins=begins, ends=ends, jp=jp, room=room.strip(), module=module,
        klass=klass, instructor=instructor, changed_at=clock.now(),
    )  # fmt: skip
    _check(session)
    session.occasion = open_occasion(
        organisation=wave.organisation,
        group=wave.subject,
        title=session.title,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        actor=actor,
    )
    with told(Session):
        session.save()
    record_subject(wave.subject)
    record(jp=jp)
    return session


@act("training.change_session")
def change_session(
    *,
    session: Session,
    version: int,
    title: str,
    day: date,
    begins: time,
    ends: time,
    jp: int,
    room: str,
    klass: WaveClass | None,
    instructor: Person | None,
    actor: Actor,
) -> Session:
    """Move or rename a session; calendars that follow it are told by the next version. Marks stay."""
    wave = session.wave
    require(rules.may_manage(actor, wave.organisation))
    if session.is_cancelled:
        raise Conflict(_("This session was called off. Add a new one instead."))
    keep_version(session, version)
    session.title, session.day, session.begins, session.ends = title.strip(), day, begins, ends
    session.jp, session.room, session.klass, session.instructor = jp, room.strip(), klass, instructor
    session.changed_at = clock.now()
    _check(session)
    with told(Session):
        session.save()
    if session.occasion.sessions.planned().count() == 1:
        change_occasion(
            occasion=session.occasion, title=session.title, starts_at=session.starts_at, ends_at=session.ends_at,
            actor=actor,
        )  # fmt: skip
    record_subject(wave.subject)
    record(session=session.code, version=session.version)
    return session


def _check(session: Session) -> None:
    wave = session.wave
    if not wave.starts_on <= session.day <= wave.ends_on:
        raise Conflict(_("The session's day lies outside the days of the wave."))
    if session.klass and session.klass.wave_id != wave.pk:
        raise Conflict(_("This class belongs to another wave."))
    session.full_clean(exclude=["occasion"], validate_constraints=False)
    if session.ends <= session.begins:
        raise Conflict(_("The session ends before it begins."))


@act("training.remove_session")
def remove_session(*, session: Session, actor: Actor) -> Wave:
    """Call a session off: it no longer counts in anyone's percentage, and calendars show it as cancelled."""
    require(rules.may_manage(actor, session.wave.organisation))
    move(session, SessionState.CANCELLED, moves=SESSION_MOVES, cancelled_at=clock.now(), changed_at=clock.now())
    if not session.occasion.sessions.planned().exists():
        cancel_occasion(occasion=session.occasion, actor=actor)
    record(session=session.code)
    return session.wave
