"""The library in the office: list, page, description, files."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enggang.access.enums import Role
from enggang.audit.models import AuditEntry
from enggang.core.actor import SYSTEM, Actor, load_user
from enggang.files.domain.uploading import open_upload
from enggang.media.domain.handing_over import media_ticket
from enggang.media.enums import Precision, Sensitivity
from enggang.media.models import Asset, Delivery
from enggang.people.domain.accounts import ensure_user
from enggang.places.models import Organisation
from tests.media.factories import arrived, bare_asset, make_asset, photo
from tests.places.factories import browser, organisation
from tests.training.factories import client_of, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> tuple[Client, Organisation, Actor]:
    owner = organisation()
    client = browser((Role.ORGANISER, owner))
    return client, owner, load_user(int(client.session["_auth_user_id"]))


def test_the_list_costs_the_same_for_one_and_for_three(desk: tuple[Client, Organisation, Actor]) -> None:
    client, owner, actor = desk
    counts = []
    for seeds in ((0,), (1, 2)):
        for seed in seeds:
            make_asset(owner, actor, seed=seed)
        client.get(reverse("media:list"))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(reverse("media:list")).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_list_is_narrowed_and_nonsense_narrows_nothing(desk: tuple[Client, Organisation, Actor]) -> None:
    client, owner, actor = desk
    make_asset(owner, actor, seed=1)
    page = client.get(reverse("media:list"), {"q": "foto 1", "state": "draft"}).content.decode()
    assert "foto-1" in page
    assert "foto-1" not in client.get(reverse("media:list"), {"q": "tari"}).content.decode()
    assert client.get(reverse("media:list"), {"state": "<b>", "page": "x", "q": "\0"}).status_code in {200, 400}


def test_a_page_shows_the_photo_and_hands_out_its_files(desk: tuple[Client, Organisation, Actor]) -> None:
    client, owner, actor = desk
    asset = make_asset(owner, actor)
    assert "Kamera X1" in client.get(reverse("media:asset", args=[asset.code])).content.decode()
    answer = client.get(reverse("media:rendition", args=[asset.code, "small", "webp"]))
    assert (answer.status_code, answer["Content-Type"], answer["X-Content-Type-Options"]) == (
        200,
        "image/webp",
        "nosniff",
    )
    assert "sandbox" in answer["Content-Security-Policy"]
    again = client.get(
        reverse("media:rendition", args=[asset.code, "small", "webp"]), headers={"If-None-Match": answer["ETag"]}
    )
    assert again.status_code == 304
    original: Any = client.get(reverse("media:original", args=[asset.code]))
    assert original["Content-Disposition"].startswith("attachment")
    assert AuditEntry.objects.filter(subject_code=asset.code).exists()
    assert client.get(reverse("media:rendition", args=[asset.code, "huge", "webp"])).status_code == 404


def test_strangers_and_the_files_app_show_nothing_of_it(desk: tuple[Client, Organisation, Actor]) -> None:
    client, owner, actor = desk
    asset = make_asset(owner, actor)
    stranger = browser((Role.ORGANISER, organisation("Elsewhere")), name="Stranger")
    for name, more in (("asset", []), ("asset_edit", []), ("original", []), ("rendition", ["small", "webp"])):
        assert stranger.get(reverse(f"media:{name}", args=[asset.code, *more])).status_code == 404
    assert client.get(reverse("files:download", args=[asset.original.code])).status_code == 404


def test_what_is_said_of_it_is_kept_and_a_sensitive_place_hidden(desk: tuple[Client, Organisation, Actor]) -> None:
    client, owner, actor = desk
    asset = make_asset(owner, actor)
    said = {
        "version": asset.version, "title": "Tari Jepin", "caption": "<script>alert(1)</script>",
        "alt_id": "Penari di panggung", "alt_en": "", "region": "", "author_name": "Budi",
        "sensitivity": Sensitivity.SACRED, "precision": asset.precision,
    }  # fmt: skip
    address = reverse("media:asset_edit", args=[asset.code])
    assert client.post(address, said).status_code == 302
    asset.refresh_from_db()
    assert (asset.title, asset.author_name, asset.precision) == ("Tari Jepin", "Budi", Precision.HIDDEN)
    page = client.get(reverse("media:asset", args=[asset.code])).content.decode()
    assert "<script>alert" not in page
    Asset.objects.update(precision=Precision.EXACT)  # as it was chosen before the place was known to be sacred
    page = client.get(reverse("media:asset", args=[asset.code])).content.decode()
    assert re.search(r"(The public sees|Publik melihat): (Hidden|Disembunyikan)", page)
    twice = client.post(address, {**said, "title": "Lain"})
    assert (twice.status_code, "Lain" in twice.content.decode()) == (422, True)
    assert client.post(address, {**said, "title": ""}).status_code == 422
    assert Asset.objects.get().title == "Tari Jepin"


def test_what_there_is_room_for_stands_there_before_anything_is_picked(
    desk: tuple[Client, Organisation, Actor], settings: Any
) -> None:
    client, owner, actor = desk
    settings.UPLOAD_OWNER_BYTES = 5_000_000
    ticket = media_ticket(owner, actor)
    for room, largest in (("4.8", 5_000_000), ("2.9", 3_000_000)):
        page = client.get(reverse("media:uploads")).content.decode().replace("4,8", "4.8").replace("2,9", "2.9")
        assert f"{room}\xa0MB" in page
        assert f'data-largest="{largest}"' in page
        open_upload(ticket=ticket, length=2_000_000, name="besar.mov", actor=actor)  # what has begun is reserved


def test_files_are_handed_over_from_the_page(desk: tuple[Client, Organisation, Actor]) -> None:
    client, owner, actor = desk
    assert client.get(reverse("media:uploads")).status_code == 200
    upload = arrived(owner, actor, photo())
    address = reverse("media:hand_over", args=[owner.code])
    assert client.post(address, {"upload": [upload.code]}, follow=True).status_code == 200
    assert Delivery.objects.get().upload == upload
    client.post(address, {"upload": [upload.code]})
    client.post(address)
    again = client.post(address, {"upload": [upload.code]}, headers={"Accept": "application/json"})
    assert (again.status_code, again.json()) == (200, {"taken": 1})  # the answer was lost on the way: it is no refusal
    assert client.post(address, headers={"Accept": "application/json"}).status_code == 409
    assert Delivery.objects.count() == 1
    assert "foto.jpg" in client.get(reverse("media:uploads")).content.decode()


def test_without_the_extra_the_page_says_what_is_missing(
    desk: tuple[Client, Organisation, Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("enggang.media.views.uploads.missing_tools", lambda: ("pyvips",))
    page = desk[0].get(reverse("media:uploads")).content.decode()
    assert "uv sync --extra media" in page
    assert "data-upload" not in page


def test_an_author_finds_every_work_of_theirs_and_what_became_of_it() -> None:
    home = organisation()
    author = make_person(home)
    client = client_of(ensure_user(person=author, actor=SYSTEM))
    client.cookies["django_language"] = "en"
    address = reverse("media:uploads")
    assert client.get(address).status_code == 404  # neither a role nor a work
    assert address not in client.get(reverse("office:home")).content.decode()
    from_training = bare_asset(home, author=author)
    Asset.objects.filter(pk=from_training.pk).update(title="Dari pelatihan", state="revise")
    other = bare_asset(home, seed=1)
    Asset.objects.filter(pk=other.pk).update(title="Milik orang lain")
    assert address in client.get(reverse("office:home")).content.decode()  # the menu leads there, without any role
    page = client.get(address).content.decode()
    assert "My works (1)" in page
    assert reverse("media:asset", args=[from_training.code]) in page
    assert "To be revised" in page
    assert "Milik orang lain" not in page
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for seed in (2, 3):
        bare_asset(home, author=author, seed=seed)
    with CaptureQueriesContext(connection) as three:
        client.get(address)
    assert len(one) == len(three)
