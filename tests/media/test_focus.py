"""The point that no crop may lose: chosen on the picture or with the keyboard, given back to the machine."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from enggang.access.enums import Role
from enggang.core import jobs
from enggang.core.actor import Actor, load_user
from enggang.core.acts import Conflict, NotAllowed
from enggang.core.models import Job
from enggang.media.domain.aiming import aim_asset
from enggang.media.domain.publishing import publish_asset
from enggang.media.models import Asset
from enggang.places.models import Organisation
from tests.media.factories import bare_asset, bring, photo
from tests.media.rights import accepted, in_order
from tests.places.factories import actor as make_actor
from tests.places.factories import browser, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> tuple[Client, Organisation, Actor]:
    owner = organisation()
    client = browser((Role.ORGANISER, owner))
    return client, owner, load_user(int(client.session["_auth_user_id"]))


def address(asset: Asset) -> str:
    return reverse("media:asset_focus", args=[asset.code])


def test_a_published_photo_is_cut_anew_around_the_point(desk: tuple[Client, Organisation, Actor]) -> None:
    client, home, actor = desk
    brought = bring(home, actor, photo(width=1600, height=1000)).asset
    assert brought is not None
    asset = accepted(in_order(brought))
    publish_asset(asset=asset, actor=actor)
    jobs.run_pending()
    before = {row.kind: row.sha256 for row in asset.renditions.all()}
    asset.refresh_from_db()
    form = {"version": asset.version, "x": "98", "y": "2"}
    assert client.post(address(asset), form).status_code == 302
    jobs.run_pending()
    after = {row.kind: row.sha256 for row in asset.renditions.all()}
    assert all(after[kind] != before[kind] for kind in ("square", "portrait", "story"))
    asset.refresh_from_db()
    assert (asset.focal_x, asset.focal_y) == (0.98, 0.02)
    page = client.get(address(asset)).content.decode()
    assert 'value="98"' in page
    assert client.post(address(asset), {**form, "version": asset.version, "tebak": "1"}).status_code == 302
    asset.refresh_from_db()
    assert (asset.focal_x, asset.focal_y) == (0.5, 0.5)


def test_a_chosen_middle_is_not_a_guess(desk: tuple[Client, Organisation, Actor]) -> None:
    client, home, _actor = desk
    asset = bare_asset(home)
    client.post(address(asset), {"version": asset.version, "x": "50", "y": "50"})
    asset.refresh_from_db()
    assert (asset.focal_x, asset.focal_y) != (0.5, 0.5)
    assert 'name="tebak"' in client.get(address(asset)).content.decode()
    assert not Job.objects.filter(name="media.mark_renditions").exists()  # nothing is published


@pytest.mark.parametrize("wrong", [{"x": "101"}, {"y": "-1"}, {"x": "nan"}, {"x": ""}, {"x": "1e9"}, {"version": "x"}])
def test_points_beside_the_picture(desk: tuple[Client, Organisation, Actor], wrong: dict[str, str]) -> None:
    client, home, _actor = desk
    asset = bare_asset(home)
    assert client.post(address(asset), {"version": "1", "x": "5", "y": "5", **wrong}).status_code == 422
    asset.refresh_from_db()
    assert asset.focal_x == 0.5


def test_another_tab_another_agency_and_whoever_only_reads(desk: tuple[Client, Organisation, Actor]) -> None:
    client, home, actor = desk
    asset = bare_asset(home)
    assert client.post(address(asset), {"version": "9", "x": "5", "y": "5"}).status_code == 422
    assert browser((Role.LEADER, home)).get(address(asset)).status_code == 404
    assert browser((Role.ORGANISER, organisation("Lain"))).get(address(asset)).status_code == 404
    with pytest.raises(NotAllowed):
        aim_asset(asset=asset, version=asset.version, point=(0, 0), actor=make_actor((Role.LEADER, home)))
    for point in ((float("nan"), 0.5), (2.0, 0.5)):
        with pytest.raises(Conflict):
            aim_asset(asset=asset, version=asset.version, point=point, actor=actor)
