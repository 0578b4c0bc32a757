"""The screens of places: who sees what, and how many queries it takes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.places.domain.reference import load_reference
from enggang.places.models import Organisation, Venue
from tests.places.factories import browser, organisation, region, venue

pytestmark = pytest.mark.django_db
FORM = {"name": "Dinas Baru", "short_name": "Baru", "kind": "agency", "region": "", "time_zone": "Asia/Pontianak"}


def test_a_stranger_is_asked_to_sign_in(client: Client) -> None:
    row = organisation()
    for name, args in (("tree", []), ("organisation", [row.code]), ("venues", []), ("venue_new", [])):
        assert client.get(reverse(f"places:{name}", args=args)).status_code == 302


def test_regions_are_public_knowledge(client: Client) -> None:
    region("61.01", "Kabupaten Sambas")
    assert "Above 61.01" in client.get(reverse("places:regions")).content.decode()
    assert "Kabupaten Sambas" in client.get(reverse("places:region", args=["61"])).content.decode()
    assert client.get(reverse("places:region", args=["99"])).status_code == 404
    assert client.get("/instansi/wilayah/<script>/").status_code in {302, 404}


def test_a_region_shows_its_map_with_credit(client: Client) -> None:
    load_reference(actor=SYSTEM)
    page = client.get(reverse("places:region", args=["61.08"])).content.decode()
    assert page.count('class="map__shape') == 14
    assert page.count("map__shape--current") == 1
    assert "Ngabang" in page
    assert "cahyadsn" in page
    assert "mashadinoor" in page
    without = client.get(reverse("places:region", args=["11"])).content.decode()
    assert "map__shape" not in without


def test_the_tree_shows_everything_and_finds_by_name() -> None:
    root = organisation("Pemprov")
    organisation("Dinas Wisata", root)
    organisation("Dinas Sosial", root)
    client = browser()
    page = client.get(reverse("places:tree")).content.decode()
    assert "Dinas Wisata" in page
    assert "Dinas Sosial" in page
    found = client.get(reverse("places:tree"), {"q": "wisata"}).content.decode()
    assert "Dinas Wisata" in found
    assert "Dinas Sosial" not in found
    assert client.get(reverse("places:tree"), {"q": "\0'\"", "region": "x", "kind": "y"}).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_lists_take_the_same_queries_for_one_row_and_for_three(
    count: int, django_assert_max_num_queries: object
) -> None:
    root = organisation("Pemprov", region=region())
    for number in range(count):
        venue(f"Aula {number}", organisation(f"Dinas {number}", root, region=region()))
    client = browser((Role.ADMINISTRATOR, None))
    limits = {
        reverse("places:tree"): 7,
        reverse("places:tree") + "?q=dinas": 8,
        reverse("places:organisation", args=[root.code]): 11,
        reverse("places:venues"): 7,
        reverse("places:regions"): 7,
        reverse("places:region", args=["61"]): 10,
    }
    for address, limit in limits.items():
        with django_assert_max_num_queries(limit, info=address):  # type: ignore[operator]
            assert client.get(address).status_code == 200


def test_an_administrator_adds_changes_and_ends_an_organisation() -> None:
    root = organisation("Pemprov")
    client = browser((Role.ADMINISTRATOR, root))
    answer = client.post(reverse("places:organisation_below", args=[root.code]), FORM)
    row = Organisation.objects.get(name="Dinas Baru")
    assert answer.headers["Location"] == reverse("places:organisation", args=[row.code])
    assert row.parent == root
    edit = reverse("places:organisation_edit", args=[row.code])
    assert client.post(edit, {**FORM, "name": "Dinas Lain", "version": 1}).status_code == 302
    second = client.post(edit, {**FORM, "name": "Dinas Ketiga", "version": 1})
    assert second.status_code == 422
    assert "Dinas Ketiga" in second.content.decode()
    row.refresh_from_db()
    assert row.name == "Dinas Lain"
    yesterday = clock.today() - timedelta(days=1)
    client.post(reverse("places:organisation_end", args=[row.code]), {"on": yesterday.isoformat()})
    row.refresh_from_db()
    assert row.has_ended


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.COORDINATOR, Role.INSPECTOR, Role.PARTICIPANT])
def test_others_read_the_tree_and_change_nothing(role: Role) -> None:
    root = organisation("Pemprov")
    client = browser((role, root))
    assert client.get(reverse("places:organisation", args=[root.code])).status_code == 200
    for name in ("organisation_below", "organisation_edit"):
        address = reverse(f"places:{name}", args=[root.code])
        assert client.get(address).status_code == 404
        assert client.post(address, {**FORM, "version": 1}).status_code == 404
    assert client.post(reverse("places:organisation_end", args=[root.code]), {"on": "2020-01-01"}).status_code == 404
    assert client.post(reverse("places:organisation_new"), FORM).status_code == 404
    assert Organisation.objects.get() == root
    root.refresh_from_db()
    assert (root.name, root.valid_to) == ("Pemprov", None)


def test_a_broken_form_says_so_and_keeps_what_was_typed() -> None:
    root = organisation("Pemprov")
    client = browser((Role.ADMINISTRATOR, None))
    answer = client.post(reverse("places:organisation_below", args=[root.code]), {**FORM, "name": "x" * 300})
    assert answer.status_code == 422
    assert "x" * 300 in answer.content.decode()
    assert Organisation.objects.count() == 1


def test_an_organiser_adds_a_venue_for_their_own_agency_only() -> None:
    mine, other = organisation("Dinas A"), organisation("Dinas B")
    form = {"name": "Aula", "region": region().code, "time_zone": "Asia/Pontianak", "capacity": 80}
    client = browser((Role.ORGANISER, mine))
    assert client.post(reverse("places:venue_new"), {**form, "organisation": other.pk}).status_code == 422
    assert not Venue.objects.exists()
    assert client.post(reverse("places:venue_new"), {**form, "organisation": mine.pk}).status_code == 302
    row = Venue.objects.get()
    assert (
        client.post(reverse("places:venue_edit", args=[row.code]), {**form, "name": "Gedung", "version": 1}).status_code
        == 302
    )
    row.refresh_from_db()
    assert row.name == "Gedung"
    stranger = browser((Role.ORGANISER, other))
    assert stranger.get(reverse("places:venue", args=[row.code])).status_code == 200
    assert stranger.get(reverse("places:venue_edit", args=[row.code])).status_code == 404
    half = client.post(reverse("places:venue_edit", args=[row.code]), {**form, "version": 2, "latitude": "0.1"})
    assert half.status_code == 422
