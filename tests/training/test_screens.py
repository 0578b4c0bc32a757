from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.people.domain.employments import set_superior
from enggang.places.models import Organisation
from enggang.seats.domain.offers import PoolSpec
from enggang.seats.models import Pool
from enggang.training.domain.registrations import hand_out_page
from enggang.training.models import Registration, Session, Wave
from tests.training.factories import client_of, make_agency, make_person, make_programme, make_user, make_wave, seat
from tests.training.test_completion import held_wave, issue

pytestmark = pytest.mark.django_db


def organiser_of(agency: Organisation) -> Client:
    return client_of(make_user(Role.ORGANISER, agency))


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_lists_ask_the_same_number_of_questions_for_one_row_and_for_three() -> None:
    agency = make_agency()
    programme = make_programme(agency)
    wave = make_wave(agency, PoolSpec("Terbuka", 9), programme=programme)
    make_wave(agency, programme=programme, name="Gelombang lain")  # clashes are looked for where others meet that day
    seat(wave, make_person(agency))
    client = organiser_of(agency)
    pages = [
        "/pelatihan/",
        "/pelatihan/program/",
        f"/pelatihan/gelombang/{wave.code}/",
        f"/pelatihan/gelombang/{wave.code}/peserta/",
        f"/pelatihan/gelombang/{wave.code}/daftarkan/",
        f"/pelatihan/gelombang/{wave.code}/kelulusan/",
        "/",
    ]
    client.get("/pelatihan/")
    before = [queries(client, page) for page in pages]
    for number in (2, 3):
        seat(wave, make_person(agency))
        make_programme(agency, f"Program {number}")
        make_wave(agency, programme=programme, name=f"Gelombang {number}")
    assert [queries(client, page) for page in pages] == before
    assert max(before) <= 20


def test_the_form_of_a_new_wave_keeps_what_was_typed_when_it_is_refused() -> None:
    agency = make_agency()
    programme = make_programme(agency)
    data = {
        "programme": programme.pk, "name": "Gelombang 9", "starts_on": "2026-12-09", "ends_on": "2026-12-01",
        "pools-TOTAL_FORMS": 1, "pools-INITIAL_FORMS": 0, "pools-0-owner": "open", "pools-0-size": 5,
    }  # fmt: skip
    page = organiser_of(agency).post("/pelatihan/gelombang/baru/", data)
    assert "Gelombang 9" in page.content.decode()
    assert page.context["form"].errors["ends_on"]
    assert not Wave.objects.exists()


@pytest.mark.parametrize("field", ["ends_on", "starts_on", "registration_opens", "registration_closes"])
def test_a_day_at_the_end_of_the_calendar_is_refused_beside_its_field(field: str) -> None:
    agency = make_agency()
    day = "0001-01-01" if field in {"starts_on", "registration_opens"} else "9999-12-31"
    data = {
        "programme": make_programme(agency).pk, "name": "Gelombang 9", "starts_on": "2026-12-01", "ends_on": "2026-12-09",
        "pools-TOTAL_FORMS": 1, "pools-INITIAL_FORMS": 0, "pools-0-owner": "open", "pools-0-size": 5,
        field: day if field.endswith("_on") else f"{day}T00:00",
    }  # fmt: skip
    page = organiser_of(agency).post("/pelatihan/gelombang/baru/", data)
    assert page.status_code == 200
    assert field in page.context["form"].errors
    assert not Wave.objects.exists()


def test_more_rows_makes_a_longer_form_and_saves_nothing() -> None:
    agency = make_agency()
    data = {"name": "Gelombang 9", "pools-TOTAL_FORMS": 2, "pools-INITIAL_FORMS": 0, "pools-0-size": 5, "more": "1"}
    page = organiser_of(agency).post("/pelatihan/gelombang/baru/", data)
    assert len(page.context["formset"].forms) == 6
    assert "Gelombang 9" in page.content.decode()
    for hostile in ("99999999", "-1", "x", ""):
        assert (
            organiser_of(agency).post("/pelatihan/gelombang/baru/", {**data, "pools-TOTAL_FORMS": hostile}).status_code
            == 200
        )


def test_a_wave_of_another_agency_is_not_there() -> None:
    wave = make_wave(make_agency(), opened=False)
    stranger = organiser_of(make_agency("Dinas Lain"))
    base = f"/pelatihan/gelombang/{wave.code}/"
    for address in ("", "ubah/", "peserta/", "kelulusan/", "daftarkan/"):
        assert stranger.get(base + address).status_code == 404
    for address in ("langkah/buka/", "batal/", "sesi/", "kuota/", "kelulusan/putuskan/", "kelulusan/terbitkan/"):
        assert stranger.post(base + address, {"reason": "x"}).status_code == 404
    wave.refresh_from_db()
    assert wave.is_draft


def test_a_coordinator_sees_and_registers_only_their_own_people() -> None:
    agency, mine, other = make_agency(), make_agency("Dinas Saya"), make_agency("Dinas Lain")
    wave, own, foreign = make_wave(agency), make_person(mine, "Orang Kita"), make_person(other, "Orang Sana")
    client = client_of(make_user(Role.COORDINATOR, mine))
    page = client.get(f"/pelatihan/gelombang/{wave.code}/daftarkan/")
    assert "Orang Kita" in page.content.decode()
    assert "Orang Sana" not in page.content.decode()
    client.post(f"/pelatihan/gelombang/{wave.code}/daftarkan/", {"people": [own.code, foreign.code, "rubbish"]})
    assert [row.person for row in Registration.objects.all()] == [own]


def test_registering_the_same_person_twice_takes_one_seat() -> None:
    agency = make_agency()
    wave, person = make_wave(agency), make_person(agency)
    client = organiser_of(agency)
    for _again in range(2):
        client.post(f"/pelatihan/gelombang/{wave.code}/daftarkan/", {"people": [person.code]})
    assert Pool.objects.get().taken == 1


def test_self_registration_answers_the_same_for_an_unknown_nip_and_a_wrong_name() -> None:
    agency = make_agency()
    wave, person = make_wave(agency), make_person(agency, "Siti Aminah")
    address = f"/pelatihan/daftar/{wave.code}/"
    wrong_name = Client().post(address, {"nip": person.nip, "name": "Orang Lain"})
    unknown = Client().post(address, {"nip": "198001012010019999", "name": "Orang Lain"})
    assert wrong_name.context["form"].errors == unknown.context["form"].errors
    assert not Registration.objects.exists()
    right = Client().post(address, {"nip": person.nip, "name": "SITI AMINAH"})
    assert right.status_code == 302
    assert Registration.objects.get().is_seated


def test_a_number_that_is_too_short_is_said_at_once_and_stays() -> None:
    wave = make_wave(make_agency())
    page = Client().post(f"/pelatihan/daftar/{wave.code}/", {"nip": "198609262015051", "name": "Siti Aminah"})
    assert list(page.context["form"].errors) == ["nip"]
    assert 'value="198609262015051"' in page.content.decode()


def test_registering_again_by_nip_and_name_never_hands_out_the_first_page() -> None:
    agency = make_agency()
    wave, person = make_wave(agency), make_person(agency, "Siti Aminah")
    address = f"/pelatihan/daftar/{wave.code}/"
    data = {"nip": person.nip, "name": "Siti Aminah"}
    first = Client().post(address, data)["Location"]
    again = Client().post(address, data)
    assert again.status_code == 200
    assert first not in again.content.decode()


def test_guessing_names_for_an_nip_is_slowed_down() -> None:
    agency = make_agency()
    wave, person = make_wave(agency), make_person(agency, "Siti Aminah")
    address = f"/pelatihan/daftar/{wave.code}/"
    for _try in range(41):
        page = Client().post(address, {"nip": person.nip, "name": "Orang Lain"})
    texts = [str(error) for error in page.context["form"].non_field_errors()]
    assert texts
    assert "NIP" not in texts[0]
    # Else the limit would only take away the wrong answers.
    right = Client().post(address, {"nip": person.nip, "name": "Siti Aminah"})
    assert [str(error) for error in right.context["form"].non_field_errors()] == texts
    assert not Registration.objects.exists()


def test_those_who_are_on_the_roster_do_not_use_up_each_other_s_tries() -> None:
    agency = make_agency()
    wave = make_wave(agency, PoolSpec("Terbuka", 60))
    address = f"/pelatihan/daftar/{wave.code}/"
    for number in range(45):
        person = make_person(agency, nip=f"1980010120100110{number + 1:02d}")
        assert Client().post(address, {"nip": person.nip, "name": person.name}).status_code == 302


def test_behind_a_proxy_every_address_has_its_own_tries(settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    wave = make_wave(make_agency())
    address, wrong = f"/pelatihan/daftar/{wave.code}/", {"nip": "198001012010019999", "name": "Orang Lain"}
    for _try in range(41):
        page = Client().post(address, wrong, headers={"x-forwarded-for": "203.0.113.9"})
    blocked = [str(error) for error in page.context["form"].non_field_errors()]
    other = Client().post(address, wrong, headers={"x-forwarded-for": "203.0.113.10"})
    assert [str(error) for error in other.context["form"].non_field_errors()] != blocked


def test_a_private_page_opens_one_registration_signs_nobody_in_and_can_be_ended() -> None:
    agency = make_agency()
    registration = seat(make_wave(agency), make_person(agency, "Siti Aminah"))
    token = hand_out_page(registration=registration, actor=SYSTEM)
    client = Client()
    page = client.get(f"/pelatihan/kursi/{token}/")
    assert "Siti Aminah" in page.content.decode()
    assert registration.person.nip not in page.content.decode()
    assert "_auth_user_id" not in client.session
    assert client.get(f"/pelatihan/pendaftaran/{registration.code}/")["Location"].startswith("/akun/masuk/")
    hand_out_page(registration=registration, actor=SYSTEM)
    assert client.get(f"/pelatihan/kursi/{token}/").status_code == 404
    for rubbish in ("x", "x" * 5000, "%00"):
        assert client.get(f"/pelatihan/kursi/{rubbish}/").status_code == 404


def test_a_seat_is_given_back_by_post_only() -> None:
    agency = make_agency()
    registration = seat(make_wave(agency), make_person(agency))
    token = hand_out_page(registration=registration, actor=SYSTEM)
    client = Client()
    assert client.get(f"/pelatihan/kursi/{token}/undur/").status_code == 405
    assert client.post(f"/pelatihan/kursi/{token}/undur/", {"reason": "sakit"}).status_code == 200
    registration.claim.refresh_from_db()
    assert registration.claim.state == "released"


def test_the_holder_of_a_private_page_fetches_the_certificate() -> None:
    award = issue(held_wave(present=5))[0]
    registration = Registration.objects.get()
    token = hand_out_page(registration=registration, actor=SYSTEM)
    paper = Client().get(f"/pelatihan/kursi/{token}/sertifikat/")
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content[:5] == b"%PDF-"
    assert award.holder_name.lower().replace(" ", "-") in paper["Content-Disposition"]


def test_a_superior_sees_their_staff_s_training_but_not_the_pass() -> None:
    agency = make_agency()
    person, boss = make_person(agency), make_person(agency)
    user = make_user()
    boss.user = user
    boss.save()
    set_superior(person=person, superior=boss, version=person.version, actor=SYSTEM)
    registration = seat(make_wave(agency), person)
    client = client_of(user)
    assert person.name in client.get("/beranda/").content.decode()
    page = client.get(f"/pelatihan/pendaftaran/{registration.code}/")
    assert page.status_code == 200
    assert not page.context["shows_pass"]
    assert client.post(f"/pelatihan/pendaftaran/{registration.code}/undur/").status_code == 302
    registration.claim.refresh_from_db()
    assert registration.claim.state == "confirmed"


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_a_home_that_opens(role: Role) -> None:
    agency = make_agency()
    seat(make_wave(agency), make_person(agency))
    assert client_of(make_user(role, agency)).get("/beranda/").status_code == 200


def test_a_session_outside_the_days_of_the_wave_is_refused_with_what_was_typed() -> None:
    agency = make_agency()
    wave = make_wave(agency, sessions=1)
    data = {
        "title": "Susulan",
        "day": (clock.today() + timedelta(days=40)).isoformat(),
        "begins": "08:00",
        "ends": "10:00",
    }
    page = organiser_of(agency).post(f"/pelatihan/gelombang/{wave.code}/sesi/", data)
    assert page.status_code == 422
    assert "Susulan" in page.content.decode()
    assert Session.objects.count() == 1


def test_shrinking_a_quota_below_what_is_taken_is_refused() -> None:
    agency = make_agency()
    wave = make_wave(agency, PoolSpec("Terbuka", 2))
    seat(wave, make_person(agency))
    pool = Pool.objects.get()
    organiser_of(agency).post(f"/pelatihan/gelombang/{wave.code}/kuota/{pool.pk}/", {"size": 0})
    pool.refresh_from_db()
    assert pool.size == 2
    foreign = make_wave(make_agency("Lain")).offer.pools.get()
    assert (
        organiser_of(agency).post(f"/pelatihan/gelombang/{wave.code}/kuota/{foreign.pk}/", {"size": 9}).status_code
        == 404
    )
