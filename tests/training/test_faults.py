"""What goes wrong for people on a bad line: each time a sentence that says what to do, and nothing typed is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.seats.domain.offers import PoolSpec
from enggang.seats.models import Pool
from enggang.training.domain.registrations import hand_out_page
from enggang.training.domain.sessions import add_session
from enggang.training.models import Registration, Wave
from tests.training.factories import client_of, make_agency, make_person, make_user, make_wave, seat

pytestmark = pytest.mark.django_db


def public_address(wave: Wave) -> str:
    return f"/pelatihan/daftar/{wave.code}/"


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_closed_window_says_so_and_keeps_what_was_typed(language: str) -> None:
    now = clock.now()
    agency = make_agency()
    wave = make_wave(agency, registration_opens=now - timedelta(days=3), registration_closes=now - timedelta(days=1))
    person = make_person(agency, "Siti Aminah")
    page = Client(headers={"accept-language": language}).post(
        public_address(wave), {"nip": person.nip, "name": "Siti Aminah"}
    )
    assert page.status_code == 200
    assert f'lang="{language}"' in page.content.decode()
    assert person.nip in page.content.decode()
    assert page.context["form"].non_field_errors()
    assert page.context["form"]["name"].value() == "Siti Aminah"
    assert not Registration.objects.exists()


def test_a_window_that_has_closed_says_when_and_whom_to_ask_and_one_yet_to_open_says_when() -> None:
    now, agency = clock.now(), make_agency()
    over = make_wave(agency, registration_opens=now - timedelta(days=3), registration_closes=now - timedelta(days=1))
    coming = make_wave(agency, programme=over.programme, name="Lain", registration_opens=now + timedelta(days=1))
    english = Client(headers={"accept-language": "en"})
    page = english.get(public_address(over)).content.decode()
    assert "It closed on" in page
    assert "It opens on" not in page
    assert "It opens on" in english.get(public_address(coming)).content.decode()


def test_a_full_quota_puts_on_the_waiting_list_and_says_where_one_stands() -> None:
    agency = make_agency()
    wave = make_wave(agency, PoolSpec("Terbuka", 1))
    seat(wave, make_person(agency))
    person = make_person(agency, "Siti Aminah")
    page = Client().post(public_address(wave), {"nip": person.nip, "name": "Siti Aminah"}, follow=True)
    assert page.context["pocket"].place == 1
    assert "Terbuka" in page.content.decode()


def test_a_form_sent_twice_takes_one_seat_and_tells_the_second_that_it_worked() -> None:
    agency = make_agency()
    wave = make_wave(agency)
    person = make_person(agency, "Siti Aminah")
    data = {"nip": person.nip, "name": "Siti Aminah"}
    Client().post(public_address(wave), data)
    again = Client().post(public_address(wave), data)
    assert again.context["form"].non_field_errors()
    assert again.context["form"]["nip"].value() == person.nip
    assert (Registration.objects.count(), Pool.objects.get().taken) == (1, 1)


def test_going_back_and_giving_the_seat_back_again_changes_nothing() -> None:
    agency = make_agency()
    row = seat(make_wave(agency), make_person(agency))
    user = make_user(Role.ORGANISER, agency)
    address = f"/pelatihan/pendaftaran/{row.code}/undur/"
    client_of(user).post(address, {"reason": "sakit"})
    again = client_of(user).post(address, {"reason": "sakit"}, follow=True)
    assert again.status_code == 200
    assert [message.level_tag for message in again.context["messages"]] == ["error"]
    assert Pool.objects.get().taken == 0


def test_an_address_that_has_ended_says_how_to_get_a_new_one() -> None:
    agency = make_agency()
    row = seat(make_wave(agency), make_person(agency))
    token = hand_out_page(registration=row, actor=SYSTEM)
    with clock.frozen_at(clock.now() + timedelta(days=400)):
        page = Client().get(f"/pelatihan/kursi/{token}/")
        sent = Client().post(f"/pelatihan/kursi/{token}/nama/", {"printed_name": "Siti Aminah"})
    assert (page.status_code, sent.status_code) == (404, 404)
    assert "training/page_ended.html" in [template.name for template in page.templates]
    row.refresh_from_db()
    assert not row.is_name_confirmed


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("plan_by_link", "untuk atasan"),
        ("briefing", "untuk seorang pengajar"),
        ("invitation", "untuk sebuah perangkat daerah"),
        ("invited_by_link", "untuk sebuah perangkat daerah"),
    ],
)
def test_the_page_of_an_ended_address_speaks_to_whose_it_was(name: str, word: str) -> None:
    page = Client().get(reverse(f"training:{name}", args=["x" * 30]), headers={"accept-language": "id"})
    assert page.status_code == 404
    assert word in page.content.decode()


def test_the_second_of_two_tabs_is_told_and_keeps_its_text() -> None:
    agency = make_agency()
    wave = make_wave(agency)
    client = client_of(make_user(Role.ORGANISER, agency))
    address = f"/pelatihan/gelombang/{wave.code}/ubah/"
    data = {"name": "Tab pertama", "starts_on": wave.starts_on, "ends_on": wave.ends_on, "version": wave.version}
    assert client.post(address, data).status_code == 302
    second = client.post(address, {**data, "name": "Tab kedua"})
    assert second.context["form"].non_field_errors()
    assert "Tab kedua" in second.content.decode()
    assert Wave.objects.get().name == "Tab pertama"


def test_a_wrong_clock_on_the_phone_changes_nothing_the_server_counts() -> None:
    agency = make_agency()
    wave = make_wave(agency, registration_closes=clock.now() + timedelta(hours=1))
    person = make_person(agency, "Siti Aminah")
    late = {"date": "Mon, 01 Jan 2035 00:00:00 GMT", "if-modified-since": "Mon, 01 Jan 2035 00:00:00 GMT"}
    page = Client(headers=late).post(public_address(wave), {"nip": person.nip, "name": "Siti Aminah"})
    assert page.status_code == 302
    assert Registration.objects.get().registered_at <= clock.now()


def test_live_seats_answer_only_what_has_changed() -> None:
    agency = make_agency()
    wave = make_wave(agency, PoolSpec("Terbuka", 5))
    client = client_of(make_user(Role.COORDINATOR, make_agency("Dinas Lain")))
    address = f"/pelatihan/gelombang/{wave.code}/kursi-kini/"
    first = client.get(address)
    assert first.status_code == 200
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    seat(wave, make_person(agency))
    after = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (after.status_code, after.context["pools"][0].taken) == (200, 1)
    assert client.get(f"/pelatihan/gelombang/{wave.code}/daftarkan/").content.decode().count("data-poll=") == 1


def test_a_clash_is_told_at_once_and_the_session_is_kept() -> None:
    agency = make_agency()
    wave = make_wave(agency, sessions=1)
    session = wave.sessions.get()
    add_session(
        wave=wave, title="Lain", day=session.day, begins=session.begins, ends=session.ends, room="R1", actor=SYSTEM
    )  # fmt: skip
    client = client_of(make_user(Role.ORGANISER, agency))
    data = {"title": "Ketiga", "day": session.day, "begins": "08:00", "ends": "09:00", "room": "r1"}
    page = client.post(f"/pelatihan/gelombang/{wave.code}/sesi/", data, follow=True)
    assert "warning" in [message.level_tag for message in page.context["messages"]]
    assert wave.sessions.count() == 3
