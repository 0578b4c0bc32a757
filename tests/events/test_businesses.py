"""The register of small businesses and the contracts of their stalls."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict
from enggang.events.domain import businesses as acts
from enggang.events.domain.stalls import decide_stall
from enggang.events.models import Business, Edition, StallContract
from enggang.places.models import Organisation
from tests.events.factories import make_edition
from tests.events.stalling import accepted, applied, fresh, make_call
from tests.training.factories import client_of, make_agency, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Organisation:
    return make_agency()


@pytest.fixture
def edition(agency: Organisation) -> Edition:
    return make_edition(agency, year=clock.today().year + 1)


@pytest.fixture
def client(agency: Organisation) -> Client:
    found = client_of(make_user(Role.ORGANISER, agency))
    found.cookies["django_language"] = "en"
    return found


def make_business(agency: Organisation, name: str = "Kue Lapis", **facts: Any) -> Business:
    return acts.open_business(organisation=agency, name=name, actor=SYSTEM, **{"owner": "Ibu Contoh", **facts})


class TestTheRegister:
    def test_the_same_business_is_one_row_for_all_its_years(self, agency: Organisation, edition: Edition) -> None:
        first = accepted(make_call(edition), name="Kue Nona", phone="081234567890")
        later = make_edition(agency, event=edition.event, year=edition.year + 1)
        second = accepted(make_call(later), name="KUE nona", phone="0812-3456-7890", nib="1234567890123")
        assert first.business == second.business
        assert Business.objects.get().nib == "1234567890123"

    def test_one_phone_may_have_two_businesses_and_a_nib_only_one(self, agency: Organisation, edition: Edition) -> None:
        known = make_business(agency, "Warung Lain", phone="081234567890", nib="1234567890123")
        other = accepted(make_call(edition), name="Kue Nona", phone="081234567890")
        assert other.business != known
        with pytest.raises(Conflict, match="in the register already"):
            make_business(agency, "Siapa", nib="1234 5678 90123")
        make_business(make_agency("Dinas Lain"), nib="1234567890123")

    @pytest.mark.parametrize(
        "wrong",
        [
            {"name": "  "},
            {"owner": ""},
            {"nib": "12"},
            {"kbli": "1"},
            {"kbli": "abcde"},
            {"phone": "x"},
            {"email": "x"},
        ],
    )
    def test_what_cannot_be_is_refused_and_kept(
        self, client: Client, agency: Organisation, wrong: dict[str, str]
    ) -> None:
        form = {"organisation": agency.pk, "name": "Kue", "owner": "Ibu", "note": "dekat pasar", **wrong}
        response = client.post(reverse("events:business_new"), form)
        assert response.status_code == 422
        assert "dekat pasar" in response.content.decode()
        assert not Business.objects.exists()

    def test_entered_changed_retired_restored(self, client: Client, agency: Organisation) -> None:
        form = {"organisation": agency.pk, "name": "Kue Nona", "owner": "Ibu", "kbli": "10710"}
        client.post(reverse("events:business_new"), form)
        business = Business.objects.get()
        client.post(reverse("events:business_edit", args=[business.code]), {**form, "owner": "Anak", "version": 1})
        stale = client.post(reverse("events:business_edit", args=[business.code]), {**form, "version": 1})
        assert "Somebody saved a newer version" in stale.content.decode()
        listing = reverse("events:businesses")
        assert "missing" in client.get(listing).content.decode()
        client.post(reverse("events:business_retire", args=[business.code]))
        assert "Kue Nona" not in client.get(listing).content.decode()
        assert "Kue Nona" in client.get(f"{listing}?retired=ya").content.decode()
        client.post(reverse("events:business_restore", args=[business.code]))
        assert "Kue Nona" in client.get(f"{listing}?text=nona&missing=nib&category=x").content.decode()

    def test_another_agency_and_a_leader(self, agency: Organisation) -> None:
        business = make_business(agency)
        other = client_of(make_user(Role.ORGANISER, make_agency("Dinas Lain")))
        assert other.get(reverse("events:business", args=[business.code])).status_code == 404
        assert business.name not in other.get(reverse("events:businesses")).content.decode()
        leader = client_of(make_user(Role.LEADER, agency))
        assert leader.get(reverse("events:business", args=[business.code])).status_code == 200
        assert leader.post(reverse("events:business_retire", args=[business.code])).status_code == 404

    def test_queries_do_not_grow(self, client: Client, agency: Organisation) -> None:
        counts = []
        for names in (["A"], ["B", "C"]):
            for name in names:
                make_business(agency, name)
            with CaptureQueriesContext(connection) as found:
                client.get(reverse("events:businesses"))
            counts.append(len(found))
        assert counts[0] == counts[1]


class TestContracts:
    def test_missing_is_red_until_it_is_signed_and_paid(self, client: Client, edition: Edition) -> None:
        row = accepted(make_call(edition, fee=150_000))
        page = reverse("events:stall_application", args=[edition.code, row.pk])
        assert "no contract" in client.get(page).content.decode()
        form = {"number": "1/UMKM", "signed_on": "2027-01-05", "fee": "150.000", "paid": "100.000", "version": 0}
        client.post(f"{page}kontrak/", form)
        assert "not paid in full" in client.get(page).content.decode()
        home = client.get(reverse("events:stalls", args=[edition.code])).content.decode()
        assert "of Rp\u00a0150.000 agreed" in home
        client.post(f"{page}kontrak/", {**form, "paid": "150.000", "version": StallContract.objects.get().version})
        assert "not paid" not in client.get(page).content.decode()

    @pytest.mark.parametrize("wrong", [{"fee": "-1"}, {"paid": "x"}, {"signed_on": "kapan"}, {"number": "x" * 121}])
    def test_what_cannot_be_is_refused_and_kept(self, client: Client, edition: Edition, wrong: dict[str, str]) -> None:
        row = accepted(make_call(edition))
        address = reverse("events:stall_contract", args=[edition.code, row.pk])
        response = client.post(address, {"receipt": "KW-77", "version": 0, **wrong})
        assert response.status_code == 422
        assert "KW-77" in response.content.decode()
        assert not StallContract.objects.exists()

    def test_two_tabs(self, client: Client, edition: Edition) -> None:
        row = accepted(make_call(edition))
        address = reverse("events:stall_contract", args=[edition.code, row.pk])
        client.post(address, {"number": "1", "version": 0})
        contract = StallContract.objects.get()
        client.post(address, {"number": "2", "version": contract.version})
        response = client.post(address, {"number": "3", "version": contract.version})
        assert "Somebody saved a newer version" in response.content.decode()

    def test_scans_are_kept_and_given_back(self, client: Client, edition: Edition) -> None:
        row = accepted(make_call(edition))
        address = reverse("events:stall_paper", args=[edition.code, row.pk])
        assert client.get(address).status_code == 404
        for kind, query in (("file", ""), ("handover_file", "?bast")):
            client.post(address, {"kind": kind, "file": SimpleUploadedFile("a.pdf", b"%PDF-" + kind.encode())})
            assert client.get(address + query).content.endswith(kind.encode())
        wrong = client.post(address, {"kind": "file", "file": SimpleUploadedFile("a.pdf", b"MZ")})
        assert wrong.status_code == 422
        assert client.post(address, {"kind": "x", "file": SimpleUploadedFile("a.pdf", b"%PDF-")}).status_code == 422

    def test_only_an_accepted_vendor_has_one_and_a_stall_with_one_is_not_taken_back(self, edition: Edition) -> None:
        call = make_call(edition)
        with pytest.raises(Conflict, match="Only an accepted vendor"):
            acts.keep_stall_contract(application=applied(call), version=0, number="1", actor=SYSTEM)
        row = accepted(call)
        acts.keep_stall_contract(application=row, version=0, number="1", actor=SYSTEM)
        with pytest.raises(Conflict, match="has a contract"):
            decide_stall(application=fresh(row), to="waiting", actor=SYSTEM)
