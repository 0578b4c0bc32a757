"""Captions: read from files and from rows, checked, kept by language, shown with the film, behind the one gate."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from enggang.access.enums import Role
from enggang.core.actor import SYSTEM, Actor, load_user
from enggang.core.acts import Conflict, NotAllowed
from enggang.media import webvtt
from enggang.media.domain.captions import drop_captions, keep_captions
from enggang.media.domain.publishing import withdraw_asset
from enggang.media.enums import AssetKind
from enggang.media.models import Asset, Caption
from enggang.places.models import Organisation
from tests.media.factories import bare_asset
from tests.media.rights import fresh, published
from tests.places.factories import actor as make_actor
from tests.places.factories import browser, organisation
from tests.training.factories import make_agency

pytestmark = pytest.mark.django_db
CUES = [webvtt.Cue(0, 1500, "Selamat datang"), webvtt.Cue(1500, 4000, "di Sambas & sekitarnya\n<sungai>")]


def a_film(home: Organisation, length: int = 5000) -> Asset:
    asset = bare_asset(home)
    Asset.objects.filter(pk=asset.pk).update(kind=AssetKind.VIDEO, duration_ms=length)
    return fresh(asset)


@pytest.fixture
def desk() -> tuple[Client, Organisation, Actor]:
    owner = organisation()
    client = browser((Role.ORGANISER, owner))
    return client, owner, load_user(int(client.session["_auth_user_id"]))


class TestTheFormat:
    @pytest.mark.parametrize(
        ("typed", "ms"),
        [
            ("5", 5000),
            ("75", 75_000),
            ("1:02.5", 62_500),
            ("00:01:02,500", 62_500),
            ("1:00:00", 3_600_000),
            ("9,25", 9250),
        ],
    )
    def test_times_as_people_type_them(self, typed: str, ms: int) -> None:
        assert webvtt.clock(f" {typed} ") == ms
        assert webvtt.clock(webvtt.shown(ms)) == ms

    @pytest.mark.parametrize("typed", ["", "x", "1:75", "-1", "1:2:3:4", "1e3", "٣", "1:02.5000", "9" * 50, "::"])
    def test_what_is_no_time(self, typed: str) -> None:
        with pytest.raises(webvtt.Faulty):
            webvtt.clock(typed)

    def test_what_is_written_is_read_again(self) -> None:
        text = webvtt.written(CUES)
        assert text.startswith("WEBVTT\n\n00:00:00.000 --> 00:00:01.500\n")
        assert "&lt;sungai&gt;" in text
        assert webvtt.read(text.encode()) == CUES

    def test_files_of_other_programs(self) -> None:
        srt = b"\xef\xbb\xbf1\r\n00:00:01,000 --> 00:00:02,000\r\n{\\an8}<i>Halo</i>\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,500\r\nA\r\nB\r\n"
        assert webvtt.read(srt) == [webvtt.Cue(1000, 2000, "Halo"), webvtt.Cue(3000, 4500, "A\nB")]
        vtt = b"WEBVTT - judul\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nNOTE aku\n\nsatu\n00:01.000 --> 00:02.000 line:0 align:start\n<v Ani>Halo &amp; hai\n"
        assert webvtt.read(vtt) == [webvtt.Cue(1000, 2000, "Halo & hai")]
        assert webvtt.read(b"") == []

    @pytest.mark.parametrize(
        ("content", "line"),
        [
            (b"WEBVTT\n\nhalo saja\n", 3), (b"WEBVTT\n\n1\n00:01.000 -> 00:02.000\nx\n", 3),
            (b"WEBVTT\n\n00:0a.000 --> 00:02.000\nx\n", 3), (b"\xff\xfe\x00", 0), (b"WEBVTT\n\0", 0),
            (b"WEBVTT\n\n" + b"a" * webvtt.LARGEST, 0),
        ],
    )  # fmt: skip
    def test_what_is_wrong_is_told_with_its_line(self, content: bytes, line: int) -> None:
        with pytest.raises(webvtt.Faulty) as told:
            webvtt.read(content)
        assert told.value.line == line

    @pytest.mark.parametrize(
        ("cue", "fault"),
        [
            (webvtt.Cue(5, 5, "x"), "backwards"), (webvtt.Cue(9, 5, "x"), "backwards"),
            (webvtt.Cue(0, 5, " \n\u200b"), "empty"), (webvtt.Cue(0, 5, "x" * 301), "too_long"),
            (webvtt.Cue(5000, 6000, "x"), "too_late"),
        ],
    )  # fmt: skip
    def test_what_cannot_be_kept(self, cue: webvtt.Cue, fault: str) -> None:
        with pytest.raises(webvtt.Faulty) as told:
            webvtt.checked([CUES[0], cue], 5000)
        assert (told.value.fault, told.value.line) == (fault, 2)

    def test_they_are_put_in_order_and_are_not_endless(self) -> None:
        assert webvtt.checked(reversed(CUES), 5000) == CUES
        with pytest.raises(webvtt.Faulty):
            webvtt.checked([webvtt.Cue(n, n + 1, "x") for n in range(webvtt.MOST_CUES + 1)], 0)


class TestTheActs:
    def test_kept_changed_and_removed(self, desk: tuple[Client, Organisation, Actor]) -> None:
        _client, home, actor = desk
        asset = a_film(home)
        row = keep_captions(asset=asset, language="id", cues=CUES, actor=actor)
        assert row.cues == CUES
        again = keep_captions(asset=asset, language="id", cues=CUES[:1], version=row.version, actor=actor)
        assert again.cues == CUES[:1]
        with pytest.raises(Conflict):  # another tab saved first
            keep_captions(asset=asset, language="id", cues=CUES, version=row.version - 1, actor=actor)
        keep_captions(asset=asset, language="en", cues=CUES, actor=actor)
        drop_captions(asset=asset, language="id", actor=actor)
        assert [each.language for each in asset.captions.all()] == ["en"]
        with pytest.raises(Conflict):
            drop_captions(asset=asset, language="id", actor=actor)

    def test_who_and_what_is_refused(self, desk: tuple[Client, Organisation, Actor]) -> None:
        _client, home, actor = desk
        asset = a_film(home)
        for cues, language in (([], "id"), (CUES, "xx"), ([webvtt.Cue(9000, 9500, "x")], "id")):
            with pytest.raises(Conflict):
                keep_captions(asset=asset, language=language, cues=cues, actor=actor)
        with pytest.raises(Conflict):
            keep_captions(asset=fresh(bare_asset(home, seed=3)), language="id", cues=CUES, actor=actor)
        for role, where in ((Role.LEADER, home), (Role.ORGANISER, organisation("Lain"))):
            with pytest.raises(NotAllowed):
                keep_captions(asset=asset, language="id", cues=CUES, actor=make_actor((role, where)))
        assert not Caption.objects.exists()


def page(asset: Asset, language: str = "id") -> str:
    return reverse("media:captions", args=[asset.code, language])


class TestTheEditor:
    def test_rows_are_saved_and_shown_again(self, desk: tuple[Client, Organisation, Actor]) -> None:
        client, home, _actor = desk
        asset = a_film(home)
        assert client.get(page(asset)).status_code == 200
        rows = {"mulai": ["0", "", "1,5"], "selesai": ["1.5", "", "4"], "teks": ["Selamat datang", "", "di Sambas"]}
        assert client.post(page(asset), {**rows, "version": ""}).status_code == 302
        assert [cue.end for cue in Caption.objects.get().cues] == [1500, 4000]
        shown = client.get(page(asset)).content.decode()
        assert 'value="0:01.500"' in shown
        assert "di Sambas" in shown

    def test_what_was_typed_stays_when_something_is_wrong(self, desk: tuple[Client, Organisation, Actor]) -> None:
        client, home, _actor = desk
        asset = a_film(home)
        answer = client.post(page(asset), {"mulai": ["0", "siang"], "selesai": ["2", "3"], "teks": ["A", "Panjang"]})
        assert answer.status_code == 422
        told = answer.content.decode()
        assert "Takarir 2" in told or "Teks 2" in told
        assert 'value="siang"' in told
        assert "Panjang" in told
        assert not Caption.objects.exists()

    def test_more_rows_without_a_script_and_without_saving(self, desk: tuple[Client, Organisation, Actor]) -> None:
        client, home, _actor = desk
        asset = a_film(home)
        few = client.get(page(asset)).content.decode().count('name="teks"')
        answer = client.post(page(asset), {"mulai": ["0"], "selesai": ["x"], "teks": ["A"], "lagi": "1"})
        assert answer.content.decode().count('name="teks"') > few
        assert not Caption.objects.exists()

    def test_a_file_and_a_wrong_one(self, desk: tuple[Client, Organisation, Actor]) -> None:
        client, home, _actor = desk
        asset = a_film(home)
        address = reverse("media:captions_file", args=[asset.code, "id"])
        for wrong in (b"", b"halo", b"\xff\xd8\xff", b"x" * (webvtt.LARGEST + 9)):
            answer = client.post(address, {"file": SimpleUploadedFile("a.vtt", wrong)})
            assert answer.status_code == 422, wrong[:9]
        assert (
            client.post(address, {"file": SimpleUploadedFile("a.vtt", webvtt.written(CUES).encode())}).status_code
            == 302
        )
        assert Caption.objects.get().cues == CUES
        fetched = client.get(reverse("media:captions_shown", args=[asset.code, "id"]))
        assert fetched["Content-Type"] == "text/vtt; charset=utf-8"
        assert client.post(reverse("media:captions_drop", args=[asset.code, "id"])).status_code == 302
        assert not Caption.objects.exists()

    def test_two_tabs_and_hostile_versions(self, desk: tuple[Client, Organisation, Actor]) -> None:
        client, home, actor = desk
        asset = a_film(home)
        keep_captions(asset=asset, language="id", cues=CUES, actor=actor)
        rows = {"mulai": ["0"], "selesai": ["1"], "teks": ["Baru"]}
        assert client.post(page(asset), {**rows, "version": "0"}).status_code == 422
        assert client.post(page(asset), {**rows, "version": "9" * 40}).status_code in {302, 422}
        assert client.post(page(asset), {"mulai": ["\0"], "selesai": ["1"], "teks": ["\0"]}).status_code == 422

    def test_a_photo_and_a_language_we_do_not_know_have_none(self, desk: tuple[Client, Organisation, Actor]) -> None:
        client, home, _actor = desk
        assert client.get(page(a_film(home), "xx")).status_code == 404
        assert client.get(page(bare_asset(home, seed=2))).status_code == 404


def test_everybody_reads_them_only_while_the_film_is_shown(client: Client) -> None:
    asset = published(make_agency())
    Asset.objects.filter(pk=asset.pk).update(kind=AssetKind.VIDEO)
    keep_captions(asset=fresh(asset), language="id", cues=CUES, actor=SYSTEM)
    address = reverse("gallery:captions", args=[asset.code, "id"])
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/vtt; charset=utf-8")
    assert "max-age=60" in answer["Cache-Control"]
    assert client.get(reverse("gallery:captions", args=[asset.code, "en"])).status_code == 404
    withdraw_asset(asset=fresh(asset), actor=SYSTEM)
    assert client.get(address).status_code == 410


def test_the_page_of_a_film_has_its_tracks(client: Client) -> None:
    from tests.media.test_film_page import shown_film

    asset = shown_film(make_agency())
    keep_captions(asset=asset, language="id", cues=CUES, actor=SYSTEM)
    for name in ("gallery:work", "gallery:embed"):
        told: Any = client.get(reverse(name, args=[asset.code])).content.decode()
        assert '<track kind="captions" srclang="id"' in told
        assert reverse("gallery:captions", args=[asset.code, "id"]) in told
