"""Acts on sessions. Each session opens an occasion, where attendance is taken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time

from django.utils.translation import gettext as _

from enggang.attendance.domain.occasions import cancel_occasion, open_occasion, restore_occasion
from enggang.attendance.queries.occasions import signed_among
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.states import keep_version, move
from enggang.core.text import one_line
from enggang.people.models import Person
from enggang.training import rules
from enggang.training.domain.messages import announce_move, announce_session, announce_teaching
from enggang.training.domain.signing import respan_occasion
from enggang.training.domain.teaching import Named, name_teachers, with_lead
from enggang.training.enums import SESSION_MOVES, Notice, SessionState
from enggang.training.models import Module, Session, Wave, WaveClass

MOST_JP = 24  # as the field says


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
    teachers: Sequence[Named] = (),
) -> Session:
    """Add a session to a wave, for everyone or for one class, with the occasion at which its attendance is taken.

    ``teachers``: who teaches, when they are several; ``instructor`` is short for one who leads.
    """
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
    name_teachers(session, [Named(instructor)] if instructor else teachers)
    announce_teaching(session, [], session.slot, actor)
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
    """Move or rename a session, or let another lead it (the others who teach stay); calendars that follow it are told by the next version. Marks stay.

    Once the wave is no draft any more, those with a seat and whoever teaches it are told of another day, other hours or
    another room, and an instructor that they teach it or no longer do.
    """
    wave = session.wave
    require(rules.may_manage(actor, wave.organisation))
    if session.is_cancelled:
        raise Conflict(_("This session was called off. Add a new one instead."))
    keep_version(session, version)
    if (day, klass) != (session.day, session.klass) and _signs_with_others(session):
        raise Conflict(_("This session is signed together with others of its day. Separate them first."))
    was, taught = session.slot, session.teachers
    session.title, session.day, session.begins, session.ends = title.strip(), day, begins, ends
    session.jp, session.room, session.klass = jp, room.strip(), klass
    if instructor != session.instructor:
        name_teachers(session, with_lead(session, instructor))
    session.changed_at = clock.now()
    _check(session)
    with told(Session):
        session.save()
    respan_occasion(session, actor)
    announce_move(session, taught, was, actor)
    announce_teaching(session, taught, was, actor)
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
def remove_session(*, session: Session, reason: str, actor: Actor) -> Wave:
    """Call a session off: it no longer counts in anyone's percentage, and calendars show it as cancelled.

    The pass list goes on naming it, with its JP, the day and the reason; those it concerns are told, once the wave is
    no draft any more. ``restore_session`` undoes it.
    """
    require(rules.may_manage(actor, session.wave.organisation))
    if not reason.strip():
        raise Conflict(_("Say why the session is called off: the participants read it."))
    now = clock.now()
    move(
        session, SessionState.CANCELLED, moves=SESSION_MOVES, cancelled_at=now, changed_at=now,
        cancel_reason=one_line(reason, 200),
    )  # fmt: skip
    _leave_occasion(session, actor)
    _announce(session, Notice.OFF, actor)
    record(session=session.code)
    return session.wave


@act("training.restore_session")
def restore_session(*, session: Session, actor: Actor) -> Wave:
    """Take back that a session was called off: it counts again, with every mark made there; those told are told.

    One that was merged gets its JP back from the session that had taken it over.
    """
    require(rules.may_manage(actor, session.wave.organisation))
    if session.wave.is_cancelled:
        raise Conflict(_("The wave itself is cancelled. Hold that after all first."))
    _check(session)
    if session.merged_into is not None:
        _take_back_jp(session, session.merged_into)
    occasion = session.occasion
    move(
        session, SessionState.PLANNED, moves=SESSION_MOVES, cancelled_at=None, changed_at=clock.now(), cancel_reason="",
        merged_into=None,
    )  # fmt: skip
    if occasion.is_cancelled:
        restore_occasion(occasion=occasion, actor=actor)
    respan_occasion(session, actor)
    _announce(session, Notice.BACK, actor)
    record(session=session.code)
    return session.wave


def _take_back_jp(session: Session, into: Session) -> None:
    """The base of everyone's JP stays as it was; refused where the other no longer has what it took over."""
    if into.is_cancelled:
        text = _(
            "“%(title)s”, which had taken this session over, was called off or merged itself. Take that back first."
        )
        raise Conflict(text % {"title": into.title})
    if into.jp < session.jp:
        text = _("“%(title)s” has only %(has)d JP by now, and %(jp)d would go back. Correct its JP first.")
        raise Conflict(text % {"title": into.title, "has": into.jp, "jp": session.jp})
    keep_version(into, into.version)
    into.jp, into.changed_at = into.jp - session.jp, clock.now()
    into.save(update_fields=["jp", "changed_at"])


def _announce(session: Session, notice: Notice, actor: Actor) -> None:
    if not (session.wave.is_draft or session.wave.is_cancelled):  # nobody is promised anything
        announce_session(session, notice, actor)


@act("training.merge_session")
def merge_session(*, session: Session, into: Session, actor: Actor) -> Session:
    """Let another session take this one over with its JP, so that the base of everyone's JP stays as it was.

    The other must be for the same people. Refused once somebody has signed for this one: then it took place. Calendars
    show it as cancelled; participants and the instructors of both are told, once the wave is no draft any more.
    """
    require(rules.may_manage(actor, session.wave.organisation))
    if session.pk == into.pk or session.wave_id != into.wave_id or into.is_cancelled:
        raise Conflict(_("Choose another session of this wave that is still planned."))
    if session.klass_id != into.klass_id:
        raise Conflict(_("The two sessions are for different people."))
    if session.occasion_id != into.occasion_id and signed_among([session.occasion_id]):
        raise Conflict(_("Somebody has signed for this session already, so it cannot be merged into another."))
    if session.jp + into.jp > MOST_JP:
        raise Conflict(_("Together they have more than %(most)d JP.") % {"most": MOST_JP})
    now = clock.now()
    move(
        session, SessionState.CANCELLED, moves=SESSION_MOVES, cancelled_at=now, changed_at=now, merged_into=into
    )  # fmt: skip
    into.jp += session.jp
    into.changed_at = now
    keep_version(into, into.version)
    into.save(update_fields=["jp", "changed_at"])
    _leave_occasion(session, actor)
    _announce(session, Notice.INTO, actor)
    record_subject(session.wave.subject)
    record(session=session.code, into=into.code)
    return into


def _leave_occasion(session: Session, actor: Actor) -> None:
    if session.occasion.sessions.planned().exists():
        respan_occasion(session, actor)
    else:
        cancel_occasion(occasion=session.occasion, actor=actor)


def _signs_with_others(session: Session) -> bool:
    return session.occasion.sessions.planned().exclude(pk=session.pk).exists()
