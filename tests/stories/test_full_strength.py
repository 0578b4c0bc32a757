"""A wave at full strength: a pasted list, quotas and a waiting list, three days without signal, and who passed and why."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.db.models import QuerySet
from playwright.sync_api import Locator, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from enggang.access.enums import Role
from enggang.attendance.models import Mark, Pass, Scan
from enggang.attendance.tokens import token_of
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.management.commands import doctor
from enggang.people.domain.persons import add_person
from enggang.people.models import Person
from enggang.places.models import Organisation
from enggang.seats.domain.offers import PoolSpec
from enggang.seats.models import Pool
from enggang.training.domain.sessions import add_session
from enggang.training.domain.waves import open_wave
from enggang.training.models import Registration, Wave
from tests.stories.conftest import Clock, Picture, Visit
from tests.stories.people import account, settle_the_province, sign_in
from tests.training.factories import make_wave

pytestmark = pytest.mark.django_db(transaction=True)

DAYS = 3
GOOD = 33
QUOTA, OPEN = 8, 2  # the others wait


def test_from_forty_pasted_numbers_to_a_pass_list_that_explains_itself(
    visit: Visit, live_server: LiveServer, picture: Picture, settings: Settings, later: Clock
) -> None:
    settings.PUBLIC_URL = live_server.url
    settle_the_province()
    province = Organisation.objects.get(key="kalbar/disporapar")
    sambas, other = (Organisation.objects.get(key=f"kalbar/{name}/disporapar") for name in ("sambas", "bengkayang"))
    wave = three_days(province, sambas)
    staff = [
        add_person(organisation=sambas, name=f"Peserta {letters(n)}", nip=nip(n), actor=SYSTEM) for n in range(GOOD)
    ]
    stranger = add_person(organisation=other, name="Pegawai Lain", nip=nip(900), actor=SYSTEM)
    spare = add_person(organisation=sambas, name="Cadangan Contoh", nip=nip(800), actor=SYSTEM)
    account("Koordinator Sambas", "coordinator@contoh.id", Role.COORDINATOR, sambas)
    account("Penyelenggara Contoh", "organiser@contoh.id", Role.ORGANISER, province)
    coordinator, organiser = visit(), visit()
    sign_in(coordinator, "coordinator@contoh.id")
    sign_in(organiser, "organiser@contoh.id")

    paste_forty(coordinator, wave, staff, stranger, picture)
    the_list_moves_by_itself(coordinator, wave, picture)
    a_colleague_takes_over(coordinator, wave, spare)
    the_organiser_decides_who_moves(organiser, coordinator, wave, picture)
    phones = [open_gate(organiser, visit(language="en", width=360), wave, door) for door in ("Pintu A", "Pintu B")]
    three_days_without_signal(phones, wave, later, picture)
    meet_again(phones, wave, picture)
    mark_who_was_sick(organiser, wave)
    read_the_pass_list(organiser, wave, picture)
    assert [finding for finding in doctor.examine(invariants=True) if not finding.ok] == []


def nip(number: int) -> str:
    return f"198001012010011{number + 1:03d}"


def letters(number: int) -> str:
    return f"{chr(65 + number // 26)}{chr(97 + number % 26)}ndika"


def three_days(province: Organisation, sambas: Organisation) -> Wave:
    """A wave that begins today; each day is one session, so that it is always in its time."""
    today = clock.today()
    wave = make_wave(
        province, PoolSpec("Kuota Sambas", QUOTA, organisation=sambas), PoolSpec("Terbuka", OPEN), sessions=0,
        opened=False, starts_on=today, ends_on=today + timedelta(days=DAYS - 1),
    )  # fmt: skip
    for number in range(DAYS):
        day = today + timedelta(days=number)
        title = f"Hari {number + 1}"
        add_session(wave=wave, title=title, day=day, begins=time(0), ends=time(23, 59), jp=8, actor=SYSTEM)
    return open_wave(wave=wave, actor=SYSTEM)


def paste_forty(page: Page, wave: Wave, staff: list[Person], stranger: Person, picture: Picture) -> None:
    """33 that are right and seven that are not: lost digits, unknown, another agency's, twice."""
    bad = ["1,98001E+17", "198001012010011000", nip(700), nip(701), stranger.nip, staff[0].nip, staff[1].nip]
    lines = [f"{n}. {person.name} {person.nip}" for n, person in enumerate(staff, 1)] + bad
    assert len(lines) == 40
    page.click(f"main a[href$='/gelombang/{wave.code}/daftarkan/']")  # from the home page
    page.click("a[href$='/daftarkan/tempel/']")
    page.fill("textarea[name=lines]", "\n".join(lines))
    page.click("button[value=check]")
    expect(page.locator("#siap .line")).to_have_count(GOOD)
    kinds = page.locator("#perbaiki .line").evaluate_all("lines => lines.map((line) => line.dataset.kind)")
    assert kinds == ["lost", "lost", "unknown", "unknown", "elsewhere", "twice", "twice"]
    assert stranger.name not in page.content()
    assert not Registration.objects.exists()
    picture(page, "paste-checked")
    page.click("button[value=register]")
    expect(page.locator("#terdaftar .line")).to_have_count(GOOD)
    expect(page.locator("#terdaftar .badge--good")).to_have_count(QUOTA + OPEN)
    left = page.locator("textarea[name=lines]").input_value()
    assert left.split("\n") == bad
    picture(page, "paste-registered")
    assert list(Pool.objects.order_by("pk").values_list("taken", flat=True)) == [QUOTA, OPEN]


def the_list_moves_by_itself(page: Page, wave: Wave, picture: Picture) -> None:
    """Somebody gives the seat back: whoever waited longest has it at once. From the list of one's own people."""
    first, next_one = seated(wave).first(), waiting(wave).first()
    assert first
    assert next_one
    page.click("#terdaftar a[href$='/peserta/']")
    row = line_of(page, first)
    row.locator("details.confirm summary").click()
    picture(page, "own-people")
    row.locator("form[action$='/undur/'] textarea").fill("Dinas luar")
    row.locator("form[action$='/undur/'] button").click()
    expect(page.locator("form[action$='/undur/']")).to_have_count(0)
    assert Registration.objects.get(pk=next_one.pk).is_seated
    assert seated(wave).count() == QUOTA + OPEN


def a_colleague_takes_over(page: Page, wave: Wave, colleague: Person) -> None:
    """A substitute on the seat, found from the home page by clicks alone, and a page of their own as a QR."""
    row = seated(wave).first()
    assert row
    to_own_people(page, wave)
    line_of(page, row).locator("a[href$='/ganti/']").click()
    page.fill("#text", colleague.name)
    page.click(".filter-bar button")
    page.check("input[name=person]")
    page.fill("input[name=reason]", "Sakit")
    page.click("form[method=post].stack button.btn--primary")
    expect(page.locator(".messages .alert--good")).to_be_visible()
    made = Registration.objects.get(person=colleague)
    assert made.is_seated
    assert not Registration.objects.get(pk=row.pk).is_seated
    to_own_people(page, wave)
    line_of(page, made).locator("form[action$='/halaman/'] button").click()
    expect(page.locator("main .qr__code svg").first).to_be_visible()
    assert seated(wave).count() == QUOTA + OPEN


def to_own_people(page: Page, wave: Wave) -> None:
    page.goto("/beranda/")
    page.click(f"main a[href$='/gelombang/{wave.code}/daftarkan/']")
    page.click(f"a[href$='/gelombang/{wave.code}/peserta/']")


def line_of(page: Page, row: Registration) -> Locator:
    return page.locator("main table tbody tr", has=page.locator(f"a[href$='/pendaftaran/{row.code}/']"))


def the_organiser_decides_who_moves(organiser: Page, coordinator: Page, wave: Wave, picture: Picture) -> None:
    """With the policy «proposed» a freed seat stays free until the organiser accepts who is next."""
    organiser.goto(f"/pelatihan/gelombang/{wave.code}/kursi/")
    organiser.check("#aturan input[value=proposed]")
    organiser.click("#aturan button.btn--primary")
    expect(organiser.locator(".messages .alert--good")).to_be_visible()
    leaving, next_one = seated(wave).last(), waiting(wave).first()
    assert leaving
    assert next_one
    to_own_people(coordinator, wave)
    line_of(coordinator, leaving).locator("a").first.click()
    give_back(coordinator)
    assert seated(wave).count() == QUOTA + OPEN - 1
    organiser.goto(f"/pelatihan/gelombang/{wave.code}/kursi/")
    expect(organiser.locator("#usulan .line strong").first).to_have_text(next_one.person.name)
    picture(organiser, "seats-proposed")
    organiser.click("#usulan form[action$='/terima/'] button")
    expect(organiser.locator(".messages .alert--good")).to_be_visible()
    assert Registration.objects.get(pk=next_one.pk).is_seated
    assert sum(Pool.objects.values_list("taken", flat=True)) == QUOTA + OPEN


def give_back(page: Page) -> None:
    page.click("details.confirm:has(form[action$='/undur/']) summary")
    page.fill("form[action$='/undur/'] textarea", "Dinas luar")
    page.click("form[action$='/undur/'] button")
    expect(page.locator("form[action$='/undur/']")).to_have_count(0)


def seated(wave: Wave) -> QuerySet[Registration]:
    return wave.registrations.seated().order_by("pk")


def waiting(wave: Wave) -> QuerySet[Registration]:
    return wave.registrations.waiting().select_related("person").order_by("claim_id")


def open_gate(organiser: Page, phone: Page, wave: Wave, door: str) -> Page:
    """The organiser opens a gate for three days; a volunteer's phone reads its address while there is signal."""
    session = wave.sessions.select_related("occasion__subject").first()
    assert session
    organiser.goto(f"/hadir/{session.occasion.code}/gerbang/")
    organiser.fill("input[name=name]", door)
    choice = organiser.locator("input[name=hours][value='72']")
    choice.check(force=True) if choice.count() else organiser.select_option("select[name=hours]", "72")
    organiser.click("main .form__actions button.btn--primary")
    phone.goto(organiser.locator("#gate-address-text").inner_text().strip())
    phone.wait_for_selector("main[data-ready]")
    phone.wait_for_selector("main[data-kept]")
    phone.clock.install()
    phone.context.set_offline(True)
    return phone


def three_days_without_signal(phones: list[Page], wave: Wave, later: Clock, picture: Picture) -> None:
    """Who comes how often: all three days; the last but two on two days; the last but one on one; the last, sick, on two."""
    first, second = phones
    held = passes(wave)
    assert len(held) == QUOTA + OPEN
    for day, session in enumerate(wave.sessions.select_related("occasion__subject").order_by("day")):
        present = held[:-3] + ([held[-3]] if day < 2 else []) + ([held[-2]] if day == 0 else [])
        present += [held[-1]] if day < 2 else []
        for number, row in enumerate(present):
            phone = phones[number % 2]
            verdict = scan(phone, session.occasion.code, f"/hadir/p/{token_of(row)}/")
            assert verdict[0] == ("accepted" if day == 0 else "held"), (day, verdict)  # names leave a phone after hours
        if day == 1:
            assert (
                scan(second, session.occasion.code, token_of(present[0]))[0] == "held"
            )  # has gone in at the other door
            picture(second, "gate-day-two")
        for phone in phones:
            phone.clock.fast_forward("24:00:00") if day < DAYS - 1 else None
    later["by"] = timedelta(days=DAYS - 1)
    assert not Scan.objects.exists()
    assert "waiting" in first.inner_text("#sync")


def scan(page: Page, occasion: str, text: str) -> tuple[str, str]:
    page.evaluate("document.getElementById('answer').replaceChildren()")
    page.select_option("#occasion", occasion)
    page.fill("#read", text)
    page.press("#read", "Enter")
    box = page.locator("#answer .answer")
    return box.get_attribute("data-verdict") or "", box.get_attribute("data-reason") or ""


def passes(wave: Wave) -> list[Pass]:
    rows = {row.holder_id: row for row in Pass.objects.valid().filter(group=wave.subject)}
    return [rows[each.person.subject_id] for each in seated(wave).select_related("person").order_by("person__name_key")]


def meet_again(phones: list[Page], wave: Wave, picture: Picture) -> None:
    for phone in phones:
        phone.context.set_offline(False)
        phone.click("#sync-now")
        expect(phone.locator("#sync")).to_contain_text("0 waiting")
    expected = (QUOTA + OPEN - 3) * DAYS + 2 + 1 + 2
    assert Mark.objects.filter(occasion__group=wave.subject, status="present", method="qr").count() == expected
    assert Scan.objects.filter(reason="two_devices").count() == 1
    report = next(phone for phone in phones if phone.locator("#conflicts li[data-reason=two_devices]").count())
    expect(report.locator("#report")).to_be_visible()
    picture(report, "gate-three-days")


def mark_who_was_sick(page: Page, wave: Wave) -> None:
    """By hand on the third day: the last one is sick, the one of a single day was absent."""
    session = wave.sessions.select_related("occasion__subject").order_by("day").last()
    assert session
    page.goto(f"/hadir/{session.occasion.code}/")
    rows = list(seated(wave).select_related("person").order_by("person__name_key"))
    for row, status in ((rows[-1], "sick"), (rows[-2], "absent")):
        page.locator(".hand", has_text=row.person.name).locator(f"input[value={status}]").check()
    page.click(".list-save button")
    expect(page.locator(".messages .alert--good")).to_be_visible()


def read_the_pass_list(page: Page, wave: Wave, picture: Picture) -> None:
    page.goto(f"/pelatihan/gelombang/{wave.code}/kelulusan/")
    page.click("form[action$='/putuskan/'] button")
    expect(page.locator(".messages .alert--good")).to_be_visible()
    lines = page.locator("main table tbody tr")
    expect(lines).to_have_count(QUOTA + OPEN)
    texts = [text.replace("\n", " ") for text in lines.all_inner_texts()]
    assert all("100% (3 " in text for text in texts[:-3])
    two, one, sick = texts[-3:]
    assert "66%" in two
    assert "Hari 3" in two
    assert "33%" in one
    assert "Hari 2" in one
    assert "Hari 3" in one
    assert "66%" in sick
    assert "sakit" in sick.lower() or "sick" in sick.lower()
    picture(page, "pass-list-explained")
    assert wave.registrations.filter(outcome="passed").count() == QUOTA + OPEN - 3
