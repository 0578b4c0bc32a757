"""Who hears of a session that moves, and of another instructor: once, and nobody else."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest
from django.utils import translation

from enggang.access.enums import Role
from enggang.accounts.models import User
from enggang.core import jobs
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.notices.models import Notice
from enggang.people.models import Person
from enggang.seats.domain.offers import PoolSpec
from enggang.training.domain.classes import keep_class
from enggang.training.domain.instructors import add_instructor, assign_instructor
from enggang.training.domain.sessions import add_session, change_session
from enggang.training.models import ClassPlace, Instructor, Session, Wave
from tests.training.factories import make_actor, make_agency, make_person, make_user, make_wave, seat

pytestmark = pytest.mark.django_db


def with_account(person: Person, language: str = "en") -> User:
    user = make_user(name=person.name)
    User.objects.filter(pk=user.pk).update(language=language)
    Person.objects.filter(pk=person.pk).update(user=user)
    person.refresh_from_db()
    return user


def in_pool(wave: Wave, name: str) -> tuple[Instructor, User]:
    person = make_person(wave.organisation, name)
    user = with_account(person)
    row = add_instructor(organisation=wave.organisation, person=person, teacher_origin="own", actor=SYSTEM)
    return row, user


def a_session(wave: Wave) -> Session:
    rows = wave.sessions.select_related("wave__organisation", "wave__subject", "occasion__organisation", "klass")
    return rows.order_by("day", "pk")[0]


def change(wave: Wave, **changes: Any) -> Session:
    session = a_session(wave)
    names = ("version", "title", "day", "begins", "ends", "jp", "room", "klass", "instructor")
    given: dict[str, Any] = {name: getattr(session, name) for name in names}
    done = change_session(session=session, actor=changes.pop("actor", SYSTEM), **{**given, **changes})
    jobs.run_pending()
    return done


def told(user: User) -> list[str]:
    return list(Notice.objects.filter(user_id=user.pk).order_by("pk").values_list("title", flat=True))


def a_wave(**facts: Any) -> tuple[Wave, User, User]:
    """With one who has the only seat and one who waits."""
    agency = make_agency()
    wave = make_wave(agency, PoolSpec("Terbuka", 1), **facts)
    people = make_person(agency, "Ani"), make_person(agency, "Budi")
    users = [with_account(person) for person in people]
    for person in people:
        seat(wave, person)
    return wave, users[0], users[1]


def test_whoever_has_a_seat_reads_the_old_and_the_new_side_by_side_once() -> None:
    wave, seated, waiting = a_wave()
    teacher = make_person(wave.organisation, "Pengajar")
    teaches = with_account(teacher, "id")
    wave.sessions.update(instructor=teacher, room="Aula")
    day = wave.starts_on + timedelta(days=1)
    change(wave, day=day, begins=time(13), ends=time(15), room="Ruang B")
    jobs.run_pending()
    (notice,) = Notice.objects.filter(user_id=seated.pk)
    _first, before, now = notice.text.splitlines()
    assert notice.title == "Session moved: Hari 1"
    assert before.startswith("Before: ")
    assert "08.00–12.00, room: Aula" in before
    assert now.startswith("Now: ")
    assert "13.00–15.00, room: Ruang B" in now
    with translation.override("en"):
        assert f"{wave.starts_on:%-d %B %Y}" in before
        assert f"{day:%-d %B %Y}" in now
    assert told(teaches) == ["Sesi dipindahkan: Hari 1"]
    assert "Menjadi: " in Notice.objects.get(user_id=teaches.pk).text
    assert told(waiting) == []
    message = wave.messages.get()
    assert (message.notice, message.told, message.by_inbox) == ("moved", 1, 1)
    assert "Semula: " in message.text


@pytest.mark.parametrize("changes", [{}, {"title": "Lain"}, {"jp": 3}, {"room": "  "}])
def test_nobody_hears_of_a_change_that_leaves_day_hours_and_room(changes: dict[str, Any]) -> None:
    wave, seated, waiting = a_wave()
    teaches = with_account(teacher := make_person(wave.organisation))
    wave.sessions.update(instructor=teacher)
    change(wave, **changes)
    assert [told(user) for user in (seated, waiting, teaches)] == [[], [], []]
    assert not wave.messages.exists()


@pytest.mark.parametrize("changes", [{"room": "Ruang B"}, {"begins": time(9)}, {"ends": time(11)}])
def test_each_of_them_alone_is_told(changes: dict[str, Any]) -> None:
    wave, seated, _waiting = a_wave()
    change(wave, **changes)
    assert told(seated) == ["Session moved: Hari 1"]


def test_what_was_refused_is_told_to_nobody() -> None:
    wave, seated, _waiting = a_wave()
    with pytest.raises(Conflict):
        change(wave, day=wave.starts_on - timedelta(days=9))
    with pytest.raises(Conflict):
        change(wave, version=99, room="Ruang B")
    with pytest.raises(NotAllowed):
        change(wave, room="Ruang B", actor=make_actor(Role.ORGANISER, make_agency("Lain")))
    jobs.run_pending()
    assert told(seated) == []


def test_each_of_two_moves_is_told_as_it_was_then() -> None:
    wave, seated, _waiting = a_wave()
    for hour in (13, 14):
        session = a_session(wave)
        change_session(
            session=session, version=session.version, title=session.title, day=session.day, begins=time(hour),
            ends=time(hour + 2), jp=session.jp, room="", klass=None, instructor=None, actor=SYSTEM,
        )  # fmt: skip
    jobs.run_pending()
    first, second = (row.text for row in Notice.objects.filter(user_id=seated.pk).order_by("pk"))
    assert "08.00–12.00" in first
    assert "13.00–15.00" in first
    assert "13.00–15.00" in second
    assert "14.00–16.00" in second


def test_a_session_of_one_class_moves_for_that_class_alone() -> None:
    agency = make_agency()
    wave = make_wave(agency, PoolSpec("Terbuka", 5))
    people = make_person(agency, "Ani"), make_person(agency, "Budi")
    mine, other = (with_account(person) for person in people)
    rows = [seat(wave, person) for person in people]
    klass = keep_class(wave=wave, kind="class", name="A", actor=SYSTEM)
    ClassPlace.objects.create(klass=klass, registration=rows[0])
    wave.sessions.update(klass=klass)
    change(wave, room="Ruang B")
    assert (told(mine), told(other)) == (["Session moved: Hari 1"], [])


def test_nobody_hears_of_a_draft() -> None:
    wave = make_wave(make_agency(), opened=False)
    row, user = in_pool(wave, "Pengajar")
    session = a_session(wave)
    assign_instructor(session=session, version=session.version, instructor=row, actor=SYSTEM)
    change(wave, room="Ruang B")
    change(wave, instructor=None)
    assert told(user) == []
    assert not wave.messages.exists()


def test_an_instructor_hears_that_they_teach_and_that_they_no_longer_do() -> None:
    wave, seated, _waiting = a_wave()
    (first, one), (second, two) = in_pool(wave, "Pengajar Satu"), in_pool(wave, "Pengajar Dua")
    for row in (first, first, second, None):
        session = a_session(wave)
        assign_instructor(session=session, version=session.version, instructor=row, actor=SYSTEM)
    jobs.run_pending()
    assert told(one) == told(two) == ["You teach: Hari 1", "You no longer teach: Hari 1"]
    assert told(seated) == []
    assert not wave.messages.exists()


def test_another_instructor_with_another_room_is_told_one_thing_each() -> None:
    wave, seated, _waiting = a_wave()
    (first, one), (second, two) = in_pool(wave, "Pengajar Satu"), in_pool(wave, "Pengajar Dua")
    wave.sessions.update(instructor=first.person, room="Aula")
    change(wave, instructor=second.person, room="Ruang B")
    assert (told(one), told(two)) == (["You no longer teach: Hari 1"], ["You teach: Hari 1"])
    assert "Aula" in Notice.objects.get(user_id=one.pk).text
    assert "Ruang B" in Notice.objects.get(user_id=two.pk).text
    assert told(seated) == ["Session moved: Hari 1"]


def test_an_instructor_refused_is_told_nothing_and_one_of_a_new_session_is() -> None:
    wave, _seated, _waiting = a_wave()
    row, user = in_pool(wave, "Pengajar")
    with pytest.raises(Conflict):
        assign_instructor(session=a_session(wave), version=99, instructor=row, actor=SYSTEM)
    assert told(user) == []
    add_session(
        wave=wave, title="Baru", day=wave.starts_on, begins=time(13), ends=time(15), instructor=row.person, actor=SYSTEM
    )
    assert told(user) == ["You teach: Baru"]
