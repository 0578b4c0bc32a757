from __future__ import annotations

from enggang.core.actor import ANONYMOUS, SYSTEM, Actor, ActorKind, Grant

actor = Actor(ActorKind.USER, "user:1", user_id=1, grants=(Grant("organiser", "/A/B/"),))


def test_a_role_reaches_everything_below_and_nothing_beside_or_above() -> None:
    assert actor.holds("organiser", at="/A/B/")
    assert actor.holds("organiser", at="/A/B/C/")
    assert not actor.holds("organiser", at="/A/")
    assert not actor.holds("organiser", at="/A/BB/")
    assert not actor.holds("administrator", at="/A/B/")


def test_the_system_holds_everything_and_a_stranger_nothing() -> None:
    assert SYSTEM.holds("administrator", at="/")
    assert SYSTEM.paths("organiser") == ("/",)
    assert not ANONYMOUS.holds_somewhere("organiser", "participant")


def test_a_link_opens_one_subject_for_one_scope() -> None:
    link = ANONYMOUS.with_scopes([("registration", "ABC")])
    assert link.may_by_link("registration", "ABC")
    assert not link.may_by_link("registration", "ABD")
    assert not link.may_by_link("invitation", "ABC")
