"""The NIP completed on the private page, without an account."""

from __future__ import annotations

import pytest
from django.test import Client

from enggang.core.actor import SYSTEM
from enggang.people.models import Person
from enggang.training.domain.registrations import hand_out_page
from tests.training.factories import make_agency, make_person, make_wave, seat

pytestmark = pytest.mark.django_db
NIP = "198609262015051001"


def pending() -> tuple[Person, str]:
    agency = make_agency()
    person = make_person(agency, "Siti Aminah")
    Person.objects.filter(pk=person.pk).update(nip="", nip_pending=True)
    token = hand_out_page(registration=seat(make_wave(agency), Person.objects.get(pk=person.pk)), actor=SYSTEM)
    return person, f"/pelatihan/kursi/{token}/"


def test_a_person_without_account_completes_the_nip_on_their_page() -> None:
    person, page = pending()
    client = Client()
    assert 'id="nip"' in client.get(page).content.decode()
    assert client.post(f"{page}nip/", {"nip": "19860926 201505 1 001"}).status_code == 302
    person.refresh_from_db()
    assert (person.nip, person.nip_pending) == (NIP, False)
    assert 'id="nip"' not in client.get(page).content.decode()
    client.post(f"{page}nip/", {"nip": "199001012020122002"})  # a second time is refused
    person.refresh_from_db()
    assert person.nip == NIP


@pytest.mark.parametrize("nip", ["", "123", "9" * 4_000, "1,98E+17", "198609262015051000", "=1+1"])
def test_a_number_that_is_no_nip_stays_in_its_field_with_the_reason(nip: str) -> None:
    person, page = pending()
    answer = Client().post(f"{page}nip/", {"nip": nip})
    assert answer.status_code == 422
    assert answer.context["nip_form"].errors["nip"]
    assert answer.context["nip_form"]["nip"].value() == nip
    person.refresh_from_db()
    assert person.nip_pending


def test_another_person_s_nip_is_refused_and_attempts_are_counted() -> None:
    person, page = pending()
    make_person(make_agency("Lain"), "Budi Santoso", nip=NIP)
    client = Client()
    answers = [client.post(f"{page}nip/", {"nip": NIP}).status_code for _ in range(11)]
    assert answers == [422] * 10 + [302]
    person.refresh_from_db()
    assert person.nip == ""
    assert client.post("/pelatihan/kursi/tidak-ada/nip/", {"nip": NIP}).status_code == 404
