"""The collection that shows an edition: chosen or begun by its managers, and visitors are led to it once it is shown."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.events.domain.publicity import link_collection
from enggang.events.models import Edition
from enggang.media.domain.collections import keep_collection, show_collection
from enggang.media.models import Collection
from enggang.places.models import Organisation
from tests.events.factories import make_edition
from tests.events.visiting import make_festival, make_part
from tests.places.factories import actor as make_actor
from tests.training.factories import client_of, make_agency, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Organisation:
    return make_agency()


@pytest.fixture
def edition(agency: Organisation) -> Edition:
    return make_edition(agency, year=clock.today().year + 1)


def collection(agency: Organisation, title: str = "Robo-Robo") -> Collection:
    return keep_collection(organisation=agency, texts={"id": (title, "")}, kind="event", actor=SYSTEM)


def test_a_new_one_is_begun_about_the_edition(agency: Organisation, edition: Edition) -> None:
    client = client_of(make_user(Role.ORGANISER, agency))
    address = reverse("events:edition_collection", args=[edition.code])
    assert client.post(address, {"koleksi": "baru"}).status_code == 302
    edition.refresh_from_db()
    made = Collection.objects.get()
    assert edition.collection == made
    assert made.about == edition.subject
    assert not made.is_public
    page = client.get(reverse("events:publications", args=[edition.code])).content.decode()
    assert reverse("media:collection", args=[made.code]) in page
    other = collection(agency, "Lain")
    client.post(address, {"koleksi": other.code})
    edition.refresh_from_db()
    assert edition.collection == other
    client.post(address, {"koleksi": ""})
    edition.refresh_from_db()
    assert edition.collection is None


def test_only_its_managers_and_only_their_own_collections(agency: Organisation, edition: Edition) -> None:
    foreign = collection(make_agency("Lain"))
    client = client_of(make_user(Role.ORGANISER, agency))
    address = reverse("events:edition_collection", args=[edition.code])
    assert client.post(address, {"koleksi": foreign.code}).status_code == 404
    assert client.post(address, {"koleksi": "x" * 999}).status_code == 404
    with pytest.raises(Conflict):
        link_collection(edition=edition, collection=foreign, actor=SYSTEM)
    with pytest.raises(NotAllowed):
        link_collection(edition=edition, collection=None, actor=make_actor((Role.LEADER, agency)))


def test_visitors_are_led_to_it_once_it_is_shown(agency: Organisation) -> None:
    edition = make_festival(agency)
    make_part(edition)
    made = collection(agency)
    link_collection(edition=edition, collection=made, actor=SYSTEM)
    address, gallery = reverse("events:visit", args=[edition.code]), reverse("gallery:collection", args=[made.code])
    assert gallery not in Client().get(address).content.decode()
    show_collection(collection=made, shown=True, actor=SYSTEM)
    assert gallery in Client().get(address).content.decode()
