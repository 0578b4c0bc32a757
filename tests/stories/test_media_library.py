"""From a phone on a weak line to everybody and away again: 200 files arrive whole over a line that is cut twice, a judge
reviews them by keyboard, one is published with credit and licence and without its place, and a consent takes it back."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from enggang.access.enums import Role
from enggang.core.actor import SYSTEM
from enggang.files.models import Upload
from enggang.media.domain.collections import collect, keep_collection, show_collection
from enggang.media.domain.consents import hand_out_consent
from enggang.media.domain.curation import keep_policy, start_review, submit_asset
from enggang.media.domain.publishing import publish_asset
from enggang.media.enums import AssetState, DeliveryState, Precision
from enggang.media.models import Asset, Delivery
from enggang.places.models import Organisation, Region
from tests.media.factories import photo
from tests.media.rights import consent_of, fresh, in_order, shows, work
from tests.media.test_videos import film
from tests.stories.people import account, settle_the_province, sign_in
from tests.stories.test_gallery import agency_of_the_province

pytestmark = pytest.mark.django_db(transaction=True)
Visit = Callable[..., Page]
Picture = Callable[[Page, str], None]
FORMS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "TIFF": "tif"}
PHOTOS, FILMS, DAMAGED = 190, 6, 4
PATIENCE = 240_000
LINKED = 'script[type="application/ld+json"]'
PLACE = (b"109.33", b"GPSLatitude", b"Kamera X1", b"SERIAL-12345")


def folder_of_a_day(folder: Path) -> dict[str, str]:
    """200 files as a day's work leaves them, with names as people give them; their SHA-256 by name."""
    folder.mkdir()
    sums = {}
    for number in range(PHOTOS + FILMS + DAMAGED):
        form = list(FORMS)[number % 4] if number % 5 == 0 else "JPEG"
        if number < PHOTOS:
            name = f"IMG_{number:04d} Pasar Terapung é.{FORMS[form]}"
            content = photo(form, width=320 + number, height=240 + number, seed=number)
        elif number < PHOTOS + FILMS:
            name = f"VID_{number:04d}.mp4"
            content = film("mp4", 1, f"{320 + 2 * number}x240")
        else:
            name = f"rusak {number}.jpg"
            content = photo(seed=number)[: 900 + number]
        (folder / name).write_bytes(content)
        sums[name] = hashlib.sha256(content).hexdigest()
    return sums


def wait_for(page: Page, what: Callable[[], int], least: int) -> None:
    for _turn in range(PATIENCE // 200):
        if what() >= least:
            return
        page.wait_for_timeout(200)
    raise AssertionError(f"only {what()} of {least}")


@pytest.mark.long  # three minutes on a busy machine
def test_two_hundred_files_over_a_line_that_is_cut_twice_and_judged_by_keyboard(
    visit: Visit, worker: Callable[[], int], tmp_path: Path, picture: Picture
) -> None:
    sums = folder_of_a_day(tmp_path / "hari")
    agency = agency_of_the_province()
    account("Dayang Kumala", "dayang@kalbar.example", Role.ORGANISER, agency)
    page = visit(width=360)
    sign_in(page, "dayang@kalbar.example")
    page.goto("/pustaka-media/unggahan-saya/")
    page.set_input_files("input[type=file]", sorted((tmp_path / "hari").iterdir()))
    for handed_over in (40, 110):
        wait_for(page, Delivery.objects.count, handed_over)
        page.context.set_offline(True)
        expect(page.locator(".upload__list")).to_contain_text("Sambungan terputus", timeout=PATIENCE)
        if handed_over == 40:
            picture(page, "media-line-down")
        page.context.set_offline(False)
    wait_for(page, Delivery.objects.count, len(sums))
    while worker():
        pass
    kept = Delivery.objects.select_related("asset__original")
    assert Counter(kept.values_list("state", flat=True)) == {
        DeliveryState.KEPT: PHOTOS + FILMS, DeliveryState.REFUSED: DAMAGED,
    }  # fmt: skip
    for row in kept.filter(state=DeliveryState.KEPT):
        assert row.asset is not None
        assert row.asset.original.sha256 == sums[row.name]
        with row.asset.original.content.open("rb") as handle:
            assert hashlib.file_digest(handle, "sha256").hexdigest() == sums[row.name]
    page.goto("/pustaka-media/unggahan-saya/")
    picture(page, "media-brought")
    judged_by_keyboard(visit, agency, picture)


def test_ticked_works_are_changed_together_and_given_back(visit: Visit) -> None:
    agency = agency_of_the_province()
    account("Dayang Kumala", "dayang@kalbar.example", Role.ORGANISER, agency)
    for title in ("Satu", "Dua"):
        work(agency, title)
    page = visit(width=360)
    sign_in(page, "dayang@kalbar.example")
    page.goto("/pustaka-media/meja/")
    for box in page.locator("input[name=karya]").all():
        box.check()
    page.locator("summary", has_text="Ubah yang dicentang").click()
    page.select_option("select[name=what]", "title")
    page.fill("[name=text]", "Gawai {n}")
    page.click("button[value=ubah]")
    undo = page.locator("form[action*='/meja/batal/'] button")
    expect(undo).to_be_visible()
    assert sorted(Asset.objects.values_list("title", flat=True)) == ["Gawai 1", "Gawai 2"]
    undo.click()
    expect(undo).to_have_count(0)
    assert sorted(Asset.objects.values_list("title", flat=True)) == ["Dua", "Satu"]
    for box in page.locator("input[name=karya]").all():
        box.check()
    page.click("button[value=banding]")
    page.wait_for_url("**/banding/**")


def test_a_folder_picked_again_sends_only_what_is_new(visit: Visit, tmp_path: Path) -> None:
    for number in range(4):
        (tmp_path / f"IMG_{number}.jpg").write_bytes(photo(seed=number))
    account("Dayang Kumala", "dayang@kalbar.example", Role.ORGANISER, agency_of_the_province())
    page = visit(width=360)
    sign_in(page, "dayang@kalbar.example")
    page.goto("/pustaka-media/unggahan-saya/")
    files = sorted(tmp_path.iterdir())
    page.set_input_files("input[type=file]", files[:3])
    wait_for(page, Delivery.objects.count, 3)
    page.goto("/pustaka-media/unggahan-saya/")
    page.set_input_files("input[type=file]", files)
    expect(page.locator(".upload__passed")).to_contain_text("3")
    wait_for(page, Delivery.objects.count, 4)
    assert Upload.objects.count() == 4
    page.set_input_files("input[type=file]", files[0])
    page.click(".upload__passed button")  # wanted all the same
    wait_for(page, Upload.objects.count, 5)
    page.set_input_files("input[type=file]", {"name": "kosong.jpg", "mimeType": "image/jpeg", "buffer": b""})
    empty = page.locator(".upload__list li", has_text="kosong.jpg")
    expect(empty).to_contain_text("Tidak berhasil")
    expect(empty.locator("button:visible")).to_have_count(1)  # it can be taken off the list, not paused


def judged_by_keyboard(visit: Visit, agency: Organisation, picture: Picture) -> None:
    keep_policy(organisation=agency, criteria=[("Kesan", 1)], judges=1, pass_points=60, actor=SYSTEM)
    rows = list(Asset.objects.with_names().order_by("pk"))
    for row in rows:
        submit_asset(asset=row, actor=SYSTEM)
    start_review(assets=[fresh(row) for row in rows], actor=SYSTEM)
    account("Juri", "juri@kalbar.example", Role.GRADER, agency)
    page = visit()
    sign_in(page, "juri@kalbar.example")
    page.goto("/pustaka-media/nilai/")
    pressed = 0
    while pressed < len(rows):  # the page brings so many at once
        waiting = len(json.loads(page.locator("#kartu").text_content() or ""))
        assert waiting
        if not pressed:
            picture(page, "media-judging")
        for _number in range(waiting):
            page.keyboard.press("5" if pressed % 3 else "1")
            pressed += 1
        left = len(rows) - pressed
        expect(page.locator("[data-status]")).to_have_text(f"belum dinilai: {left}", timeout=PATIENCE)
        if left:
            expect(page.locator("[data-finished] a")).to_be_focused()
            with page.expect_navigation():
                page.keyboard.press("Enter")
    expect(page.locator("[data-title]")).to_have_text("Semua sudah dinilai.")
    states = Counter(Asset.objects.values_list("state", flat=True))
    assert states[AssetState.ACCEPTED] == sum(1 for number in range(pressed) if number % 3)
    assert sum(states.values()) == len(rows)


def one_published(agency: Organisation, worker: Callable[[], int]) -> Asset:
    """Brought with its place, judged, and published with its crops and credit."""
    from tests.media.factories import make_asset
    from tests.media.rights import accepted

    asset = make_asset(agency, SYSTEM, seed=3, width=1600, height=1200)
    Asset.objects.filter(pk=asset.pk).update(region=Region.objects.filter(code__startswith="61.").first())
    assert asset.latitude is not None
    publish_asset(asset=accepted(in_order(fresh(asset))), actor=SYSTEM)
    while worker():
        pass
    return fresh(asset)


def by_exiftool(path: Path) -> dict[str, str]:
    asked = ["exiftool", "-j", "-G0", "-n", str(path)]
    told: dict[str, str] = json.loads(subprocess.run(asked, capture_output=True, check=True).stdout)[0]
    return told


def test_its_credit_is_told_to_a_person_a_search_engine_and_exiftool_and_its_place_to_nobody(
    visit: Visit, worker: Callable[[], int], tmp_path: Path, picture: Picture
) -> None:
    settle_the_province()
    agency = agency_of_the_province()
    asset = one_published(agency, worker)
    page = visit(language="en")
    page.goto(f"/galeri/{asset.code}/")
    picture(page, "media-published")
    expect(page.locator(".work-credit")).to_contain_text("Ibu Contoh")
    expect(page.locator(".work-credit a[rel=license]")).to_have_attribute("href", re.compile("creativecommons"))
    linked = json.loads(page.locator(LINKED).text_content() or "")
    assert linked["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert linked["creditText"].startswith("Ibu Contoh")
    assert "geo" not in linked.get("contentLocation", {})
    for row in asset.renditions.all():
        answer = page.request.get(f"/galeri/{asset.code}/{row.kind}.{row.format}")
        assert answer.status == 200
        content = answer.body()
        assert not [secret for secret in PLACE if secret in content], f"{row.kind}.{row.format}"
        assert b"Ibu Contoh" in content
        if shutil.which("exiftool"):
            path = tmp_path / f"{row.kind}.{row.format}"
            path.write_bytes(content)
            told = by_exiftool(path)
            assert told["XMP:WebStatement"] == "https://creativecommons.org/licenses/by/4.0/"
            assert told["XMP:Credit"].startswith("Ibu Contoh")
            assert not [key for key in told if "GPS" in key or key.startswith("EXIF:")]
    Asset.objects.filter(pk=asset.pk).update(precision=Precision.EXACT)  # now it is allowed
    page.goto(f"/galeri/{asset.code}/?lagi")
    linked = json.loads(page.locator(LINKED).text_content() or "")
    assert linked["contentLocation"]["geo"]["longitude"]


def test_a_withdrawn_consent_takes_it_from_everywhere(visit: Visit, worker: Callable[[], int]) -> None:
    settle_the_province()
    agency = agency_of_the_province()
    asset = one_published(agency, worker)
    consent = consent_of(agency, "Dayang Kumala")
    asset = shows(asset, consent)
    gathered = keep_collection(organisation=agency, texts={"id": ("Sungai", "")}, kind="theme", actor=SYSTEM)
    collect(collection=gathered, assets=[asset], actor=SYSTEM)
    show_collection(collection=gathered, shown=True, actor=SYSTEM)
    page = visit(width=360)
    own = [f"/galeri/{asset.code}/", f"/embed/{asset.code}/"]
    own += [f"/galeri/{asset.code}/{row.kind}.{row.format}" for row in asset.renditions.all()]
    lists = ["/galeri/", "/galeri/umpan.xml", "/galeri/peta-situs.xml", f"/galeri/koleksi/{gathered.code}/"]
    lists += [f"/galeri/?q={asset.title}"]
    assert {page.request.get(path).status for path in own} == {200}
    assert all(asset.code in page.request.get(path).text() for path in lists)
    page.goto(f"/pustaka-media/izin/saya/{hand_out_consent(consent=consent, actor=SYSTEM)}/")
    page.click("summary.btn--danger-quiet")
    page.click("button.btn--danger")
    expect(page.locator("main")).to_contain_text("Anda telah mencabut persetujuan")
    assert {page.request.get(path).status for path in own} == {410}
    assert not [path for path in lists if asset.code in page.request.get(path).text()]
    oembed = f"/oembed/?url=http://localhost:8000/galeri/{asset.code}/"
    assert page.request.get(oembed).status == 410
    fetched = page.request.post(f"/galeri/{asset.code}/unduh/", form={"size": "small.jpeg"})
    assert fetched.status == 410
