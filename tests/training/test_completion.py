from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from enggang.access.enums import Role
from enggang.attendance.domain.marks import mark_list
from enggang.attendance.enums import Status
from enggang.core import clock, jobs
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.credentials.domain.awards import void_award
from enggang.credentials.models import Award
from enggang.documents.models import Number
from enggang.seats.domain.offers import PoolSpec
from enggang.training.domain.certificates import issue_certificates
from enggang.training.domain.completion import decide_outcomes, override_outcome, return_to_rule, verdicts
from enggang.training.domain.registrations import hand_out_page
from enggang.training.domain.sessions import remove_session
from enggang.training.enums import Outcome
from enggang.training.models import Registration, Wave
from tests.training.factories import (
    SIGNING,
    client_of,
    make_actor,
    make_agency,
    make_person,
    make_user,
    make_wave,
    seat,
)

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
    remove_session(session=last, reason="Batal", actor=SYSTEM)
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


def test_a_closed_list_counts_whom_it_does_not_name_as_missing() -> None:
    """A wave signed by QR alone, where nobody is ever marked absent: the flag rises all the same."""
    wave = held_wave(present=0, sessions=5, people=2)
    came, away = (row.person.code for row in wave.registrations.order_by("pk").select_related("person__subject"))
    sessions = list(wave.sessions.select_related("wave", "occasion").order_by("day"))
    for session in sessions[:2]:
        mark_list(occasion=session.occasion, statuses={came: Status.PRESENT}, actor=SYSTEM)

    def flags(hours: float) -> dict[str, bool]:
        with clock.frozen_at(sessions[1].ends_at + timedelta(hours=hours)):
            return {row.registration.person.code: row.can_still_pass for row in verdicts(wave)}

    assert flags(-1) == {came: True, away: True}
    assert flags(23) == {came: True, away: True}  # one closed list: four of five are 80 percent
    assert flags(24) == {came: True, away: False}
    with clock.frozen_at(sessions[1].ends_at + timedelta(hours=24)):
        line = next(row for row in verdicts(wave) if row.registration.person.code == away)
        assert ([row.session for row in line.lapsed], len(line.unmarked)) == (sessions[:2], 3)
        client = client_of(make_user(Role.ORGANISER, wave.organisation))
        page = client.get(f"/pelatihan/gelombang/{wave.code}/kelulusan/", headers={"accept-language": "en"})
        assert "Can no longer pass" in page.content.decode()
        assert "counted as missed: Hari 1" in page.content.decode()
        own = hand_out_page(registration=line.registration, actor=SYSTEM)
        pocket = Client(headers={"accept-language": "en"}).get(f"/pelatihan/kursi/{own}/").content.decode()
        assert "You can no longer pass by attendance" in pocket
        mark_list(occasion=sessions[0].occasion, statuses={away: Status.PRESENT}, actor=SYSTEM)  # a late phone
        assert all(row.can_still_pass for row in verdicts(wave))


def test_a_list_that_was_never_taken_says_nothing_of_anybody() -> None:
    wave = held_wave(present=0, sessions=5)
    last = wave.sessions.select_related("wave").latest("day")
    with clock.frozen_at(last.ends_at + timedelta(days=30)):
        assert verdicts(wave)[0].can_still_pass


def test_who_gets_a_new_certificate_for_a_voided_one_is_named_before_it_is_issued() -> None:
    wave = held_wave(present=5, people=2)
    decide_outcomes(wave=wave, actor=SYSTEM)
    client = client_of(make_user(Role.ORGANISER, wave.organisation))
    path = f"/pelatihan/gelombang/{wave.code}/kelulusan/"
    assert client.get(path).context["again"] == []
    issue_certificates(wave=wave, signing=SIGNING, actor=SYSTEM)
    jobs.run_pending()
    gone = Award.objects.earliest("pk")
    void_award(award=gone, reason="Keliru", actor=SYSTEM)
    page = client.get(path)
    assert page.context["again"] == [Registration.objects.get(subject=gone.basis).person.name]
    assert "sebelumnya dibatalkan" in page.content.decode()


def test_a_decision_by_hand_goes_back_to_the_rule_with_a_reason() -> None:
    wave = held_wave(present=1, sessions=5)
    row = Registration.objects.get()
    decide_outcomes(wave=wave, actor=SYSTEM)
    override_outcome(registration=row, outcome=Outcome.PASSED, reason="tugas mendadak", actor=SYSTEM)
    client = client_of(make_user(Role.ORGANISER, wave.organisation))
    path = f"/pelatihan/pendaftaran/{row.code}/keputusan/aturan/"
    client.post(path, {"reason": " "})
    row.refresh_from_db()
    assert row.outcome == Outcome.PASSED
    page = client.post(path, {"reason": "Surat tugas tidak sah"}, follow=True).content.decode()
    row.refresh_from_db()
    assert (row.outcome, row.outcome_reason, row.attended_percent) == (Outcome.FAILED, "", 20)
    assert "Surat tugas tidak sah" in page
    again = client.post(path, {"reason": "Lagi"}, follow=True)
    assert "error" in [message.level_tag for message in again.context["messages"]]
    mark_list(
        occasion=wave.sessions.latest("day").occasion, statuses={row.person.code: Status.PRESENT}, actor=SYSTEM
    )  # fmt: skip
    decide_outcomes(wave=wave, actor=SYSTEM)  # the rule decides on them again, time after time
    row.refresh_from_db()
    assert row.attended_percent == 40


def test_where_the_rule_was_not_applied_yet_nobody_is_decided_by_going_back() -> None:
    wave = held_wave(present=5)
    row = Registration.objects.get()
    override_outcome(registration=row, outcome=Outcome.FAILED, reason="curang", actor=SYSTEM)
    return_to_rule(registration=row, reason="Keliru orang", actor=SYSTEM)
    assert (row.outcome, row.rule_reason) == (Outcome.PENDING, "Keliru orang")
    with pytest.raises(NotAllowed):
        return_to_rule(registration=row, reason="x", actor=make_actor(Role.INSTRUCTOR, wave.organisation))


def test_the_pass_list_links_certificates_only_for_whom_they_open() -> None:
    wave = held_wave(present=5)
    decide_outcomes(wave=wave, actor=SYSTEM)
    issue_certificates(wave=wave, signing=SIGNING, actor=SYSTEM)
    jobs.run_pending()
    link = f'href="/sertifikat/{Award.objects.get().code}/"'
    for role, opens in ((Role.INSPECTOR, True), (Role.TREASURER, False)):
        page = client_of(make_user(role, wave.organisation)).get(f"/pelatihan/gelombang/{wave.code}/kelulusan/")
        assert (link in page.content.decode()) is opens, role


def test_the_pass_list_has_pages() -> None:
    wave = held_wave(5)
    page = client_of(make_user(Role.ORGANISER, wave.organisation)).get(f"/pelatihan/gelombang/{wave.code}/kelulusan/")
    assert page.context["table"].page.paginator.per_page == 50
