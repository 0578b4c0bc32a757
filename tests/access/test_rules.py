"""Who may open an account for somebody else, as a table. No path through it may end above where it began."""

from __future__ import annotations

import pytest

from enggang.access.enums import Role
from enggang.access.rules import ORDINARY, may_let_in
from enggang.core.actor import SYSTEM, Actor, ActorKind, Grant

ROOT, PROVINCE, AGENCY, UNIT, OTHER = "/", "/P/", "/P/A/", "/P/A/U/", "/P/B/"


def actor(*grants: tuple[Role, str], user_id: int = 1) -> Actor:
    return Actor(ActorKind.USER, f"user:{user_id}", user_id=user_id, grants=tuple(Grant(r, p) for r, p in grants))


def lets_in(by: Actor, home: str | None, *held: tuple[Role, str]) -> bool:
    return may_let_in(by, 2, home, [Grant(role, path) for role, path in held])


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.ORGANISER, Role.COORDINATOR])
def test_those_who_look_after_an_agency_let_its_people_in(role: Role) -> None:
    assert lets_in(actor((role, AGENCY)), AGENCY)
    assert lets_in(actor((role, AGENCY)), UNIT)
    assert lets_in(actor((role, AGENCY)), AGENCY, (Role.PARTICIPANT, AGENCY))
    assert lets_in(actor((role, AGENCY)), AGENCY, (Role.INSTRUCTOR, UNIT)) is (role != Role.COORDINATOR)
    assert not lets_in(actor((role, AGENCY)), AGENCY, (Role.INSTRUCTOR, OTHER))
    assert not lets_in(actor((role, AGENCY)), OTHER)
    assert not lets_in(actor((role, AGENCY)), PROVINCE)
    assert not lets_in(actor((role, AGENCY)), None)


@pytest.mark.parametrize("role", [each for each in Role if each not in
                                  {Role.ADMINISTRATOR, Role.ORGANISER, Role.COORDINATOR}])  # fmt: skip
def test_nobody_else_lets_anybody_in(role: Role) -> None:
    assert not lets_in(actor((role, ROOT)), AGENCY)
    assert not lets_in(actor((role, ROOT)), None)


@pytest.mark.parametrize("held", [role for role in Role if role not in ORDINARY])
@pytest.mark.parametrize("by", [Role.ORGANISER, Role.COORDINATOR])
def test_coordinator_and_organiser_never_let_in_who_holds_power_anywhere(by: Role, held: Role) -> None:
    for where in (ROOT, PROVINCE, AGENCY, UNIT, OTHER):
        assert not lets_in(actor((by, ROOT)), AGENCY, (held, where))
        assert not lets_in(actor((by, ROOT)), AGENCY, (Role.PARTICIPANT, AGENCY), (held, where))


@pytest.mark.parametrize("held", list(Role))
def test_an_administrator_lets_in_only_whom_he_stands_above_entirely(held: Role) -> None:
    by = actor((Role.ADMINISTRATOR, AGENCY))
    assert lets_in(by, AGENCY, (held, AGENCY))
    assert lets_in(by, UNIT, (held, UNIT))
    for where in (ROOT, PROVINCE, OTHER):
        assert not lets_in(by, AGENCY, (held, where))
        assert not lets_in(by, AGENCY, (held, AGENCY), (Role.LEADER, where))
    assert not lets_in(by, OTHER, (held, AGENCY))


def test_rights_of_two_roles_do_not_add_up() -> None:
    by = actor((Role.COORDINATOR, AGENCY), (Role.ADMINISTRATOR, OTHER))
    assert not lets_in(by, AGENCY, (Role.ORGANISER, OTHER))
    assert not lets_in(by, OTHER, (Role.ORGANISER, AGENCY))


def test_without_a_known_place_only_the_top_lets_in_an_ordinary_account() -> None:
    assert not lets_in(actor((Role.ADMINISTRATOR, PROVINCE)), None)
    assert not lets_in(actor((Role.ADMINISTRATOR, PROVINCE)), None, (Role.PARTICIPANT, AGENCY))
    assert lets_in(actor((Role.ADMINISTRATOR, PROVINCE)), None, (Role.COORDINATOR, AGENCY))
    assert lets_in(actor((Role.ADMINISTRATOR, ROOT)), None)


def test_nobody_lets_themselves_in() -> None:
    assert not may_let_in(actor((Role.ADMINISTRATOR, ROOT), user_id=2), 2, AGENCY, [])


def test_the_system_may() -> None:
    assert lets_in(SYSTEM, None)
