from __future__ import annotations

from datetime import time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from enggang.access.enums import Role
from enggang.accounts.models import User
from enggang.attendance.domain import mark_list
from enggang.attendance.enums import Status
from enggang.attendance.models import Occasion
from enggang.core import jobs
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.notices.models import Notice
from enggang.people.models import Person
from enggang.seats.domain.offers import PoolSpec
from enggang.training.domain.classes import keep_class
from enggang.training.domain.completion import verdicts
from enggang.training.domain.sessions import (
    add_session,
    change_session,
    merge_session,
    remove_session,
    restore_session,
)
from enggang.training.domain.signing import group_signing
from enggang.training.enums import Signing
from enggang.training.models import ClassPlace, Registration, Session, Wave
from enggang.training.queries.base import base_of
from tests.training.factories import client_of, make_actor, make_agency, make_person, make_user, make_wave, seat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english() -> Any:
    with translation.override("en"):
        yield


def a_wave() -> tuple[Wave, Registration]:
    """One day: 08–10 (4 JP), 10–12 (4 JP), 13–15 (6 JP)."""
    agency = make_agency()
    wave = make_wave(agency, PoolSpec("Terbuka", 5), sessions=1)
    wave.sessions.update(ends=time(10), jp=4, title="Satu")
    for title, begins, ends, jp in (("Dua", 10, 12, 4), ("Tiga", 13, 15, 6)):
        add_session(
            wave=wave, title=title, day=wave.starts_on, begins=time(begins), ends=time(ends), jp=jp, actor=SYSTEM
        )
    return wave, seat(wave, make_person(agency))


def group(wave: Wave, by: Signing, **more: Any) -> tuple[int, int]:
    return group_signing(wave=wave, by=by, actor=SYSTEM, **more)


def joined(wave: Wave) -> list[set[str]]:
    found: dict[int, set[str]] = {}
    for session in wave.sessions.planned().order_by("begins"):
        found.setdefault(session.occasion_id, set()).add(session.title)
    return list(found.values())


def mark(session: Session, registration: Registration, status: Status = Status.PRESENT) -> None:
    session.refresh_from_db()
    mark_list(occasion=session.occasion, statuses={registration.person.code: status}, actor=SYSTEM)


def named(wave: Wave, title: str) -> Session:
    return wave.sessions.get(title=title)


def test_sessions_are_joined_by_half_day_by_day_and_parted_again() -> None:
    wave, _me = a_wave()
    assert group(wave, Signing.HALF) == (1, 0)
    assert joined(wave) == [{"Satu", "Dua"}, {"Tiga"}]
    first = named(wave, "Satu").occasion
    assert first.title == "Satu · Dua"
    assert (first.starts_at, first.ends_at) == (named(wave, "Satu").starts_at, named(wave, "Dua").ends_at)
    group(wave, Signing.DAY)
    assert joined(wave) == [{"Satu", "Dua", "Tiga"}]
    assert Occasion.objects.count() == 1
    group(wave, Signing.SESSION)
    assert joined(wave) == [{"Satu"}, {"Dua"}, {"Tiga"}]
    assert {row.title: row.occasion.title for row in wave.sessions.all()} == {n: n for n in ("Satu", "Dua", "Tiga")}
    assert group(wave, Signing.SESSION) == (0, 0)


def test_a_day_that_was_signed_stays_as_it_is() -> None:
    wave, me = a_wave()
    mark(named(wave, "Dua"), me)
    with pytest.raises(Conflict, match="signed"):
        group(wave, Signing.DAY)
    assert len(joined(wave)) == 3


def test_sessions_of_different_classes_stay_apart() -> None:
    wave, _me = a_wave()
    klass = keep_class(wave=wave, kind="class", name="A", actor=SYSTEM)
    Session.objects.filter(title="Dua").update(klass=klass)
    group(wave, Signing.DAY)
    assert joined(wave) == [{"Satu", "Tiga"}, {"Dua"}]


def test_one_signature_credits_the_jp_of_each_session() -> None:
    wave, me = a_wave()
    group(wave, Signing.HALF)
    mark(named(wave, "Satu"), me)
    (line,) = verdicts(wave)
    assert (line.present, line.planned, line.jp, line.jp_planned, line.percent) == (2, 3, 8, 14, 66)


def test_a_session_called_off_changes_the_base_openly() -> None:
    wave, me = a_wave()
    group(wave, Signing.HALF)
    mark(named(wave, "Satu"), me)
    remove_session(session=named(wave, "Dua"), reason="Pengajar sakit", actor=SYSTEM)
    (line,) = verdicts(wave)
    assert (line.present, line.planned, line.jp, line.jp_planned) == (1, 2, 4, 10)
    base = base_of(wave)
    assert (base.counted, base.planned, [row.title for row in base.gone]) == (10, 14, ["Dua"])
    assert named(wave, "Satu").occasion.title == "Satu"
    page = desk(wave).get(reverse("training:pass_list", args=[wave.code])).content.decode()
    assert "10 of 14 JP planned" in page
    assert "Pengajar sakit" in page


def test_a_merged_session_keeps_the_base() -> None:
    wave, _me = a_wave()
    into = merge_session(session=named(wave, "Tiga"), into=named(wave, "Dua"), actor=SYSTEM)
    assert (into.jp, base_of(wave).counted, base_of(wave).planned) == (10, 14, 14)
    page = desk(wave).get(reverse("training:pass_list", args=[wave.code])).content.decode()
    assert "merged into “Dua”" in page
    assert "All 14 JP" in page


def test_what_cannot_be_merged_is_refused() -> None:
    wave, me = a_wave()
    other, _you = a_wave()
    satu, dua = wave.sessions.get(title="Satu"), wave.sessions.get(title="Dua")
    for into in (satu, other.sessions.get(title="Dua")):
        with pytest.raises(Conflict, match="another session"):
            merge_session(session=satu, into=into, actor=SYSTEM)
    mark(satu, me)
    with pytest.raises(Conflict, match="signed"):
        merge_session(session=satu, into=dua, actor=SYSTEM)
    Session.objects.filter(pk=satu.pk).update(jp=22)
    satu.refresh_from_db()
    with pytest.raises(Conflict, match="24"):
        merge_session(session=dua, into=satu, actor=SYSTEM)
    remove_session(session=dua, reason="Batal", actor=SYSTEM)
    with pytest.raises(Conflict):
        merge_session(session=dua, into=satu, actor=SYSTEM)


def test_a_joined_session_does_not_wander_to_another_day() -> None:
    wave, _me = a_wave()
    group(wave, Signing.DAY)
    session = named(wave, "Satu")
    facts: dict[str, Any] = {
        "version": session.version, "title": "Satu", "begins": session.begins, "ends": session.ends, "jp": 4,
        "room": "", "klass": None, "instructor": None, "actor": SYSTEM,
    }  # fmt: skip
    klass = keep_class(wave=wave, kind="class", name="A", actor=SYSTEM)
    with pytest.raises(Conflict, match="Separate"):
        change_session(session=session, day=session.day, **{**facts, "klass": klass})
    change_session(session=session, day=session.day, **{**facts, "begins": time(7)})
    session.refresh_from_db()
    assert session.occasion.starts_at == session.starts_at


def test_only_the_organiser_joins_merges_and_sees_the_page() -> None:
    wave, _me = a_wave()
    instructor = make_actor(Role.INSTRUCTOR, wave.organisation)
    with pytest.raises(NotAllowed):
        group_signing(wave=wave, by=Signing.DAY, actor=instructor)
    with pytest.raises(NotAllowed):
        merge_session(session=named(wave, "Satu"), into=named(wave, "Dua"), actor=instructor)


def desk(wave: Wave) -> Client:
    client = client_of(make_user(Role.ORGANISER, wave.organisation))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def test_the_page_joins_and_says_what_was_done() -> None:
    wave, me = a_wave()
    client, path = desk(wave), reverse("training:signing", args=[wave.code])
    assert "One signature for 3 sessions" in client.post(path, {"by": "day"}, follow=True).content.decode()
    assert "It was so already" in client.post(path, {"by": "day"}, follow=True).content.decode()
    mark(named(wave, "Satu"), me)
    answer = client.post(path, {"by": "session", "day": wave.starts_on.isoformat()})
    assert answer.status_code == 422
    assert "signed on that day" in answer.content.decode()


@pytest.mark.parametrize("posted", [{}, {"by": "week"}, {"by": "day", "day": "2001-01-01"}, {"by": "day", "day": "x"}])
def test_a_wrong_choice_is_told(posted: dict[str, str]) -> None:
    wave, _me = a_wave()
    assert desk(wave).post(reverse("training:signing", args=[wave.code]), posted).status_code == 422
    assert len(joined(wave)) == 3


def test_the_edit_page_merges_and_refuses_a_session_of_elsewhere() -> None:
    wave, _me = a_wave()
    other, _you = a_wave()
    client = desk(wave)
    satu, dua = (wave.sessions.get(title=title) for title in ("Satu", "Dua"))
    path = reverse("training:session_merge", args=[wave.code, satu.pk])
    client.post(path, {"into": other.sessions.get(title="Dua").pk})
    client.post(path, {})
    assert wave.sessions.planned().count() == 3
    assert (
        "Merge into another session"
        in client.get(reverse("training:session_edit", args=[wave.code, satu.pk])).content.decode()
    )
    client.post(path, {"into": dua.pk})
    assert sorted(wave.sessions.planned().values_list("title", flat=True)) == ["Dua", "Tiga"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_base_and_the_credits_ask_the_same_for_any_number(rows: int, django_assert_num_queries: Any) -> None:
    wave, _me = a_wave()
    for _number in range(rows - 1):
        seat(wave, make_person(wave.organisation))
    with django_assert_num_queries(12):
        assert len(verdicts(wave)) == rows
    with django_assert_num_queries(1):
        base_of(wave)


def test_calling_off_asks_why_tells_the_participants_and_can_be_taken_back() -> None:
    wave, me = a_wave()
    user = make_user()
    Person.objects.filter(pk=me.person_id).update(user=user)
    session = named(wave, "Dua")
    mark(session, me)
    client, at = desk(wave), [wave.code, session.pk]
    assert f"{reverse('training:session_edit', args=at)}#batal" in client.get(wave_page(wave)).content.decode()
    client.post(reverse("training:session_remove", args=at), {"reason": " "})
    assert not named(wave, "Dua").is_cancelled
    page = client.post(reverse("training:session_remove", args=at), {"reason": "Pengajar sakit"}, follow=True)
    assert "Pengajar sakit" in page.content.decode()
    jobs.run_pending()
    (told,) = Notice.objects.filter(user_id=user.pk, title__contains="Dua")
    assert "Pengajar sakit" in told.text
    assert verdicts(wave)[0].planned == 2
    client.post(reverse("training:session_restore", args=at))
    jobs.run_pending()
    assert Notice.objects.filter(user_id=user.pk, title__contains="Dua").count() == 2
    (line,) = verdicts(wave)
    assert (line.present, line.planned, base_of(wave).gone) == (1, 3, [])
    again = client.post(reverse("training:session_restore", args=at), follow=True)
    assert "error" in [message.level_tag for message in again.context["messages"]]


def wave_page(wave: Wave) -> str:
    return reverse("training:wave", args=[wave.code])


def test_a_session_of_a_draft_is_called_off_without_telling_anybody() -> None:
    wave, _me = a_wave()
    Wave.objects.update(state="draft")
    remove_session(session=named(wave, "Dua"), reason="Diganti", actor=SYSTEM)
    assert not wave.messages.exists()


def test_only_those_of_the_class_are_told_and_in_their_own_language() -> None:
    wave, me = a_wave()
    klass = keep_class(wave=wave, kind="class", name="A", actor=SYSTEM)
    Session.objects.filter(title="Tiga").update(klass=klass)
    other = seat(wave, make_person(wave.organisation))
    ClassPlace.objects.create(klass=klass, registration=me)
    english, indonesian = make_user(name="E"), make_user(name="I")
    User.objects.filter(pk=english.pk).update(language="en")
    Person.objects.filter(pk=me.person_id).update(user=english)
    Person.objects.filter(pk=other.person_id).update(user=indonesian)
    remove_session(session=named(wave, "Tiga"), reason="Hujan", actor=SYSTEM)
    jobs.run_pending()
    assert Notice.objects.get(user_id=english.pk).title == "Session called off: Tiga"
    assert not Notice.objects.filter(user_id=indonesian.pk).exists()
    assert wave.messages.get().title == "Sesi ditiadakan: Tiga"


def test_a_merged_session_is_restored_and_the_base_stays() -> None:
    wave, _me = a_wave()
    merge_session(session=named(wave, "Dua"), into=named(wave, "Satu"), actor=SYSTEM)
    restore_session(session=named(wave, "Dua"), actor=SYSTEM)
    assert (named(wave, "Satu").jp, named(wave, "Dua").jp) == (4, 4)
    assert (base_of(wave).counted, base_of(wave).planned) == (14, 14)


def teaches(wave: Wave, title: str, name: str) -> User:
    """An instructor with an account on a session."""
    user, person = make_user(name=name), make_person(wave.organisation, name)
    Person.objects.filter(pk=person.pk).update(user=user)
    Session.objects.filter(wave=wave, title=title).update(instructor=person)
    return user


def test_a_merge_tells_the_participants_and_the_instructors_of_both_once() -> None:
    wave, me = a_wave()
    user, first, second, third = make_user(), *(teaches(wave, title, title) for title in ("Satu", "Dua", "Tiga"))
    Person.objects.filter(pk=me.person_id).update(user=user)
    merge_session(session=named(wave, "Tiga"), into=named(wave, "Dua"), actor=SYSTEM)
    jobs.run_pending()
    jobs.run_pending()
    for told in (user, second, third):
        (notice,) = Notice.objects.filter(user_id=told.pk)
        assert "Tiga" in notice.title
        assert "Dua" in notice.text
    assert not Notice.objects.filter(user_id=first.pk).exists()
    assert wave.messages.get().notice == "session_into"


def test_a_merge_in_one_class_tells_nobody_of_another_and_in_a_draft_nobody() -> None:
    wave, me = a_wave()
    klass = keep_class(wave=wave, kind="class", name="A", actor=SYSTEM)
    Session.objects.filter(title__in=["Dua", "Tiga"]).update(klass=klass)
    other = seat(wave, make_person(wave.organisation))
    ClassPlace.objects.create(klass=klass, registration=me)
    mine, stranger = make_user(), make_user()
    Person.objects.filter(pk=me.person_id).update(user=mine)
    Person.objects.filter(pk=other.person_id).update(user=stranger)
    merge_session(session=named(wave, "Tiga"), into=named(wave, "Dua"), actor=SYSTEM)
    jobs.run_pending()
    assert [Notice.objects.filter(user_id=user.pk).count() for user in (mine, stranger)] == [1, 0]
    draft, _you = a_wave()
    Wave.objects.filter(pk=draft.pk).update(state="draft")
    teaches(draft, "Dua", "Ibu Ani")
    before = Notice.objects.count()
    merge_session(session=named(draft, "Tiga"), into=named(draft, "Dua"), actor=SYSTEM)
    assert (draft.messages.count(), Notice.objects.count()) == (0, before)


def test_a_refused_merge_tells_nobody() -> None:
    wave, me = a_wave()
    instructor = teaches(wave, "Dua", "Dua")
    mark(named(wave, "Dua"), me)
    with pytest.raises(Conflict):
        merge_session(session=named(wave, "Dua"), into=named(wave, "Satu"), actor=SYSTEM)
    assert not wave.messages.exists()
    assert not Notice.objects.filter(user_id=instructor.pk).exists()


def test_the_instructor_of_a_session_called_off_is_told_and_told_again_when_it_is_back() -> None:
    wave, _me = a_wave()
    instructor = teaches(wave, "Dua", "Dua")
    remove_session(session=named(wave, "Dua"), reason="Hujan", actor=SYSTEM)
    assert "Hujan" in Notice.objects.get(user_id=instructor.pk).text
    restore_session(session=named(wave, "Dua"), actor=SYSTEM)
    assert Notice.objects.filter(user_id=instructor.pk).count() == 2
