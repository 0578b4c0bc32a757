from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from enggang.access.enums import Role
from enggang.attendance.domain.marks import mark_list
from enggang.attendance.enums import Status
from enggang.core import clock
from enggang.core.actor import SYSTEM, Actor, load_user
from enggang.core.acts import Conflict, NotAllowed
from enggang.people.domain.accounts import ensure_user
from enggang.seats.domain.offers import PoolSpec
from enggang.surveys.domain.attempts import Given, hand_in, save_answers
from enggang.surveys.domain.tests import close_test, open_test
from enggang.surveys.models import Attempt
from enggang.training.domain.completion import decide_outcomes, verdicts
from enggang.training.domain.registrations import hand_out_page, withdraw
from enggang.training.domain.testing import begin_test, drop_tests, prepare_tests
from enggang.training.enums import Outcome, Phase
from enggang.training.models import Registration, Wave, WaveTest
from enggang.training.queries.gain import gains_of, pair_of
from tests.surveys.factories import make_question
from tests.training.factories import (
    client_of,
    make_actor,
    make_agency,
    make_person,
    make_programme,
    make_user,
    make_wave,
    seat,
)

pytestmark = pytest.mark.django_db


def wave_with_tests(people: int = 6, **rule: Any) -> Wave:
    agency = make_agency()
    programme = make_programme(agency, **rule)
    wave = make_wave(agency, PoolSpec("Terbuka", people + 1), programme=programme, sessions=1)
    for _number in range(people):
        person = make_person(agency)
        ensure_user(person=person, actor=SYSTEM)
        seat(wave, person)
    questions = [make_question(agency, text=f"Soal {n}") for n in range(4)]
    prepare_tests(wave=wave, questions=questions, actor=SYSTEM)
    for test in pair_of(wave).values():
        open_test(test=test, actor=SYSTEM)
    return wave


def rows_of(wave: Wave) -> list[Registration]:
    return list(wave.registrations.with_names().select_related("person__user", "wave__organisation").order_by("pk"))


def sit(registration: Registration, phase: Phase, right: int) -> None:
    """Answer the first ``right`` of the four questions rightly and the others wrongly."""

    assert registration.person.user_id is not None
    actor = load_user(registration.person.user_id)
    begun = begin_test(registration=registration, phase=phase, actor=actor)
    attempt = Attempt.objects.with_test().get(pk=begun.pk)
    rows = list(attempt.items.order_by("item__position"))
    given = {row.pk: Given([1 if n < right else 2], row.revision) for n, row in enumerate(rows)}
    save_answers(attempt=attempt, given=given, actor=actor)
    hand_in(attempt=attempt, actor=actor)


def test_gains_are_counted_as_their_method_says() -> None:
    wave = wave_with_tests()
    for row in rows_of(wave)[:5]:
        sit(row, Phase.PRE, 1)
        sit(row, Phase.POST, 3)
    gains = gains_of(wave)
    assert (gains.both, gains.mean_pre, gains.mean_post, gains.mean_gain) == (5, 25, 75, 50)
    assert gains.mean_normalised == pytest.approx(50 / 75)
    assert [(round(item.pre), round(item.post)) for item in gains.items] == [(100, 100), (0, 100), (0, 100), (0, 0)]
    assert [item.normalised for item in gains.items] == [None, 1, 1, 0]


def test_means_are_of_what_was_earned_and_not_of_rounded_scores() -> None:
    wave = wave_with_tests()
    rows = rows_of(wave)
    for row, (before, after) in zip(rows, [(1, 2), (0, 1), (0, 0), (1, 1), (0, 4)], strict=False):
        sit(row, Phase.PRE, before)
        sit(row, Phase.POST, after)
    Attempt.objects.update(possible=300)  # of three points: a third, two thirds
    gains = gains_of(wave)
    assert gains.mean_pre == pytest.approx((100 / 3 * 2) / 5)
    line = next(line for line in gains.people if line.registration.pk == rows[0].pk)
    assert line.gain == pytest.approx(100 / 3)
    assert line.normalised == pytest.approx(0.5)
    assert line.pre is not None
    assert line.pre.percent == 33
    assert line.pre.share == pytest.approx(100 / 3)


def test_fewer_people_than_the_least_number_show_no_gain() -> None:
    wave = wave_with_tests()
    rows = rows_of(wave)
    for row in rows[:4]:
        sit(row, Phase.PRE, 1)
        sit(row, Phase.POST, 3)
    sit(rows[4], Phase.POST, 4)  # only one of the two
    gains = gains_of(wave)
    assert (gains.both, gains.is_shown, gains.items) == (4, False, [])
    client = client_of(make_user(Role.ORGANISER, wave.organisation))
    page = client.get(f"/pelatihan/gelombang/{wave.code}/tes/").content.decode()
    assert "Hake" not in page


def test_who_had_everything_before_has_no_normalised_gain() -> None:
    wave = wave_with_tests()
    for row in rows_of(wave)[:5]:
        sit(row, Phase.PRE, 4)
        sit(row, Phase.POST, 2)
    gains = gains_of(wave)
    assert gains.mean_gain == -50
    assert gains.mean_normalised is None


def test_the_post_test_decides_with_attendance_where_the_programme_says_so() -> None:
    wave = wave_with_tests(people=3, minimum_post_test=70)
    rows = rows_of(wave)
    sit(rows[0], Phase.POST, 3)
    sit(rows[1], Phase.POST, 2)
    occasion = wave.sessions.get().occasion
    mark_list(occasion=occasion, statuses={row.person.code: Status.PRESENT for row in rows}, actor=SYSTEM)
    assert [(each.post, each.passes) for each in sorted(verdicts(wave), key=lambda each: each.registration.pk)] == [
        (75, True), (50, False), (None, False),
    ]  # fmt: skip
    decide_outcomes(wave=wave, actor=SYSTEM)
    assert [row.outcome for row in rows_of(wave)] == [Outcome.PASSED, Outcome.FAILED, Outcome.FAILED]
    page = client_of(make_user(Role.ORGANISER, wave.organisation)).get(f"/pelatihan/gelombang/{wave.code}/kelulusan/")
    assert "70%" in page.content.decode()


def test_without_such_a_rule_the_post_test_decides_nothing() -> None:
    wave = wave_with_tests(people=1)
    row = rows_of(wave)[0]
    mark_list(occasion=wave.sessions.get().occasion, statuses={row.person.code: Status.PRESENT}, actor=SYSTEM)
    verdict = verdicts(wave)[0]
    assert (verdict.passes, verdict.post_needed) == (True, None)


def test_only_a_participant_with_a_seat_sits_and_only_themselves() -> None:
    wave = wave_with_tests(people=2)
    row = rows_of(wave)[0]
    for role in (Role.ORGANISER, Role.COORDINATOR):
        with pytest.raises(NotAllowed):
            begin_test(registration=row, phase=Phase.PRE, actor=make_actor(role, wave.organisation))
    with pytest.raises(Conflict):
        begin_test(registration=row, phase="mid", actor=own_actor(row))
    withdraw(registration=row, actor=SYSTEM)
    with pytest.raises(Conflict):
        begin_test(registration=rows_of(wave)[0], phase=Phase.PRE, actor=own_actor(row))


def own_actor(row: Registration) -> Actor:

    assert row.person.user_id is not None
    return load_user(row.person.user_id)


def test_a_pair_is_prepared_once_and_taken_away_only_as_drafts() -> None:
    agency = make_agency()
    wave = make_wave(agency)
    question = make_question(agency)
    with pytest.raises(Conflict):
        prepare_tests(wave=wave, questions=[], actor=SYSTEM)
    prepare_tests(wave=wave, questions=[question], actor=SYSTEM)
    with pytest.raises(Conflict):
        prepare_tests(wave=wave, questions=[question], actor=SYSTEM)
    drop_tests(wave=wave, actor=SYSTEM)
    assert not WaveTest.objects.exists()
    prepare_tests(wave=wave, questions=[question], actor=SYSTEM)
    open_test(test=pair_of(wave)[Phase.PRE], actor=SYSTEM)
    with pytest.raises(Conflict):
        drop_tests(wave=wave, actor=SYSTEM)


def test_a_person_gets_the_same_drawn_questions_in_both_tests() -> None:
    agency = make_agency()
    wave = make_wave(agency, PoolSpec("Terbuka", 3))
    questions = [make_question(agency, text=f"Soal {n}") for n in range(10)]
    prepare_tests(wave=wave, questions=questions, draw=4, actor=SYSTEM)
    person = make_person(agency)
    ensure_user(person=person, actor=SYSTEM)
    seat(wave, person)
    row = rows_of(wave)[0]
    for test in pair_of(wave).values():
        open_test(test=test, actor=SYSTEM)
    drawn = []
    for phase in Phase:
        attempt = begin_test(registration=row, phase=phase, actor=own_actor(row))
        drawn.append(set(attempt.items.values_list("item__question", flat=True)))
    assert drawn[0] == drawn[1]


class TestTheScreens:
    def test_the_whole_way_from_the_tab_to_the_answer(self) -> None:
        agency = make_agency()
        question = make_question(agency)
        wave = make_wave(agency)
        person = make_person(agency)
        registration = seat(wave, person)
        organiser = client_of(make_user(Role.ORGANISER, agency))
        tab = f"/pelatihan/gelombang/{wave.code}/tes/"
        assert organiser.post(tab, {"minutes": 5}).status_code == 422
        assert organiser.post(tab, {"topics": question.topic_id, "minutes": 5}).status_code == 302
        test = pair_of(wave)[Phase.PRE]
        until = timezone.localtime(clock.now()) + timedelta(hours=2)
        organiser.post(f"/uji/tes/{test.code}/langkah/buka/", {"closes_at": until.strftime("%Y-%m-%dT%H:%M")})
        test.refresh_from_db()
        assert test.state == "open"
        token = hand_out_page(registration=registration, actor=SYSTEM)
        participant = Client()
        seat_page = f"/pelatihan/kursi/{token}/"
        assert 'id="tes-pre"' in participant.get(seat_page).content.decode()
        begun = participant.post(f"{seat_page}tes/pre/")
        row = Attempt.objects.get().items.get()
        participant.post(begun["Location"], {f"r{row.pk}": 0, f"q{row.pk}": 1, "hand_in": 1})
        taken = participant.get(begun["Location"])
        assert taken.context["back"] == seat_page
        assert organiser.get(tab).context["tests"][0]["done"] == 1
        refused = participant.post(f"{seat_page}tes/post/", follow=True)
        assert "data-autosave" not in refused.content.decode()

    def test_an_account_finds_the_test_on_its_own_page_and_staff_do_not_begin_it(self) -> None:
        wave = wave_with_tests(people=1)
        row = rows_of(wave)[0]
        assert row.person.user is not None
        own = client_of(row.person.user)
        page = f"/pelatihan/pendaftaran/{row.code}/"
        assert f"{page}tes/pre/" in own.get(page).content.decode()
        begun = own.post(f"{page}tes/pre/", follow=True)
        assert "data-autosave" in begun.content.decode()
        organiser = client_of(make_user(Role.ORGANISER, wave.organisation))
        assert f"{page}tes/pre/" not in organiser.get(page).content.decode()
        organiser.post(f"{page}tes/post/")
        assert Attempt.objects.count() == 1
        close_test(test=pair_of(wave)[Phase.PRE], actor=SYSTEM)
        assert own.get(begun.redirect_chain[-1][0]).status_code == 200

    @pytest.mark.parametrize("people", [1, 3])
    def test_the_tab_asks_the_database_as_often_for_many_as_for_one(
        self, people: int, django_assert_num_queries: object
    ) -> None:
        wave = wave_with_tests(people=people)
        for row in rows_of(wave):
            sit(row, Phase.PRE, 2)
        client = client_of(make_user(Role.INSPECTOR, wave.organisation))
        client.get(f"/pelatihan/gelombang/{wave.code}/tes/")
        with django_assert_num_queries(9):  # type: ignore[operator]
            client.get(f"/pelatihan/gelombang/{wave.code}/tes/")
