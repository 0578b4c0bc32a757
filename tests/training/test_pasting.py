"""Registering from a pasted list: each line judged, the good ones in one go, the others kept with their reason."""

from __future__ import annotations

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from enggang.access.enums import Role
from enggang.core.actor import SYSTEM
from enggang.places.models import Organisation
from enggang.seats.domain.offers import PoolSpec
from enggang.seats.models import Pool
from enggang.training.domain.registrations import withdraw
from enggang.training.models import Registration, Wave
from tests.training.factories import client_of, make_agency, make_person, make_user, make_wave, seat

pytestmark = pytest.mark.django_db


def coordinator_of(agency: Organisation) -> Client:
    return client_of(make_user(Role.COORDINATOR, agency))


def paste(client: Client, wave: Wave, *lines: str, do: str = "check") -> HttpResponse:
    return client.post(f"/pelatihan/gelombang/{wave.code}/daftarkan/tempel/", {"lines": "\n".join(lines), "do": do})  # type: ignore[return-value]


def kinds(answer: HttpResponse) -> dict[int, str]:
    context = answer.context  # type: ignore[attr-defined]
    return {
        line.pasted.number: str(line.kind) for part in ("good", "bad", "seated", "waiting") for line in context[part]
    }


def left(answer: HttpResponse) -> str:
    return str(answer.context["form"]["lines"].value())  # type: ignore[attr-defined]


def test_every_line_is_judged_and_nothing_is_written_before_it_is_asked() -> None:
    agency, other = make_agency(), make_agency("Dinas Lain")
    wave = make_wave(agency, PoolSpec("Terbuka", 9))
    mine, registered, busy = (make_person(agency) for _ in range(3))
    stranger = make_person(other)
    seat(wave, registered)
    seat(make_wave(agency, PoolSpec("Terbuka", 9), programme=wave.programme, name="Gelombang lain"), busy)
    lines = [
        f"1. {mine.name} {mine.nip}", "1,98001E+17", "123456", "Nurul Aminah", "198001012010011999 Siapa Saja",
        stranger.nip, registered.nip, busy.nip, mine.nip,
    ]  # fmt: skip
    answer = paste(coordinator_of(agency), wave, *lines)
    assert kinds(answer) == {
        1: "ready", 2: "lost", 3: "not_nip", 4: "not_nip", 5: "unknown",
        6: "elsewhere", 7: "registered", 8: "clash", 9: "twice",
    }  # fmt: skip
    page = answer.content.decode()
    assert "Dinas Lain" in page
    assert stranger.name not in page
    assert left(answer) == "\n".join(lines)
    assert Registration.objects.filter(wave=wave).count() == 1


def test_the_good_ones_are_registered_by_quota_and_the_others_stay_in_the_box() -> None:
    agency = make_agency()
    wave = make_wave(agency, PoolSpec("Terbuka", 2))
    staff = [make_person(agency) for _ in range(3)]
    lines = [staff[0].nip, "rusak 12345", *(f"{each.name}\t{each.nip}" for each in staff[1:])]
    answer = paste(coordinator_of(agency), wave, *lines, do="register")
    assert kinds(answer) == {1: "seated", 2: "not_nip", 3: "seated", 4: "waiting"}
    assert left(answer) == "rusak 12345"
    assert Pool.objects.get(offer=wave.offer).taken == 2
    again = paste(coordinator_of(agency), wave, *lines, do="register")  # the button pressed twice
    assert set(kinds(again).values()) == {"registered", "not_nip"}
    assert Registration.objects.count() == 3


def test_a_withdrawn_person_can_be_pasted_again() -> None:
    agency = make_agency()
    wave, person = make_wave(agency, PoolSpec("Terbuka", 2)), make_person(agency)
    withdraw(registration=seat(wave, person), actor=SYSTEM)
    assert kinds(paste(coordinator_of(agency), wave, person.nip, do="register")) == {1: "seated"}


def test_an_nip_beside_somebody_else_s_name_is_a_question() -> None:
    agency = make_agency()
    wave, person = make_wave(agency), make_person(agency, "Dayang Kumala")
    answer = paste(coordinator_of(agency), wave, f"Petrus Anyim {person.nip}", do="register")
    assert kinds(answer) == {1: "other_name"}
    assert not Registration.objects.exists()


def test_a_wave_that_is_not_open_refuses_each_line_and_keeps_the_list() -> None:
    agency = make_agency()
    wave, person = make_wave(agency, opened=False), make_person(agency)
    answer = paste(client_of(make_user(Role.ORGANISER, agency)), wave, person.nip, do="register")
    assert kinds(answer) == {1: "refused"}
    assert left(answer) == person.nip


@pytest.mark.parametrize("text", ["", "   \n ", "\n".join(["198001012010011001"] * 501), "9" * 100_001])
def test_an_empty_or_endless_list_is_refused_and_kept(text: str) -> None:
    agency = make_agency()
    answer = paste(coordinator_of(agency), make_wave(agency), text, do="register")
    assert answer.status_code == 422
    assert left(answer) == text


def test_an_organiser_may_paste_anybody_s_people_and_a_stranger_finds_no_page() -> None:
    agency, other = make_agency(), make_agency("Dinas Lain")
    wave, person = make_wave(agency), make_person(other)
    assert kinds(paste(client_of(make_user(Role.ORGANISER, agency)), wave, person.nip)) == {1: "ready"}
    assert paste(client_of(make_user(Role.PARTICIPANT, agency)), wave, person.nip).status_code == 404


def test_thirty_lines_are_judged_with_the_questions_of_one() -> None:
    agency = make_agency()
    wave, client = make_wave(agency, PoolSpec("Terbuka", 90)), coordinator_of(agency)
    nips = [make_person(agency).nip for _ in range(30)]
    paste(client, wave, nips[0])

    def asked(*lines: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert len(kinds(paste(client, wave, *lines))) == len(lines)
        return len(seen)

    assert asked(nips[0]) == asked(*nips)
