from __future__ import annotations

from datetime import timedelta

import pytest

from enggang.access.domain.links import actor_from_link, find_link, open_link, prolong_links, revoke_links, use_link
from enggang.access.enums import LinkScope, Role
from enggang.core import clock
from enggang.core.actor import ANONYMOUS, SYSTEM, ActorKind
from enggang.core.models import Subject
from tests.access.factories import actor_with

pytestmark = pytest.mark.django_db
SCOPE = LinkScope.REGISTRATION


def make(subject: Subject, **values: object) -> str:
    values = {"expires_at": clock.now() + timedelta(days=1), **values}
    return open_link(scope=SCOPE, subject=subject, actor=SYSTEM, **values)[1]  # type: ignore[arg-type]


def test_a_link_lets_its_holder_do_one_thing_with_one_subject() -> None:
    subject = Subject.objects.make(kind="registration")
    actor = actor_from_link(ANONYMOUS, make(subject), SCOPE)
    assert actor is not None
    assert (actor.kind, actor.user_id, actor.grants) == (ActorKind.LINK, None, ())
    assert actor.may_by_link(SCOPE, subject.code)
    assert not actor.may_by_link(SCOPE, Subject.objects.make(kind="registration").code)
    assert not actor.may_by_link(LinkScope.INVITATION, subject.code)


def test_a_signed_in_person_stays_who_they_are() -> None:
    person = actor_with(Role.PARTICIPANT)
    subject = Subject.objects.make(kind="registration")
    actor = actor_from_link(person, make(subject), SCOPE)
    assert actor is not None
    assert (actor.key, actor.grants) == (person.key, person.grants)
    assert actor.may_by_link(SCOPE, subject.code)


def test_an_unusable_link_gives_nobody() -> None:
    subject = Subject.objects.make(kind="registration")
    expired = make(subject, expires_at=clock.now() - timedelta(seconds=1))
    spent = make(subject, uses=0)
    assert [actor_from_link(ANONYMOUS, token, SCOPE) for token in (expired, spent, "x", "", "\x00", "\ud800")] == [
        None
    ] * 6
    good = make(subject)
    assert actor_from_link(ANONYMOUS, good, LinkScope.INVITATION) is None
    revoke_links(scope=SCOPE, subject=subject, actor=SYSTEM)
    assert actor_from_link(ANONYMOUS, good, SCOPE) is None


def test_a_link_for_two_uses_is_spent_twice() -> None:
    link, _token = open_link(
        scope=SCOPE, subject=Subject.objects.make(kind="registration"), actor=SYSTEM,
        expires_at=clock.now() + timedelta(days=1), uses=2,
    )  # fmt: skip
    assert [use_link(link) for _ in range(3)] == [True, True, False]


def test_usable_links_live_longer_and_none_shorter_or_again() -> None:
    subject, other = (Subject.objects.make(kind="registration") for _ in range(2))
    soon, far = clock.now() + timedelta(days=1), clock.now() + timedelta(days=50)
    tokens = [make(subject, expires_at=soon), make(subject, expires_at=far), make(other, expires_at=soon)]
    ended = make(subject, expires_at=clock.now() - timedelta(seconds=1))
    until = clock.now() + timedelta(days=10)
    assert prolong_links(scope=SCOPE, subject=subject, until=until, actor=SYSTEM) == 1
    links = [find_link(token, SCOPE) for token in tokens]
    assert [link and link.expires_at for link in links] == [until, far, soon]
    assert find_link(ended, SCOPE) is None
