"""Press releases: drafted from what is on record, edited and released by people, read with photos that are cleared now."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import docx
import pytest
from django.test import Client
from django.urls import reverse

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import SYSTEM, Actor
from enggang.core.acts import NotAllowed
from enggang.core.models import Subject, Wording
from enggang.core.registries import PressFacts
from enggang.events.models import Edition
from enggang.media.domain.publishing import withdraw_asset
from enggang.media.models import Asset
from enggang.places.models import Organisation
from enggang.stories.domain import press
from enggang.stories.domain.stories import move_story, translate_story
from enggang.stories.enums import PageState
from enggang.stories.models import Story
from enggang.stories.queries.press import press_facts_of
from tests.media.rights import fresh as fresh_work
from tests.media.rights import published as published_work
from tests.portal.showing import called_off, show_festival
from tests.training.factories import client_of, make_actor, make_agency, make_user, make_wave

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Organisation:
    return make_agency()


@pytest.fixture
def festival(agency: Organisation) -> Edition:
    return show_festival(agency, theme="Air dan angin")


def facts(noun: Any, actor: Actor = SYSTEM) -> PressFacts:
    found = press_facts_of(noun.subject, actor)
    assert found
    return found


def drafted(noun: Any, agency: Organisation, actor: Actor = SYSTEM) -> Story:
    row = press.draft_release(subject=noun.subject, organisation=agency, facts=facts(noun), actor=actor)
    return Story.objects.with_names().get(pk=row.pk)


def released(row: Story) -> Story:
    for to in (PageState.REVIEW, PageState.PUBLISHED):
        move_story(story=Story.objects.with_names().get(pk=row.pk), to=to, actor=SYSTEM)
    return Story.objects.with_names().get(pk=row.pk)


def photographed(agency: Organisation, edition: Edition) -> Asset:
    asset = published_work(agency)
    Asset.objects.filter(pk=asset.pk).update(about=edition.event.subject)
    return fresh_work(asset)


def texts(content: bytes) -> str:
    return "\n".join(each.text for each in docx.Document(BytesIO(content)).paragraphs)


def test_it_says_what_is_on_record_in_both_languages(festival: Edition, agency: Organisation) -> None:
    found = facts(festival)
    assert "Festival Danau" in found.title["id"]
    assert "is held on" in found.summary["en"]
    assert "Air dan angin" in " ".join(found.paragraphs["id"])
    row = drafted(festival, agency)
    assert (row.genre, row.state, row.about_id) == ("press", "draft", festival.subject_id)
    english = Wording.objects.filter(subject=row.subject, language="en")
    assert english.filter(field="title").exists()
    assert {each.state for each in english} == {"draft"}  # visitors read it only once somebody has checked it


def test_what_is_called_off_is_told_as_such(festival: Edition) -> None:
    called_off(festival)
    found = facts(festival)
    assert "Banjir" in " ".join(found.paragraphs["id"])
    assert "called off" in found.summary["en"]


def test_of_a_wave_numbers_and_no_name(agency: Organisation) -> None:
    wave = make_wave(agency)
    found = facts(wave)
    assert wave.programme.title in found.title["id"]
    assert wave.organisation.name in found.summary["en"]


def test_nothing_of_what_the_reader_may_not_see(festival: Edition, agency: Organisation) -> None:
    stranger = make_actor(Role.ORGANISER, make_agency("Dinas lain"))
    assert press_facts_of(festival.subject, stranger) is None
    client = client_of(make_user(Role.ORGANISER, make_agency("Dinas asing")))
    for code in (festival.code, "ABCDEFGHJKMN", festival.event.code):
        assert client.get(f"/cerita/siaran/baru/{code}/").status_code == 404
    for role in (Role.LEADER, Role.PARTICIPANT):
        assert client_of(make_user(role, agency)).get(f"/cerita/siaran/baru/{festival.code}/").status_code == 404
    with pytest.raises(NotAllowed):
        press.draft_release(subject=festival.subject, organisation=agency, facts=facts(festival), actor=stranger)


def test_from_the_edition_to_the_draft_and_pressed_twice_one(festival: Edition, agency: Organisation) -> None:
    photographed(agency, festival)
    client = client_of(make_user(Role.ORGANISER, agency))
    page = f"/cerita/siaran/baru/{festival.code}/"
    assert page in client.get(reverse("events:edition", args=[festival.code])).text
    assert "CC BY 4.0" in client.get(page).text
    first, second = client.post(page), client.post(page)
    assert first["Location"] == second["Location"]
    row = Story.objects.get()
    assert row.cover
    assert [block["kind"] for block in row.blocks][-2:] == ["event", "gallery"]
    assert row.summary not in [block["text"] for block in row.blocks]  # it stands above them already


def test_it_stands_apart_from_stories_and_has_a_page_of_its_own(festival: Edition, agency: Organisation) -> None:
    asset = photographed(agency, festival)
    row = released(drafted(festival, agency))
    assert row.title in Client().get("/pers/").text
    assert row.title not in Client().get("/kisah/").text
    assert Client().get(f"/kisah/{row.slug}/").status_code == 404
    said = Client().get(f"/pers/{row.slug}/").text
    for part in ("NewsArticle", f"/galeri/{asset.code}/unduh/", "CC BY 4.0", "siaran.docx", f"/lembaga/{agency.code}/"):
        assert part in said, part
    assert f"/pers/{row.slug}/" in Client().get("/peta-situs-id.xml").text
    fetched = Client().post(f"/galeri/{asset.code}/unduh/", {"size": "large.jpeg", "purpose": row.slug})
    assert fetched.status_code in {200, 404}  # 404: this work has no such size


def test_a_withdrawn_photo_goes_at_once(festival: Edition, agency: Organisation) -> None:
    asset = photographed(agency, festival)
    row = released(drafted(festival, agency))
    withdraw_asset(asset=fresh_work(asset), actor=SYSTEM)
    said = Client().get(f"/pers/{row.slug}/").text
    assert asset.code not in said
    assert asset.code not in texts(Client().get(f"/pers/{row.slug}/siaran.docx").content)


def test_as_a_file_in_the_language_that_is_checked(festival: Edition, agency: Organisation) -> None:
    row = released(drafted(festival, agency))
    english = {each.field: each.text for each in Wording.objects.filter(subject=row.subject, language="en")}
    assert "is held on" not in texts(Client().get(f"/en/pers/{row.slug}/siaran.docx").content)
    translate_story(story=row, language="en", texts=english, checked=True, actor=SYSTEM)
    said = texts(Client().get(f"/en/pers/{row.slug}/siaran.docx").content)
    assert "is held on" in said
    assert "PRESS RELEASE" in said


def test_a_draft_is_a_file_for_staff_alone(festival: Edition, agency: Organisation) -> None:
    row = drafted(festival, agency)
    page = f"/cerita/kisah/{row.code}/siaran-id.docx"
    assert "DRAF" in texts(client_of(make_user(Role.COORDINATOR, agency)).get(page).content)
    assert client_of(make_user(Role.ORGANISER, make_agency("Dinas lain"))).get(page).status_code == 404
    assert Client().get(page).status_code in {302, 404}
    assert Client().get(f"/pers/{row.slug}/").status_code == 404
    assert Client().get(f"/pers/{row.slug}/siaran.docx").status_code == 404
    assert (
        client_of(make_user(Role.ORGANISER, agency)).get(f"/cerita/kisah/{row.code}/siaran-xx.docx").status_code == 404
    )


def test_one_for_later_is_not_read_before(festival: Edition, agency: Organisation) -> None:
    row = drafted(festival, agency)
    move_story(story=row, to=PageState.REVIEW, actor=SYSTEM)
    later = clock.now() + timedelta(hours=3)
    move_story(story=Story.objects.with_names().get(), to=PageState.PUBLISHED, at=later, actor=SYSTEM)
    assert Client().get(f"/pers/{row.slug}/").status_code == 404


def test_a_kind_that_tells_nothing(agency: Organisation) -> None:
    assert press_facts_of(Subject.objects.make(kind="award", organisation_code=agency.code), SYSTEM) is None
