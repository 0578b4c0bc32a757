"""Who may, in surveys: pure functions of the actor's grants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enggang.access.enums import LinkScope, Role
from enggang.core.actor import Actor

if TYPE_CHECKING:
    from enggang.places.models import Organisation
    from enggang.surveys.models import Attempt, Survey

MANAGERS = (Role.ADMINISTRATOR, Role.ORGANISER)
KEEPS_BANK = (*MANAGERS, Role.INSTRUCTOR)
SURVEYS_SERVICES = (*MANAGERS, Role.COORDINATOR)
SEES_RESULTS = (*KEEPS_BANK, Role.LEADER, Role.INSPECTOR)
SEES_SERVICE_RULES = (*SEES_RESULTS, Role.COORDINATOR)
LINKS = (LinkScope.REGISTRATION, LinkScope.SURVEY)


def may_keep_bank(actor: Actor, organisation: Organisation) -> bool:
    """Questions with their right answers: organisers and instructors of the agency, nobody else."""
    return actor.holds(*KEEPS_BANK, at=organisation.path)


def may_manage(actor: Actor, organisation: Organisation) -> bool:
    """Open, close, hand back: the organisers."""
    return actor.holds(*MANAGERS, at=organisation.path)


def may_survey_service(actor: Actor, organisation: Organisation) -> bool:
    """Ask citizens about a service: the agency's organisers and its coordinators."""
    return actor.holds(*SURVEYS_SERVICES, at=organisation.path)


def may_manage_survey(actor: Actor, survey: Survey) -> bool:
    """Change, open and close: the organisers; one about a service also the agency's coordinators."""
    if hasattr(survey, "service"):
        return may_survey_service(actor, survey.organisation)
    return may_manage(actor, survey.organisation)


def may_judge(actor: Actor, organisation: Organisation) -> bool:
    """Score by hand what no key can score: whoever keeps the bank."""
    return may_keep_bank(actor, organisation)


def is_own(actor: Actor, attempt: Attempt) -> bool:
    """Whoever sits the test: signed in, or by the private link they were given."""
    own = actor.user_id is not None and attempt.user_id == actor.user_id
    return own or any(actor.may_by_link(scope, attempt.holder.code) for scope in LINKS)


def may_keep_settings(actor: Actor, organisation: Organisation) -> bool:
    return actor.holds(Role.ADMINISTRATOR, at=organisation.path)


def may_ship(actor: Actor) -> bool:
    """Loading shipped rows: the installation itself, or who rules all of it."""
    return actor.holds(Role.ADMINISTRATOR, at="/")
