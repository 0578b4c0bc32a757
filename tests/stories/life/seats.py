"""Who comes: the wave is planned, agencies are called, they nominate, and the seats are given out."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from playwright.sync_api import Page, expect

from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.people.models import Employment
from enggang.places.models import Organisation
from enggang.training.domain.nominations import invite_agency
from enggang.training.models import Call, Nomination, Wave
from tests.stories.conftest import Picture
from tests.stories.life import crowd

PEOPLE, BY_AGENCY, AGENCIES = 80, 6, 15
PROVINCE = 56  # of the seats; the others are open
AWAY = 7  # days from now: the demonstration's own waves have their people on other days
Worker = Callable[[], int]


def plan_the_wave(page: Page, picture: Picture) -> Wave:
    """A quota for the provincial government, the rest open; the first session by its form."""
    first = clock.today() + timedelta(days=AWAY)
    page.goto("/pelatihan/gelombang/baru/")
    page.select_option("select[name=programme]", label="Pelatihan ASN Kreatif")
    page.fill("input[name=name]", "Gelombang cerita")
    page.fill("input[name=starts_on]", first.isoformat())
    page.fill("input[name=ends_on]", (first + timedelta(days=2)).isoformat())
    page.select_option("select[name=venue]", index=1)
    page.select_option("select[name=pools-0-owner]", label="Pemerintah Provinsi Kalimantan Barat")
    page.fill("input[name=pools-0-size]", str(PROVINCE))
    page.select_option("select[name=pools-1-owner]", "open")
    page.fill("input[name=pools-1-size]", str(PEOPLE - PROVINCE))
    picture(page, "whole-life-wave")
    page.click("main .form__actions button.btn--primary")
    page.wait_for_url(re.compile(r"/gelombang/\w+/$"))
    wave = Wave.objects.with_names().get(name="Gelombang cerita")
    add_the_first_session(page, wave.starts_on)
    crowd.schedule(wave, after=1)
    page.reload()
    page.click("form[action$='/buka/'] button")
    expect(page.locator("form[action$='/selesai/']")).to_be_visible()
    return Wave.objects.with_names().get(pk=wave.pk)


def add_the_first_session(page: Page, day: date) -> None:
    page.fill("#sesi input[name=title]", "Kebijakan promosi daerah dan peran ASN kreatif")
    page.fill("#sesi input[name=day]", day.isoformat())
    page.fill("#sesi input[name=begins]", "08:00")
    page.fill("#sesi input[name=ends]", "12:00")
    page.fill("#sesi input[name=jp]", "5")
    page.click("#sesi .form__actions button")
    expect(page.locator("#sesi .line")).to_have_count(1)


def call_on_agencies(page: Page, wave: Wave) -> Call:
    """From the programme's page; the first agency is invited by the form, the others likewise."""
    page.goto(f"/pelatihan/program/{wave.programme.code}/")
    page.click("main a[href$='/usulan/']")
    page.fill("#baru input[name=title]", "Panggilan peserta (contoh)")
    page.check(f"#baru input[name=waves][value='{wave.pk}']")
    until = timezone.localtime(clock.now() + timedelta(days=2), ZoneInfo(wave.time_zone))
    page.fill("#baru input[name=deadline]", f"{until:%Y-%m-%dT%H:%M}")
    page.click("#baru .form__actions button")
    page.wait_for_url(re.compile(r"/usulan/panggilan/\w+/"))
    call = Call.objects.get(title="Panggilan peserta (contoh)")
    offices = Organisation.objects.filter(employments__ends_on=None, employments__isnull=False).distinct()
    for office in offices.order_by("path")[:AGENCIES]:
        invite_agency(call=call, agency=office, quota=BY_AGENCY, actor=SYSTEM)
    page.click("form[action$='/buka/'] button")
    expect(page.locator("form[action$='/tutup/']")).to_be_visible()
    return call


def nominate_by_link(page: Page, phone: Page, call: Call, picture: Picture) -> None:
    """One agency nominates on a phone by its link; the others do the same."""
    first, *others = call.agencies.select_related("agency", "call__organisation").order_by("pk")
    page.reload()
    page.click(f"#instansi form[action$='/{first.code}/tautan/'] button")
    phone.goto(private_address(page, "usulkan"))
    staff = Employment.objects.present().filter(organisation=first.agency).select_related("person")[:BY_AGENCY]
    phone.fill("#tempel textarea", "\n".join(row.person.nip for row in staff))
    phone.click("#tempel button.btn--primary")
    expect(phone.locator("#urutan .line")).to_have_count(len(staff))
    picture(phone, "whole-life-nominated")
    crowd.nominate(others, BY_AGENCY)


def private_address(page: Page, word: str) -> str:
    """The address that a page hands out, to be opened by somebody else."""
    found = re.search(rf"http\S+?/{word}/[^/\s\"<]+/", page.inner_text("main"))
    assert found
    return found.group()


def give_the_seats(page: Page, call: Call, worker: Worker, picture: Picture) -> None:
    page.goto(f"/pelatihan/usulan/panggilan/{call.code}/")
    picture(page, "whole-life-call")
    page.locator("#usulan .line form[action$='/setujui/'] button").first.click()
    page.click(f"form[action$='/panggilan/{call.code}/setujui/'] button")
    expect(page.locator(".messages .alert--good")).to_be_visible()
    assert not Nomination.objects.filter(invited__call=call).exclude(state="approved").exists()
    page.click("#rancangan form button")
    worker()
    page.reload()
    picture(page, "whole-life-proposal")
    page.click("form[action$='/terima/'] button")
    page.wait_for_url(re.compile(r"/tugas/\w+/"))
    worker()
