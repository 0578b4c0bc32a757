"""A holder takes the badge from their private page; the organiser issues it again under the new name; the old one says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from enggang.access.enums import Role
from enggang.core.actor import SYSTEM
from enggang.credentials.badges.checking import check_badge
from enggang.credentials.findings import Fault
from enggang.credentials.models import Award
from enggang.training.domain.registrations import hand_out_page
from enggang.training.models import Registration
from tests.credentials.test_badges import issued
from tests.stories.conftest import Picture, Visit
from tests.stories.people import account, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_badge_is_taken_away_and_issued_again_under_the_new_name(
    visit: Visit, picture: Picture, worker: Callable[[], int]
) -> None:
    award = issued()[0]
    token = hand_out_page(registration=Registration.objects.get(), actor=SYSTEM)
    phone = visit(width=360)
    phone.goto(f"/pelatihan/kursi/{token}/")
    files = []
    for name in ("Sebagai gambar", "Sebagai data"):
        with phone.expect_download() as begun:
            phone.click(f"#lencana a:has-text('{name}')")
        files.append(Path(begun.value.path()).read_bytes())
    assert [check_badge(content).award for content in files] == [award, award]
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    picture(phone, "badge-own-page")

    account("Penyelenggara", "p@contoh.id", Role.ORGANISER, award.organisation)
    desk = visit()
    sign_in(desk, "p@contoh.id")
    desk.goto(f"/sertifikat/{award.code}/")
    desk.click("summary:has-text('Terbitkan ulang')")
    picture(desk, "certificate-reissue")
    desk.fill("input[name=name]", "Dayang Kumala binti Ahmad")
    desk.fill("textarea[name=reason] >> nth=0", "Ganti nama setelah menikah")
    desk.click("button:has-text('Batalkan yang ini dan terbitkan yang baru')")
    expect(desk.locator("main")).to_contain_text("Dayang Kumala binti Ahmad")
    new = Award.objects.get(replaces=award)
    assert desk.url.endswith(f"/sertifikat/{new.code}/")
    assert [check_badge(content).fault for content in files] == [Fault.REVOKED, Fault.REVOKED]
    worker()
    english = visit(language="en", width=360)
    english.goto(f"/pelatihan/kursi/{token}/")
    expect(english.locator("#lencana")).to_contain_text("Digital badge")
    with english.expect_download() as begun:
        english.click("#lencana a:has-text('As data')")
    assert check_badge(Path(begun.value.path()).read_bytes()).award == new
    picture(english, "badge-own-page-en")
