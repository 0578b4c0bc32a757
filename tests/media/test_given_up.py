"""A file whose work was given up says so, and is looked at once more when somebody asks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enggang.access.enums import Role
from enggang.core import clock, jobs
from enggang.core.actor import Actor, load_user
from enggang.core.acts import Conflict, NotAllowed
from enggang.core.models import Job
from enggang.media.domain.handing_over import hand_over, look_again
from enggang.media.domain.intakes import open_intake
from enggang.media.enums import DeliveryState
from enggang.media.models import Asset, Delivery
from enggang.media.workshop.bench import workbench
from enggang.places.models import Organisation
from tests.media.factories import arrived, photo
from tests.media.test_intakes import send
from tests.places.factories import actor as make_actor
from tests.places.factories import browser, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> tuple[Client, Organisation, Actor]:
    owner = organisation()
    client = browser((Role.ORGANISER, owner))
    client.cookies["django_language"] = "en"
    return client, owner, load_user(int(client.session["_auth_user_id"]))


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The workshop falls over in a way that nobody has thought of."""

    def fail(*_args: Any, **_values: Any) -> Any:
        raise RuntimeError("out of order")

    monkeypatch.setattr(workbench, "ask", fail)
    return monkeypatch


def bring(home: Organisation, actor: Actor, seed: int = 0) -> Delivery:
    upload = arrived(home, actor, photo(seed=seed), f"foto-{seed}.jpg")
    return hand_over(organisation=home, uploads=[upload.code], actor=actor)[0]


def test_it_says_so_and_is_taken_in_when_asked_again(
    desk: tuple[Client, Organisation, Actor], broken: pytest.MonkeyPatch
) -> None:
    client, home, actor = desk
    delivery = bring(home, actor)
    page = client.get(reverse("media:uploads")).content.decode()
    assert "Being looked at" in page
    again = reverse("media:look_again", args=[delivery.code])
    assert again not in page
    jobs.run_pending()
    page = client.get(reverse("media:uploads")).content.decode()
    assert "Could not be looked at" in page
    assert "Being looked at" not in page
    assert again in page
    broken.undo()
    assert client.post(again).status_code == 302
    jobs.run_pending()
    assert Delivery.objects.get().state == DeliveryState.KEPT
    assert Asset.objects.exists()
    assert not Job.objects.poisoned().exists()
    with pytest.raises(Conflict):  # pressed twice
        look_again(delivery=Delivery.objects.get(), actor=actor)


def test_by_a_private_address_too(broken: pytest.MonkeyPatch) -> None:
    owner = organisation()
    keeper = make_actor((Role.ORGANISER, owner))
    last = clock.today() + timedelta(days=3)
    _intake, token = open_intake(organisation=owner, author_name="Yohanes", last_day=last, actor=keeper)
    client = Client()
    address = reverse("media:intake", args=[token])
    code = send(client, client.get(address).content.decode(), photo())
    client.post(reverse("media:intake_hand_over", args=[token]), {"upload": code})
    jobs.run_pending()
    delivery = Delivery.objects.get()
    again = reverse("media:intake_look_again", args=[token, delivery.code])
    assert again in client.get(address).content.decode()
    broken.undo()
    assert client.post(reverse("media:intake_look_again", args=["x" * 30, delivery.code])).status_code == 404
    assert client.post(again).status_code == 302
    jobs.run_pending()
    assert Delivery.objects.get().state == DeliveryState.KEPT


def test_only_whoever_brought_it_and_the_keepers(
    desk: tuple[Client, Organisation, Actor], broken: pytest.MonkeyPatch
) -> None:
    _client, home, actor = desk
    delivery = bring(home, actor)
    with pytest.raises(Conflict):  # it still waits for its turn
        look_again(delivery=delivery, actor=actor)
    jobs.run_pending()
    address = reverse("media:look_again", args=[delivery.code])
    assert browser((Role.ORGANISER, organisation("Lain"))).post(address).status_code == 404
    with pytest.raises(NotAllowed):
        look_again(delivery=delivery, actor=make_actor((Role.PARTICIPANT, home)))
    assert browser((Role.ORGANISER, home)).post(address).status_code == 302
    assert Job.objects.get(name="media.ingest_delivery").state == "queued"


@pytest.mark.usefixtures("broken")
def test_one_question_for_any_number(desk: tuple[Client, Organisation, Actor]) -> None:
    client, home, actor = desk
    counts = []
    for number in (1, 3):
        while Delivery.objects.count() < number:
            bring(home, actor, seed=Delivery.objects.count())
        jobs.run_pending()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(reverse("media:uploads")).content.decode().count("Could not be looked at") == number
        counts.append(len(asked))
    assert counts[0] == counts[1]
