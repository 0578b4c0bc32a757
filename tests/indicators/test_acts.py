"""Definitions, targets and values: what may be said of a number, by whom, and what stays on record of it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from enggang.access.enums import Role
from enggang.audit.models import AuditEntry
from enggang.core import clock
from enggang.core.acts import Conflict, NotAllowed
from enggang.indicators.domain import indicators as acts
from enggang.indicators.domain.measuring import approve_value, return_value, verify_value
from enggang.indicators.enums import Course, Cumulation, IndicatorState, MeasurementState, Polarity
from enggang.indicators.models import Indicator, Measurement, Target
from enggang.indicators.queries.standing import standings_of
from enggang.places.enums import RegionLevel
from enggang.places.models import Organisation, Region
from tests.indicators.factories import aim, make_indicator, measure
from tests.training.factories import make_actor, make_agency, make_user

pytestmark = pytest.mark.django_db


def standing(row: Indicator, **asked: Any) -> Any:
    (found,) = standings_of([row], clock.today(), **asked)
    return found


# -- definition -------------------------------------------------------------------------------------------


def test_what_is_in_use_says_what_it_means_and_who_answers_for_it(agency: Organisation) -> None:
    row = acts.open_indicator(
        organisation=agency, name="TPK", kind="statistic", unit="%", actor=make_actor(Role.ORGANISER, agency)
    )
    with pytest.raises(Conflict, match="definition"):
        acts.move_indicator(indicator=row, to=IndicatorState.ACTIVE, actor=make_actor(Role.ORGANISER, agency))


def test_only_organisers_of_the_agency_define(agency: Organisation, visits: Indicator) -> None:
    for actor in (make_actor(Role.COORDINATOR, agency), make_actor(Role.ORGANISER, make_agency("Dinas Lain"))):
        with pytest.raises(NotAllowed):
            acts.open_indicator(organisation=agency, name="Lain", kind="own", unit="x", actor=actor)
        with pytest.raises(NotAllowed):
            acts.set_target(indicator=visits, year=2026, quarter=0, value=Decimal(1), actor=actor)


def test_a_name_stands_once_in_an_agency(agency: Organisation, visits: Indicator) -> None:
    with pytest.raises(Conflict, match="name"):
        make_indicator(agency, visits.name.upper())
    make_indicator(make_agency("Dinas Lain"), visits.name)


def test_indicators_do_not_serve_each_other_in_a_circle(agency: Organisation, visits: Indicator) -> None:
    actor = make_actor(Role.ORGANISER, agency)
    for other in (make_indicator(agency, "Kunjungan acara", serves=visits), visits):
        fresh = Indicator.objects.get(pk=visits.pk)
        with pytest.raises(Conflict, match="circle"):
            acts.change_indicator(indicator=fresh, version=fresh.version, serves=other, actor=actor)


def test_one_cannot_serve_an_indicator_of_strangers(agency: Organisation) -> None:
    theirs = make_indicator(make_agency("Dinas Lain"), "Milik lain")
    actor = make_actor(Role.ORGANISER, agency)
    with pytest.raises(Conflict, match="agency"):
        acts.open_indicator(organisation=agency, name="Milik kita", kind="own", unit="x", serves=theirs, actor=actor)


def test_an_agency_may_serve_the_one_above_it(agency: Organisation) -> None:
    below = make_agency("Bidang Pariwisata", parent=agency)
    above = make_indicator(agency, "IKU kepala dinas")
    row = acts.open_indicator(
        organisation=below,
        name="IKU bidang",
        kind="own",
        unit="x",
        serves=above,
        actor=make_actor(Role.ORGANISER, below),
    )
    assert row.serves == above


def test_other_periods_are_another_indicator_once_values_stand(agency: Organisation, visits: Indicator) -> None:
    measure(visits, 5)
    with pytest.raises(Conflict, match="periods"):
        acts.change_indicator(
            indicator=visits, version=visits.version, frequency="year", actor=make_actor(Role.ORGANISER, agency)
        )


def test_two_tabs_meet(agency: Organisation, visits: Indicator) -> None:
    actor, version = make_actor(Role.ORGANISER, agency), visits.version
    acts.change_indicator(indicator=visits, version=version, reason="Satu", actor=actor)
    with pytest.raises(Conflict, match="newer"):
        acts.change_indicator(indicator=visits, version=version, reason="Dua", actor=actor)


def test_an_unknown_count_is_refused(agency: Organisation) -> None:
    with pytest.raises(Conflict, match="no such count"):
        make_indicator(agency, automatic="nirgends")


# -- targets ----------------------------------------------------------------------------------------------


def test_a_new_target_replaces_the_old_one_which_stays_on_record(visits: Indicator) -> None:
    aim(visits, 100)
    aim(visits, 120, source="PK 2026")
    assert [row.value for row in visits.targets.filter(replaced_at=None)] == [120]
    assert visits.targets.count() == 2


def test_a_range_only_where_the_best_lies_within_one(agency: Organisation, visits: Indicator) -> None:
    with pytest.raises(Conflict, match="range"):
        aim(visits, 1, upper=Decimal(2))
    row = make_indicator(agency, "Hunian", polarity=Polarity.RANGE)
    aim(row, 50, upper=Decimal(60))
    with pytest.raises(Exception, match="below"):
        aim(row, 50, upper=Decimal(40))
    assert [each.upper for each in row.targets.filter(replaced_at=None)] == [60]


def test_a_target_is_taken_back_once(agency: Organisation, visits: Indicator) -> None:
    aim(visits, 100)
    actor, target = make_actor(Role.ORGANISER, agency), Target.objects.get()
    acts.take_target_back(target=target, actor=actor)
    with pytest.raises(Conflict):
        acts.take_target_back(target=target, actor=actor)


# -- values -----------------------------------------------------------------------------------------------


class TestWhatCannotBeAValue:
    @pytest.mark.parametrize(
        ("facts", "says"),
        [
            ({"on": date(2026, 12, 5)}, "begun"),
            ({"as_of": date(2027, 1, 1)}, "not come yet"),
            ({"source": "  "}, "where the value is from"),
            ({"low": Decimal(1)}, "range"),
            ({"low": Decimal(9), "high": Decimal(12)}, "range"),
            ({"low": Decimal(4), "high": Decimal(2)}, "range"),
            ({"sex": "female"}, "by sex"),
            ({"numerator": Decimal(1), "denominator": Decimal(2)}, "divided"),
        ],
    )
    def test_is_refused_with_what_to_do(self, visits: Indicator, facts: dict[str, Any], says: str) -> None:
        with pytest.raises(Conflict, match=says):
            measure(visits, 5, **facts)
        assert not visits.measurements.exists()

    def test_a_number_beyond_all_measure(self, visits: Indicator) -> None:
        with pytest.raises(Conflict, match="too large"):
            measure(visits, "1e30")

    def test_unknown_without_a_reason(self, visits: Indicator) -> None:
        with pytest.raises(Conflict, match="say why"):
            measure(visits, None)
        assert measure(visits, None, note="BPS belum terbit").value is None

    def test_by_regency_only_where_it_is_measured_so(self, agency: Organisation, visits: Indicator) -> None:
        region = Region.objects.create(code="61.72", name="Kota Singkawang", level=RegionLevel.REGENCY)
        with pytest.raises(Conflict, match="regency"):
            measure(visits, 5, region=region)
        row = make_indicator(agency, "Menurut daerah", by_region=True)
        measure(row, 5, region=region)
        measure(row, 7)
        assert row.measurements.filter(replaced_at=None).count() == 2

    def test_of_a_draft(self, agency: Organisation) -> None:
        with pytest.raises(Conflict, match="in use"):
            measure(make_indicator(agency, draft=True), 5)

    def test_a_file_that_is_no_paper(self, visits: Indicator) -> None:
        with pytest.raises(Conflict, match="PDF"):
            measure(visits, 5, paper=(b"MZ\x90", "bukti.pdf"))
        assert not visits.measurements.exists()


def test_a_ratio_is_reckoned_and_nothing_is_divided_by_nothing(agency: Organisation) -> None:
    row = make_indicator(
        agency, "Hunian", denominator="kamar tersedia", factor=Decimal(100), unit="%", cumulation=Cumulation.LAST
    )
    assert measure(row, None, numerator=Decimal(30), denominator=Decimal(60)).value == 50
    assert measure(row, None, numerator=Decimal(30), denominator=Decimal(0)).value is None


def test_a_correction_keeps_what_was_known(visits: Indicator) -> None:
    day = clock.now()
    measure(visits, 100)
    with clock.frozen_at(day + timedelta(days=7)):
        measure(visits, 90, note="Salah hitung")
    assert standing(visits).value == 90
    assert standing(visits, known_at=day + timedelta(days=1)).value == 100
    assert visits.measurements.count() == 2


class TestFourEyes:
    def test_from_entered_to_approved_by_three_people(self, agency: Organisation, visits: Indicator) -> None:
        clerk = make_actor(Role.COORDINATOR, agency)
        row = measure(visits, 5, actor=clerk)
        verify_value(measurement=row, actor=make_actor(Role.ORGANISER, agency))
        approve_value(measurement=row, actor=make_actor(Role.LEADER, agency))
        row.refresh_from_db()
        assert row.state == MeasurementState.APPROVED
        codes = AuditEntry.objects.filter(code__startswith="indicators.").values_list("code", flat=True)
        assert {"indicators.enter_value", "indicators.verify_value", "indicators.approve_value"} <= set(codes)

    def test_nobody_verifies_or_approves_their_own(self, agency: Organisation, visits: Indicator) -> None:
        both = make_actor(Role.ADMINISTRATOR, agency)
        row = measure(visits, 5, actor=both)
        with pytest.raises(NotAllowed):
            verify_value(measurement=row, actor=both)
        verify_value(measurement=row, actor=make_actor(Role.ORGANISER, agency))
        with pytest.raises(NotAllowed):
            approve_value(measurement=row, actor=both)

    def test_unverified_is_not_approved(self, agency: Organisation, visits: Indicator) -> None:
        row = measure(visits, 5, actor=make_actor(Role.COORDINATOR, agency))
        with pytest.raises(Conflict):
            approve_value(measurement=row, actor=make_actor(Role.LEADER, agency))

    def test_strangers_do_nothing(self, agency: Organisation, visits: Indicator) -> None:
        row = measure(visits, 5)
        other = make_agency("Dinas Lain")
        for act in (verify_value, approve_value):
            with pytest.raises(NotAllowed):
                act(measurement=row, actor=make_actor(Role.ADMINISTRATOR, other))
        with pytest.raises(NotAllowed):
            return_value(measurement=row, reason="x", actor=make_actor(Role.ORGANISER, other))

    def test_what_was_overtaken_is_not_moved(self, agency: Organisation, visits: Indicator) -> None:
        old = measure(visits, 5)
        measure(visits, 6)
        old.refresh_from_db()
        with pytest.raises(Conflict, match="newer value"):
            verify_value(measurement=old, actor=make_actor(Role.ORGANISER, agency))

    def test_a_returned_correction_lets_the_old_value_stand_again(
        self, agency: Organisation, visits: Indicator
    ) -> None:
        measure(visits, 5)
        wrong = measure(visits, 500)
        with pytest.raises(Conflict, match="what is to be done"):
            return_value(measurement=wrong, reason=" ", actor=make_actor(Role.LEADER, agency))
        return_value(measurement=wrong, reason="Satu nol terlalu banyak", actor=make_actor(Role.LEADER, agency))
        assert standing(visits).value == 5
        assert Measurement.objects.standing().count() == 1
        again = measure(visits, 50)
        assert standing(visits).value == again.value


# -- how it stands ----------------------------------------------------------------------------------------


class TestStanding:
    def test_the_year_so_far_against_its_path(self, visits: Indicator) -> None:
        aim(visits, 1200)
        for month in range(1, 11):
            measure(visits, 100, on=date(2026, month, 3))
        found = standing(visits)
        assert (found.value, found.course, found.awaited) == (1000, Course.ON_PATH, None)
        assert round(found.path) == 999
        assert round(found.achieved, 1) == Decimal("83.3")
        assert round(found.forecast) == 1201

    def test_an_overdue_value_is_stale_whatever_the_rest_says(self, visits: Indicator) -> None:
        aim(visits, 10)
        measure(visits, 500, on=date(2026, 8, 1))
        found = standing(visits)
        assert found.course == Course.STALE
        assert found.awaited is not None
        assert found.awaited.start == date(2026, 9, 1)

    def test_a_value_that_is_said_to_be_unknown_is_not_awaited(self, visits: Indicator) -> None:
        for month in range(1, 10):
            measure(visits, 100, on=date(2026, month, 3))
        measure(visits, None, on=date(2026, 10, 3), note="BPS belum terbit")
        assert standing(visits).course == Course.NO_TARGET

    def test_before_the_first_value_nothing_is_green(self, visits: Indicator) -> None:
        aim(visits, 10)
        assert standing(visits).course in {Course.STALE, Course.UNKNOWN}
        assert standing(visits).achieved is None


def test_a_person_who_answers_may_leave(agency: Organisation) -> None:
    row = make_indicator(agency)
    assert row.owner is not None
    make_user()
    row.owner = None
    row.save(update_fields=["owner"])
    assert standing(row).indicator.owner is None
