"""A minor is let in when their guardian says so: on their own phone, coming along, or on paper; never by the child's tick."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from enggang.access.enums import LinkScope, Role
from enggang.core.actor import ANONYMOUS, SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.events.domain import consents as acts
from enggang.events.domain.bookings import reduce_booking
from enggang.events.enums import ConsentState
from enggang.events.models import Booking, GuardianConsent, Slot
from enggang.events.queries.admission import admission_of
from enggang.places.models import Organisation
from tests.events.visiting import again, booked_with_token, family, holder, make_open_slot
from tests.training.factories import client_of, make_agency, make_user

pytestmark = pytest.mark.django_db
GUARDIAN: dict[str, Any] = {"name": "Contoh Ibu", "phone": "0813 1111 2222"}


@pytest.fixture(autouse=True)
def no_counts() -> None:
    cache.clear()


@pytest.fixture
def agency() -> Organisation:
    return make_agency()


@pytest.fixture
def slot(agency: Organisation) -> Slot:
    return make_open_slot(agency, consent=True)


@pytest.fixture
def client() -> Client:
    found = Client()
    found.cookies["django_language"] = "en"
    return found


def children(slot: Slot) -> tuple[Booking, str]:
    """Two who are registered without an adult."""
    return booked_with_token(slot, guests=family("youth", "child"))


def asked(slot: Slot) -> tuple[Booking, GuardianConsent, str]:
    booking, token = children(slot)
    consent, key = acts.ask_guardian(booking=booking, actor=holder(token), **GUARDIAN)
    return again(booking), consent, key


def test_without_consent_the_ticket_is_not_good_and_says_so(slot: Slot) -> None:
    booking, _token = children(slot)
    assert "consent is missing for 2 minors" in admission_of(booking).refusal


def test_the_guardian_answers_on_their_own_phone_and_takes_it_back(client: Client, slot: Slot) -> None:
    booking, _consent, key = asked(slot)
    address = reverse("events:guardian", args=[key])
    page = client.get(address).content.decode()
    assert "Contoh 1" in page
    client.post(address, {"name": "Ibu Ani", "relation": "Ibu", "jawaban": "ya"})
    found = admission_of(again(booking))
    assert (found.is_good, found.guardians) == (True, ["Ibu Ani"])
    client.post(address, {"name": "Ibu Ani", "jawaban": "tarik"})
    assert not admission_of(again(booking)).is_good
    client.post(address, {"name": "Ibu Ani", "relation": "Ibu", "jawaban": "ya"})
    assert admission_of(again(booking)).is_good


def test_what_a_guardian_has_to_tell_is_not_called_optional(client: Client, slot: Slot) -> None:
    _booking, _consent, key = asked(slot)
    address = reverse("events:guardian", args=[key])
    assert "(optional)" not in client.get(address).content.decode()
    answer = client.post(address, {"name": "Ibu Ani", "relation": "", "jawaban": "ya"})
    assert answer.status_code == 422


def test_a_guardian_may_say_no(client: Client, slot: Slot) -> None:
    booking, consent, key = asked(slot)
    client.post(reverse("events:guardian", args=[key]), {"name": "Ibu", "jawaban": "tidak"})
    consent.refresh_from_db()
    assert consent.state == ConsentState.REFUSED
    assert not admission_of(again(booking)).is_good


def test_not_on_the_phone_that_opened_the_ticket(client: Client, slot: Slot) -> None:
    booking, token = children(slot)
    client.get(reverse("events:ticket", args=[token]))
    page = client.post(reverse("events:guardian_ask", args=[token]), GUARDIAN).content.decode()
    assert "6281311112222" in page  # to the guardian's own number
    found = re.search(r"acara/w/([\w-]+)", unquote(page))
    assert found is not None
    key = found[1]
    answer = client.post(reverse("events:guardian", args=[key]), {"name": "Ibu", "relation": "Ibu", "jawaban": "ya"})
    assert answer.status_code == 422
    assert not admission_of(again(booking)).is_good


@pytest.mark.parametrize("phone", ["081234567890", "+62 812 3456 7890", "bukan", ""])
def test_not_the_childs_own_number(slot: Slot, phone: str) -> None:
    booking, token = children(slot)
    with pytest.raises(Conflict):
        acts.ask_guardian(booking=booking, name="Ibu", phone=phone, actor=holder(token))


def test_an_adult_who_comes_along_consents_and_without_one_nobody_does(slot: Slot) -> None:
    alone, token = children(slot)
    with pytest.raises(Conflict, match="Only minors"):
        acts.consent_present(booking=alone, name="Ibu", relation="Ibu", actor=holder(token))
    booking, token = booked_with_token(slot, guests=family("adult", "child", "infant"))
    with pytest.raises(Conflict, match="Say what you are"):
        acts.consent_present(booking=booking, name="Ibu", relation=" ", actor=holder(token))
    consent = acts.consent_present(booking=booking, name="Ibu Ani", relation="Ibu", actor=holder(token))
    assert admission_of(again(booking)).is_good
    acts.withdraw_consent(consent=consent, actor=holder(token))
    assert not admission_of(again(booking)).is_good


def test_when_the_guardian_stays_at_home_after_all_the_children_need_another(slot: Slot) -> None:
    booking, token = booked_with_token(slot, guests=family("adult", "child"))
    acts.consent_present(booking=booking, name="Ibu", relation="Ibu", actor=holder(token))
    child = booking.guests.get(age="child")
    reduce_booking(booking=booking, quantity=1, staying=[child.pk], actor=holder(token))
    assert not admission_of(again(booking)).is_good


def test_a_signed_paper_is_kept_by_staff_alone(agency: Organisation, slot: Slot) -> None:
    booking, token = children(slot)
    paper: dict[str, Any] = {"name": "Bapak", "content": b"%PDF-1.7", "filename": "surat.exe"}
    with pytest.raises(NotAllowed):
        acts.keep_signed_consent(booking=booking, actor=holder(token), **paper)
    with pytest.raises(Conflict):
        acts.keep_signed_consent(booking=booking, actor=SYSTEM, **{**paper, "content": b"MZ"})
    consent = acts.keep_signed_consent(booking=booking, actor=SYSTEM, **paper)
    assert admission_of(again(booking)).is_good
    staff = client_of(make_user(Role.ORGANISER, agency))
    answer = staff.get(reverse("events:consent_file", args=[booking.code, consent.pk]))
    assert answer.content == b"%PDF-1.7"
    stranger = client_of(make_user(Role.ORGANISER, make_agency("Lain")))
    assert stranger.get(reverse("events:consent_file", args=[booking.code, consent.pk])).status_code == 404


def test_nobody_else_answers(slot: Slot) -> None:
    _booking, consent, key = asked(slot)
    _other, token = children(slot)
    for actor in (ANONYMOUS, SYSTEM, holder(token)):
        with pytest.raises(NotAllowed):
            acts.answer_guardian(consent=consent, agrees=True, relation="Ibu", actor=actor)
    assert holder(key, LinkScope.GUARDIAN).may_by_link(LinkScope.GUARDIAN, consent.code)


def test_a_part_without_the_rule_asks_nobody(agency: Organisation) -> None:
    booking, token = booked_with_token(make_open_slot(make_agency("B")), people=2)
    assert admission_of(booking).is_good
    with pytest.raises(Conflict):
        acts.ask_guardian(booking=booking, actor=holder(token), **GUARDIAN)
