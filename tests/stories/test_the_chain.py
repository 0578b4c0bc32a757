"""The chain once through: roster, wave, seat, attendance, certificate, verification, each on its own screen."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.management.commands import doctor
from enggang.credentials.models import Award
from enggang.people.models import Person
from enggang.places.models import Organisation
from enggang.training.models import Wave
from tests.stories.conftest import Picture, Visit
from tests.stories.people import ROSTER, account, fill_wave, roster_file, settle_the_province, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_an_agency_s_list_to_a_certificate_checked_on_a_phone(
    visit: Visit, live_server: LiveServer, worker: Callable[[], int], picture: Picture, settings: Settings
) -> None:
    settings.PUBLIC_URL, settings.DEMO = live_server.url, True
    settle_the_province()
    province = Organisation.objects.get(key="kalbar")
    account("Penyelenggara Contoh", "organiser@contoh.id", Role.ORGANISER, province)
    organiser = visit()
    sign_in(organiser, "organiser@contoh.id")
    picture(organiser, "home-organiser-empty")

    upload_a_roster(organiser, worker, picture)
    plan_and_open_a_wave(organiser, picture)
    wave = Wave.objects.get(name="Gelombang cerita")
    register_somebody_at_the_desk(organiser, wave, picture)
    token = register_oneself(visit(width=360), wave, picture)
    scan_in(organiser, token, picture)
    mark_by_list(organiser, wave, picture)
    issue_certificates(organiser, wave, worker, picture)
    check_on_a_phone(visit(width=360), picture)
    void_and_check_again(organiser, visit(width=360), wave, worker, picture)
    assert [finding for finding in doctor.examine(invariants=True) if not finding.ok] == []


def upload_a_roster(page: Page, worker: Callable[[], int], picture: Picture) -> None:
    page.goto("/pegawai/daftar/unggah/")
    sambas = Organisation.objects.get(key="kalbar/sambas/disporapar")
    page.select_option("select[name=organisation]", sambas.code)
    page.set_input_files("input[name=file]", roster_file())  # type: ignore[arg-type]
    picture(page, "roster-upload")
    page.click("main form[enctype] button.btn--primary")
    page.wait_for_url(re.compile(r"/pegawai/daftar/\w+/"))
    worker()
    page.reload()
    expect(page.locator(".stat__value").first).to_have_text(str(len(ROSTER)))
    picture(page, "roster-read")
    assert Person.objects.count() == len(ROSTER)


def plan_and_open_a_wave(page: Page, picture: Picture) -> None:
    page.goto("/pelatihan/program/baru/")
    agency = Organisation.objects.get(key="kalbar/disporapar")
    page.select_option("select[name=organisation]", str(agency.pk))
    page.fill("input[name=title]", "Pelatihan ASN Kreatif")
    page.fill("input[name=modules-0-title]", "Dasar fotografi")
    page.fill("input[name=modules-0-jp]", "5")
    page.fill("input[name=modules-1-title]", "Dasar videografi")
    page.fill("input[name=modules-1-jp]", "5")
    picture(page, "programme-new")
    page.click("main .form__actions button.btn--primary")
    page.wait_for_url(re.compile(r"/pelatihan/program/\w+/$"))
    page.goto("/pelatihan/gelombang/baru/")
    page.select_option("select[name=programme]", label="Pelatihan ASN Kreatif")
    fill_wave(page, name="Gelombang cerita", quotas=[("region:61.01", 1), ("open", 2)])
    picture(page, "wave-new")
    page.click("main .form__actions button.btn--primary")
    page.wait_for_url(re.compile(r"/pelatihan/gelombang/\w+/$"))
    for begins, ends in (("00:00", "12:00"), ("12:00", "23:59")):
        expect(page.locator("#sesi details summary").first).to_be_visible()
        if not page.locator("#sesi details[open]").count():
            page.click("#sesi details summary")
        page.fill("#sesi input[name=title]", f"Sesi {begins}")
        page.fill("#sesi input[name=begins]", begins)
        page.fill("#sesi input[name=ends]", ends)
        page.fill("#sesi input[name=jp]", "5")
        page.click("#sesi .form__actions button.btn--primary")
        expect(page.locator("#sesi .line strong").last).to_have_text(f"Sesi {begins}")
    page.click("form[action$='/buka/'] button")
    expect(page.locator(".messages .alert--good")).to_be_visible()
    picture(page, "wave-open")


def register_somebody_at_the_desk(page: Page, wave: Wave, picture: Picture) -> None:
    page.goto(f"/pelatihan/gelombang/{wave.code}/daftarkan/")
    picture(page, "nominate")
    page.check(f"#p-{Person.objects.get(name__startswith='Petrus').code}")
    page.click("main form[method=post] .form__actions button.btn--primary")
    expect(page.locator(".line .badge--good")).to_have_count(1)
    page.goto(f"/pelatihan/gelombang/{wave.code}/peserta/")
    picture(page, "participants")


def register_oneself(phone: Page, wave: Wave, picture: Picture) -> str:
    """Without an account: a wrong name first, then the right one; answers the address in the pass's QR."""
    phone.goto(f"/pelatihan/daftar/{wave.code}/")
    phone.fill("input[name=nip]", ROSTER[0][1])
    phone.fill("input[name=name]", "Nama Lain")
    phone.click("#daftar button.btn--primary")
    expect(phone.locator(".error-summary")).to_be_visible()
    expect(phone.locator("input[name=nip]")).to_have_value(ROSTER[0][1])
    phone.fill("input[name=name]", "dayang kumala")
    picture(phone, "register-oneself")
    phone.click("#daftar button.btn--primary")
    phone.wait_for_url(re.compile(r"/pelatihan/kursi/"))
    expect(phone.locator("#pass svg").first).to_be_visible()
    picture(phone, "seat")
    from enggang.attendance.models import Pass
    from enggang.attendance.tokens import token_of

    holder = Person.objects.get(nip=ROSTER[0][1]).subject
    return f"/hadir/p/{token_of(Pass.objects.get(holder=holder))}/"


def scan_in(page: Page, address: str, picture: Picture) -> None:
    page.goto(address)
    picture(page, "scan-staff")
    page.click(".mark-form__button")
    expect(page.locator(".answer--good")).to_be_visible()
    picture(page, "scan-answer")
    page.goto(address)
    expect(page.locator(".mark-form .badge--good").first).to_be_visible()


def mark_by_list(page: Page, wave: Wave, picture: Picture) -> None:
    for session in wave.sessions.select_related("occasion__subject"):
        page.goto(f"/hadir/{session.occasion.code}/")
        for line in page.locator(".hand").all():
            line.locator("input[value=present]").check()
        picture(page, "attendance-list")
        page.click(".list-save button")
        expect(page.locator(".hand__mark")).to_have_count(2)


def issue_certificates(page: Page, wave: Wave, worker: Callable[[], int], picture: Picture) -> None:
    page.goto(f"/pelatihan/gelombang/{wave.code}/kelulusan/")
    page.click("form[action$='/putuskan/'] button")
    page.click("#terbitkan summary")
    page.fill("#terbitkan input[name=city]", "Pontianak")
    picture(page, "pass-list")
    page.click("#terbitkan .form__actions button.btn--primary")
    page.wait_for_url(re.compile(r"/tugas/\w+/"))
    worker()
    page.reload()
    expect(page.locator(".alert--good")).to_be_visible()
    picture(page, "certificates-drawn")
    assert list(Award.objects.order_by("pk").values_list("document__number__seq", "state")) == [
        (1, "issued"),
        (2, "issued"),
    ]


def check_on_a_phone(phone: Page, picture: Picture) -> None:
    award = Award.objects.get(document__number__seq=1)
    phone.goto(award.document.content["verification"]["url"])
    expect(phone.locator(".alert--good")).to_be_visible()
    text = phone.inner_text("main")
    assert award.holder_name in text
    assert award.number in text
    assert "SPECIMEN" in text
    assert award.holder_nip not in text
    picture(phone, "verify-valid")
    phone.goto("/verify/")
    phone.fill("input[name=code]", award.grouped_code.lower())
    phone.click("main button.btn--primary")
    expect(phone.locator(".alert--good")).to_be_visible()


def void_and_check_again(page: Page, phone: Page, wave: Wave, worker: Callable[[], int], picture: Picture) -> None:
    award = Award.objects.get(document__number__seq=1)
    page.goto(f"/sertifikat/{award.code}/")
    void = page.locator(".confirm:has(form[action$='/batalkan'])")
    void.locator("summary").click()
    void.locator("textarea[name=reason]").fill("Nama keliru")
    void.locator("button").click()
    expect(page.locator(".badge--bad").first).to_be_visible()
    phone.goto(f"/verify/{award.verify_code}")
    expect(phone.locator(".alert--bad")).to_be_visible()
    picture(phone, "verify-void")
    page.goto(f"/pelatihan/gelombang/{wave.code}/kelulusan/")
    page.click("#terbitkan summary")
    page.fill("#terbitkan input[name=city]", "Pontianak")
    page.click("#terbitkan .form__actions button.btn--primary")
    page.wait_for_url(re.compile(r"/tugas/\w+/"))
    worker()
    assert sorted(Award.objects.values_list("document__number__seq", "state")) == [
        (1, "voided"), (2, "issued"), (3, "issued"),
    ]  # fmt: skip
    assert clock.today().year == Award.objects.latest("pk").issued_on.year
