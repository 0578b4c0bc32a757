"""What was earned is checked by a stranger: signed papers and badges, on the public page and with tools of others."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.management import call_command
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from enggang.access.enums import Role
from enggang.core.actor import SYSTEM
from enggang.credentials.models import Award
from enggang.places.models import Organisation
from enggang.training.domain.completion import decide_outcomes
from enggang.training.domain.registrations import hand_out_page
from enggang.training.models import Registration, Wave
from tests.stories.conftest import Picture, Visit, apart
from tests.stories.people import account, sign_in
from tests.training.test_completion import held_wave

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def no_tries_yet() -> None:
    cache.clear()


def test_a_stranger_checks_what_a_holder_shows(
    visit: Visit,
    live_server: LiveServer,
    worker: Callable[[], int],
    picture: Picture,
    settings: Settings,
    tmp_path: Path,
) -> None:
    settings.PUBLIC_URL, settings.DEMO = live_server.url, True
    wave = held_wave(present=5, people=3)
    decide_outcomes(wave=wave, actor=SYSTEM)
    account("Administrator Contoh", "admin@contoh.id", Role.ADMINISTRATOR, wave.organisation)
    staff = visit()
    sign_in(staff, "admin@contoh.id")

    make_a_key(staff, wave.organisation, picture)
    issue(staff, wave, worker)
    paper, badge, card = take_home(visit(width=360), wave, tmp_path, picture)
    check_by_tools_of_others(paper)
    stranger = visit(width=360)
    for file in (paper, badge, card):
        assert checked(stranger, file) == "good", file
    picture(stranger, "check-file-valid")
    spoilt = tmp_path / "diubah.pdf"
    spoilt.write_bytes(paper.read_bytes()[:-2000] + b"0" * 2000)
    assert checked(stranger, spoilt) == "bad"
    picture(stranger, "check-file-altered")
    void_everywhere(staff, stranger, [paper, badge, card], picture)


def make_a_key(page: Page, agency: Organisation, picture: Picture) -> None:
    page.goto(f"/surat/{agency.code}/tanda-tangan/")
    page.click("#tambah a[href$='/key/']")
    page.fill("input[name=name]", "Segel elektronik contoh")
    picture(page, "signing-new")
    page.click("main .form__actions button.btn--primary")
    expect(page.locator("#cara .line strong")).to_have_text("Segel elektronik contoh")
    picture(page, "signing")


def issue(page: Page, wave: Wave, worker: Callable[[], int]) -> None:
    page.goto(f"/pelatihan/gelombang/{wave.code}/kelulusan/")
    page.click("#terbitkan summary")
    page.fill("#terbitkan input[name=city]", "Pontianak")
    page.click("#terbitkan .form__actions button.btn--primary")
    page.wait_for_url(re.compile(r"/tugas/\w+/"))
    worker()
    assert {each.state for each in Award.objects.all()} == {"issued"}


def take_home(phone: Page, wave: Wave, folder: Path, picture: Picture) -> tuple[Path, Path, Path]:
    """The holder, without an account: paper and badge from their private page."""
    first = Award.objects.order_by("pk")[0]  # the one that is looked at later, whatever the order of the names
    registration = Registration.objects.with_names().get(wave=wave, award=first)
    token = hand_out_page(registration=registration, actor=SYSTEM)
    phone.goto(f"/pelatihan/kursi/{token}/")
    picture(phone, "seat-with-certificate")
    found = []
    for selector, name in (
        ("a[href$='sertifikat/']", "sertifikat.pdf"),
        ("a[href$='json']", "b.json"),
        ("a[href$='png']", "b.png"),
    ):
        with phone.expect_download() as download:
            phone.locator(selector).first.click()
        found.append(folder / name)
        download.value.save_as(found[-1])
    return found[0], found[1], found[2]


def check_by_tools_of_others(paper: Path) -> None:
    assert command(paper) == 0
    if pdfsig := shutil.which("pdfsig"):
        said = subprocess.run([pdfsig, str(paper)], capture_output=True, text=True, check=False).stdout
        assert "Signature is Valid" in said


def command(file: Path) -> int:
    """The exit code of ``enggang verify``."""

    def run() -> int:
        try:
            call_command("verify", str(file))
        except SystemExit as ended:
            return int(ended.code or 0)
        return 0

    return apart(run)


def checked(page: Page, file: Path) -> str:
    """The tone in which the public page answers."""
    page.goto("/verify/")
    page.set_input_files("#berkas input[type=file]", file)
    page.click("#berkas button.btn--primary")
    page.wait_for_url("**/verify/berkas/")
    tones = page.locator("main .alert").last.get_attribute("class") or ""
    return tones.rsplit("alert--", 1)[-1].split()[0]


def void_everywhere(staff: Page, stranger: Page, files: list[Path], picture: Picture) -> None:
    award = Award.objects.order_by("pk")[0]
    staff.goto(f"/sertifikat/{award.code}/")
    picture(staff, "award")
    void = staff.locator("form[action$='/batalkan']")
    void.locator("xpath=ancestor::details/summary").click()
    void.locator("textarea[name=reason]").fill("Nama keliru")
    void.locator("button[type=submit]").click()
    expect(staff.locator(".badge--bad").first).to_be_visible()
    for file in files:
        assert checked(stranger, file) == "bad", file
    assert command(files[0]) == 1
    stranger.goto(f"/verify/{award.verify_code}")
    expect(stranger.locator(".alert--bad")).to_be_visible()
    picture(stranger, "check-code-void")
