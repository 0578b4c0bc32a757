from __future__ import annotations

import pytest
from pytest_django import Settings

from enggang.access.enums import Role
from enggang.attendance.domain.marks import mark_list
from enggang.attendance.enums import Status
from enggang.core import jobs
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.credentials.domain.awards import void_award
from enggang.credentials.models import Award
from enggang.documents.models import Number
from enggang.seats.domain.offers import PoolSpec
from enggang.training.domain.certificates import issue_certificates
from enggang.training.domain.completion import decide_outcomes, override_outcome, verdicts
from enggang.training.domain.sessions import remove_session
from enggang.training.enums import Outcome
from enggang.training.models import Registration, Wave
from tests.training.factories import SIGNING, make_actor, make_agency, make_person, make_wave, seat

pytestmark = pytest.mark.django_db


def held_wave(present: int, sessions: int = 5, people: int = 1, **facts: object) -> Wave:
    """A wave of ``sessions`` in which everybody was at the first ``present``."""
    agency = make_agency()
    wave = make_wave(agency, PoolSpec("Terbuka", people), sessions=sessions, **facts)  # type: ignore[arg-type]
    codes = [seat(wave, make_person(agency)).person.subject.code for _ in range(people)]
    for session in list(wave.sessions.all())[:present]:
        mark_list(occasion=session.occasion, statuses=dict.fromkeys(codes, Status.PRESENT), actor=SYSTEM)
    return wave


def test_the_rule_counts_all_planned_sessions_and_its_edge_passes() -> None:
    wave = held_wave(present=4, sessions=5)
    decide_outcomes(wave=wave, actor=SYSTEM)
    row = Registration.objects.get()
    assert (row.outcome, row.attended_percent) == (Outcome.PASSED, 80)


def test_one_below_the_edge_fails_and_is_known_early() -> None:
    wave = held_wave(present=3, sessions=5)
    first = verdicts(wave)[0]
    assert (first.passes, first.can_still_pass, first.percent) == (False, True, 60)
    code = first.registration.person.subject.code
    for session in list(wave.sessions.all())[3:]:
        mark_list(occasion=session.occasion, statuses={code: Status.ABSENT}, actor=SYSTEM)
    assert not verdicts(wave)[0].can_still_pass
    decide_outcomes(wave=wave, actor=SYSTEM)
    assert Registration.objects.get().outcome == Outcome.FAILED


def test_a_session_taken_out_no_longer_counts() -> None:
    wave = held_wave(present=4, sessions=5)
    last = list(wave.sessions.select_related("wave__organisation", "occasion"))[-1]
    remove_session(session=last, actor=SYSTEM)
    assert verdicts(wave)[0].percent == 100


def test_a_decision_against_the_rule_needs_a_reason_and_outlives_the_rule() -> None:
    wave = held_wave(present=1, sessions=5)
    row = Registration.objects.get()
    with pytest.raises(Conflict):
        override_outcome(registration=row, outcome=Outcome.PASSED, reason="  ", actor=SYSTEM)
    override_outcome(registration=row, outcome=Outcome.PASSED, reason="tugas mendadak", actor=SYSTEM)
    decide_outcomes(wave=wave, actor=SYSTEM)
    row.refresh_from_db()
    assert row.outcome == Outcome.PASSED


def test_only_the_wave_s_organiser_decides() -> None:
    wave = held_wave(present=5)
    with pytest.raises(NotAllowed):
        decide_outcomes(wave=wave, actor=make_actor(Role.INSTRUCTOR, wave.organisation))
    with pytest.raises(NotAllowed):
        decide_outcomes(wave=wave, actor=make_actor(Role.ORGANISER, make_agency("Lain")))
    assert Registration.objects.get().outcome == Outcome.PENDING


def issue(wave: Wave) -> list[Award]:
    decide_outcomes(wave=wave, actor=SYSTEM)
    issue_certificates(wave=wave, signing=SIGNING, actor=SYSTEM)
    jobs.run_pending()
    return list(Award.objects.order_by("pk"))


def test_everyone_who_passed_gets_the_next_number_and_a_frozen_paper() -> None:
    awards = issue(held_wave(present=5, people=3))
    assert [award.document.number.seq for award in awards] == [1, 2, 3]
    assert all(award.is_issued and award.specimen and award.document.file for award in awards)
    assert awards[0].document.sha256 == awards[0].document.file.sha256  # type: ignore[union-attr]


def test_asking_twice_issues_nothing_twice() -> None:
    wave = held_wave(present=5)
    issue(wave)
    with pytest.raises(Conflict):
        issue_certificates(wave=wave, signing=SIGNING, actor=SYSTEM)
    assert Number.objects.count() == 1


def test_a_voided_certificate_frees_its_holder_and_its_number_stays_used() -> None:
    wave = held_wave(present=5)
    first = issue(wave)[0]
    void_award(award=first, reason="Nama keliru", actor=SYSTEM)
    assert Registration.objects.get().award is None
    _old, second = issue(wave)
    assert (first.number, second.document.number.seq) == (first.number, 2)
    assert second.number != first.number
    assert list(Number.objects.order_by("seq").values_list("seq", "state")) == [(1, "voided"), (2, "used")]


def test_a_paper_that_is_no_specimen_waits_for_a_public_address(settings: Settings) -> None:
    wave = held_wave(present=5, specimen=False)
    decide_outcomes(wave=wave, actor=SYSTEM)
    for address in ("http://localhost:8000", "http://192.168.1.7:8000", "http://server", "http://enggang.local"):
        settings.PUBLIC_URL = address
        with pytest.raises(Conflict):
            issue_certificates(wave=wave, signing=SIGNING, actor=SYSTEM)
        assert Number.objects.count() == 0
    settings.PUBLIC_URL = "https://enggang.kalbarprov.go.id"
    issue_certificates(wave=wave, signing=SIGNING, actor=SYSTEM)
    jobs.run_pending()
    award = Award.objects.get()
    assert award.is_issued
    assert not award.specimen
    assert award.document.content["verification"]["url"].startswith("https://enggang.kalbarprov.go.id/verify/")


def test_a_name_that_no_font_can_print_is_refused_by_name_and_takes_no_number() -> None:
    wave = held_wave(present=5)
    Registration.objects.update(printed_name="陳 Tan")
    decide_outcomes(wave=wave, actor=SYSTEM)
    with pytest.raises(Conflict) as refused:
        issue_certificates(wave=wave, signing=SIGNING, actor=SYSTEM)
    assert "陳 Tan" in refused.value.message
    assert Number.objects.count() == 0
