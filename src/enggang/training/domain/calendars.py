"""A calendar of one's own: an address that a phone follows, without an account and without a password."""

from __future__ import annotations

from datetime import timedelta

from enggang.access.domain.links import open_link, revoke_links
from enggang.access.enums import LinkScope
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import act, require
from enggang.training import rules
from enggang.training.domain.registrations import page_expires_at
from enggang.training.models import Registration

LASTS = timedelta(days=400)


@act("training.open_calendar")
def open_calendar(*, registration: Registration, actor: Actor) -> str:
    """A new address of the participant's calendar; the earlier one ends. Answers its token.

    Signed in, it carries everything the person takes part in; opened from a private page, that one wave.
    """
    require(rules.is_own(actor, registration))
    subject = registration.person.subject if actor.is_signed_in else registration.subject
    expires = clock.now() + LASTS if actor.is_signed_in else page_expires_at(registration)
    revoke_links(scope=LinkScope.CALENDAR, subject=subject, actor=actor)
    return open_link(scope=LinkScope.CALENDAR, subject=subject, actor=actor, expires_at=expires)[1]
