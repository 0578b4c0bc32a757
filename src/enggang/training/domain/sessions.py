"""Acts on sessions. Each session opens an occasion, where attendance is taken."""

from __future__ import annotations

from datetime import date, time

from django.utils.translation import gettext as _

from enggang.attendance.domain.occasions import cancel_occasion, open_occasion
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.training import rules
from enggang.training.models import Module, Session, Wave


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
) -> Session:
    """Add a session to a wave, with the occasion at which its attendance is taken."""
    require(rules.may_manage(actor, wave.organisation))
    if not wave.starts_on <= day <= wave.ends_on:
        raise Conflict(_("The session's day lies outside the days of the wave."))
    session = Session(
        wave=wave, title=title.strip(), day=day, begins=begins, ends=ends, jp=jp, room=room, module=module
    )
    session.full_clean(exclude=["occasion"], validate_constraints=False)
    if ends <= begins:
        raise Conflict(_("The session ends before it begins."))
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


@act("training.remove_session")
def remove_session(*, session: Session, actor: Actor) -> Wave:
    """Take a session out of the wave: its occasion is cancelled and no longer counts in anyone's percentage."""
    require(rules.may_manage(actor, session.wave.organisation))
    occasion = session.occasion
    session.delete()
    if not occasion.sessions.exists():
        cancel_occasion(occasion=occasion, actor=actor)
    return session.wave
