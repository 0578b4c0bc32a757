"""Elections and other weeks to stay away from: entered on a screen with a source, then shown where dates are decided."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from enggang.access.enums import Role
from enggang.core.actor import SYSTEM
from enggang.events.domain.reference import load_reference
from enggang.events.models import Edition, Period
from enggang.places.enums import RegionLevel
from enggang.places.models import Organisation, Region
from enggang.plans.domain.holidays import load_holidays
from tests.events.factories import day, make_edition, make_event
from tests.training.factories import client_of, make_agency, make_user

pytestmark = pytest.mark.django_db
NEW = reverse("events:rule_new", args=["masa"])
LIST = reverse("events:rules", args=["masa"])


@pytest.fixture
def agency() -> Organisation:
    load_reference(actor=SYSTEM)
    load_holidays(actor=SYSTEM)
    return make_agency()


@pytest.fixture
def edition(agency: Organisation) -> Edition:
    return make_edition(agency, year=2029, event=make_event(agency), first=day("2029-02-13"))


@pytest.fixture
def staff(agency: Organisation) -> Client:
    found = client_of(make_user(Role.ORGANISER, agency))
    found.cookies["django_language"] = "en"
    return found


def typed(agency: Organisation, **facts: str) -> dict[str, Any]:
    return {
        "organisation": agency.pk, "name": "Pemilu 2029 (contoh)", "kind": "election", "first": "2029-02-14",
        "last": "2029-02-14", "region": "", "valid_from": "2026-01-01", "valid_to": "", "source": "PKPU (contoh)",
        "standing": "unverified", **facts,
    }  # fmt: skip


def dates_of(client: Client, edition: Edition) -> str:
    return client.get(reverse("events:dates", args=[edition.code])).content.decode()


def test_the_next_election_is_entered_and_then_stands_where_dates_are_decided(
    agency: Organisation, edition: Edition, staff: Client
) -> None:
    before = dates_of(staff, edition)
    assert "are on record until 27 November 2024" in before
    assert '<p class="red">Elections, campaigns' in before
    assert LIST in before
    assert f"{reverse('plans:holidays')}?tahun=2029" in before
    assert 'type="date" name="first"' in staff.get(NEW).content.decode()
    assert staff.post(NEW, typed(agency, first="2029-02-12")).status_code == 302
    listed = staff.get(LIST).content.decode()
    assert "14 Feb 2029" in listed
    after = dates_of(staff, edition)
    assert "Pemilu 2029 (contoh): 12–14 February 2029" in after
    assert "Unverified" in after
    assert "are on record until 14 February 2029" in after
    row = Period.objects.get(organisation=agency)
    edit = reverse("events:rule", args=["masa", row.pk])
    assert staff.post(edit, {**typed(agency, last="2029-02-20"), "version": row.version}).status_code == 302
    assert staff.post(edit, {**typed(agency, last="2029-03-20"), "version": row.version}).status_code == 422
    row.refresh_from_db()
    assert row.last == day("2029-02-20")


@pytest.mark.parametrize(
    "wrong",
    [
        {"first": ""}, {"first": "kapan-kapan"}, {"last": "2029-02-13"}, {"first": "1029-02-14"}, {"name": ""},
        {"source": ""}, {"kind": "perang"}, {"region": "99"}, {"valid_to": "2025-01-01"}, {"name": "x" * 201},
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_and_what_was_typed_stays(
    agency: Organisation, staff: Client, wrong: dict[str, str]
) -> None:
    sent = staff.post(NEW, typed(agency, source="Yang diketik tetap") | wrong)
    assert sent.status_code == 422
    assert not Period.objects.filter(organisation=agency).exists()
    if "source" not in wrong:
        assert "Yang diketik tetap" in sent.content.decode()


def test_only_provinces_and_regencies_are_offered_and_a_period_elsewhere_is_no_clash(
    agency: Organisation, edition: Edition, staff: Client
) -> None:
    village = Region.objects.create(
        code="61.02.01.2001", name="Desa Contoh", level=RegionLevel.VILLAGE, parent_id="61.02"
    )
    other = Region.objects.create(code="61.99", name="Kabupaten Lain", level=RegionLevel.REGENCY, parent_id="61")
    form = staff.get(NEW).content.decode()
    assert f'value="{other.pk}"' in form
    assert f'value="{village.pk}"' not in form
    staff.post(NEW, typed(agency, first="2029-02-13", region=other.pk))
    assert "Pemilu 2029" not in dates_of(staff, edition)


def test_a_leader_reads_and_enters_nothing(agency: Organisation, edition: Edition) -> None:
    leader = client_of(make_user(Role.LEADER, agency))
    assert leader.get(LIST).status_code == 200
    assert leader.post(NEW, typed(agency)).status_code == 404
    assert not Period.objects.filter(organisation=agency).exists()


def test_nothing_on_record_is_said() -> None:
    agency = make_agency()
    staff = client_of(make_user(Role.ORGANISER, agency))
    staff.cookies["django_language"] = "en"
    edition = make_edition(agency, first=day("2029-02-13"), year=2029)
    assert "No election, campaign or other week to stay away from is on record." in dates_of(staff, edition)
