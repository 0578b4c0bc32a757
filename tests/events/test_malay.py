"""Malay for guests from across the border: whatever they touch is in Malay, the rest in Indonesian."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext, override, trans_real

from enggang.core.actor import SYSTEM
from enggang.events.domain.consents import ask_guardian
from enggang.events.domain.ticketing import move_slot
from enggang.events.models import Booking, Slot, VisitorSurvey
from enggang.notices.domain.messages import known_language
from tests.events.factories import make_event
from tests.events.stalling import running_edition
from tests.events.surveying import make_survey
from tests.events.visiting import booked, booked_with_token, family, fresh, make_open_slot, page_of
from tests.training.factories import make_agency

pytestmark = pytest.mark.django_db


class Recorder:
    """Stands where Malay would fall back: what is asked here is not in its catalogue."""

    def __init__(self, real: Any) -> None:
        self.real, self.asked = real, set[str]()

    def _said(self, name: str, text: str, *args: Any) -> Any:
        self.asked.add(text)
        return getattr(self.real, name)(text, *args)

    def gettext(self, text: str) -> Any:
        return self._said("gettext", text)

    def ngettext(self, text: str, *args: Any) -> Any:
        return self._said("ngettext", text, *args)

    def pgettext(self, context: str, text: str) -> Any:
        self.asked.add(text)
        return self.real.pgettext(context, text)

    def npgettext(self, context: str, text: str, *args: Any) -> Any:
        self.asked.add(text)
        return self.real.npgettext(context, text, *args)


@pytest.fixture
def missing(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """What was said in Indonesian because there is no Malay for it."""
    malay: Any = trans_real.translation("ms")
    recorder = Recorder(malay._fallback)
    monkeypatch.setattr(malay, "_fallback", recorder)
    return recorder.asked


def asked_elsewhere(missing: set[str]) -> set[str]:
    """Without the languages' names, which Django translates by itself."""
    return {text for text in missing if not text.startswith("Bahasa ")}


@pytest.fixture
def guest() -> Client:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ms"
    return client


@pytest.fixture
def slot() -> Slot:
    return make_open_slot(make_agency(), 5, consent=True, price=25_000)


@pytest.fixture
def survey() -> VisitorSurvey:
    agency = make_agency("Dinas lain")
    return make_survey(running_edition(agency, event=make_event(agency, "Festival Pesisir")))


def test_registering_and_the_ticket_are_in_malay(guest: Client, slot: Slot, missing: set[str]) -> None:
    code = slot.part.edition.code
    for page in ("/agenda/", "/agenda/?cari=tiada", f"/acara/{code}/daftar/", page_of(slot), "/acara/tiket/"):
        said = guest.get(page).content.decode()
        assert 'lang="ms"' in said
    assert "Masih ada 5 tempat" in guest.get(page_of(slot)).content.decode()
    refused = guest.post(page_of(slot), {"name": "", "phone": "x"})
    assert refused.status_code == 422
    assert "Ini bukan nombor telefon" in refused.content.decode()
    posted = {"name": "Contoh Tamu", "phone": "+60123456789", "age-adult": 1, "age-youth": 1}
    ticket = guest.post(page_of(slot), posted, follow=True)
    said = ticket.content.decode()
    assert "Persetujuan penjaga belum ada untuk 1 kanak-kanak" in said
    assert Booking.objects.get().language == "ms"
    address = ticket.redirect_chain[-1][0]
    assert guest.get(f"{address}tiket.pdf").content.startswith(b"%PDF")
    assert guest.get(f"{address}tiket.ics").status_code == 200
    _other, waiting = booked_with_token(slot, people=4, guests=family(*["adult"] * 4), phone="081299990000")
    assert "senarai menunggu" in guest.get(f"/acara/t/{waiting}/").content.decode()
    booked(slot, people=3, guests=family(*["adult"] * 3), phone="081299990001")
    assert "senarai menunggu" in guest.get(page_of(slot)).content.decode().lower()  # nothing is left
    move_slot(slot=fresh(slot), to="called_off", reason="Air surut", actor=SYSTEM)
    assert "tidak diadakan" in guest.get(address).content.decode()
    assert guest.post("/acara/tiket/", {"phone": "081200000000", "code": "AAAA-AAAA"}).status_code == 422
    assert asked_elsewhere(missing) == set()


def test_a_guardian_answers_in_malay(guest: Client, slot: Slot, missing: set[str]) -> None:
    booking = booked(slot, people=2, guests=family("youth", "child"))
    asked: Any = ask_guardian(booking=booking, name="Contoh Bapa", phone="+60199998888", actor=SYSTEM)
    token = asked[1] if isinstance(asked, tuple) else asked
    said = guest.get(f"/acara/w/{token}/").content.decode()
    assert "Ya, saya penjaganya dan saya bersetuju" in said
    assert guest.get("/acara/w/tidak-ada/").status_code in {404, 410}
    assert asked_elsewhere(missing) == set()


def test_the_survey_is_in_malay(guest: Client, survey: VisitorSurvey, missing: set[str]) -> None:
    page = f"/acara/{survey.edition.code}/survei/"
    assert "Di manakah anda tinggal?" in guest.get(page).content.decode()
    assert guest.post(page, {"days": "x", "stay": "night"}).status_code == 422
    assert "Terima kasih" in guest.get(f"{page}terima-kasih/").content.decode()
    assert asked_elsewhere(missing) == set()


def test_other_pages_fall_back_on_indonesian(guest: Client) -> None:
    with override("ms"):
        assert gettext("Accountability") == "Pertanggungjawaban"
    said = guest.get(reverse("innovation:idea_new")).content.decode()
    assert "Apa masalahnya, dan bagi siapa" in said
    assert "Log masuk" in said


def test_pages_that_have_their_language_in_the_address_need_no_setting(client: Client) -> None:
    said = client.get("/ms/").content.decode()
    assert "Log masuk" in said
    assert "Latihan yang dibuka untuk pendaftaran" in said


def test_it_is_offered_to_visitors_and_not_on_the_pages_of_staff(client: Client, slot: Slot) -> None:
    assert 'value="ms"' in client.get(page_of(slot)).content.decode()
    assert 'value="ms"' not in client.get("/akun/masuk/").content.decode()


def test_letters_to_visitors_know_it() -> None:
    assert (known_language("ms"), known_language("ms-MY"), known_language("zh")) == ("ms", "ms", "id")
