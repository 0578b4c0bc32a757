from __future__ import annotations

from datetime import date

import pytest

from enggang.access.enums import Role
from enggang.budgets.domain.reference import keep_rule, load_reference
from enggang.budgets.enums import TeacherOrigin
from enggang.budgets.models import EvidenceRule, HonorariumRate, TaxRate, TeachingUnit
from enggang.budgets.queries.reckoning import tariff, units_taught
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from tests.training.factories import make_actor, make_agency

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)


def test_loading_twice_changes_nothing_and_every_shipped_row_says_that_nobody_compared_it() -> None:
    load_reference(actor=SYSTEM)
    before = {model: model.objects.count() for model in (TeachingUnit, HonorariumRate, TaxRate, EvidenceRule)}
    assert all(before.values())
    assert not any(load_reference(actor=SYSTEM).values())
    assert {model: model.objects.count() for model in before} == before
    for model in before:
        assert not model.objects.filter(verified=True).exists()
        assert not model.objects.filter(source="").exists()


def test_the_shipped_rows_reckon_gross_tax_and_net() -> None:
    load_reference(actor=SYSTEM)
    rows = tariff(make_agency(), DAY)
    unit = TeachingUnit.objects.get(key="oj")
    found = rows.reckon(unit=unit, units=4, origin=TeacherOrigin.OUTSIDE, rank="", status="asn", grade="IV")
    assert (found.gross, found.tax, found.net) == (3_600_000, 540_000, 3_060_000)
    assert found.is_unverified
    own = rows.reckon(unit=unit, units=4, origin=TeacherOrigin.OWN, rank="E2", status="asn", grade="III")
    assert (own.gross, own.tax) == (2_000_000, 100_000)
    freelance = rows.reckon(unit=unit, units=1, origin=TeacherOrigin.OUTSIDE, rank="", status="other", grade="")
    assert (freelance.gross, freelance.tax) == (900_000, 22_500)


def test_without_a_row_nothing_is_assumed() -> None:
    unit = TeachingUnit.objects.create(name="OJ", minutes=60, valid_from=date(2020, 1, 1), source="uji")
    found = tariff(make_agency(), DAY).reckon(unit=unit, units=4, origin="own", rank="", status="asn", grade="")
    assert (found.gross, found.tax, found.is_complete) == (0, 0, False)


def test_the_agencys_own_rate_outranks_the_shipped_one_and_only_there_and_only_in_its_time() -> None:
    load_reference(actor=SYSTEM)
    agency, unit = make_agency(), TeachingUnit.objects.get(key="oj")
    rate = HonorariumRate(
        unit=unit, teacher_origin="outside", amount=500_000, valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31),
        source="SHS 2026",
    )  # fmt: skip
    keep_rule(rule=rate, organisation=agency, actor=SYSTEM)

    def amount(where: object, day: date) -> int:
        found = tariff(where, day).rate_for(unit, "outside", "")  # type: ignore[arg-type]
        assert found is not None
        return found.amount

    assert amount(agency, DAY) == 500_000
    assert amount(make_agency("Di bawah", agency), DAY) == 500_000
    assert amount(make_agency("Lain"), DAY) == 900_000
    assert amount(agency, date(2027, 1, 1)) == 900_000


@pytest.mark.parametrize(("counts", "units"), [("minutes", 7), ("jp", 9)])
def test_units_come_from_minutes_or_from_the_jp_as_planned(counts: str, units: int) -> None:
    unit = TeachingUnit(name="x", minutes=60, counts=counts)
    assert units_taught(unit, [(240, 5), (210, 4)]) == units


def test_a_shipped_row_is_never_changed_and_a_stranger_keeps_none() -> None:
    load_reference(actor=SYSTEM)
    agency = make_agency()
    unit = TeachingUnit.objects.get(key="jp")
    unit.minutes = 1
    with pytest.raises(Conflict):
        keep_rule(rule=unit, organisation=agency, actor=SYSTEM)
    fresh = TeachingUnit(name="Jam", minutes=50, valid_from=DAY, source="Perbup")
    with pytest.raises(NotAllowed):
        keep_rule(rule=fresh, organisation=agency, actor=make_actor(Role.ORGANISER, make_agency("Lain")))
    with pytest.raises(NotAllowed):
        keep_rule(rule=fresh, organisation=agency, actor=make_actor(Role.TREASURER, agency))
    assert TeachingUnit.objects.get(key="jp").minutes == 45
    keep_rule(rule=fresh, organisation=agency, actor=make_actor(Role.ORGANISER, agency))
    with pytest.raises(Conflict):
        keep_rule(rule=fresh, organisation=agency, version=9, actor=SYSTEM)
