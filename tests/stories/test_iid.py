"""An innovation is scored, evidenced from what the system holds, validated by four people, and packed."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from enggang.core import jobs
from enggang.core.models import Job
from enggang.innovation.enums_iid import SubmissionState
from enggang.innovation.models import Evidence, Submission
from tests.innovation.entering import MANDATORY, Desks, fresh, make_desks, make_entry, prove
from tests.stories.conftest import Picture, Visit
from tests.stories.test_at_the_desk import signed_in
from tests.training.factories import client_of

pytestmark = pytest.mark.django_db(transaction=True)


def good(page: Page) -> None:
    expect(page.locator(".messages .alert--good").first).to_be_visible()


def imagines(page: Page, entry: Submission, picture: Picture) -> None:
    """A complete video would bring twelve points; nothing is saved."""
    page.goto(f"/inovasi/iid/isian/{entry.code}/")
    picture(page, "iid-score")
    page.click("#jika summary")
    page.select_option("#jika-35", value="3")
    page.click("#jika .btn--primary")
    expect(page.locator("#jika [role=status]")).to_contain_text("12 lebih banyak")
    assert not fresh(entry).scores.filter(code="35").exists()


def accepts(page: Page, entry: Submission, picture: Picture) -> None:
    """The dates of the stages, which the system holds, become evidence of the speed of creation."""
    page.goto(f"/inovasi/iid/isian/{entry.code}/bukti/")
    picture(page, "iid-proposals")
    page.click("#usulan .btn--primary")
    good(page)
    assert Evidence.objects.get(provider="innovation").uses.get().code == "32"
    page.goto(f"/inovasi/iid/isian/{entry.code}/indikator/32/")
    page.check("input[name=parameter][value='3']")
    page.locator("main .form__actions .btn--primary").first.click()
    good(page)


def types(page: Page, entry: Submission, picture: Picture) -> None:
    """What the record cannot know is typed; words are counted while they are."""
    page.goto(f"/inovasi/iid/isian/{entry.code}/profil/")
    page.fill("textarea[name=rancang_bangun]", "satu dua tiga")
    expect(page.locator(".field__hint")).to_contain_text("3 dari paling sedikit 300 kata")
    page.fill("textarea[name=rancang_bangun]", "")
    page.fill("input[name=asta_cita]", "Asta Cita 4")
    page.fill("input[name=prioritas]", "Ekonomi kreatif")
    page.locator("main .form__actions .btn--primary").click()
    good(page)
    picture(page, "iid-profile")


def hands_on(visit: Visit, desks: Desks, live_server: LiveServer, entry: Submission, *names: str) -> Page:
    for name in names:
        page = visit(width=360)
        signed_in(page, client_of(getattr(desks, name)), live_server)
        page.goto(f"/inovasi/iid/isian/{entry.code}/")
        page.click("form[action$='/meja/lanjut/'] .btn--primary")
        good(page)
    return page


def packs(page: Page, entry: Submission) -> dict[str, bytes]:
    page.goto(f"/inovasi/iid/isian/{entry.code}/")
    page.click("form[action$='/paket/'] .btn--primary")
    jobs.run_pending()
    done = Job.objects.latest("pk")
    assert done.result, done.error
    page.reload()
    with page.expect_download() as kept:
        page.locator(f"a[href*='{done.code}']").first.click()
    with zipfile.ZipFile(kept.value.path()) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_from_the_score_to_the_pack(visit: Visit, live_server: LiveServer, picture: Picture) -> None:
    desks = make_desks()
    entry = make_entry(desks)
    prove(entry, *(code for code in MANDATORY if code not in {"32", "35"}), parameter=2)
    page = visit()
    signed_in(page, client_of(desks.writer), live_server)
    imagines(page, entry, picture)
    accepts(page, entry, picture)
    prove(fresh(entry), "35", parameter=2)
    types(page, entry, picture)
    phone = hands_on(visit, desks, live_server, entry, "writer", "companion", "head", "researcher")
    picture(phone, "iid-validated")
    assert fresh(entry).state == SubmissionState.VALIDATED
    content = packs(page, entry)
    book = openpyxl.load_workbook(io.BytesIO(content["00-INDEKS.xlsx"]))
    assert list(book["Yang masih kurang"].iter_rows(min_row=2, values_only=True)) == []
    assert any(name.startswith("32 ") and name.endswith(".pdf") for name in content)
    page.goto("/inovasi/iid/")
    expect(page.locator("main")).to_contain_text("belum diverifikasi")
    picture(page, "iid-region")
