"""The pages of events, as a person meets them."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.events.domain.reference import load_reference
from enggang.events.enums import Stage
from enggang.events.models import Edition, Event
from enggang.places.models import Organisation
from tests.events.factories import brought_to, make_edition, make_event, make_region, make_site
from tests.training.factories import client_of, make_agency, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Organisation:
    return make_agency()


@pytest.fixture
def client(agency: Organisation) -> Client:
    found = client_of(make_user(Role.ORGANISER, agency))
    found.cookies["django_language"] = "en"
    return found


def text(client: Client, name: str, *args: Any, query: str = "") -> str:
    response = client.get(reverse(name, args=args) + query)
    assert response.status_code == 200
    return response.content.decode()


def event_form(agency: Organisation, **more: Any) -> dict[str, Any]:
    return {
        "organisation": agency.pk, "name": "Robo-Robo", "kind": "ritual", "region": make_region().pk,
        "rule": "hijri_weekday", "month": 2, "nth": -1, "weekday": 2, "offset": 0, "length": 1,
        "hosts-TOTAL_FORMS": 2, "hosts-INITIAL_FORMS": 0, "hosts-0-name": "Keraton", "hosts-0-role": "palace",
        "hosts-1-name": "", **more,
    }  # fmt: skip


class TestFromNothing:
    def test_an_event_is_entered_and_its_edition_begun(self, client: Client, agency: Organisation) -> None:
        assert "Enter an event" in text(client, "events:calendar")
        response = client.post(reverse("events:event_new"), event_form(agency))
        event = Event.objects.get()
        assert response.headers["Location"] == reverse("events:event", args=[event.code])
        page = text(client, "events:event", event.code)
        assert "the last Wednesday of Safar of the Hijri calendar" in page
        response = client.post(reverse("events:event", args=[event.code]), {"year": 2027})
        edition = Edition.objects.get()
        assert response.headers["Location"] == reverse("events:edition", args=[edition.code])
        assert "28 July 2027" in text(client, "events:edition", edition.code)
        assert "Keraton" in text(client, "events:edition", edition.code)
        facts = event_form(agency, name="Robo-Robo Mempawah", version=event.version)
        assert client.post(reverse("events:event_edit", args=[event.code]), facts).status_code == 302
        assert [host.name for host in event.hosts.all()] == ["Keraton"]  # left as it was, and still there

    @pytest.mark.parametrize(
        "wrong",
        [{"month": ""}, {"month": 13}, {"rule": "x"}, {"region": 0}, {"name": ""}, {"offset": "1e9"}, {"length": 999},
         {"hosts-TOTAL_FORMS": "x"}, {"curator": "x"}],
    )  # fmt: skip
    def test_what_is_wrong_comes_back_with_what_was_typed(
        self, client: Client, agency: Organisation, wrong: dict[str, Any]
    ) -> None:
        response = client.post(reverse("events:event_new"), event_form(agency, description="panjang", **wrong))
        assert response.status_code == 422
        assert "panjang" in response.content.decode()
        assert not Event.objects.exists()

    def test_an_event_of_a_strange_agency_is_not_entered(self, client: Client) -> None:
        assert client.post(reverse("events:event_new"), event_form(make_agency("Lain"))).status_code == 422
        assert not Event.objects.exists()


class TestEdition:
    def test_places_are_drawn_and_told(self, client: Client, agency: Organisation) -> None:
        edition = make_edition(agency)
        region = make_region().pk
        good = {
            "name": "Kuala",
            "region": region,
            "latitude": "0.35",
            "longitude": "108.95",
            "capacity": 3000,
            "area_m2": 1000,
        }
        assert client.post(reverse("events:site_new", args=[edition.code]), good).status_code == 302
        page = text(client, "events:edition", edition.code)
        assert "sitemap__dot" in page
        assert "critical from 2 per m²" in page
        for wrong in ({"longitude": ""}, {"latitude": "999999"}, {"capacity": -1}, {"name": ""}, {"region": "99"}):
            assert client.post(reverse("events:site_new", args=[edition.code]), {**good, **wrong}).status_code == 422
        assert edition.sites.count() == 1

    def test_a_place_of_another_edition_is_not_found(self, client: Client, agency: Organisation) -> None:
        edition, other = make_edition(agency), make_edition(agency, event=make_event(agency, "Lain"))
        site = make_site(other)
        for name in ("events:site", "events:site_drop"):
            assert client.post(reverse(name, args=[edition.code, site.pk])).status_code == 404
        assert other.sites.count() == 1

    def test_a_candidate_is_chosen(self, client: Client, agency: Organisation) -> None:
        edition = make_edition(agency, year=2024)
        page = text(client, "events:dates", edition.code)
        assert "if the month begins a day later than computed" in page
        address = reverse("events:dates_decide", args=[edition.code])
        assert "2024-09-04" in client.get(f"{address}?first=2024-09-04&last=2024-09-04").content.decode()
        assert client.get(f"{address}?first=x&last=%00").status_code == 200
        facts = {
            "lihat": "1",
            "version": 1,
            "first": "2024-09-04",
            "last": "2024-09-04",
            "state": "confirmed",
            "source": "Keraton",
        }
        assert client.post(address, facts).status_code == 302
        page = text(client, "events:dates", edition.code)
        assert "28 August 2024 → 4 September 2024" in page
        assert client.post(address, facts).status_code == 422  # another tab

    def test_organisers_are_written_in_order(self, client: Client, agency: Organisation) -> None:
        edition = make_edition(agency)
        address = reverse("events:organisers", args=[edition.code])
        facts = {
            "version": edition.version, "organisers-TOTAL_FORMS": 2, "organisers-INITIAL_FORMS": 1,
            "organisers-0-name": "Pemkab", "organisers-0-role": "regency", "organisers-0-applies": "on",
            "organisers-1-name": "Dewan Adat", "organisers-1-role": "adat",
        }  # fmt: skip
        assert client.post(address, facts).status_code == 302
        assert [row.name for row in edition.organisers.all()] == ["Pemkab", "Dewan Adat"]
        assert client.post(address, facts).status_code == 422
        assert client.post(address, {**facts, "version": "-1"}).status_code == 422
        edition.refresh_from_db()
        again = {"version": edition.version, "organisers-TOTAL_FORMS": 4, "organisers-2-name": "Sanggar Contoh"}
        assert client.post(address, {**facts, **again, "organisers-2-role": "community"}).status_code == 302
        assert [row.name for row in edition.organisers.all()] == ["Pemkab", "Dewan Adat", "Sanggar Contoh"]

    def test_gates_forward_back_and_cancelled(self, client: Client, agency: Organisation) -> None:
        load_reference(actor=SYSTEM)
        edition = make_edition(agency)
        decision = {"decider": "Kepala", "decided_on": clock.today().isoformat()}
        forward = reverse("events:gate_forward", args=[edition.code])
        refused = client.post(forward, {**decision, "to": "proposed"})
        assert refused.status_code == 422
        assert "Not seen to yet" in refused.content.decode()
        assert client.post(forward, {**decision, "to": "proposed", "reason": "menyusul"}).status_code == 302
        assert client.post(reverse("events:gate_step", args=[edition.code, "batal"]), decision).status_code == 422
        cancel = client.post(
            reverse("events:gate_step", args=[edition.code, "batal"]), {**decision, "reason": "Banjir"}
        )
        assert cancel.status_code == 302
        assert "Banjir" in text(client, "events:edition", edition.code)
        assert client.post(reverse("events:gate_step", args=[edition.code, "x"]), decision).status_code == 404
        again = reverse("events:gate_step", args=[edition.code, "lanjutkan"])
        assert client.post(again, {**decision, "reason": "Surut"}).status_code == 302
        edition.refresh_from_db()
        assert edition.stage == Stage.PROPOSED


class TestCalendar:
    def test_by_month_as_a_year_and_by_stage(self, client: Client, agency: Organisation) -> None:
        make_edition(agency, year=2027)
        for view in ("bulan", "tahun", "tahap"):
            assert "Robo-Robo 2027" in text(client, "events:calendar", query=f"?tahun=2027&tampil={view}")
        assert "Robo-Robo 2027" not in text(client, "events:calendar", query="?tahun=2026")
        assert "Events without an edition in 2026" in text(client, "events:calendar", query="?tahun=2026")

    @pytest.mark.parametrize(
        "query", ["?tahun=x", "?tahun=99999999999999999999", "?region=%00", "?tahap=none", "?tampil=<b>"]
    )
    def test_an_address_that_makes_no_sense_shows_the_whole(self, client: Client, query: str) -> None:
        text(client, "events:calendar", query=query)

    def test_only_what_is_red(self, client: Client, agency: Organisation) -> None:
        year = clock.today().year
        past = make_edition(agency, year=year, first=clock.today().replace(month=1, day=2))
        brought_to(past, Stage.PUBLISHED)
        fine = make_edition(agency, year=year + 1, event=make_event(agency, "Jauh"))
        page = text(client, "events:calendar", query=f"?tahun={year}&merah=1")
        assert str(past) in page
        assert "over, but not evaluated" in page
        assert str(fine) not in text(client, "events:calendar", query=f"?tahun={year + 1}&merah=1")
        assert "needs attention" in text(client, "office:home")

    def test_the_province_sees_what_is_approved_and_strangers_do_not(self) -> None:
        province = make_agency("Provinsi")
        mine, sister, elsewhere = make_agency("A", province), make_agency("B", province), make_agency("C")
        edition = make_edition(mine, year=2027)
        query = "?tahun=2027"
        for where, before, after in ((province, True, True), (sister, False, True), (elsewhere, False, False)):
            reader = client_of(make_user(Role.LEADER, where))
            edition.stage = Stage.IDEA
            edition.save()
            assert ("Robo-Robo 2027" in text(reader, "events:calendar", query=query)) is before
            edition.stage = Stage.APPROVED
            edition.save()
            assert ("Robo-Robo 2027" in text(reader, "events:calendar", query=query)) is after
            inside = reader.get(reverse("events:gates", args=[edition.code])).status_code
            assert inside == (200 if where == province else 404)

    def test_three_editions_ask_as_often_as_one(self, client: Client, agency: Organisation) -> None:
        counts = []
        for names in (("A",), ("B", "C")):
            for name in names:
                make_edition(agency, event=make_event(agency, name), year=2027)
            for address in (reverse("events:calendar") + "?tahun=2027", reverse("events:events")):
                client.get(address)
                with CaptureQueriesContext(connection) as found:
                    client.get(address)
                counts.append(len(found))
        assert counts[:2] == counts[2:]
