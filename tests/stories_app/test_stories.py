"""Stories in blocks: written, reviewed, released now or later; every version kept; read by visitors in four languages."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.media.domain.publishing import withdraw_asset
from enggang.media.models import Asset
from enggang.places.enums import RegionLevel
from enggang.places.models import Organisation, Region
from enggang.stories.blocks import MOST, codes_in, read_blocks
from enggang.stories.domain import stories as acts
from enggang.stories.enums import PageState
from enggang.stories.models import Story, StoryAddress
from enggang.stories.queries.stories import gaps_of, originals_of, translations_of
from tests.events.factories import make_region
from tests.media.rights import fresh as fresh_work
from tests.media.rights import published as published_work
from tests.media.rights import work
from tests.portal.showing import show_festival
from tests.stories_app.test_destinations import make_destination, publish
from tests.training.factories import client_of, make_actor, make_agency, make_user

pytestmark = pytest.mark.django_db
LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
TEXT = {"kind": "text", "text": "Satu alinea.\n\n<b>Dua</b> & tiga."}


@pytest.fixture
def agency() -> Organisation:
    return make_agency()


def tell(agency: Organisation, title: str = "Madu dari danau", **facts: Any) -> Story:
    given = {"summary": "Orang memanen madu.", "blocks": [TEXT], "byline": "Tim contoh", **facts}
    return acts.open_story(organisation=agency, title=title, actor=SYSTEM, **given)


def fresh(story: Story) -> Story:
    return Story.objects.with_names().get(pk=story.pk)


def release(story: Story, **when: Any) -> Story:
    for to, facts in ((PageState.REVIEW, {}), (PageState.PUBLISHED, when)):
        acts.move_story(story=fresh(story), to=to, actor=SYSTEM, **facts)
    return fresh(story)


def read(address: str, status: int = 200) -> str:
    answer = Client().get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


# -- blocks -------------------------------------------------------------------------------------------------


def test_no_markup_is_ever_read_as_such(agency: Organisation) -> None:
    said = read(f"/kisah/{release(tell(agency)).slug}/")
    assert "&lt;b&gt;Dua&lt;/b&gt; &amp; tiga." in said
    assert "<b>Dua</b>" not in said


@pytest.mark.parametrize("block", [
    {"kind": "html", "text": "x"}, {"kind": "", "text": "x"}, {}, {"kind": "text", "text": "  "}, {"kind": "text", "text": "x" * 6_001},
    {"kind": "photo", "what": ""}, {"kind": "photo", "what": "<script>"}, {"kind": "gallery", "what": " ".join(f"ABCDEFGH{n:04d}" for n in range(13))},
    {"kind": "event", "what": ""}, {"kind": "destination", "what": "a b"}, {"kind": "map", "latitude": "x", "longitude": "1"},
    {"kind": "map", "latitude": "nan", "longitude": "inf"}, {"kind": "map", "latitude": "91", "longitude": "0"}, {"kind": "quote", "text": ""},
])  # fmt: skip
def test_what_is_no_block_is_refused(block: dict[str, Any]) -> None:
    with pytest.raises(Conflict, match="1"):
        read_blocks([block])


def test_blocks_keep_their_numbers_and_no_two_share_one() -> None:
    (first,) = read_blocks([{**TEXT, "id": "ABCDEFGH"}])
    assert first["id"] == "ABCDEFGH"
    (other,) = read_blocks([{**TEXT, "id": "kecil"}])
    assert other["id"] != "kecil"
    with pytest.raises(Conflict):
        read_blocks([first, first])
    with pytest.raises(Conflict):
        read_blocks([TEXT] * (MOST + 1))


def test_addresses_are_taken_for_codes() -> None:
    assert codes_in("https://x.example/galeri/ABCDEFGH1234/ , 12345678 abc") == ["ABCDEFGH1234", "12345678"]


def test_every_kind_is_shown(agency: Organisation) -> None:
    asset, festival = published_work(agency), show_festival(agency)
    place = publish(make_destination(agency, make_region()))
    blocks = [
        {"kind": "heading", "text": "Judul bagian"},
        {"kind": "photo", "what": asset.code, "text": "Keterangan foto"},
        {"kind": "gallery", "what": f"/galeri/{asset.code}/"},
        {"kind": "quote", "text": "Kata-kata.", "by": "Contoh"},
        {"kind": "map", "latitude": "0,5", "longitude": "111", "text": "Dermaga"},
        {"kind": "event", "what": festival.event.code},
        {"kind": "destination", "what": f"/destinasi/{place.slug}/"},
    ]
    said = read(f"/kisah/{release(tell(agency, blocks=blocks, cover=asset.code)).slug}/")
    for text in (
        "Judul bagian", "Keterangan foto", f"/galeri/{asset.code}/", "<blockquote", "geo:0.5,111.0", "Festival Danau",
        f"/destinasi/{place.slug}/", "CC BY 4.0",
    ):  # fmt: skip
        assert text in said, text
    assert said.count('<h2 class="card__title') == 2  # below the title of the story, whatever stands before them
    facts = json.loads(LD.findall(said)[0])
    assert facts[0]["@type"] == "Article"
    assert facts[0]["image"][0]["license"].startswith("https://creativecommons.org")


def test_what_may_no_longer_be_shown_is_left_out(agency: Organisation) -> None:
    asset = published_work(agency)
    story = release(tell(agency, blocks=[TEXT, {"kind": "photo", "what": asset.code}], cover=asset.code))
    withdraw_asset(asset=fresh_work(asset), actor=SYSTEM)
    for page in (f"/kisah/{story.slug}/", "/kisah/", "/"):
        assert asset.code not in read(page)


# -- released ------------------------------------------------------------------------------------------------


def test_a_draft_is_read_by_nobody_outside(agency: Organisation) -> None:
    story = tell(agency)
    address = f"/kisah/{story.slug}/"
    assert read(address, 404)
    release(story)
    assert "Orang memanen madu" in read(address)
    acts.move_story(story=fresh(story), to=PageState.WITHDRAWN, actor=SYSTEM)
    assert read(address, 404)
    assert "Madu dari danau" not in read("/kisah/")


def test_what_lacks_words_or_descriptions_is_not_published(agency: Organisation) -> None:
    draft = work(agency, "Tanpa keterangan")
    story = tell(
        agency,
        summary="",
        blocks=[{"kind": "photo", "what": f"{draft.code}"}, {"kind": "photo", "what": "ABCDEFGH0000"}],
    )
    acts.move_story(story=story, to=PageState.REVIEW, actor=SYSTEM)
    found = ", ".join(gaps_of(fresh(story)))
    assert "kalimat" in found
    assert "Tanpa keterangan" in found
    assert "ABCDEFGH0000" in found
    with pytest.raises(Conflict, match="Tanpa keterangan"):
        acts.move_story(story=fresh(story), to=PageState.PUBLISHED, actor=SYSTEM)


def test_a_photo_is_no_video(agency: Organisation) -> None:
    asset = published_work(agency)
    story = tell(agency, blocks=[{"kind": "photo", "what": asset.code}])
    assert gaps_of(story) == []
    film = tell(agency, blocks=[{"kind": "video", "what": asset.code}])
    assert gaps_of(film) == [f"video, bukan foto «{asset}»"]


def test_released_for_later_it_is_read_from_then_on(agency: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    later = clock.now() + timedelta(days=2)
    story = release(tell(agency), at=later)
    assert story.is_ahead
    assert read(f"/kisah/{story.slug}/", 404)
    assert story.slug not in read("/kisah/")
    monkeypatch.setattr(clock, "now", lambda: later + timedelta(seconds=1))
    assert "Madu dari danau" in read(f"/kisah/{story.slug}/")


def test_a_moment_behind_is_now_and_one_too_far_is_refused(agency: Organisation) -> None:
    story = release(tell(agency), at=clock.now() - timedelta(days=9))
    assert story.published_at
    assert clock.now() - story.published_at < timedelta(minutes=1)
    other = tell(agency, "Lain")
    acts.move_story(story=other, to=PageState.REVIEW, actor=SYSTEM)
    with pytest.raises(Conflict):
        acts.move_story(story=fresh(other), to=PageState.PUBLISHED, at=clock.now() + timedelta(days=900), actor=SYSTEM)


def test_coordinators_write_and_only_organisers_release(agency: Organisation) -> None:
    writer, organiser = make_actor(Role.COORDINATOR, agency), make_actor(Role.ORGANISER, agency)
    story = acts.open_story(organisation=agency, title="Baru", summary="x", blocks=[TEXT], actor=writer)
    acts.move_story(story=story, to=PageState.REVIEW, actor=writer)
    with pytest.raises(NotAllowed):
        acts.move_story(story=fresh(story), to=PageState.PUBLISHED, actor=writer)
    acts.move_story(story=fresh(story), to=PageState.PUBLISHED, actor=organiser)
    story = fresh(story)
    with pytest.raises(NotAllowed):
        acts.change_story(story=story, version=story.version, title="Diam-diam", actor=writer)
    for stranger in (make_actor(Role.ORGANISER, make_agency("Lain")), make_actor(Role.LEADER, agency)):
        with pytest.raises(NotAllowed):
            acts.open_story(organisation=agency, title="x", actor=stranger)
        with pytest.raises(NotAllowed):
            acts.hand_out_preview(story=story, actor=stranger)


# -- versions and addresses -----------------------------------------------------------------------------------


def test_every_version_is_kept_and_can_be_put_back(agency: Organisation) -> None:
    asset = published_work(agency)
    story = tell(agency, blocks=[TEXT, {"kind": "photo", "what": asset.code}], cover=asset.code)
    story = acts.change_story(
        story=fresh(story), version=1, blocks=[{"kind": "text", "text": "Lain."}], cover="", actor=SYSTEM
    )
    with pytest.raises(Conflict):
        acts.change_story(story=fresh(story), version=1, title="Terlambat", actor=SYSTEM)
    revision = fresh(story).revisions.get()
    acts.restore_story(revision=revision, version=2, actor=SYSTEM)
    story = fresh(story)
    assert story.blocks[0]["text"].startswith("Satu alinea")
    assert story.blocks[1]["works"] == [asset.code]
    assert story.cover == Asset.objects.get(pk=asset.pk)
    assert [row.number for row in story.revisions.all()] == [2, 1]


def test_an_old_address_leads_on(agency: Organisation) -> None:
    story = release(tell(agency))
    old = story.slug
    acts.change_story(story=story, version=story.version, title="Madu hutan", actor=SYSTEM)
    answer = Client().get(f"/en/kisah/{old}/")
    assert answer.status_code == 301
    assert answer["Location"] == "/en/kisah/madu-hutan/"
    story = fresh(story)
    acts.change_story(story=story, version=story.version, title="Madu dari danau", actor=SYSTEM)
    assert fresh(story).slug == old
    assert list(StoryAddress.objects.values_list("slug", flat=True)) == ["madu-hutan"]
    assert tell(agency, "Madu hutan").slug == "madu-hutan-2"


def test_a_span_of_days_in_a_title_is_no_year(agency: Organisation) -> None:
    assert tell(agency, title="Pekan Gawai: 20–25 Mei 2026").slug == "pekan-gawai-20-25-mei-2026"


def test_the_day_of_release_is_that_of_the_region(agency: Organisation) -> None:
    story = release(tell(agency))
    Story.objects.filter(pk=story.pk).update(published_at=datetime(2025, 11, 28, 18, tzinfo=UTC))
    assert "29 November 2025" in read(f"/kisah/{story.slug}/")


def test_a_title_without_letters_is_refused(agency: Organisation) -> None:
    with pytest.raises(Conflict):
        tell(agency, "—!")
    with pytest.raises(Conflict):
        tell(agency, cover="tidak-ada")


# -- languages ------------------------------------------------------------------------------------------------


def test_a_story_is_written_in_a_language_when_all_of_it_is(agency: Organisation) -> None:
    story = release(tell(agency))
    names = list(originals_of(story))
    texts = dict(zip(names, ("Honey of the lake", "People gather honey.", "One paragraph."), strict=True))
    acts.translate_story(story=story, language="en", texts={names[0]: texts[names[0]]}, checked=True, actor=SYSTEM)
    said = read(f"/en/kisah/{story.slug}/")
    assert "not written in English yet" in said
    assert 'lang="en">Honey of the lake' in said
    acts.translate_story(story=story, language="en", texts=texts, checked=True, actor=SYSTEM)
    said = read(f"/en/kisah/{story.slug}/")
    assert "not written in English yet" not in said
    assert 'hreflang="en"' in said
    assert "One paragraph." in said
    block = {**story.blocks[0], "text": "Alinea yang berubah."}
    acts.change_story(story=fresh(story), version=fresh(story).version, blocks=[block], actor=SYSTEM)
    english = next(each for each in translations_of(fresh(story)) if each.language == "en")
    assert english.stale == ["1. Teks"]


# -- the office -------------------------------------------------------------------------------------------------


def posted(**more: Any) -> dict[str, Any]:
    return {
        "title": "Tenun sidan", "summary": "Benang dan warna.", "byline": "", "blocks-TOTAL_FORMS": "3",
        "blocks-INITIAL_FORMS": "0", "blocks-0-kind": "text", "blocks-0-text": "Kedua", "blocks-0-place": "20",
        "blocks-1-kind": "text", "blocks-1-text": "Pertama", "blocks-1-place": "10", "blocks-2-kind": "", "blocks-2-text": "dibuang",
        **more,
    }  # fmt: skip


def test_it_is_written_reviewed_and_released_on_screens(agency: Organisation) -> None:
    client = client_of(make_user(Role.ORGANISER, agency))
    answer = client.post("/cerita/kisah/baru/", posted(organisation=agency.pk))
    assert answer.status_code == 302
    story = Story.objects.get()
    assert [block["text"] for block in story.blocks] == ["Pertama", "Kedua"]
    page = answer["Location"]
    for to in ("review", "published"):
        assert client.post(f"{page}langkah/", {"to": to}).status_code == 302
    assert "Pertama" in read(f"/kisah/{story.slug}/")
    assert "Tenun sidan" in client.get("/cerita/kisah/").content.decode()
    assert client.get(page).status_code == 200
    ids = {f"blocks-{n}-id": block["id"] for n, block in enumerate(fresh(story).blocks)}
    version = fresh(story).version
    assert client.post(f"{page}ubah/", posted(version=version, title="Tenun", **ids)).status_code == 302
    assert {block["id"] for block in fresh(story).blocks} == set(ids.values())
    assert client.get(f"{page}versi/1/").status_code == 200
    assert client.post(f"{page}versi/1/", {"version": fresh(story).version}).status_code == 302
    assert fresh(story).title == "Tenun sidan"


def test_another_title_leaves_the_parts_that_nobody_touched(agency: Organisation) -> None:
    client = client_of(make_user(Role.ORGANISER, agency))
    page = client.post("/cerita/kisah/baru/", posted(organisation=agency.pk))["Location"]
    before = fresh(Story.objects.get())
    form = client.get(f"{page}ubah/").context["blocks"]
    shown = {each.html_name: each.value() or "" for row in form for each in row}
    numbers = {f"blocks-{name}": value for name, value in form.management_form.initial.items()}
    typed = {"title": "Judul lain", "summary": before.summary, "byline": "", "version": before.version}
    assert client.post(f"{page}ubah/", {**shown, **numbers, **typed}).status_code == 302
    after = fresh(before)
    assert (after.title, after.blocks) == ("Judul lain", before.blocks)


def test_more_rows_keep_what_was_typed_and_mistakes_are_told(agency: Organisation) -> None:
    client = client_of(make_user(Role.ORGANISER, agency))
    more = client.post("/cerita/kisah/baru/", posted(organisation=agency.pk, more="1"))
    assert more.status_code == 200
    assert "Kedua" in more.content.decode()
    wrong = client.post("/cerita/kisah/baru/", posted(organisation=agency.pk, **{"blocks-0-kind": "photo"}))
    assert wrong.status_code == 422
    assert "Pertama" in wrong.content.decode()
    assert not Story.objects.exists()
    for bad in (
        {"blocks-TOTAL_FORMS": "x"},
        {"blocks-0-kind": "html"},
        {"blocks-0-place": "-4"},
        {"title": ""},
        {"title": "x" * 400},
    ):
        assert client.post("/cerita/kisah/baru/", posted(organisation=agency.pk, **bad)).status_code == 422
    assert not Story.objects.exists()


def test_released_for_a_moment_on_the_screen(agency: Organisation) -> None:
    client, story = client_of(make_user(Role.ORGANISER, agency)), tell(agency)
    page = f"/cerita/kisah/{story.code}/"
    client.post(f"{page}langkah/", {"to": "review"})
    assert client.post(f"{page}langkah/", {"to": "published", "at": "besok"}).status_code == 302
    assert not fresh(story).is_released
    at = (clock.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    client.post(f"{page}langkah/", {"to": "published", "at": at})
    assert fresh(story).is_ahead
    assert client.post(f"{page}langkah/", {"to": "x"}).status_code == 404


def test_a_preview_is_read_by_whoever_has_the_address_until_a_new_one(agency: Organisation) -> None:
    client, story = client_of(make_user(Role.COORDINATOR, agency)), tell(agency)
    found = re.search(
        r"/cerita/pratinjau/[\w-]+/", client.post(f"/cerita/kisah/{story.code}/pratinjau/").content.decode()
    )
    assert found
    answer = Client().get(found[0])
    assert "Satu alinea." in answer.content.decode()
    assert answer["X-Robots-Tag"] == "noindex"
    acts.hand_out_preview(story=story, actor=SYSTEM)
    assert Client().get(found[0]).status_code == 404
    for token in ("x", "y" * 300):
        assert Client().get(f"/cerita/pratinjau/{token}/").status_code == 404


def test_a_preview_shows_the_picture_of_the_story(agency: Organisation) -> None:
    cover = published_work(agency, "Sampul")
    token = acts.hand_out_preview(story=tell(agency, cover=cover.code), actor=SYSTEM)
    assert f"/galeri/{cover.code}/" in Client().get(f"/cerita/pratinjau/{token}/").content.decode()


def test_the_lists_ask_no_more_for_three_than_for_one(agency: Organisation) -> None:
    staff = client_of(make_user(Role.ORGANISER, agency))
    Region.objects.get_or_create(code="61.06", defaults={"name": "Kapuas Hulu", "level": RegionLevel.REGENCY})
    release(tell(agency, "Satu", cover=published_work(agency, "A").code))
    counts: list[tuple[int, int]] = []
    for titles in ((), ("Dua", "Tiga")):
        for title in titles:
            release(tell(agency, title, cover=published_work(agency, title).code))
        for client, page in ((Client(), "/kisah/"), (Client(), "/zh/kisah/"), (staff, "/cerita/kisah/")):
            client.get(page)
            with CaptureQueriesContext(connection) as asked:
                client.get(page)
            counts.append((len(asked), len(page)))
    assert counts[:3] == counts[3:]
