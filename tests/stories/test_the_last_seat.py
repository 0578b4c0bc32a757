"""The last seat, taken by a coordinator and a participant in the same second: one has it, the other reads why and where they stand."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from enggang.access.enums import Role
from enggang.core.actor import SYSTEM
from enggang.people.domain.persons import add_person
from enggang.places.models import Organisation
from enggang.seats.domain.offers import PoolSpec
from enggang.seats.models import Pool
from enggang.training.models import Registration
from tests.stories.conftest import Picture, Visit
from tests.stories.people import account, participant_account, settle_the_province, sign_in
from tests.training.factories import make_wave

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_last_seat_goes_to_one_and_the_other_is_told_where_they_stand(
    visit: Visit, live_server: LiveServer, picture: Picture, settings: Settings
) -> None:
    settings.PUBLIC_URL = live_server.url
    settle_the_province()
    office = Organisation.objects.get(key="kalbar/sambas/disporapar")
    wave = make_wave(Organisation.objects.get(key="kalbar/disporapar"), PoolSpec("Terbuka", 1))
    sent, self_registered = (
        add_person(organisation=office, name=name, nip=nip, actor=SYSTEM)
        for name, nip in (("Petrus Anyim", "199001012014011902"), ("Utin Mahrita", "197803042005012903"))
    )
    account(
        "Koordinator Sambas", "coordinator@contoh.id", Role.COORDINATOR, Organisation.objects.get(key="kalbar/sambas")
    )
    participant_account(self_registered, "utin@contoh.id")

    coordinator, participant = visit(), visit(width=360)
    sign_in(coordinator, "coordinator@contoh.id")
    sign_in(participant, "utin@contoh.id")
    coordinator.goto(f"/pelatihan/gelombang/{wave.code}/daftarkan/")
    coordinator.check(f"#p-{sent.code}")
    participant.goto(f"/pelatihan/gelombang/{wave.code}/")
    in_the_same_second(coordinator, participant, live_server)

    coordinator.wait_for_load_state()
    participant.wait_for_load_state()
    pool = Pool.objects.get()
    assert (pool.taken, pool.size) == (1, 1)
    winner = Registration.objects.get(claim__state="confirmed").person
    loser = sent if winner == self_registered else self_registered
    if loser == self_registered:
        expect(participant.locator("main .alert--warn").first).to_be_visible()
        assert "1" in participant.inner_text("main .alert--warn >> nth=-1")
    else:
        expect(coordinator.locator(".line .badge--warn")).to_have_count(1)
        assert loser.name in coordinator.inner_text(".messages")
        coordinator.goto(f"/pelatihan/pendaftaran/{Registration.objects.get(person=loser).code}/")
        assert "1" in coordinator.inner_text("main .alert--warn")
    picture(participant, "last-seat-participant")
    picture(coordinator, "last-seat-coordinator")


def in_the_same_second(coordinator: Page, participant: Page, live_server: LiveServer) -> None:
    """Both forms leave the two browsers together: each page waits for the same moment of its own clock."""
    moment = "Date.now() + 700"
    at = coordinator.evaluate(moment)
    script = "([selector, at]) => setTimeout(() => document.querySelector(selector).click(), at - Date.now())"
    with participant.expect_navigation(), coordinator.expect_navigation():
        coordinator.evaluate(script, ["main form[method=post] .form__actions button.btn--primary", at])
        participant.evaluate(script, ["form[action$='/saya-ikut/'] button", at])
