"""The trial with baseline, hypothesis and stop rule; before and after; twelve months of check-ups."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from enggang.access.enums import Role
from enggang.core import clock, jobs
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.innovation.domain import gates, monitoring
from enggang.innovation.domain import trial as acts
from enggang.innovation.domain.reference import load_reference
from enggang.innovation.enums import Moment, Stage
from enggang.innovation.models import Innovation, Measure
from enggang.innovation.queries.monitoring import months_later, plan_of
from enggang.innovation.queries.trial import measured
from enggang.notices.models import Notice
from enggang.people.domain.accounts import ensure_user
from enggang.places.models import Organisation
from tests.indicators.factories import make_indicator
from tests.indicators.factories import measure as record_value
from tests.innovation.factories import bring, decided, make_innovation, plan_trial, read
from tests.training.factories import client_of, make_actor, make_agency, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Organisation:
    return make_agency()


@pytest.fixture
def row(agency: Organisation) -> Innovation:
    """In its trial, with nothing planned and nothing measured: no checklist is loaded here, only the law of the house."""
    made = make_innovation(agency)
    for to in (Stage.SCREENING, Stage.DESIGN, Stage.TRIAL):
        gates.pass_gate(innovation=made, to=to, **decided())
    return made


@pytest.fixture
def measure(row: Innovation) -> Measure:
    return plan_trial(row)


# -- no way out without a baseline ------------------------------------------------------------------------------


def test_nothing_leaves_the_trial_without_hypothesis_stop_rule_and_baseline(row: Innovation) -> None:
    with pytest.raises(Conflict, match="hipotesis"):
        gates.pass_gate(innovation=row, to=Stage.ADOPTED, **decided(reason="Mendesak"))
    measure = plan_trial(row)
    with pytest.raises(Conflict, match="keadaan awal"):
        gates.pass_gate(innovation=row, to=Stage.ADOPTED, **decided(reason="Mendesak"))
    first = read(measure, Moment.BEFORE, "120")
    acts.add_measure(innovation=row, name="Puas", unit="%", polarity="higher", actor=SYSTEM)
    with pytest.raises(Conflict, match="keadaan awal"):
        gates.pass_gate(innovation=row, to=Stage.ADOPTED, **decided(reason="Mendesak"))
    read(row.measures.get(name="Puas"), Moment.BEFORE, "61.5")
    acts.void_reading(reading=first, reason="Salah hitung", actor=SYSTEM)
    with pytest.raises(Conflict, match="keadaan awal"):
        gates.pass_gate(innovation=row, to=Stage.ADOPTED, **decided(reason="Mendesak"))
    read(measure, Moment.BEFORE, "118")
    gates.pass_gate(innovation=row, to=Stage.ADOPTED, **decided())
    assert row.stage == Stage.ADOPTED


def test_what_was_never_measured_can_still_be_stopped(row: Innovation) -> None:
    gates.stop_innovation(innovation=row, **decided(reason="Tidak ada yang mengukur"))
    assert row.stage == Stage.STOPPED


def test_before_and_after_stand_side_by_side_and_lower_can_be_better(measure: Measure, row: Innovation) -> None:
    read(measure, Moment.BEFORE, "120")
    read(measure, Moment.AFTER, "15.5")
    found = measured(row)[0]
    assert (found.change, found.is_better) == (Decimal("-104.5"), True)
    read(measure, Moment.AFTER, "130")
    assert measured(row)[0].is_better is False


@pytest.mark.parametrize(
    ("moment", "days", "value", "error"),
    [
        (Moment.BEFORE, 1, "1", Conflict), (Moment.AFTER, -1, "1", Conflict), (Moment.DURING, -400, "1", Conflict),
        (Moment.BEFORE, 0, "1" * 25, ValidationError), (Moment.BEFORE, 0, "0.1234567", ValidationError), ("lain", 0, "1", ValidationError),
    ],
)  # fmt: skip
def test_a_value_of_an_impossible_day_or_size_is_refused(
    measure: Measure, moment: Any, days: int, value: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        read(measure, moment, value, clock.today() + timedelta(days=days))
    assert not measure.readings.exists()


def test_a_baseline_lies_before_the_trial(row: Innovation, measure: Measure) -> None:
    Innovation.objects.filter(pk=row.pk).update(trial_on=clock.today() - timedelta(days=5))
    fresh = Measure.objects.select_related("innovation__organisation", "innovation__subject").get(pk=measure.pk)
    with pytest.raises(Conflict):
        read(fresh, Moment.BEFORE, "1")
    read(fresh, Moment.BEFORE, "1", clock.today() - timedelta(days=5))


def test_values_are_voided_not_thrown_away(measure: Measure) -> None:
    reading = read(measure, Moment.BEFORE, "120")
    with pytest.raises(Conflict):
        acts.void_reading(reading=reading, reason="", actor=SYSTEM)
    acts.void_reading(reading=reading, reason="Dobel", actor=SYSTEM)
    with pytest.raises(Conflict):
        acts.void_reading(reading=reading, reason="Dobel", actor=SYSTEM)
    with pytest.raises(Conflict):
        acts.drop_measure(measure=measure, actor=SYSTEM)


def test_two_tabs_meet_and_a_trial_does_not_end_before_it_begins(row: Innovation, measure: Measure) -> None:
    facts: dict[str, Any] = {"innovation": row, "hypothesis": "a", "stop_rule": "b", "actor": SYSTEM}
    acts.keep_trial_plan(version=1, **facts)
    with pytest.raises(Conflict):
        acts.keep_trial_plan(version=1, **facts)
    with pytest.raises(Conflict):
        acts.keep_trial_plan(version=2, starts_on=date(2026, 5, 2), ends_on=date(2026, 5, 1), **facts)


def test_a_stranger_measures_nothing(measure: Measure, row: Innovation) -> None:
    with pytest.raises(NotAllowed):
        read(measure, Moment.BEFORE, "1", actor=make_actor(Role.ORGANISER, make_agency("Lain")))
    client = client_of(make_user(Role.ORGANISER, make_agency("Lain")))
    assert client.get(f"/inovasi/{row.code}/uji-coba/").status_code == 404
    assert client.post(f"/inovasi/{row.code}/uji-coba/ukuran/", {"name": "x"}).status_code == 404


def test_an_organiser_plans_and_measures_on_the_screen(row: Innovation, agency: Organisation) -> None:
    client, path = client_of(make_user(Role.ORGANISER, agency)), f"/inovasi/{row.code}/uji-coba/"
    assert client.post(f"{path}rencana/", {"hypothesis": "", "stop_rule": "b"}).status_code == 422
    client.post(f"{path}rencana/", {"hypothesis": "a", "stop_rule": "b", "version": "0"})
    client.post(f"{path}ukuran/", {"name": "Lama antre", "unit": "menit", "polarity": "lower"})
    again = client.post(f"{path}ukuran/", {"name": "Lama antre", "unit": "menit", "polarity": "lower"})
    assert again.status_code == 422
    measure = row.measures.get()
    typed = {
        "moment": "before",
        "value": "120,5",
        "as_of": clock.today().isoformat(),
        "method": "Stopwatch",
        "source": "Loket",
    }
    assert client.post(f"{path}ukuran/{measure.pk}/nilai/", {**typed, "value": "dua"}).status_code == 422
    client.post(f"{path}ukuran/{measure.pk}/nilai/", typed)
    reading = measure.readings.get()
    assert reading.value == Decimal("120.5")
    assert "Stopwatch" in client.get(path).content.decode()
    client.post(f"{path}nilai/{reading.pk}/batal/", {"reason": "Salah"})
    reading.refresh_from_db()
    assert reading.voided_at is not None
    assert client.post(f"{path}ukuran/{measure.pk}/nilai/", {"ambil": "before"}).status_code == 302
    assert measure.readings.count() == 1


# -- the twelve months --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [(date(2026, 1, 31), 1, date(2026, 2, 28)), (date(2026, 11, 30), 3, date(2027, 2, 28)), (date(2024, 2, 29), 12, date(2025, 2, 28))],
)  # fmt: skip
def test_a_month_later_is_the_same_day_or_the_last_one(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


def test_every_interval_is_answered_for_before_it_counts_as_sustained(row: Innovation) -> None:
    bring(row, Stage.ADOPTED)
    assert [due.due_on for due in plan_of(row).dues][-1] == months_later(clock.today(), 12)
    assert row.due_on == months_later(clock.today(), 3)
    load_reference(actor=SYSTEM)
    with pytest.raises(Conflict, match="Dua belas bulan"):
        gates.pass_gate(innovation=row, to=Stage.SUSTAINED, **decided())
    for number in range(1, 5):
        later = datetime.combine(
            months_later(clock.today(), 3 * number), datetime.min.time(), ZoneInfo("Asia/Pontianak")
        )
        with clock.frozen_at(later):
            monitoring.keep_checkup(innovation=row, use="yes", note="Dipakai", users=40, actor=SYSTEM)
    with pytest.raises(Conflict):
        monitoring.keep_checkup(innovation=row, use="yes", note="Lagi", actor=SYSTEM)
    with clock.frozen_at(later):
        gates.pass_gate(innovation=row, to=Stage.SUSTAINED, **decided(decided_on=clock.today()))
    assert row.stage == Stage.SUSTAINED


def test_a_check_up_can_be_taken_back_and_a_lapse_is_shown(row: Innovation, agency: Organisation) -> None:
    bring(row, Stage.ADOPTED)
    monitoring.keep_checkup(innovation=row, use="partly", note="Dua loket", actor=SYSTEM)
    assert row.due_on == months_later(clock.today(), 6)
    monitoring.take_back_checkup(innovation=row, actor=SYSTEM)
    assert row.due_on == months_later(clock.today(), 3)
    with pytest.raises(Conflict):
        monitoring.take_back_checkup(innovation=row, actor=SYSTEM)
    Innovation.objects.filter(pk=row.pk).update(adopted_on=clock.today() - timedelta(days=200))
    row.refresh_from_db()
    assert len(plan_of(row).lapsed) == 2
    client = client_of(make_user(Role.ORGANISER, agency))
    assert "2 pemantauan terlewat" in client.get(f"/inovasi/{row.code}/pemantauan/").content.decode()
    assert client.post(f"/inovasi/{row.code}/pemantauan/isi/", {"use": "yes", "note": ""}).status_code == 422
    client.post(f"/inovasi/{row.code}/pemantauan/isi/", {"use": "yes", "note": "Dipakai", "users": "12"})
    assert row.checkups.get().users == 12
    client.post(f"/inovasi/{row.code}/pemantauan/isi/", {"kembali": "1"})
    assert not row.checkups.exists()


@pytest.mark.parametrize(("users", "note"), [(-1, "x"), (10**9, "x"), (1, "")])
def test_a_check_up_of_nobody_or_of_too_many_is_refused(row: Innovation, users: int, note: str) -> None:
    bring(row, Stage.ADOPTED)
    with pytest.raises(ValidationError):
        monitoring.keep_checkup(innovation=row, use="yes", note=note, users=users, actor=SYSTEM)


def test_only_what_is_adopted_is_watched(row: Innovation) -> None:
    with pytest.raises(Conflict):
        monitoring.keep_checkup(innovation=row, use="yes", note="x", actor=SYSTEM)
    assert plan_of(row).dues == []


def test_reminders_come_a_week_ahead_once_and_when_overdue_to_the_head_too(
    row: Innovation, agency: Organisation
) -> None:
    assert row.owner is not None
    owner, head = ensure_user(person=row.owner, actor=SYSTEM), make_user(Role.LEADER, agency)
    Innovation.objects.filter(pk=row.pk).update(due_on=clock.today() + timedelta(days=7))

    def told() -> tuple[int, int]:
        monitoring.queue_reminders()
        jobs.run_pending()
        rows = Notice.objects.filter(channel="inbox", subject=row.subject)
        return rows.filter(user_id=owner.pk).count(), rows.filter(user_id=head.pk).count()

    first = told()[0]
    assert told() == (first, 0)
    Innovation.objects.filter(pk=row.pk).update(
        due_on=clock.today() - timedelta(days=1), reminded_on=clock.today() - timedelta(days=8)
    )
    assert told() == (first + 1, 1)
    assert told() == (first + 1, 1)


def test_what_is_not_near_reminds_nobody(row: Innovation) -> None:
    monitoring.queue_reminders()
    jobs.run_pending()
    row.refresh_from_db()
    assert row.reminded_on is None


def test_an_indicators_value_is_taken_over_with_its_method(row: Innovation, agency: Organisation) -> None:
    indicator = make_indicator(agency, "Lama antre")
    measure = acts.add_measure(
        innovation=row, name="Antre", unit="menit", polarity="lower", indicator=indicator, actor=SYSTEM
    )
    with pytest.raises(Conflict):
        acts.take_reading(measure=measure, moment=Moment.BEFORE, actor=SYSTEM)
    record_value(indicator, 118, method="Stopwatch")
    taken = acts.take_reading(measure=measure, moment=Moment.BEFORE, actor=SYSTEM)
    assert (taken.value, taken.source) == (Decimal(118), "BPS")
    assert "Stopwatch" in taken.method
    plain = acts.add_measure(innovation=row, name="Puas", unit="%", polarity="higher", actor=SYSTEM)
    with pytest.raises(Conflict):
        acts.take_reading(measure=plain, moment=Moment.BEFORE, actor=SYSTEM)
