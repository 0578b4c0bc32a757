"""At the door with an assignment letter, on no list: seated now, confirmed by the agency afterwards."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.notices.models import Notice
from enggang.people.domain.answering import ask_again, confirm_person, deny_person
from enggang.people.domain.employments import release_person
from enggang.people.domain.merging import merge_persons
from enggang.people.domain.persons import OnRecord
from enggang.people.domain.rosters import import_file
from enggang.people.models import Employment, Person
from enggang.people.queries.persons import to_confirm
from enggang.places.models import Organisation
from enggang.seats.domain.offers import PoolSpec
from enggang.seats.models import Claim
from enggang.training.domain.assignments import AgencyLetter
from enggang.training.domain.certificates import requests_for
from enggang.training.domain.desk import Guest, register_guest
from enggang.training.models import AssignmentLetter, Registration, Wave
from enggang.training.queries.readiness import readiness
from tests.people.factories import row, xlsx
from tests.training.factories import (
    SIGNING,
    client_of,
    make_actor,
    make_agency,
    make_person,
    make_user,
    make_wave,
    seat,
)
from tests.training.uploads import png

pytestmark = pytest.mark.django_db
LETTER = AgencyLetter("800/15/2026", date(2026, 5, 4), "", "", png())
NIP = "198001012010011007"


@pytest.fixture
def agency() -> Organisation:
    return make_agency()


@pytest.fixture
def regency() -> Organisation:
    """An agency of a regency, where the organiser serves in nothing."""
    return make_agency("Dinas Pariwisata Contoh", make_agency("Kabupaten Contoh"))


@pytest.fixture
def organiser(agency: Organisation) -> Client:
    return client_of(make_user(Role.ORGANISER, agency))


@pytest.fixture
def wave(agency: Organisation) -> Wave:
    return make_wave(agency)


def typed(regency: Organisation, **facts: str) -> dict[str, Any]:
    return {
        "name": "Siti Aminah, S.Sos", "nip": "", "phone": "0812 3456 7890", "agency": regency.code, "kind": "pns",
        "post": "Penyuluh", **facts,
    }  # fmt: skip


def with_letter(regency: Organisation, **facts: Any) -> dict[str, Any]:
    photo = SimpleUploadedFile("surat.png", png(), "image/png")
    letter = {"step": "letter", "letter_number": "800/15/2026", "dated": "2026-05-04", "file": photo}
    return {**typed(regency), **letter, **facts}


def page(client: Client, wave: Wave, data: dict[str, Any]) -> HttpResponse:
    answer = client.post(f"/pelatihan/gelombang/{wave.code}/di-meja/baru/", data)
    assert isinstance(answer, HttpResponse)
    return answer


def guest(regency: Organisation, name: str = "Siti Aminah", **facts: Any) -> Guest:
    values = {"kind": "pns", "nip": "", "phone": "081234567890", **facts}
    return Guest(organisation=regency, name=name, **values)


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Person, Employment, Claim, Registration, AssignmentLetter, Notice))


def test_somebody_whom_no_list_knows_is_seated_and_their_agency_asked(
    regency: Organisation, organiser: Client, wave: Wave
) -> None:
    coordinator = make_user(Role.COORDINATOR, regency)
    first = page(organiser, wave, typed(regency))
    assert first.status_code == 200
    assert b"letter_number" in first.content
    assert not Person.objects.exists()
    assert page(organiser, wave, with_letter(regency)).status_code == 302
    made = Registration.objects.get()
    work = made.person.employments.get()
    assert (made.is_seated, made.agency, made.source, made.letter_number) == (True, regency, "desk", "800/15/2026")
    assert (work.organisation, work.standing, made.person.nip_pending) == (regency, "asked", True)
    assert (made.person.phone, AssignmentLetter.objects.get().people.get().registration) == ("+6281234567890", made)
    notice = Notice.objects.get(user_id=coordinator.pk)
    assert "800/15/2026" in notice.text
    seen = client_of(coordinator)
    assert "Siti Aminah" in seen.get(f"/pegawai/{made.person.code}/").content.decode()
    assert "standing=asked" in seen.get("/beranda/").content.decode()
    assert "Siti Aminah" in seen.get("/pegawai/?standing=asked").content.decode()
    assert (
        client_of(make_user(Role.COORDINATOR, make_agency("Lain"))).get(f"/pegawai/{made.person.code}/").status_code
        == 404
    )


def test_with_no_seat_nothing_of_the_guest_is_kept(
    agency: Organisation, regency: Organisation, organiser: Client
) -> None:
    wave = make_wave(agency, PoolSpec("Terbuka", 1))
    seat(wave, make_person(agency))
    make_user(Role.COORDINATOR, regency)
    before = counts()
    answer = page(organiser, wave, with_letter(regency))
    assert answer.status_code == 422
    assert "Terbuka 1/1" in answer.content.decode()
    assert "800/15/2026" in answer.content.decode()
    assert counts() == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""}, {"name": "12345"}, {"name": "x" * 300}, {"nip": "1234"}, {"phone": ""}, {"phone": "12"},
        {"agency": "x"}, {"kind": "x"}, {"letter_number": " "}, {"dated": "kemarin"}, {"dated": "0001-01-01"}, {"file": ""},
    ],
)  # fmt: skip
def test_what_is_missing_or_wrong_is_said_and_what_was_typed_stays(
    regency: Organisation, organiser: Client, wave: Wave, wrong: dict[str, str]
) -> None:
    before = counts()
    answer = page(organiser, wave, with_letter(regency, post="Pranata Humas", **wrong))
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == set(wrong)  # type: ignore[attr-defined]
    assert "Pranata Humas" in answer.content.decode()
    assert counts() == before


def test_a_file_that_is_no_letter_is_refused(regency: Organisation, organiser: Client, wave: Wave) -> None:
    before = counts()
    wrong = SimpleUploadedFile("surat.png", b"<script>", "image/png")
    assert page(organiser, wave, with_letter(regency, file=wrong)).status_code == 422
    assert counts() == before


def test_an_nip_on_record_elsewhere_is_a_question_and_never_a_second_person(
    agency: Organisation, regency: Organisation, organiser: Client, wave: Wave
) -> None:
    known = make_person(agency, "Siti Aminah", nip=NIP)
    asked = page(organiser, wave, typed(regency, nip=NIP))
    assert f'value="{known.code}"' in asked.content.decode()
    for wrong in ("", "-", "x", make_person(agency).code):
        assert page(organiser, wave, with_letter(regency, nip=NIP, same=wrong)).status_code == 422
    assert not Registration.objects.exists()
    assert page(organiser, wave, with_letter(regency, nip=NIP, same=known.code)).status_code == 302
    made = Registration.objects.get()
    assert (made.person, made.agency) == (known, agency)
    assert not to_confirm([known.pk])
    with pytest.raises(OnRecord):
        register_guest(
            wave=wave, guest=guest(regency, nip=NIP, known=[known.code]), agency=regency, letter=LETTER, actor=SYSTEM
        )


def test_the_same_name_is_a_question_that_may_be_answered_with_nobody_of_these(
    agency: Organisation, regency: Organisation, organiser: Client, wave: Wave
) -> None:
    other = make_person(agency, "Siti Aminah")
    assert page(organiser, wave, with_letter(regency)).status_code == 422
    assert page(organiser, wave, with_letter(regency, same="-")).status_code == 302
    assert Registration.objects.get().person != other
    with pytest.raises(OnRecord):
        register_guest(wave=wave, guest=guest(regency), agency=regency, letter=LETTER, actor=SYSTEM)


def test_somebody_on_record_without_an_agency_is_seated_for_the_letters_agency(
    agency: Organisation, regency: Organisation, wave: Wave
) -> None:
    person = make_person(agency)
    release_person(person=person, version=person.version, actor=SYSTEM)
    made = register_guest(wave=wave, guest=person, agency=regency, letter=LETTER, actor=SYSTEM)
    assert (made.agency, to_confirm([person.pk])) == (regency, {person.pk})


def test_only_the_waves_organiser_seats_a_guest(agency: Organisation, regency: Organisation, wave: Wave) -> None:
    before = counts()
    for actor in (make_actor(Role.COORDINATOR, regency), make_actor(Role.ORGANISER, regency)):
        with pytest.raises(NotAllowed):
            register_guest(wave=wave, guest=guest(regency), agency=regency, letter=LETTER, actor=actor)
    assert counts() == before


def test_the_agency_answers_and_the_organiser_is_told(agency: Organisation, regency: Organisation, wave: Wave) -> None:
    user = make_user(Role.ORGANISER, agency)
    coordinator = client_of(make_user(Role.COORDINATOR, regency))
    made = register_guest(wave=wave, guest=guest(regency, nip=NIP), agency=regency, letter=LETTER, actor=SYSTEM)
    assert readiness(made).unconfirmed
    with pytest.raises(Conflict, match="confirmed|mengonfirmasi"):
        requests_for(wave, [made], SIGNING)
    assert coordinator.post(f"/pegawai/{made.person.code}/bukan/", {"reason": " "}).status_code == 302
    assert made.person.employments.get().standing == "asked"
    coordinator.post(f"/pegawai/{made.person.code}/bukan/", {"reason": "Sudah pindah tahun lalu"})
    work = made.person.employments.get()
    assert (work.standing, work.ends_on) == ("denied", clock.today())
    assert "Sudah pindah tahun lalu" in Notice.objects.filter(user_id=user.pk).latest("pk").text
    assert readiness(made).unconfirmed
    coordinator.post(f"/pegawai/{made.person.code}/tanya-lagi/")
    work.refresh_from_db()
    assert (work.standing, work.ends_on) == ("asked", None)
    coordinator.post(f"/pegawai/{made.person.code}/benar/")
    assert not readiness(made).unconfirmed
    assert requests_for(wave, [made], SIGNING)
    assert Notice.objects.filter(user_id=user.pk).count() == 2
    again = coordinator.post(f"/pegawai/{made.person.code}/benar/", follow=True)
    assert [str(each) for each in again.context["messages"]]
    assert Notice.objects.filter(user_id=user.pk).count() == 2


def test_nobody_else_answers_for_an_agency_and_nobody_twice(
    agency: Organisation, regency: Organisation, wave: Wave
) -> None:
    made = register_guest(wave=wave, guest=guest(regency), agency=regency, letter=LETTER, actor=SYSTEM)
    work = made.person.employments.select_related("organisation", "person__subject").get()
    with pytest.raises(NotAllowed):
        confirm_person(employment=work, actor=make_actor(Role.COORDINATOR, agency))
    with pytest.raises(Conflict):
        ask_again(employment=work, actor=SYSTEM)
    deny_person(employment=work, reason="Bukan pegawai kami", actor=SYSTEM)
    with pytest.raises(Conflict):
        confirm_person(employment=work, actor=SYSTEM)
    with pytest.raises(Conflict):
        deny_person(employment=work, reason="Lagi", actor=SYSTEM)


def test_a_guest_who_was_on_the_list_after_all_is_brought_together_and_asks_no_more(
    regency: Organisation, wave: Wave
) -> None:
    made = register_guest(wave=wave, guest=guest(regency), agency=regency, letter=LETTER, actor=SYSTEM)
    known = make_person(regency, "Siti Aminah binti Contoh", nip=NIP)
    merge_persons(kept=known, gone=made.person, actor=make_actor(Role.COORDINATOR, regency))
    made.refresh_from_db()
    assert (made.person, to_confirm([known.pk])) == (known, set())


def test_the_public_page_says_who_can_add_somebody(wave: Wave, client: Client) -> None:
    text = client.get(f"/pelatihan/daftar/{wave.code}/").content.decode()
    told = [part.split("</details>")[0] for part in text.split("<details>")[1:]]
    assert str(wave.organisation) in told[0]


def test_a_list_of_the_agency_that_names_the_guest_confirms_them(regency: Organisation, wave: Wave) -> None:
    made = register_guest(wave=wave, guest=guest(regency, nip=NIP), agency=regency, letter=LETTER, actor=SYSTEM)
    other = register_guest(
        wave=wave,
        guest=guest(regency, "Budi Santoso", phone="081299998888"),
        agency=regency,
        letter=LETTER,
        actor=SYSTEM,
    )
    content = xlsx(row(made.person.name, NIP))
    import_file(organisation=regency, content=content, name="daftar.xlsx", actor=SYSTEM)
    assert to_confirm([made.person_id, other.person_id]) == {other.person_id}
    assert made.person.employments.get().standing == ""
