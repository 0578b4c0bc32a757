"""Who may, in events: pure functions of the actor's grants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enggang.access.enums import LinkScope, Role
from enggang.core.actor import Actor
from enggang.events.enums import CURATED_BY_PROVINCE, Stage

if TYPE_CHECKING:
    from enggang.events.models import (
        Booking,
        CurationJudge,
        CurationRound,
        Edition,
        GuardianConsent,
        Part,
        StallApplication,
    )
    from enggang.places.models import Organisation

MANAGERS = (Role.ADMINISTRATOR, Role.ORGANISER)
SEES_EVENTS = (*MANAGERS, Role.LEADER, Role.INSPECTOR, Role.TREASURER)


def may_manage(actor: Actor, organisation: Organisation) -> bool:
    """Events of an agency and their editions: its organisers."""
    return actor.holds(*MANAGERS, at=organisation.path)


def may_curate(actor: Actor, edition: Edition) -> bool:
    """Whoever it is proposed to: the organisers of that agency; where it is proposed to nobody else, its own."""
    return actor.holds(*MANAGERS, at=(edition.curator or edition.organisation).path)


def may_move(actor: Actor, edition: Edition, to: Stage) -> bool:
    """What is proposed is curated and approved by the curator; every other gate is the organiser's own."""
    return may_curate(actor, edition) if to in CURATED_BY_PROVINCE else may_manage(actor, edition.organisation)


def may_step_back(actor: Actor, edition: Edition) -> bool:
    """Whoever took the last gate, and of what is proposed also the curator, who returns it."""
    stage = Stage(edition.stage)
    returns = stage == Stage.PROPOSED and may_curate(actor, edition)
    return returns or may_move(actor, edition, stage)


def may_hold_round(actor: Actor, organisation: Organisation) -> bool:
    """Rounds of curation: the organisers of the agency that events are proposed to."""
    return may_manage(actor, organisation)


def sees_round(actor: Actor, curation: CurationRound) -> bool:
    """Every proposal of a round with its scores: the curator's staff."""
    return actor.holds(*SEES_EVENTS, at=curation.organisation.path)


def is_judge(actor: Actor, judge: CurationJudge) -> bool:
    """By their account, or by the private address made for them."""
    own = judge.user_id is not None and judge.user_id == actor.user_id
    return own or actor.may_by_link(LinkScope.CURATION, judge.code)


def may_speak_for_stall(actor: Actor, application: StallApplication) -> bool:
    """The vendor by their private address, and the organisers of the edition."""
    by_link = actor.may_by_link(LinkScope.STALL, application.code)
    return by_link or may_manage(actor, application.call.edition.organisation)


def sees_inside(actor: Actor, edition: Edition) -> bool:
    """Permits, papers and money of an edition: its agency and the curator, not every agency of the calendar."""
    near = [edition.organisation, *([edition.curator] if edition.curator else [])]
    return any(actor.holds(*SEES_EVENTS, at=each.path) for each in near)


def may_ship(actor: Actor) -> bool:
    """Loading shipped rows: the installation itself, or who rules all of it."""
    return actor.holds(Role.ADMINISTRATOR, at="/")


def may_hold_booking(actor: Actor, booking: Booking) -> bool:
    """A registration is its holder's, by the private address of the ticket, and the organisers'."""
    return actor.may_by_link(LinkScope.TICKET, booking.code) or may_manage(actor, booking.part.edition.organisation)


def may_register_at_gate(actor: Actor, part: Part) -> bool:
    """Walk-up registration: a volunteer with the part's own address, and the organisers."""
    return actor.may_by_link(LinkScope.WALK_UP, part.code) or may_manage(actor, part.edition.organisation)


def may_consent(actor: Actor, consent: GuardianConsent) -> bool:
    """By the guardian's own address, and by nothing else."""
    return actor.may_by_link(LinkScope.GUARDIAN, consent.code)


def may_ask(actor: Actor, edition: Edition) -> bool:
    """Visitors, for the survey: a volunteer with the edition's address for it, and the organisers."""
    return actor.may_by_link(LinkScope.ASKING, edition.code) or may_manage(actor, edition.organisation)
