"""Paper before the wave: invitations with a number given outside, surat tugas that come back, names confirmed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from playwright.sync_api import Page, expect

from enggang.core import clock
from enggang.documents.models import Letter
from enggang.training.models import AssignedPerson, Registration, Wave
from tests.stories.conftest import Picture
from tests.stories.life import crowd
from tests.stories.life.seats import private_address

OUTSIDE = "400.9/777/DISPORAPAR-CONTOH"


def invite_by_letter(page: Page, phone: Page, wave: Wave, picture: Picture) -> None:
    """To every agency that has a seat; numbered as the secretariat has numbered it; one answers on a phone."""
    page.goto(f"/pelatihan/gelombang/{wave.code}/surat/undangan/")
    agencies = set(wave.registrations.seated().exclude(agency=wave.organisation).values_list("agency", flat=True))
    for pk in agencies:
        page.check(f"input[name=organisations][value='{pk}']")
    picture(page, "whole-life-invitation-form")
    page.click("main .form__actions button.btn--primary")
    page.wait_for_url(re.compile(r"/naskah/"))
    page.fill("input[name=number]", OUTSIDE)
    picture(page, "whole-life-invitation")
    page.click("form[action$='/nomor/'] button")
    expect(page.locator("main a[href$='/pdf/']")).to_be_visible()
    assert Letter.objects.get(number=OUTSIDE).is_issued
    page.goto(f"/pelatihan/gelombang/{wave.code}/surat/")
    page.click("form[action$='/langkah/kirim/'] button")
    expect(page.locator(".copy__text")).to_have_count(len(agencies))
    phone.goto(private_address(page, "undang"))
    phone.locator("#jawab form button.btn--primary").click()
    expect(phone.locator("#jawab .badge--good")).to_be_visible()
    picture(phone, "whole-life-invitation-answer")


def receive_letters(page: Page, wave: Wave, rows: Sequence[Registration], picture: Picture) -> None:
    """One surat tugas by the form, the others alike; all are checked on the list."""
    own = [row for row in rows if row.agency_id == rows[0].agency_id]
    page.goto(f"/pelatihan/gelombang/{wave.code}/surat-tugas/unggah/")
    for row in own:
        page.check(f"input[name=people][value='{row.pk}']")
    page.fill("input[name=number]", "800/00/CONTOH")
    page.fill("input[name=dated]", clock.today(wave.time_zone).isoformat())
    page.fill("input[name=signed_post]", "Kepala (contoh)")
    page.fill("input[name=signed_name]", "Contoh Pejabat (SPESIMEN)")
    paper = {"name": "surat.pdf", "mimeType": "application/pdf", "buffer": crowd.LETTER}
    page.set_input_files("input[name=file]", paper)  # type: ignore[arg-type]
    page.click("main .form__actions button.btn--primary")
    expect(page.locator(".messages .alert--good")).to_be_visible()
    crowd.send_letters(wave, [row for row in rows if row not in own])
    page.reload()
    for _page in range(2):
        page.goto(f"/pelatihan/gelombang/{wave.code}/surat-tugas/?keadaan=received")
        page.click("[data-tick-all=named]")
        picture(page, "whole-life-surat-tugas")
        page.click("button[name=state][value=accepted]")
        expect(page.locator(".messages .alert--good")).to_be_visible()
    assert AssignedPerson.objects.filter(letter__wave=wave, state="accepted").count() == len(rows)


def confirm_names(page: Page, phone: Page, wave: Wave, rows: Sequence[Registration], picture: Picture) -> str:
    """The first on a phone, from the page that the organiser hands out; answers that page's address."""
    first, *others = rows
    page.goto(f"/pelatihan/pendaftaran/{first.code}/")
    page.click("form[action$='/halaman/'] button")
    address = private_address(page, "kursi")
    phone.goto(address)
    phone.click("#nama form button.btn--primary")
    expect(phone.locator("#nama .badge--good")).to_be_visible()
    crowd.confirm_names(others)
    page.goto(f"/pelatihan/gelombang/{wave.code}/kelengkapan/")
    picture(page, "whole-life-ready")
    return address
