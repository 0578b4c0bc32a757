"""Who may, in training: pure functions of the actor's grants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enggang.access.enums import LinkScope, Role
from enggang.core.actor import Actor
from enggang.training.enums import StageBy

if TYPE_CHECKING:
    from enggang.people.models import Person
    from enggang.places.models import Organisation
    from enggang.training.models import (
        ActionPlan,
        Addressee,
        CallAgency,
        Nomination,
        OutsideCertificate,
        Registration,
        Wave,
    )

MANAGERS = (Role.ADMINISTRATOR, Role.ORGANISER)
SEES_PROGRAMMES = (*MANAGERS, Role.INSTRUCTOR, Role.LEADER, Role.INSPECTOR, Role.TREASURER)
SEES_WAVES = (*SEES_PROGRAMMES, Role.GRADER)
CHECKS_LEARNING = (Role.ADMINISTRATOR, Role.COORDINATOR)
IMPORTS_LEARNING = (*MANAGERS, Role.COORDINATOR)
SEES_LEARNING = (*IMPORTS_LEARNING, Role.LEADER, Role.INSPECTOR)
PAYS = (*MANAGERS, Role.TREASURER)
SEES_MONEY = (*PAYS, Role.LEADER, Role.INSPECTOR)
SEES_PROFILES = (Role.ADMINISTRATOR, Role.COORDINATOR, Role.ASSESSOR, Role.LEADER)
KEEPS_INDEX = (Role.ADMINISTRATOR, Role.COORDINATOR)
SEES_INDEX = (*KEEPS_INDEX, Role.LEADER)
KEEPS_STAFF = (Role.COORDINATOR, Role.ADMINISTRATOR)
GRADES = (*MANAGERS, Role.INSTRUCTOR, Role.GRADER)
SEES_WORKS = (*SEES_PROGRAMMES, Role.GRADER)
STATES_NEEDS = (*KEEPS_STAFF, Role.LEADER)  # the leader only reads them
ASKED_FOR_NEEDS = (*MANAGERS, Role.LEADER, Role.INSPECTOR)
SEES_NEEDS = (*ASKED_FOR_NEEDS, Role.COORDINATOR)
SEES_PARTICIPANTS = (*MANAGERS, Role.INSTRUCTOR, Role.LEADER, Role.INSPECTOR, Role.TREASURER)


def may_manage(actor: Actor, organisation: Organisation) -> bool:
    """Programmes and waves of an agency: its organisers."""
    return actor.holds(*MANAGERS, at=organisation.path)


def may_register_staff(actor: Actor, wave: Wave, agency: Organisation) -> bool:
    """An agency's staff are registered by its coordinator, or by the wave's organiser."""
    return actor.holds(*KEEPS_STAFF, at=agency.path) or may_manage(actor, wave.organisation)


def is_own(actor: Actor, registration: Registration) -> bool:
    """The person, signed in or by the link they were given."""
    own = actor.user_id is not None and registration.person.user_id == actor.user_id
    return own or actor.may_by_link(LinkScope.REGISTRATION, registration.code)


def may_withdraw(actor: Actor, registration: Registration) -> bool:
    """The person, the agency's coordinator, the organiser."""
    return is_own(actor, registration) or may_register_staff(actor, registration.wave, registration.agency)


def may_read_assignment(actor: Actor, registration: Registration) -> bool:
    """The surat tugas: who it is for, and who accounts for the wave (it is evidence of the travel that is paid)."""
    return may_withdraw(actor, registration) or sees_participants(actor, registration.wave)


def may_substitute(actor: Actor, registration: Registration) -> bool:
    """The agency's coordinator or the organiser, while there is a seat to pass on and no certificate."""
    keeps = may_register_staff(actor, registration.wave, registration.agency)
    return keeps and registration.claim.is_seated and not registration.award_id


def may_decide(actor: Actor, wave: Wave) -> bool:
    """Who passed, and the certificates that follow: the wave's organisers."""
    return may_manage(actor, wave.organisation)


def may_teach(actor: Actor, wave: Wave) -> bool:
    """Materials and assignments of a wave: its organisers and instructors."""
    return actor.holds(*MANAGERS, Role.INSTRUCTOR, at=wave.organisation.path)


def may_grade(actor: Actor, wave: Wave) -> bool:
    """What was handed in: organisers, instructors and graders."""
    return actor.holds(*GRADES, at=wave.organisation.path)


def may_keep_work(actor: Actor, organisation: Organisation) -> bool:
    """Withdraw a registered work, and bring it back: organisers and instructors."""
    return actor.holds(*MANAGERS, Role.INSTRUCTOR, at=organisation.path)


def sees_participants(actor: Actor, wave: Wave) -> bool:
    return actor.holds(*SEES_PARTICIPANTS, at=wave.organisation.path)


def may_bring_certificate(actor: Actor, person: Person, agency: Organisation) -> bool:
    """The person, or who keeps the staff of the agency."""
    own = actor.user_id is not None and person.user_id == actor.user_id
    return own or actor.holds(*IMPORTS_LEARNING, at=agency.path)


def may_check_certificate(actor: Actor, certificate: OutsideCertificate) -> bool:
    """The agency's coordinator; nobody checks their own."""
    own = actor.user_id is not None and certificate.person.user_id == actor.user_id
    return not own and actor.holds(*CHECKS_LEARNING, at=certificate.agency.path)


def may_assess(actor: Actor, person: Person, agency: Organisation) -> bool:
    """An assessor of the agency, and nobody else; nobody assesses themselves."""
    own = actor.user_id is not None and person.user_id == actor.user_id
    return not own and actor.holds(Role.ASSESSOR, at=agency.path)


def sees_profile(actor: Actor, person: Person, agency: Organisation | None) -> bool:
    """The person, and who keeps, judges or leads the staff of the agency."""
    own = actor.user_id is not None and person.user_id == actor.user_id
    return own or (agency is not None and actor.holds(*SEES_PROFILES, at=agency.path))


def may_keep_index(actor: Actor, organisation: Organisation) -> bool:
    """The table of the professionalism index and its files: the agency's coordinator."""
    return actor.holds(*KEEPS_INDEX, at=organisation.path)


def may_keep_limits(actor: Actor, organisation: Organisation) -> bool:
    """The limits that learning hours are held against: the agency's coordinator."""
    return actor.holds(*CHECKS_LEARNING, at=organisation.path)


def may_ship(actor: Actor) -> bool:
    """Loading shipped rows: the installation itself, or who rules all of it."""
    return actor.holds(Role.ADMINISTRATOR, at="/")


def may_decide_relevance(actor: Actor, person: Person, agency: Organisation) -> bool:
    """What counts for a person's index: the agency's coordinator; nobody for themselves."""
    own = actor.user_id is not None and person.user_id == actor.user_id
    return not own and may_keep_index(actor, agency)


def sees_index(actor: Actor, person: Person, agency: Organisation | None) -> bool:
    """The person, the agency's coordinator and its head."""
    own = actor.user_id is not None and person.user_id == actor.user_id
    return own or (agency is not None and actor.holds(*SEES_INDEX, at=agency.path))


def may_import_past(actor: Actor, organisation: Organisation) -> bool:
    """Past certificates of an agency's staff: its coordinator, or an organiser above it."""
    return actor.holds(*IMPORTS_LEARNING, at=organisation.path)


def sees_money(actor: Actor, wave: Wave) -> bool:
    """What a wave costs: its organisers, the treasurer, leaders and inspectors; not the instructors."""
    return actor.holds(*SEES_MONEY, at=wave.organisation.path)


def sees_report(actor: Actor, wave: Wave) -> bool:
    """The activity report names participants and money: whoever may read both."""
    return sees_money(actor, wave)


def may_pay(actor: Actor, wave: Wave) -> bool:
    return actor.holds(*PAYS, at=wave.organisation.path)


def may_answer_invitation(actor: Actor, addressee: Addressee) -> bool:
    """Whoever holds its private address, the invited organisation's coordinator, and the organiser who notes a call."""
    by_link = actor.may_by_link(LinkScope.ADDRESSEE, addressee.code)
    invited = actor.holds(Role.COORDINATOR, at=addressee.organisation.path)
    return by_link or invited or may_manage(actor, addressee.wave.organisation)


def may_nominate(actor: Actor, invited: CallAgency) -> bool:
    """The agency's coordinator, whoever was given the agency's link, and the organiser of the call."""
    by_link = actor.may_by_link(LinkScope.NOMINATION, invited.code)
    here = actor.holds(Role.COORDINATOR, Role.ADMINISTRATOR, at=invited.agency.path)
    return by_link or here or may_manage(actor, invited.call.organisation)


def may_state_need(actor: Actor, agency: Organisation, invited: CallAgency | None = None) -> bool:
    """Who keeps the staff of the agency; through a call also whoever may nominate for it there."""
    by_call = invited is not None and invited.agency_id == agency.pk and may_nominate(actor, invited)
    return by_call or actor.holds(*KEEPS_STAFF, at=agency.path)


def may_decide_stage(actor: Actor, nomination: Nomination, superior_user: int | None) -> bool:
    """Whoever the present stage names, and nobody for themselves.

    ``superior_user`` is the account of the person's superior. Where there is one, no other leader decides in their place;
    where none is on record or none can sign in, the head of the agency does.
    """
    stage, agency = nomination.stage, nomination.invited.agency
    if stage is None or (actor.user_id is not None and nomination.person.user_id == actor.user_id):
        return False
    if stage.by == StageBy.ORGANISER:
        return may_manage(actor, nomination.invited.call.organisation)
    if stage.by == StageBy.SUPERIOR and superior_user is not None:
        return actor.is_system or superior_user == actor.user_id
    if stage.by == StageBy.SUPERIOR:
        return actor.holds(Role.LEADER, Role.ADMINISTRATOR, at=agency.path)
    return actor.holds(stage.role, at=agency.path if stage.by == StageBy.AGENCY else path_above(agency.path))


def path_above(path: str) -> str:
    """The path of the organisation above; an organisation at the top has none but its own."""
    above = path.rstrip("/").rpartition("/")[0] + "/"
    return path if above == "/" else above


def may_judge_plan(actor: Actor, plan: ActionPlan) -> bool:
    """The superior, signed in or by the address they were given; where none is on record, also the agency's head.

    Nobody judges their own.
    """
    if is_own(actor, plan.registration):
        return False
    by_link = actor.may_by_link(LinkScope.ACTION_PLAN, plan.code)
    if plan.superior is not None:
        return by_link or (actor.user_id is not None and plan.superior.user_id == actor.user_id)
    return by_link or actor.holds(Role.LEADER, at=plan.registration.agency.path)
