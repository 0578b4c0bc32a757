"""Money, the ceremony, what changes at work, and the report."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Page, expect

from enggang.budgets.domain.budgets import add_line
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.credentials.models import Award
from enggang.demo.money import LINES
from enggang.training.models import ActionPlan, Fee, Instructor, Registration, ReportVersion, Wave
from tests.stories.conftest import Picture
from tests.stories.life.seats import private_address
from tests.training.uploads import png

Worker = Callable[[], int]
POINTS = {
    "obstacle": "Jaringan internet di aula tidak stabil (contoh).",
    "follow_up": "Menambah titik akses internet di aula (contoh).",
}


def start_the_budget(page: Page, wave: Wave, picture: Picture) -> None:
    """The first line by its form, the others alike; approved; the unit of each instructor chosen."""
    page.goto(f"/pelatihan/gelombang/{wave.code}/uang/")
    page.click("form[action$='/uang/mulai/'] button")
    page.wait_for_url(re.compile(r"/anggaran/"))
    budget_at = page.url
    page.click("main a[href$='/baris/baru/'], a[href$='/baru/']")
    (code, category, item, volume, unit, times, price), *others = LINES
    page.fill("input[name=item]", item)
    page.select_option("select[name=category]", str(category))
    for name, value in (("volume", volume), ("unit", unit), ("frequency", times), ("price", price)):
        page.fill(f"input[name={name}]", str(value))
    page.fill("input[name=account_code]", code)
    page.click("main .form__actions button.btn--primary")
    expect(page.locator(".messages .alert--good")).to_be_visible()
    budget = Wave.objects.select_related("budget__organisation", "budget__subject").get(pk=wave.pk).budget
    assert budget
    for code, category, item, volume, unit, times, price in others:
        add_line(budget=budget, account_code=code, category=category, item=item, volume=volume, unit=unit,
                 frequency=times, price=price, actor=SYSTEM)  # fmt: skip
    page.goto(budget_at)
    page.click("form[action$='/setujui/'] button")
    expect(page.locator("form[action$='/revisi/']")).to_be_visible()
    choose_the_units(page, wave)
    picture(page, "whole-life-budget")


def choose_the_units(page: Page, wave: Wave) -> None:
    people = wave.sessions.values("instructor")
    for row in Instructor.objects.filter(organisation=wave.organisation, person__in=people):
        page.goto(f"/pelatihan/gelombang/{wave.code}/uang/")
        page.click("#honor > details > summary")
        page.select_option("#honor details select[name=instructor]", str(row.pk))
        page.select_option("#honor details select[name=unit]", index=1)
        page.click("#honor details .form__actions button")
        expect(page.locator(".messages .alert--good")).to_be_visible()


def pay_and_travel(page: Page, wave: Wave, picture: Picture) -> Path:
    """Everybody from elsewhere gets a row; each instructor is paid what was reckoned. Answers the recap as downloaded."""
    page.goto(f"/pelatihan/gelombang/{wave.code}/uang/")
    page.locator("#perjalanan > details > summary").first.click()
    form = page.locator("form[action$='/perjalanan/semua/']")
    form.locator("input[name$=per_diem]").fill("380.000")
    form.locator("button.btn--primary").click()
    expect(page.locator(".messages .alert--good")).to_be_visible()
    for fee in Fee.objects.filter(wave=wave):
        page.click(f"a[href$='/honor/{fee.pk}/bayar/']")
        page.fill("input[name=receipt]", f"KW-{fee.pk}")
        page.click(".form__actions button")
        expect(page.locator(".messages .alert--good")).to_be_visible()
    picture(page, "whole-life-money")
    with page.expect_download() as found:
        page.click("form[action$='/uang/rekap/'] button")
    return Path(found.value.path())


def print_certificates(page: Page, wave: Wave, likely: int, worker: Worker, picture: Picture) -> None:
    """Before the last session is over."""
    page.goto(f"/pelatihan/gelombang/{wave.code}/penutupan/")
    expect(page.locator("input[name=people]:checked")).to_have_count(likely)
    page.fill("#siapkan input[name=city]", "Pontianak")
    picture(page, "whole-life-ceremony")
    page.click("#siapkan .form__actions button")
    page.wait_for_url(re.compile(r"/tugas/\w+/"))
    worker()
    page.reload()
    picture(page, "whole-life-printed")


def hand_out_certificates(page: Page, wave: Wave, passed: int, worker: Worker, picture: Picture) -> None:
    page.goto(f"/pelatihan/gelombang/{wave.code}/kelulusan/")
    page.click("form[action$='/putuskan/'] button")
    expect(page.locator(".messages .alert--good")).to_be_visible()
    picture(page, "whole-life-pass-list")
    page.goto(f"/pelatihan/gelombang/{wave.code}/penutupan/")
    page.click("form[action$='/serahkan/'] button")
    page.wait_for_url(re.compile(r"/tugas/\w+/"))
    worker()
    assert Award.objects.filter(registration__wave=wave, state="issued").count() == passed


def hold_back(page: Page, wave: Wave, row: Registration) -> None:
    """Whose paper was printed and who then missed too much: it is not handed out, and its code answers «void»."""
    page.goto(f"/pelatihan/gelombang/{wave.code}/penutupan/")
    form = page.locator(f"form[action$='/{row.code}/tahan/']")
    page.locator("#tahan details", has=form).locator("summary").click()
    form.locator("textarea[name=reason]").fill("Sakit pada dua sesi (contoh)")
    form.locator("button").click()
    expect(page.locator(".messages .alert--good")).to_be_visible()
    assert Award.objects.get(holder_name=row.printed_name, issued_on=wave.ends_on).state == "voided"


def plan_what_changes(phone: Page, superior: Page, address: str, row: Registration, picture: Picture) -> None:
    """A participant without an account writes a plan; their superior agrees it by the address they were sent."""
    phone.goto(address)
    phone.click("a[href$='/rencana/']")
    phone.fill("textarea[name=change]", "Foto layanan dibuat sendiri setiap minggu (contoh).")
    phone.fill("input[name=unit]", "Bidang pemasaran (contoh)")
    phone.fill("input[name=target]", "Informasi destinasi di laman dinas")
    phone.fill("textarea[name=proof]", "Laman dengan foto karya sendiri")
    phone.fill("input[name=due_on]", (clock.today() + timedelta(days=90)).isoformat())
    if phone.locator("input[name=superior_name]").count():
        phone.fill("input[name=superior_name]", "Contoh Atasan (SPESIMEN)")
    picture(phone, "whole-life-plan")
    phone.click("main form .form__actions button.btn--primary")
    phone.click("form[action$='/ajukan/'] button")
    superior.goto(private_address(phone, "rencana-atasan"))
    picture(superior, "whole-life-plan-superior")
    superior.click("form[action$='/setuju/'] button")
    expect(superior.locator(".badge--good")).to_be_visible()
    assert ActionPlan.objects.get(registration=row).state == "accepted"


def write_the_report(page: Page, wave: Wave, worker: Worker, picture: Picture) -> ReportVersion:
    """Words, an obstacle, a photo; no field for a number anywhere; frozen as version 1."""
    address = f"/pelatihan/gelombang/{wave.code}/laporan/"
    page.goto(address)
    assert page.locator("main input[type=number]").count() == 0
    page.click("#teks .form__actions button")
    expect(page.locator(".messages .alert--good")).to_be_visible()
    for place, (kind, text) in enumerate(POINTS.items(), 1):
        page.click("#butir details summary")
        page.select_option("#butir select[name=kind]", kind)
        page.fill("#butir textarea[name=text]", text)
        page.click("#butir .form__actions button")
        expect(page.locator("#butir .line")).to_have_count(place)
    page.click("#foto details summary")
    photo = {"name": "praktik.png", "mimeType": "image/png", "buffer": png(640, 480)}
    page.set_input_files("#foto input[type=file]", photo)  # type: ignore[arg-type]
    expect(page.locator("#foto input[name=upload]")).to_have_count(1)
    worker()
    page.fill("#foto input[name=caption]", "Praktik memotret (contoh)")
    page.fill("#foto input[name=alt]", "Peserta memotret di halaman")
    page.click("#foto .form__actions button")
    expect(page.locator("#foto .plain-list a")).to_have_count(1)
    expect(page.locator(".plain-list .badge--warn")).to_have_count(0)  # nothing is lacking
    page.click("form[action$='/laporan/versi/'] button.btn--primary")
    worker()
    page.goto(address)
    expect(page.locator("a[href$='/pdf/']").first).to_be_visible()
    picture(page, "whole-life-report-version")
    return ReportVersion.objects.get(report__wave=wave)
