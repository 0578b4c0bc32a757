"""A judge reviews by keyboard, the best is published with its credit, and a withdrawn consent takes it away everywhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.base import ContentFile
from playwright.sync_api import Page, expect

from enggang.access.enums import Role
from enggang.core.actor import SYSTEM
from enggang.media.domain.collections import collect, keep_collection, show_collection
from enggang.media.domain.consents import hand_out_consent
from enggang.media.domain.curation import decide_asset, keep_policy, start_review, submit_asset
from enggang.media.enums import AssetState
from enggang.media.models import Assessment, Asset
from enggang.places.models import Organisation, Region
from enggang.reviews.models import Sheet
from tests.media.factories import photo
from tests.media.rights import consent_of, fresh, in_order, published, shows, work
from tests.stories.people import account, settle_the_province, sign_in

pytestmark = pytest.mark.django_db(transaction=True)
Visit = Callable[..., Page]
Picture = Callable[[Page, str], None]
TITLES = ["Sampan di Kapuas", "Pasar terapung", "Robo-Robo di Kuala", "Penenun Sambas"]


def drawn(asset: Asset, seed: int) -> Asset:
    """With a real picture behind it."""
    for row in asset.renditions.all():
        width, height = (480, 360) if row.kind == "small" else (1280, 960)
        content = photo(width=width, height=height, seed=seed)
        row.content.save("x", ContentFile(content), save=False)
        row.width, row.height, row.size = width, height, len(content)
        row.save()
    region = Region.objects.filter(code__startswith="61.").order_by("code")[seed]
    Asset.objects.filter(pk=asset.pk).update(region=region, author_name="Dayang Kumala")
    return fresh(asset)


def agency_of_the_province() -> Organisation:
    settle_the_province()
    return (
        Organisation.objects.filter(short_name__icontains="Disporapar").order_by("path").first()
        or (Organisation.objects.order_by("path")[0])
    )


def to_be_judged(agency: Organisation) -> list[Asset]:
    keep_policy(organisation=agency, criteria=[("Kesan", 1)], judges=1, pass_points=60, actor=SYSTEM)
    rows = [drawn(in_order(work(agency, title)), seed) for seed, title in enumerate(TITLES)]
    for row in rows:
        submit_asset(asset=row, actor=SYSTEM)
    start_review(assets=[fresh(row) for row in rows], actor=SYSTEM)
    return rows


def test_by_keyboard_one_after_the_other_and_one_taken_back(visit: Visit, picture: Picture) -> None:
    agency = agency_of_the_province()
    rows = to_be_judged(agency)
    account("Juri", "juri@kalbar.example", Role.GRADER, agency)
    page = visit()
    sign_in(page, "juri@kalbar.example")
    page.goto("/pustaka-media/nilai/")
    expect(page.locator("[data-title]")).to_have_text(TITLES[0])
    picture(page, "gallery-judging")
    for key in ("5", "4", "1"):
        page.keyboard.press(key)
    expect(page.locator("[data-title]")).to_have_text(TITLES[3])
    page.keyboard.press("u")
    expect(page.locator("[data-title]")).to_have_text(TITLES[2])
    for key in ("3", "5"):
        page.keyboard.press(key)
    expect(page.locator("[data-title]")).to_have_text("Semua sudah dinilai.")
    expect(page.locator("[data-status]")).to_have_text("belum dinilai: 0")
    assert {fresh(row).state for row in rows} == {AssetState.ACCEPTED}


def test_passed_over_turned_down_and_written_to_the_author(visit: Visit) -> None:
    agency = agency_of_the_province()
    rows = to_be_judged(agency)
    account("Juri", "juri@kalbar.example", Role.GRADER, agency)
    page = visit(width=360)
    sign_in(page, "juri@kalbar.example")
    page.goto("/pustaka-media/nilai/")
    decide_asset(asset=fresh(rows[0]), accept=True, actor=SYSTEM)  # the curator was faster
    page.keyboard.press("1")
    expect(page.locator("[data-error]")).to_contain_text(TITLES[0])
    page.keyboard.press("w")
    page.keyboard.type("Miring 5 derajat")
    page.keyboard.press("Escape")
    for key in ("1", "n", "4"):
        page.keyboard.press(key)
    expect(page.locator("[data-title]")).to_have_text("Masih ada yang menunggu.")
    expect(page.locator("[data-error]")).to_contain_text(TITLES[0])  # what was turned down stays told
    expect(page.locator("[data-finished] a")).to_be_focused()  # whoever judges by keyboard goes on by Enter
    page.keyboard.press("Enter")
    expect(page.locator("[data-title]")).to_have_text(TITLES[2])
    page.keyboard.press("5")
    for key in ("u", "2"):  # typed before the former work stands there again
        page.keyboard.press(key)
    for _turn in range(100):
        if fresh(rows[2]).state == AssetState.REVISE:
            break
        page.wait_for_timeout(100)
    expect(page.locator("[data-title]")).to_have_text("Semua sudah dinilai.")
    expect(page.locator("[data-status]")).to_have_text("belum dinilai: 0")
    assert [fresh(row).state for row in rows] == ["accepted", "revise", "revise", "accepted"]
    sheet = Sheet.objects.get(feedback="Miring 5 derajat")
    assert Assessment.objects.get(review=sheet.review_id).asset_id == rows[1].pk


def test_shown_with_its_credit_and_taken_away_by_the_person(visit: Visit, picture: Picture) -> None:
    agency = agency_of_the_province()
    consent = consent_of(agency, "Dayang Kumala")
    rows = [drawn(published(agency, title), seed) for seed, title in enumerate(TITLES)]
    asset = shows(rows[0], consent)
    collection = keep_collection(
        organisation=agency, texts={"id": ("Sungai dan pasar", "Cerita dari tepi Kapuas."), "en": ("Rivers", "A story.")},
        kind="theme", actor=SYSTEM,
    )  # fmt: skip
    collect(collection=collection, assets=rows, actor=SYSTEM)
    show_collection(collection=collection, shown=True, actor=SYSTEM)
    account("Kurator", "kurator@kalbar.example", Role.ORGANISER, agency)
    staff = visit()
    sign_in(staff, "kurator@kalbar.example")
    for path, name in (
        ("/pustaka-media/meja/", "table"), (f"/pustaka-media/{asset.code}/hak/?langkah=lisensi", "rights"),
        (f"/pustaka-media/izin/{consent.code}/", "consent"), (f"/pustaka-media/{asset.code}/bagikan/", "kit"),
        (f"/pustaka-media/koleksi/{collection.code}/", "collection-staff"), ("/pustaka-media/publikasi/", "log"),
    ):  # fmt: skip
        staff.goto(path)
        picture(staff, f"gallery-{name}")
    stranger = visit(language="en")
    for path, name in (
        ("/galeri/", "wall"), ("/galeri/peta/", "map"), (f"/galeri/{asset.code}/", "work"),
        (f"/galeri/koleksi/{collection.code}/", "collection"),
    ):  # fmt: skip
        stranger.goto(path)
        picture(stranger, f"gallery-{name}")
    stranger.goto(f"/galeri/{asset.code}/")
    expect(stranger.locator("#kredit-text")).to_contain_text("CC BY 4.0")
    with stranger.expect_download() as fetched:
        stranger.click("#unduh button")
    assert b"photoshop:Credit" in fetched.value.path().read_bytes()
    person = visit(width=360)
    person.goto(f"/pustaka-media/izin/saya/{hand_out_consent(consent=consent, actor=SYSTEM)}/")
    picture(person, "gallery-own-consent")
    person.click("summary.btn--danger-quiet")
    person.click("button.btn--danger")
    expect(person.locator("main")).to_contain_text("Anda telah mencabut persetujuan")
    answer = stranger.goto(f"/galeri/{asset.code}/?lagi")
    assert answer is not None
    assert answer.status == 410
    stranger.goto("/galeri/?lagi")
    expect(stranger.locator("main")).not_to_contain_text(TITLES[0])
