"""Who may, in training: pure functions of the actor's grants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enggang.access.enums import LinkScope, Role
from enggang.core.actor import Actor

if TYPE_CHECKING:
    from enggang.places.models import Organisation
    from enggang.training.models import Registration, Wave

MANAGERS = (Role.ADMINISTRATOR, Role.ORGANISER)
SEES_PROGRAMMES = (*MANAGERS, Role.INSTRUCTOR, Role.LEADER, Role.INSPECTOR, Role.TREASURER)
SEES_WAVES = (*SEES_PROGRAMMES, Role.GRADER)
SEES_PARTICIPANTS = (*MANAGERS, Role.INSTRUCTOR, Role.LEADER, Role.INSPECTOR, Role.TREASURER)


def may_manage(actor: Actor, organisation: Organisation) -> bool:
    """Programmes and waves of an agency: its organisers."""
    return actor.holds(*MANAGERS, at=organisation.path)


def may_register_staff(actor: Actor, wave: Wave, agency: Organisation) -> bool:
    """An agency's staff are registered by its coordinator, or by the wave's organiser."""
    return actor.holds(Role.COORDINATOR, Role.ADMINISTRATOR, at=agency.path) or may_manage(actor, wave.organisation)


def is_own(actor: Actor, registration: Registration) -> bool:
    """The person, signed in or by the link they were given."""
    own = actor.user_id is not None and registration.person.user_id == actor.user_id
    return own or actor.may_by_link(LinkScope.REGISTRATION, registration.code)


def may_withdraw(actor: Actor, registration: Registration) -> bool:
    """The person, the agency's coordinator, the organiser."""
    return is_own(actor, registration) or may_register_staff(actor, registration.wave, registration.agency)


def may_substitute(actor: Actor, registration: Registration) -> bool:
    """The agency's coordinator or the organiser, while there is a seat to pass on and no certificate."""
    keeps = may_register_staff(actor, registration.wave, registration.agency)
    return keeps and registration.claim.is_seated and not registration.award_id


def may_decide(actor: Actor, wave: Wave) -> bool:
    """Who passed, and the certificates that follow: the wave's organisers."""
    return may_manage(actor, wave.organisation)


def sees_participants(actor: Actor, wave: Wave) -> bool:
    return actor.holds(*SEES_PARTICIPANTS, at=wave.organisation.path)
