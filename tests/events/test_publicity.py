"""Publicity: planned by day and channel, in the languages of the guests; moved with the edition and never silently."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict
from enggang.events.domain import publicity as acts
from enggang.events.domain.cloning import clone_edition
from enggang.events.domain.dating import decide_dates
from enggang.events.domain.reference import load_reference
from enggang.events.models import Channel, Edition, Publication
from enggang.events.queries.moves import dependents
from enggang.events.queries.publicity import publicity_of
from enggang.places.models import Organisation
from tests.events.factories import make_edition
from tests.training.factories import client_of, make_agency, make_user
from tests.training.uploads import png

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"


@pytest.fixture
def agency() -> Organisation:
    load_reference(actor=SYSTEM)
    return make_agency()


@pytest.fixture
def client(agency: Organisation) -> Client:
    found = client_of(make_user(Role.ORGANISER, agency))
    found.cookies["django_language"] = "en"
    return found


@pytest.fixture
def edition(agency: Organisation) -> Edition:
    return make_edition(agency, year=clock.today().year + 1)


def planned(edition: Edition, title: str = "Poster", **facts: Any) -> Publication:
    channel = Channel.objects.get(key="instagram-post")
    values = {"offset": -14, **facts}
    return acts.add_publication(edition=edition, channel=channel, title=title, actor=SYSTEM, **values)


def worded(row: Publication, **captions: str) -> Publication:
    acts.write_captions(publication=row, version=row.version, captions=captions, actor=SYSTEM)
    return Publication.objects.with_names().get(pk=row.pk)


def on_days(edition: Edition, first: date) -> Edition:
    decide_dates(
        edition=edition, version=edition.version, first=first, last=None, state="tentative", reason="uji", actor=SYSTEM
    )
    return edition


class TestFromPlanToPost:
    def test_planned_worded_made_ready_and_published(self, client: Client, edition: Edition) -> None:
        channel = Channel.objects.get(key="instagram-post")
        form = {"title": "Poster", "channel": channel.pk, "offset": -14, "at": "09:00"}
        client.post(reverse("events:publications", args=[edition.code]), form)
        row = Publication.objects.get()
        assert edition.starts_on is not None
        assert row.on == edition.starts_on - timedelta(days=14)
        where = [edition.code, row.pk]
        words = {"version": row.version, "id": "Mari ke Mempawah", "en": "Come to Mempawah"}
        client.post(reverse("events:publication_captions", args=where), words)
        page = client.get(reverse("events:publication", args=where)).content.decode()
        assert "Come to Mempawah" in page
        assert "1080 × 1350 px" in page
        client.post(reverse("events:publication_move", args=where), {"to": "ready"})
        posted = {"to": "posted", "on": clock.today().isoformat(), "link": "https://example.org/p/1", "reach": 120}
        client.post(reverse("events:publication_move", args=where), posted)
        row.refresh_from_db()
        assert (row.state, row.reach, row.posted_on) == ("posted", 120, clock.today())
        assert "1 of 1" in client.get(reverse("events:publications", args=[edition.code])).content.decode()

    def test_published_by_mistake_is_taken_back(self, edition: Edition) -> None:
        row = acts.move_publication(publication=planned(edition), to="posted", actor=SYSTEM)
        acts.move_publication(publication=row, to="ready", actor=SYSTEM)
        assert (row.state, row.posted_on) == ("ready", None)

    def test_the_reach_is_noted_also_when_the_edition_is_over(self, client: Client, edition: Edition) -> None:
        row = acts.move_publication(publication=planned(edition), to="posted", actor=SYSTEM)
        Edition.objects.filter(pk=edition.pk).update(stage="closed")
        user = client_of(make_user(Role.ORGANISER, edition.organisation))
        form = {"version": row.version, "reach": 900, "link": ""}
        user.post(reverse("events:publication_reach", args=[edition.code, row.pk]), form)
        row.refresh_from_db()
        assert row.reach == 900

    def test_a_picture_is_kept_and_given_back(self, client: Client, edition: Edition) -> None:
        row = planned(edition)
        url = reverse("events:publication_asset", args=[edition.code, row.pk])
        assert client.get(url).status_code == 404
        client.post(url, {"file": SimpleUploadedFile("poster.png", PNG, "image/png")})
        response = client.get(url)
        assert response.content == PNG
        assert "attachment" in response.headers["Content-Disposition"]
        refused = client.post(url, {"file": SimpleUploadedFile("poster.png", b"<html>", "image/png")})
        assert refused.status_code == 422
        assert client.get(url).content == PNG

    @pytest.mark.parametrize(
        ("content", "told"),
        [
            (png(600, 600), "The picture is 600 × 600 px; the channel wants 1080 × 1350 px."),
            (png(1080, 1350), ""), (png(2160, 2700), ""), (png(540, 675), "The picture is 540 × 675 px"),
            (PNG, "The picture cannot be read"), (b"%PDF-1.7", ""),
        ],
        ids=["other shape", "as wanted", "twice as large", "too small", "broken", "pdf"],
    )  # fmt: skip
    def test_a_picture_is_measured_against_its_channel(
        self, client: Client, edition: Edition, content: bytes, told: str
    ) -> None:
        row = planned(edition)
        client.post(
            reverse("events:publication_asset", args=[edition.code, row.pk]),
            {"file": SimpleUploadedFile("poster.png", content)},
        )
        page = client.get(reverse("events:publication", args=[edition.code, row.pk])).content.decode()
        assert told in page
        assert ("The picture" in page) == bool(told)

    def test_what_is_published_is_not_removed(self, client: Client, edition: Edition) -> None:
        row = acts.move_publication(publication=planned(edition), to="posted", actor=SYSTEM)
        client.post(reverse("events:publication_drop", args=[edition.code, row.pk]))
        assert Publication.objects.exists()
        other = planned(edition, "Dua kali")
        client.post(reverse("events:publication_drop", args=[edition.code, other.pk]))
        assert Publication.objects.get() == row


class TestWhatCannotBe:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"title": ""}, {"channel": ""}, {"channel": 10**9}, {"offset": 9999}, {"offset": "x"}, {"title": "x" * 201},
            {"on": "2026-02-31", "offset": ""}, {"on": "2026-02-01", "offset": "-3"},
        ],
    )  # fmt: skip
    def test_a_form_with_a_mistake_keeps_what_was_typed(
        self, client: Client, edition: Edition, wrong: dict[str, Any]
    ) -> None:
        form = {
            "title": "Poster",
            "channel": Channel.objects.get(key="tiktok").pk,
            "offset": -1,
            "brief": "Perahu",
        } | wrong
        response = client.post(reverse("events:publications", args=[edition.code]), form)
        assert response.status_code == 422
        assert "Perahu" in response.content.decode()
        assert not Publication.objects.exists()

    @pytest.mark.parametrize("link", ["javascript:alert(1)", "ini bukan alamat", "ftp//x"])
    def test_an_address_that_is_none(self, client: Client, edition: Edition, link: str) -> None:
        row = planned(edition)
        response = client.post(
            reverse("events:publication_move", args=[edition.code, row.pk]), {"to": "posted", "link": link}
        )
        assert response.status_code == 422
        row.refresh_from_db()
        assert row.state == "planned"

    def test_published_tomorrow(self, edition: Edition) -> None:
        with pytest.raises(Conflict, match="has not come yet"):
            acts.move_publication(
                publication=planned(edition), to="posted", on=clock.today() + timedelta(days=2), actor=SYSTEM
            )

    def test_a_caption_longer_than_the_channel_bears(self, client: Client, edition: Edition) -> None:
        row = planned(edition)
        form = {"version": row.version, "id": "a" * 2201}
        response = client.post(reverse("events:publication_captions", args=[edition.code, row.pk]), form)
        assert response.status_code == 422
        assert "a" * 2201 in response.content.decode()

    def test_two_tabs_do_not_overwrite_words(self, client: Client, edition: Edition) -> None:
        row = planned(edition)
        old = row.version
        worded(row, id="Pertama")
        form = {"version": old, "id": "Kedua"}
        response = client.post(reverse("events:publication_captions", args=[edition.code, row.pk]), form)
        assert response.status_code == 422
        assert "Kedua" in response.content.decode()
        assert row.captions.get().text == "Pertama"

    def test_a_language_that_is_none(self, edition: Edition) -> None:
        with pytest.raises(Conflict, match="no such language"):
            worded(planned(edition), xx="?")

    def test_another_agency_finds_nothing(self, edition: Edition) -> None:
        row = planned(edition)
        stranger = client_of(make_user(Role.ORGANISER, make_agency("Dinas Lain")))
        for name in ("publication", "publication_asset"):
            assert stranger.get(reverse(f"events:{name}", args=[edition.code, row.pk])).status_code == 404


class TestDays:
    def test_what_is_late_and_which_words_are_missing(self, client: Client, edition: Edition) -> None:
        worded(planned(edition, "Dua bahasa"), id="a", en="b")
        worded(planned(edition, "Satu bahasa"), id="a")
        planned(edition, "Terlambat", offset=None, on=clock.today() - timedelta(days=3))
        found = publicity_of(edition)
        assert found.late == 1
        assert {str(line.row): line.missing for line in found.lines}["Satu bahasa"] == ["English"]
        page = client.get(reverse("events:publications", args=[edition.code])).content.decode()
        assert "should be published already" in page
        assert "caption missing in English" in page

    def test_counted_days_move_with_the_edition_and_say_so(self, client: Client, edition: Edition) -> None:
        row, fixed = planned(edition), planned(edition, "Tetap", offset=None, on=date(edition.year, 1, 5))
        was, first = row.on, date(edition.year, 11, 20)
        preview = {each.what.split(" ·")[0]: each for each in dependents(edition, first, first)}
        assert preview["Poster"].now
        assert not preview["Tetap"].now
        on_days(edition, first)
        row.refresh_from_db()
        fixed.refresh_from_db()
        assert (row.on, row.was_on, fixed.on) == (first - timedelta(days=14), was, date(edition.year, 1, 5))
        on_days(edition, first + timedelta(days=7))
        row.refresh_from_db()
        assert row.was_on == was
        page = client.get(reverse("events:publications", args=[edition.code])).content.decode()
        assert "moved with the edition from" in page
        client.post(reverse("events:publication_seen", args=[edition.code, row.pk]))
        row.refresh_from_db()
        assert row.was_on is None

    def test_a_day_that_is_not_known_any_more(self, edition: Edition) -> None:
        row = planned(edition)
        decide_dates(
            edition=edition,
            version=edition.version,
            first=None,
            last=None,
            state="tentative",
            reason="uji",
            actor=SYSTEM,
        )
        row.refresh_from_db()
        assert row.on is None
        assert [month for month, _lines in publicity_of(edition).months] == [None]

    def test_what_is_published_does_not_move(self, edition: Edition) -> None:
        row = acts.move_publication(publication=planned(edition), to="posted", actor=SYSTEM)
        was = row.on
        on_days(edition, date(edition.year, 11, 20))
        row.refresh_from_db()
        assert (row.on, row.was_on) == (was, None)

    def test_next_year_begins_with_last_years_words_to_be_read(self, edition: Edition) -> None:
        worded(planned(edition), id="Robo-Robo tahun ini")
        planned(edition, "Tetap", offset=None, on=date(edition.year, 1, 5))
        clone = clone_edition(edition=edition, year=edition.year + 1, actor=SYSTEM)
        row = clone.publications.with_names().get()
        assert clone.starts_on is not None
        assert row.on == clone.starts_on - timedelta(days=14)
        assert row.old_captions
        with pytest.raises(Conflict, match="last year's"):
            acts.move_publication(publication=row, to="ready", actor=SYSTEM)
        row = worded(row, id="Robo-Robo tahun depan")
        assert acts.move_publication(publication=row, to="ready", actor=SYSTEM).state == "ready"

    def test_queries_do_not_grow_with_the_calendar(self, client: Client, edition: Edition) -> None:
        counts = []
        for titles in (["A"], ["B", "C"]):
            for title in titles:
                worded(planned(edition, title), id="a", en="b")
            with CaptureQueriesContext(connection) as found:
                client.get(reverse("events:publications", args=[edition.code]))
            counts.append(len(found))
        assert counts[0] == counts[1]
