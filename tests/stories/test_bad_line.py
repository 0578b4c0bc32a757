"""A line that drops: a video arrives whole, an opened material stays readable, no answer of a test is lost."""

from __future__ import annotations

import hashlib
import random
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db.models.fields.files import FieldFile
from playwright.sync_api import Page, expect

from enggang.access.domain.links import open_link
from enggang.access.enums import LinkScope
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.files.models import Upload
from enggang.files.views import sending
from enggang.seats.domain.offers import PoolSpec
from enggang.surveys.models import Attempt
from enggang.training.domain.materials import add_materials, material_ticket
from enggang.training.domain.registrations import hand_out_page
from enggang.training.enums import AssignmentKind
from enggang.training.models import HandInVersion
from tests.stories.conftest import Picture, Visit
from tests.surveys.factories import begin, make_open_test
from tests.training.factories import make_agency, make_person, make_wave, seat
from tests.training.test_coursework import make_assignment
from tests.training.uploads import arrived

pytestmark = pytest.mark.django_db(transaction=True)
MEGABYTE = 1024 * 1024
PATIENCE = 60_000


def film(path: Path) -> str:
    """Two minutes of a cheap phone's video by its size; answers its SHA-256."""
    head = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + (22 * MEGABYTE).to_bytes(4, "big") + b"mdat"
    path.write_bytes(head + random.Random(7).randbytes(22 * MEGABYTE - 8))
    return hashlib.sha256(path.read_bytes()).hexdigest()


def wait_for_bytes(page: Page, count: int) -> int:
    for _turn in range(600):
        upload = Upload.objects.first()
        if upload and upload.offset >= count:
            return upload.offset
        page.wait_for_timeout(50)
    raise AssertionError("the upload does not go on")


def test_a_two_minute_video_arrives_whole_over_a_line_that_drops_and_a_reload(
    visit: Visit, worker: Callable[[], int], tmp_path: Path, picture: Picture
) -> None:
    video = tmp_path / "VID_20261126_pasar-terapung.mp4"
    sha256 = film(video)
    agency = make_agency()
    wave = make_wave(agency, PoolSpec("Terbuka", 5))
    assignment = make_assignment(wave, AssignmentKind.VIDEO, title="Video dua menit", max_files=1)
    token = hand_out_page(registration=seat(wave, make_person(agency)), actor=SYSTEM)
    page = visit(width=360)
    here = f"/pelatihan/kursi/{token}/tugas/{assignment.pk}/"
    page.goto(here)
    page.set_input_files("input[type=file]", video)
    before = wait_for_bytes(page, 3 * MEGABYTE)
    page.context.set_offline(True)
    expect(page.locator(".upload__list")).to_contain_text("Sambungan terputus", timeout=PATIENCE)
    picture(page, "upload-line-down")
    page.context.set_offline(False)
    after = wait_for_bytes(page, before + 4 * MEGABYTE)
    assert after < video.stat().st_size

    page.reload()
    expect(page.locator(".upload__list")).to_contain_text("Pilih berkas yang sama", timeout=PATIENCE)
    picture(page, "upload-after-reload")
    page.set_input_files("input[type=file]", video)
    page.wait_for_selector("input[name=upload]", state="attached", timeout=PATIENCE)
    upload = Upload.objects.get()  # one and the same: nothing began anew
    assert upload.offset == upload.length == video.stat().st_size

    page.fill("textarea[name=note]", "x")
    page.evaluate("document.querySelector('textarea[name=note]').removeAttribute('maxlength')")
    page.fill("textarea[name=note]", "x" * 2001)
    page.click("form button.btn--primary")
    page.wait_for_selector(".error-summary")  # refused for its note: what has arrived stays
    page.fill("textarea[name=note]", "Direkam pagi hari")
    page.click("form button.btn--primary")
    page.wait_for_selector("text=Versi 1")
    assert worker()
    piece = HandInVersion.objects.get().pieces.get()
    piece.upload.refresh_from_db()
    assert piece.upload.file is not None
    assert (piece.upload.file.sha256, piece.upload.file.size) == (sha256, video.stat().st_size)
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('enggang:upload'))") == []


def test_an_opened_material_reads_without_a_connection_and_a_too_large_one_says_so(
    visit: Visit, picture: Picture
) -> None:
    agency = make_agency()
    wave = make_wave(agency, PoolSpec("Terbuka", 5))
    for name, content in (("panduan.pdf", b"%PDF-1.7 " + b"x" * 2 * MEGABYTE), ("rekaman.pdf", b"%PDF-1.7 rekaman")):
        upload = arrived(material_ticket(wave, SYSTEM), SYSTEM, content, name)
        add_materials(wave=wave, uploads=[upload.code], actor=SYSTEM)
    Upload.objects.filter(name="rekaman.pdf").update(length=61 * MEGABYTE)
    token = hand_out_page(registration=seat(wave, make_person(agency)), actor=SYSTEM)
    page = visit(width=360)
    page.goto(f"/pelatihan/kursi/{token}/bahan/")
    expect(page.locator("#kept")).to_be_visible()
    expect(page.locator("li", has_text="rekaman.pdf")).to_contain_text("Hanya dengan sambungan")
    link = page.locator("[data-material]", has_text="panduan.pdf")
    with page.expect_download() as begun:
        link.click()
    assert begun.value.path().stat().st_size == 2 * MEGABYTE + 9
    expect(page.locator("li", has_text="panduan.pdf").locator("[data-kept]")).to_be_visible()
    picture(page, "materials-kept")

    page.context.set_offline(True)
    page.reload()
    expect(page.locator("li", has_text="panduan.pdf").locator("[data-kept]")).to_be_visible()
    with page.expect_download() as again:
        page.locator("[data-material]", has_text="panduan.pdf").click()
    assert again.value.path().read_bytes() == b"%PDF-1.7 " + b"x" * 2 * MEGABYTE


def test_a_material_slower_than_the_patience_is_kept_all_the_same(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bytes come at the pace of a weak line: seven seconds, where the worker waits five for the first word."""
    given_out = sending.blocks

    def slowly(content: FieldFile, first: int, end: int) -> Iterator[bytes]:
        for block in given_out(content, first, end):
            for at in range(0, len(block), 50_000):
                time.sleep(0.9)
                yield block[at : at + 50_000]

    monkeypatch.setattr(sending, "WHOLE_UP_TO", 0)
    monkeypatch.setattr(sending, "blocks", slowly)
    agency = make_agency()
    wave = make_wave(agency, PoolSpec("Terbuka", 5))
    upload = arrived(material_ticket(wave, SYSTEM), SYSTEM, b"%PDF-1.7 " + b"x" * 400_000, "lambat.pdf")
    add_materials(wave=wave, uploads=[upload.code], actor=SYSTEM)
    token = hand_out_page(registration=seat(wave, make_person(agency)), actor=SYSTEM)
    page = visit(width=360)
    page.goto(f"/pelatihan/kursi/{token}/bahan/")
    expect(page.locator("#kept")).to_be_visible()
    for _time in range(2):  # the second time a kept copy stands by, so that the worker is in a hurry
        with page.expect_download(timeout=PATIENCE) as begun:
            page.locator("[data-material]").click()
        assert begun.value.path().stat().st_size == 400_009
        expect(page.locator("[data-kept]")).to_be_visible(timeout=20_000)


class TestATest:
    """Answers over a line that drops, in a test of one question of each kind."""

    @pytest.fixture
    def sitting(self) -> tuple[Attempt, str]:
        attempt, _actor = begin(make_open_test(make_agency(), minutes=30))
        expires = clock.now() + timedelta(days=1)
        token = open_link(scope=LinkScope.REGISTRATION, subject=attempt.holder, actor=SYSTEM, expires_at=expires)[1]
        return attempt, f"/uji/k/{token}/{attempt.code}/"

    def single(self, attempt: Attempt) -> str:
        return f"q{attempt.items.get(item__version__kind='single').pk}"

    def answer(self, attempt: Attempt) -> object:
        return attempt.items.get(item__version__kind="single").answer

    def test_what_was_answered_offline_outlives_a_reload(
        self, visit: Visit, sitting: tuple[Attempt, str], picture: Picture
    ) -> None:
        attempt, address = sitting
        name, page = self.single(attempt), visit(width=360)
        page.goto(address)
        page.route("**/simpan/", lambda route: route.abort())
        page.check(f"input[name={name}][value='1']")
        expect(page.locator("[data-saved]")).to_contain_text("Belum tersimpan")
        picture(page, "test-not-saved")
        page.reload()
        expect(page.locator(f"input[name={name}][value='1']")).to_be_checked()
        page.unroute("**/simpan/")
        expect(page.locator("[data-saved]")).to_contain_text("Semua tersimpan", timeout=PATIENCE)
        assert self.answer(attempt) == 1
        assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('enggang:test'))") == []

    def test_a_lost_receipt_is_no_other_page(self, visit: Visit, sitting: tuple[Attempt, str]) -> None:
        attempt, address = sitting
        name, page = self.single(attempt), visit(width=360)
        page.goto(address)

        def lose(route: object) -> None:  # the server has it, its word does not come back
            route.fetch()  # type: ignore[attr-defined]
            route.abort()  # type: ignore[attr-defined]

        page.route("**/simpan/", lose, times=1)
        page.check(f"input[name={name}][value='1']")
        expect(page.locator("[data-saved]")).to_contain_text("Belum tersimpan")
        page.check(f"input[name={name}][value='2']")
        expect(page.locator("[data-saved]")).to_contain_text("Semua tersimpan", timeout=PATIENCE)
        expect(page.locator("[data-stale]:visible")).to_have_count(0)
        assert self.answer(attempt) == 2

    def test_two_tabs_are_told_and_choose(self, visit: Visit, sitting: tuple[Attempt, str], picture: Picture) -> None:
        attempt, address = sitting
        name, first, second = self.single(attempt), visit(width=360), visit(width=360)
        for page in (first, second):
            page.goto(address)
        first.check(f"input[name={name}][value='1']")
        expect(first.locator("[data-saved]")).to_contain_text("Semua tersimpan")
        second.check(f"input[name={name}][value='2']")
        expect(second.locator("[data-stale]:visible")).to_have_count(1)
        expect(second.locator("[data-saved]")).to_contain_text("Tidak semua")
        picture(second, "test-two-tabs")
        second.click("[data-hand-in]")  # not with an answer that is not theirs
        second.wait_for_timeout(500)
        attempt.refresh_from_db()
        assert (attempt.handed_in_at, self.answer(attempt)) == (None, 1)
        second.click("[data-stale]:visible [data-mine]")
        expect(second.locator("[data-saved]")).to_contain_text("Semua tersimpan")
        assert self.answer(attempt) == 2
        first.check(f"input[name={name}][value='3']")
        first.click("[data-stale]:visible [data-theirs]")
        expect(first.locator(f"input[name={name}][value='2']")).to_be_checked()

    def test_at_the_end_of_the_time_it_hands_in_by_itself(self, visit: Visit, sitting: tuple[Attempt, str]) -> None:
        attempt, address = sitting
        name, page = self.single(attempt), visit(width=360)
        Attempt.objects.filter(pk=attempt.pk).update(deadline=clock.now() + timedelta(seconds=6))
        page.goto(address)
        page.check(f"input[name={name}][value='1']")
        expect(page.locator("[data-autosave]")).to_have_count(0, timeout=PATIENCE)
        attempt.refresh_from_db()
        assert attempt.handed_in_at is not None
        assert self.answer(attempt) == 1
