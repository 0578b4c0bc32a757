"""Private addresses for contributors without an account."""

from __future__ import annotations

import base64
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from enggang.access.enums import Role
from enggang.core import clock, jobs
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.media.domain.contests import keep_contest, leave_contest, move_contest
from enggang.media.domain.intakes import close_intake, open_intake
from enggang.media.enums_words import ContestState
from enggang.media.models import Asset, Delivery, Entry, Intake
from enggang.places.models import Organisation
from tests.media.factories import photo
from tests.places.factories import actor as make_actor
from tests.places.factories import browser, organisation

pytestmark = pytest.mark.django_db
TUS = {"Tus-Resumable": "1.0.0"}


@pytest.fixture
def owner() -> Organisation:
    return organisation()


def address(owner: Organisation) -> tuple[Intake, str]:
    actor = make_actor((Role.ORGANISER, owner))
    intake, token = open_intake(
        organisation=owner, author_name="Yohanes", last_day=clock.today() + timedelta(days=3), actor=actor
    )
    return intake, token


def send(client: Client, page: str, content: bytes) -> str:
    """As the page's script does: create, send in two pieces, answer the code."""
    url = re.search(r'data-upload="([^"]+)"', page)
    assert url
    meta = "filename " + base64.b64encode(b"pasar.jpg").decode()
    begun = client.post(url[1], headers={**TUS, "Upload-Length": str(len(content)), "Upload-Metadata": meta})
    for start in (0, 1000):
        body = content[start : 1000 if start == 0 else None]
        sent = client.patch(
            begun["Location"], body, content_type="application/offset+octet-stream",
            headers={**TUS, "Upload-Offset": str(start)},
        )  # fmt: skip
        assert sent.status_code == 204
    return str(begun["Location"].split("/")[-2])


def test_a_photographer_without_an_account_brings_a_photo(owner: Organisation) -> None:
    intake, token = address(owner)
    client = Client()
    page = client.get(reverse("media:intake", args=[token])).content.decode()
    assert "Yohanes" in page
    code = send(client, page, photo())
    answer = client.post(
        reverse("media:intake_hand_over", args=[token]), {"upload": code}, headers={"Accept": "application/json"}
    )
    assert answer.json() == {"taken": 1}
    jobs.run_pending()
    asset = Asset.objects.get()
    assert (asset.author, asset.author_name, asset.organisation) == (None, "Yohanes", owner)
    assert Delivery.objects.get().intake == intake
    assert "pasar.jpg" in client.get(reverse("media:intake", args=[token])).content.decode()
    again = client.post(
        reverse("media:intake_hand_over", args=[token]), {"upload": code}, headers={"Accept": "application/json"}
    )
    assert (again.status_code, again.json(), Asset.objects.count()) == (200, {"taken": 1}, 1)  # once, whatever is lost


def test_the_address_opens_nothing_else(owner: Organisation) -> None:
    _intake, token = address(owner)
    other, other_token = address(organisation("Elsewhere"))
    client = Client()
    code = send(client, client.get(reverse("media:intake", args=[token])).content.decode(), photo())
    stolen = client.post(
        reverse("media:intake_hand_over", args=[other_token]), {"upload": code}, headers={"Accept": "application/json"}
    )
    assert (stolen.status_code, other.deliveries.count()) == (409, 0)
    assert client.get(reverse("media:list")).status_code == 302
    assert client.get(reverse("media:intake", args=["x" * 32])).status_code == 404


def test_it_ends_on_its_day_and_when_it_is_ended(owner: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    intake, token = address(owner)
    _second, late = address(owner)
    client, page = Client(), reverse("media:intake", args=[token])
    close_intake(intake=intake, actor=make_actor((Role.ORGANISER, owner), name="Second"))
    assert client.get(page).status_code == 404
    assert client.post(reverse("media:intake_hand_over", args=[token])).status_code == 404
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=5))
    assert client.get(reverse("media:intake", args=[late])).status_code == 404


def test_keepers_make_and_end_addresses(owner: Organisation) -> None:
    client = browser((Role.ORGANISER, owner))
    said = {"author_name": "Yohanes", "note": "Pasar", "last_day": str(clock.today() + timedelta(days=2))}
    page = client.post(reverse("media:intake_new"), said).content.decode()
    assert "/pustaka-media/kirim/" in page
    intake = Intake.objects.get()
    assert intake.is_open
    assert "Yohanes" in client.get(reverse("media:intakes")).content.decode()
    for wrong in ({"last_day": "2020-01-01"}, {"last_day": "x"}, {"author_name": ""}, {"last_day": "2190-01-01"}):
        assert client.post(reverse("media:intake_new"), {**said, **wrong}).status_code == 422
    stranger = browser((Role.ORGANISER, organisation("Elsewhere")), name="Stranger")
    assert stranger.post(reverse("media:intake_close", args=[intake.code])).status_code == 404
    client.post(reverse("media:intake_close", args=[intake.code]))
    intake.refresh_from_db()
    assert not intake.is_open


def test_no_address_without_end(owner: Organisation) -> None:
    actor = make_actor((Role.ORGANISER, owner))
    for days in (-1, 181):
        with pytest.raises(Conflict):
            open_intake(organisation=owner, author_name="A", last_day=clock.today() + timedelta(days=days), actor=actor)
    assert not Intake.objects.exists()


def test_what_came_by_the_address_is_entered_in_an_open_call_and_taken_out(owner: Organisation) -> None:
    _intake, token = address(owner)
    other_intake, other_token = address(owner)
    client, page = Client(), reverse("media:intake", args=[token])
    today = clock.today(owner.time_zone)
    facts: dict[str, Any] = {
        "opens_on": today,
        "closes_on": today,
        "most_entries": 1,
        "criteria": [("Cahaya", 1)],
        "actor": SYSTEM,
    }
    call, shut = (keep_contest(organisation=owner, title=title, **facts) for title in ("Lomba Sungai", "Lomba Tutup"))
    move_contest(contest=call, to=ContestState.OPEN, actor=SYSTEM)
    code = send(client, client.get(page).content.decode(), photo())
    client.post(reverse("media:intake_hand_over", args=[token]), {"upload": code})
    jobs.run_pending()
    assert "Lomba Sungai" in client.get(page).content.decode()
    assert "Lomba Tutup" not in client.get(page).content.decode()
    asset = Asset.objects.get()
    work = {"karya": asset.code}
    enter = reverse("media:intake_enter", args=[token, call.code])
    assert client.post(reverse("media:intake_enter", args=[other_token, call.code]), work).status_code == 404
    client.post(reverse("media:intake_enter", args=[token, shut.code]), work)
    assert not Entry.objects.exists()
    client.post(enter, work)
    entry = Entry.objects.get()
    assert (entry.asset, entry.entered_by_key) == (asset, asset.brought_by_key)
    with pytest.raises(NotAllowed):
        leave_contest(entry=entry, actor=make_actor(), intake=other_intake)
    assert client.post(reverse("media:intake_leave", args=[other_token, entry.code])).status_code == 404
    client.post(reverse("media:intake_leave", args=[token, entry.code]))
    assert not Entry.objects.exists()
    client.post(enter, work)
    close_intake(intake=_intake, actor=SYSTEM)
    assert client.post(reverse("media:intake_leave", args=[token, entry.code])).status_code == 404
