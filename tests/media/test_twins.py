"""Pictures that look alike are shown beside each other, and a person decides."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from enggang.access.enums import Role
from enggang.core.actor import Actor, load_user
from enggang.media.enums import AssetState, Verdict
from enggang.media.models import Asset, Twin
from enggang.places.models import Organisation
from tests.media.factories import bring
from tests.places.factories import browser, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> tuple[Client, Organisation, Actor]:
    owner = organisation()
    client = browser((Role.ORGANISER, owner))
    return client, owner, load_user(int(client.session["_auth_user_id"]))


def scene(seed: int) -> Image.Image:
    """Blocks of noise: two of them have nothing in common."""
    import random

    chance = random.Random(seed)
    small = Image.new("L", (12, 9))
    small.putdata([chance.randrange(256) for _ in range(12 * 9)])
    return small.resize((1200, 900), Image.Resampling.BICUBIC).convert("RGB")


def jpeg(image: Image.Image, quality: int = 90) -> bytes:
    kept = io.BytesIO()
    image.save(kept, "JPEG", quality=quality)
    return kept.getvalue()


def two(owner: Organisation, actor: Actor) -> tuple[Asset, Asset]:
    first = bring(owner, actor, jpeg(scene(1)), "asli.jpg").asset
    again = bring(owner, actor, jpeg(scene(1).resize((800, 600)), 60), "kiriman-wa.jpg").asset
    assert first
    assert again
    return first, again


def test_a_smaller_and_coarser_copy_is_found_and_another_picture_is_not(
    desk: tuple[Client, Organisation, Actor],
) -> None:
    client, owner, actor = desk
    first, again = two(owner, actor)
    other = bring(owner, actor, jpeg(scene(2)), "lain.jpg").asset
    twin = Twin.objects.get()
    assert (twin.older, twin.newer) == (first, again)
    assert twin.distance <= 31
    assert other is not None
    page = client.get(reverse("media:asset", args=[first.code])).content.decode()
    assert "kiriman-wa" in page
    assert "asli" in client.get(reverse("media:asset", args=[again.code])).content.decode()
    assert "kiriman-wa" not in client.get(reverse("media:asset", args=[other.code])).content.decode()


def test_a_person_decides_and_a_copy_that_nobody_published_goes(desk: tuple[Client, Organisation, Actor]) -> None:
    client, owner, actor = desk
    first, again = two(owner, actor)
    twin = Twin.objects.get()
    stranger = browser((Role.ORGANISER, organisation("Elsewhere")), name="Stranger")
    address = reverse("media:twin_decide", args=[first.code, twin.pk, "salinan"])
    assert stranger.post(address).status_code == 404
    assert client.post(reverse("media:twin_decide", args=[first.code, twin.pk, "apa"])).status_code == 404
    client.post(reverse("media:twin_decide", args=[first.code, twin.pk, "dua-karya"]))
    twin.refresh_from_db()
    again.refresh_from_db()
    assert (twin.verdict, again.state) == (Verdict.DIFFERENT, AssetState.DRAFT)
    client.post(address)
    for row in (twin, again, first):
        row.refresh_from_db()
    assert (twin.verdict, again.state, first.state) == (Verdict.COPY, AssetState.WITHDRAWN, AssetState.DRAFT)


def test_a_plain_picture_is_compared_with_nothing(desk: tuple[Client, Organisation, Actor]) -> None:
    _client, owner, actor = desk
    for number in range(2):
        asset = bring(owner, actor, jpeg(Image.new("RGB", (900, 600), (90, 140, 200 + number))), "langit.jpg").asset
        assert asset is not None
        assert asset.phash == ""
    assert not Twin.objects.exists()
