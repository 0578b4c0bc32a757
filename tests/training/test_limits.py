"""Limits of learning hours are dated rows: shipped ones for everyone, an agency's own before them; they only warn."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.people.enums import StaffKind
from enggang.people.models import Employment, Person
from enggang.places.enums import Origin
from enggang.places.models import Organisation
from enggang.training.domain.learning import accept_certificate, bring_certificate, keep_jp_limit, load_jp_limits
from enggang.training.enums import LimitBound, LimitPeriod
from enggang.training.models import JpLimit, OutsideCertificate
from enggang.training.queries.learning import Line, lines_of
from enggang.training.queries.limits import all_limits, limits_for
from enggang.training.queries.past import Learned
from tests.training.factories import client_of, make_actor, make_agency, make_person, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Organisation:
    load_jp_limits(actor=SYSTEM)
    return make_agency()


def keep(agency: Organisation, **facts: Any) -> JpLimit:
    given: dict[str, Any] = {
        "kind": StaffKind.PNS, "bound": LimitBound.AT_LEAST, "jp": 30, "period": LimitPeriod.CALENDAR,
        "valid_from": date(2020, 1, 1), "source": "SK Kepala Dinas",
    }  # fmt: skip
    made: JpLimit = keep_jp_limit(row=JpLimit(**{**given, **facts}), organisation=agency, actor=SYSTEM)
    return made


def work_of(person: Person) -> Employment:
    return person.employments.select_related("organisation", "person__subject").get(ends_on=None)


def line_of(person: Person) -> Line:
    return lines_of([work_of(person)], clock.today().year)[0]


def learn(person: Person, jp: int, title: str = "Bimtek") -> OutsideCertificate:
    day = clock.today()
    row = bring_certificate(
        person=person, learned=Learned(title, "BPSDM", day, day, jp), content=b"%PDF-1.7", name="s.pdf", actor=SYSTEM
    )
    return accept_certificate(certificate=row, actor=SYSTEM)


def on(person: Person, day: date) -> list[tuple[str, int]]:
    return [(row.bound, row.jp) for row in limits_for(work_of(person), day, all_limits())]


def test_the_shipped_rows_are_loaded_once_with_their_source_and_nobody_has_read_the_text(agency: Organisation) -> None:
    assert load_jp_limits(actor=SYSTEM) == 0
    person = make_person(agency)
    assert on(person, date(2026, 1, 1)) == [("at_least", 20)]
    assert on(person, date(2010, 1, 1)) == []
    assert all(row.source and row.doubt for row in JpLimit.objects.all())
    Employment.objects.filter(person=person).update(kind=StaffKind.HONORARY)
    assert on(person, date(2026, 1, 1)) == []


def test_an_agencys_row_takes_the_place_of_the_shipped_one_in_its_years_there_and_below(agency: Organisation) -> None:
    below, beside = make_agency("Bidang", agency), make_agency("Lain")
    keep(agency, valid_to=date(2027, 12, 31))
    for place, day, jp in (
        (agency, 2026, 30),
        (below, 2026, 30),
        (beside, 2026, 20),
        (agency, 2019, 20),
        (agency, 2028, 20),
    ):
        assert on(make_person(place), date(day, 6, 1)) == [("at_least", jp)]
    load_jp_limits(actor=SYSTEM)
    assert JpLimit.objects.get(origin=Origin.LOCAL).jp == 30


def test_a_least_and_a_most_hold_side_by_side_and_neither_blocks(agency: Organisation) -> None:
    keep(agency, bound=LimitBound.AT_MOST, jp=25, period=LimitPeriod.OUTSIDE)
    person = make_person(agency)
    assert (line_of(person).short, line_of(person).over) == (20, 0)
    learn(person, 40)
    line = line_of(person)
    assert (line.total, line.short, line.over) == (40, 0, 15)
    assert line.says.count(";") == 0


def test_who_is_only_bounded_above_is_within_the_limit_and_has_not_enough(agency: Organisation) -> None:
    person = make_person(agency, "Contoh Kontrak")
    Employment.objects.filter(person=person).update(kind=StaffKind.PPPK)
    with override("en"):
        assert line_of(person).says == "Within the limit"
        learn(person, 25)
        assert line_of(person).says == "1 JP over the limit"


def test_a_certificate_beyond_the_limit_of_one_is_flagged_and_still_accepted(agency: Organisation) -> None:
    keep(agency, bound=LimitBound.AT_MOST, jp=16, period=LimitPeriod.CERTIFICATE)
    person = make_person(agency)
    row = learn(person, 40)
    learn(person, 8, "Lokakarya")
    client = client_of(make_user(Role.COORDINATOR, agency))
    page = client.get(f"/pelatihan/jp/orang/{person.code}/")
    flags = {each["row"].jp: bool(each["flag"]) for each in page.context["certificates"]}
    assert (row.is_accepted, flags) == (True, {40: True, 8: False})
    assert [held.limit.jp for held in line_of(person).limits] == [20]


@pytest.mark.parametrize(
    "facts",
    [
        {"jp": 0}, {"jp": 2001}, {"kind": "x"}, {"bound": "x"}, {"period": "x"}, {"source": ""}, {"source": "x" * 301},
        {"valid_to": date(2019, 1, 1)},
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(agency: Organisation, facts: dict[str, Any]) -> None:
    with pytest.raises((Conflict, ValidationError)):
        keep(agency, **facts)
    assert not JpLimit.objects.filter(origin=Origin.LOCAL).exists()


def test_shipped_rows_and_those_of_other_agencies_are_not_changed(agency: Organisation) -> None:
    shipped, other = JpLimit.objects.get(key="pns-minimum"), make_agency("Lain")
    with pytest.raises(Conflict):
        keep_jp_limit(row=shipped, organisation=agency, actor=SYSTEM)
    row = keep(other)
    for wrong in (
        make_actor(Role.COORDINATOR, agency),
        make_actor(Role.ORGANISER, other),
        make_actor(Role.LEADER, other),
    ):
        with pytest.raises(NotAllowed):
            keep_jp_limit(row=row, organisation=other, version=1, actor=wrong)
    with pytest.raises(NotAllowed):
        load_jp_limits(actor=make_actor(Role.COORDINATOR, agency))


def test_a_coordinator_adds_and_changes_a_row_on_the_screen_and_an_old_tab_is_told(agency: Organisation) -> None:
    client = client_of(make_user(Role.COORDINATOR, agency))
    shipped = JpLimit.objects.get(key="pns-minimum")
    assert shipped.source in client.get("/pelatihan/jp/batas/jp/").content.decode()
    typed = {
        "organisation": agency.pk, "kind": "pns", "bound": "at_least", "jp": 32, "period": "calendar_year",
        "valid_from": "2026-01-01", "source": "SK", "standing": "read",
    }  # fmt: skip
    assert client.post("/pelatihan/jp/batas/jp/baru/", {**typed, "jp": ""}).status_code == 422
    assert client.post(f"/pelatihan/jp/batas/jp/baru/?dari={shipped.pk}", typed).status_code == 302
    row = JpLimit.objects.get(origin=Origin.LOCAL)
    address = f"/pelatihan/jp/batas/jp/{row.pk}/"
    assert client.post(address, {**typed, "jp": 40, "version": 1}).status_code == 302
    assert client.post(address, {**typed, "jp": 50, "version": 1}).status_code == 422
    assert client.post(f"/pelatihan/jp/batas/jp/{shipped.pk}/", typed).status_code == 404
    assert client.get("/pelatihan/jp/batas/lain/").status_code == 404
    row.refresh_from_db()
    assert (row.jp, row.organisation) == (40, agency)


def test_the_pages_ask_as_often_for_three_as_for_one(agency: Organisation) -> None:
    client = client_of(make_user(Role.COORDINATOR, agency))
    counts = []
    for number in (1, 3):
        while JpLimit.objects.filter(origin=Origin.LOCAL).count() < number:
            jp = 10 + JpLimit.objects.count()
            keep(agency, bound=LimitBound.AT_MOST, period=LimitPeriod.CERTIFICATE, jp=jp)
            person = make_person(agency)
            day = clock.today() - timedelta(days=1)
            bring_certificate(
                person=person, learned=Learned("A", "B", day, day, 99), content=b"%PDF-1.7", name="s.pdf", actor=SYSTEM
            )
        for address in ("/pelatihan/jp/batas/jp/", "/pelatihan/jp/"):
            client.get(address)
            with CaptureQueriesContext(connection) as found:
                assert client.get(address).status_code == 200
            counts.append(len(found))
    assert counts[:2] == counts[2:]
