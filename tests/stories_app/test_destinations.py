"""Destinations: written, reviewed, released; in four languages; every version kept; read by visitors."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.core.models import Wording
from enggang.core.wordings import languages_of
from enggang.places.enums import RegionLevel
from enggang.places.models import Organisation, Region
from enggang.stories.domain import destinations as acts
from enggang.stories.enums import PageState
from enggang.stories.models import Destination, OldAddress
from enggang.stories.models.destination import NEEDED
from tests.training.factories import client_of, make_actor, make_agency, make_user

pytestmark = pytest.mark.django_db
ENGLISH = {"name": "Merasap Falls", "summary": "Broad falls.", "description": "In the forest."}


@pytest.fixture
def agency() -> Organisation:
    return make_agency()


@pytest.fixture
def region(db: None) -> Region:
    return Region.objects.create(code="61.07", name="Kabupaten Bengkayang", level=RegionLevel.REGENCY)


@pytest.fixture
def falls(agency: Organisation, region: Region) -> Destination:
    return make_destination(agency, region)


def make_destination(agency: Organisation, region: Region, name: str = "Riam Merasap", **facts: Any) -> Destination:
    given = {
        "kind": "nature", "summary": "Air terjun lebar.", "description": "Di tengah hutan.", "source": "Dinas Pariwisata",
        "checked_on": clock.today(), **facts,
    }  # fmt: skip
    return acts.open_destination(organisation=agency, region=region, name=name, actor=SYSTEM, **given)


def publish(row: Destination) -> Destination:
    for to in (PageState.REVIEW, PageState.PUBLISHED):
        acts.move_destination(destination=row, to=to, actor=SYSTEM)
    return row


def english(row: Destination, *, checked: bool = True, **texts: str) -> None:
    acts.translate_destination(
        destination=row, language="en", texts={**ENGLISH, **texts}, checked=checked, actor=SYSTEM
    )


# -- released ---------------------------------------------------------------------------------------------


def test_a_draft_is_read_by_nobody_outside(falls: Destination) -> None:
    assert Client().get(f"/destinasi/{falls.slug}/").status_code == 404
    publish(falls)
    assert "Air terjun lebar." in Client().get(f"/destinasi/{falls.slug}/").content.decode()
    acts.move_destination(destination=falls, to=PageState.WITHDRAWN, actor=SYSTEM)
    assert Client().get(f"/destinasi/{falls.slug}/").status_code == 404
    assert "Riam Merasap" not in Client().get("/destinasi/").content.decode()


def test_what_is_incomplete_is_not_published_and_says_what_is_missing(agency: Organisation, region: Region) -> None:
    row = make_destination(agency, region, summary="", source="")
    acts.move_destination(destination=row, to=PageState.REVIEW, actor=SYSTEM)
    with pytest.raises(Conflict, match="kalimat") as refused:
        acts.move_destination(destination=row, to=PageState.PUBLISHED, actor=SYSTEM)
    assert "asal fakta" in refused.value.message


def test_a_draft_passes_no_review_and_two_who_publish_meet(falls: Destination) -> None:
    with pytest.raises(Conflict):
        acts.move_destination(destination=falls, to=PageState.PUBLISHED, actor=SYSTEM)
    acts.move_destination(destination=falls, to=PageState.REVIEW, actor=SYSTEM)
    first, second = (Destination.objects.get(pk=falls.pk) for _ in range(2))
    acts.move_destination(destination=first, to=PageState.PUBLISHED, actor=SYSTEM)
    with pytest.raises(Conflict):
        acts.move_destination(destination=second, to=PageState.PUBLISHED, actor=SYSTEM)


def test_a_coordinator_writes_and_an_organiser_releases(falls: Destination, agency: Organisation) -> None:
    writer = make_actor(Role.COORDINATOR, agency)
    acts.change_destination(destination=falls, version=falls.version, summary="Lebar.", actor=writer)
    acts.move_destination(destination=falls, to=PageState.REVIEW, actor=writer)
    with pytest.raises(NotAllowed):
        acts.move_destination(destination=falls, to=PageState.PUBLISHED, actor=writer)
    acts.move_destination(destination=falls, to=PageState.PUBLISHED, actor=make_actor(Role.ORGANISER, agency))
    with pytest.raises(NotAllowed):  # what the public reads now
        acts.change_destination(destination=falls, version=falls.version, summary="Lain.", actor=writer)
    told: dict[str, Any] = {"destination": falls, "language": "en", "texts": ENGLISH, "checked": True}
    with pytest.raises(NotAllowed):
        acts.translate_destination(**told, actor=writer)


def test_another_agency_neither_reads_nor_writes_a_draft(falls: Destination) -> None:
    stranger = client_of(make_user(Role.ORGANISER, make_agency("Lain")))
    for path in ("", "ubah/", "bahasa/en/", "versi/1/"):
        assert stranger.get(f"/cerita/destinasi/{falls.code}/{path}").status_code == 404
    assert stranger.post(f"/cerita/destinasi/{falls.code}/langkah/", {"to": "review"}).status_code == 404


# -- versions and addresses -----------------------------------------------------------------------------------


def test_every_version_is_kept_and_can_be_put_back(falls: Destination) -> None:
    acts.change_destination(
        destination=falls, version=falls.version, summary="Baru.", facilities=["ramp", "parking"], actor=SYSTEM
    )
    first = falls.revisions.get(number=1)
    assert first.facts["summary"] == "Air terjun lebar."
    acts.restore_revision(revision=first, version=falls.version, actor=SYSTEM)
    falls.refresh_from_db()
    assert (falls.summary, falls.amenities.count()) == ("Air terjun lebar.", 0)
    assert falls.checked_on == clock.today()
    second = falls.revisions.get(number=2)
    acts.restore_revision(revision=second, version=falls.version, actor=SYSTEM)
    falls.refresh_from_db()
    assert (falls.summary, falls.amenities.count()) == ("Baru.", 2)


def test_two_tabs_do_not_undo_each_other(falls: Destination) -> None:
    version = falls.version
    acts.change_destination(destination=falls, version=version, summary="Satu.", actor=SYSTEM)
    stale = Destination.objects.get(pk=falls.pk)
    with pytest.raises(Conflict):
        acts.change_destination(destination=stale, version=version, summary="Dua.", actor=SYSTEM)
    assert Destination.objects.get(pk=falls.pk).summary == "Satu."
    assert falls.revisions.count() == 1


def test_an_old_address_leads_on_and_a_draft_leaves_none(falls: Destination) -> None:
    acts.change_destination(destination=falls, version=falls.version, name="Riam Merasap Indah", actor=SYSTEM)
    assert (falls.slug, OldAddress.objects.count()) == ("riam-merasap-indah", 0)
    publish(falls)
    acts.change_destination(destination=falls, version=falls.version, name="Air Terjun Merasap", actor=SYSTEM)
    answer = Client().get("/en/destinasi/riam-merasap-indah/")
    assert (answer.status_code, answer["Location"]) == (301, "/en/destinasi/air-terjun-merasap/")
    acts.change_destination(destination=falls, version=falls.version, name="Riam Merasap Indah", actor=SYSTEM)
    assert Client().get("/destinasi/riam-merasap-indah/").status_code == 200
    assert Client().get("/destinasi/air-terjun-merasap/").status_code == 301


def test_places_of_one_name_have_addresses_of_their_own(agency: Organisation, region: Region) -> None:
    other = Region.objects.create(code="61.05", name="Kabupaten Sintang", level=RegionLevel.REGENCY)
    rows = [make_destination(agency, each, "Pantai Indah") for each in (region, other)]
    assert [row.slug for row in rows] == ["pantai-indah", "pantai-indah-2"]
    with pytest.raises(Conflict, match="nama ini"):
        make_destination(agency, region, "pantai  indah!")


@pytest.mark.parametrize(
    "facts",
    [{"name": "!!!"}, {"latitude": 1.0}, {"latitude": 91.0, "longitude": 1.0}, {"latitude": float("nan"), "longitude": 1.0},
     {"facilities": ["helikopter"]}, {"kind": "?"}, {"website": "javascript:alert(1)"}, {"description": "x" * 10_001}],
)  # fmt: skip
def test_what_cannot_be_is_refused(agency: Organisation, region: Region, facts: dict[str, Any]) -> None:
    from django.core.exceptions import ValidationError

    with pytest.raises((Conflict, ValidationError)):
        make_destination(agency, region, **{"name": "Baik", **facts})
    assert not Destination.objects.exists()


# -- languages ------------------------------------------------------------------------------------------------


def test_a_page_is_read_in_a_language_once_it_is_checked(falls: Destination) -> None:
    publish(falls)
    english(falls, checked=False)
    draft = Client().get(f"/en/destinasi/{falls.slug}/").content.decode()
    assert "Broad falls." not in draft
    assert "not written in English yet" in draft
    assert f'rel="canonical" href="http://testserver/destinasi/{falls.slug}/"'.replace(
        "http://testserver", ""
    ) in re.sub(r"https?://[^/\"]+", "", draft)
    english(falls)
    page = Client().get(f"/en/destinasi/{falls.slug}/").content.decode()
    assert "Merasap Falls" in page
    assert "not written in English yet" not in page
    assert 'hreflang="en"' in page
    assert 'hreflang="zh"' not in page
    assert 'hreflang="x-default"' in page


def test_a_changed_original_is_shown_to_the_translator_and_named(falls: Destination, agency: Organisation) -> None:
    english(falls)
    acts.change_destination(destination=falls, version=falls.version, summary="Sama sekali lain.", actor=SYSTEM)
    page = client_of(make_user(Role.ORGANISER, agency)).get(f"/cerita/destinasi/{falls.code}/").content.decode()
    assert "sudah berubah" in page
    english(falls, summary="Something else.")
    assert languages_of(falls.subject, NEEDED) == ["id", "en"]
    assert Wording.objects.get(field="summary").version == 2
    assert Wording.objects.get(field="name").version == 1  # what is as it was is not written anew


def test_an_emptied_text_is_taken_away_and_an_unknown_language_refused(falls: Destination) -> None:
    english(falls)
    english(falls, name=" ")
    assert not Wording.objects.filter(field="name").exists()
    assert languages_of(falls.subject, NEEDED) == ["id"]
    with pytest.raises(Conflict):
        acts.translate_destination(destination=falls, language="xx", texts=ENGLISH, checked=True, actor=SYSTEM)


# -- as visitors read it -----------------------------------------------------------------------------------------


def test_a_search_engine_is_told_what_is_known_and_nothing_else(falls: Destination) -> None:
    publish(falls)
    acts.change_destination(
        destination=falls, version=falls.version, description="</script><script>alert(1)</script>", summary="<b>&",
        latitude=1.0, longitude=109.5, is_free=True, facilities=["ramp"], actor=SYSTEM,
    )  # fmt: skip
    page = Client().get(f"/destinasi/{falls.slug}/").content.decode()
    assert "<script>alert" not in page
    found = re.search(r'<script type="application/ld\+json">(.+?)</script>', page)
    assert found is not None
    place, trail = json.loads(found[1])
    assert (place["@type"], place["description"], place["isAccessibleForFree"]) == ("TouristAttraction", "<b>&", True)
    assert place["geo"] == {"@type": "GeoCoordinates", "latitude": 1.0, "longitude": 109.5}
    assert "telephone" not in place
    assert [item["position"] for item in trail["itemListElement"]] == [1, 2]


def test_the_list_answers_what_is_asked_and_bears_nonsense(agency: Organisation, region: Region) -> None:
    publish(make_destination(agency, region, "Pantai Gratis", is_free=True, kind="coast"))
    publish(make_destination(agency, region, "Museum", kind="museum", facilities=["ramp"]))
    ask = Client()

    def names(question: str) -> set[str]:
        return set(re.findall(r"Pantai Gratis|Museum</a>", ask.get(f"/destinasi/?{question}").content.decode()))

    assert names("") == {"Pantai Gratis", "Museum</a>"}
    assert names("gratis=on") == {"Pantai Gratis"}
    assert names("akses=on") == {"Museum</a>"}
    assert names("jenis=coast") == {"Pantai Gratis"}
    assert names("cari=pantai") == {"Pantai Gratis"}
    assert names("wilayah=61.07") == {"Pantai Gratis", "Museum</a>"}
    assert names("wilayah=99&jenis=x&hal=99999999999999999999&cari=%00") == {"Pantai Gratis", "Museum</a>"}


def test_visitors_get_no_cookie(falls: Destination) -> None:
    publish(falls)
    for path in ("/destinasi/", f"/en/destinasi/{falls.slug}/"):
        assert not Client().get(path).cookies


@pytest.mark.parametrize("path", ["/destinasi/", "/zh/destinasi/", "/cerita/destinasi/"])
def test_a_list_asks_as_much_for_three_as_for_one(agency: Organisation, region: Region, path: str) -> None:
    client = client_of(make_user(Role.ORGANISER, agency))
    counts = []
    for name in ("Satu", "Dua", "Tiga"):
        english(publish(make_destination(agency, region, name)))
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        counts.append(len(asked))
    assert counts[0] == counts[2]


# -- in the office -------------------------------------------------------------------------------------------------


def test_the_whole_way_on_screen(agency: Organisation, region: Region) -> None:
    client = client_of(make_user(Role.ORGANISER, agency))
    posted = {
        "organisation": agency.pk,
        "region": region.pk,
        "name": "Riam Baru",
        "kind": "nature",
        "summary": "Bagus.",
    }
    refused = client.post("/cerita/destinasi/baru/", {**posted, "latitude": "1"})
    assert refused.status_code == 422
    assert "Riam Baru" in refused.content.decode()
    made = client.post("/cerita/destinasi/baru/", posted)
    row = Destination.objects.get()
    assert made["Location"] == f"/cerita/destinasi/{row.code}/"
    assert "Masih kurang" in client.get(made["Location"]).content.decode()
    more = {**posted, "version": row.version, "description": "Di hutan.", "source": "Dinas", "is_free": "tidak",
            "checked_on": str(clock.today()), "facilities": ["ramp"]}  # fmt: skip
    assert client.post(f"{made['Location']}ubah/", more).status_code == 302
    assert client.post(f"{made['Location']}ubah/", more).status_code == 422  # the other tab
    for to in ("review", "published"):
        client.post(f"{made['Location']}langkah/", {"to": to})
    row.refresh_from_db()
    assert (row.state, row.is_free) == ("published", False)
    assert client.post(f"{made['Location']}langkah/", {"to": "?"}).status_code == 404
    assert client.get(f"{made['Location']}bahasa/xx/").status_code == 404
    assert client.post(f"{made['Location']}bahasa/zh/", {"name": "瀑布", "checked": "on"}).status_code == 302
    assert Wording.objects.get().text == "瀑布"
    assert "Versi 1" in client.get(f"{made['Location']}versi/1/").content.decode()
    fresh = Destination.objects.get().version
    assert client.post(f"{made['Location']}versi/1/", {"version": fresh}).status_code == 302
    assert Destination.objects.get().description == ""


def test_a_visitor_who_comes_by_the_search_is_led_to_the_public_page(falls: Destination) -> None:
    publish(falls)
    assert Client().get(f"/cerita/destinasi/{falls.code}/")["Location"] == f"/destinasi/{falls.slug}/"
