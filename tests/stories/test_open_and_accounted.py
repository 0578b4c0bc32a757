"""A festival open to people and accounted for: three hundred register for the saprahan, two phones without signal let them in,
stalls report what they took in, forty visitors answer, and the report comes out with a range, an interval, the money against
the plan, and a folder for the auditor in which what is missing stands in red."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from enggang.access.enums import Role
from enggang.attendance.domain.counts import Written, enter_counts
from enggang.attendance.models import Occasion, Pass, Presence, Scan
from enggang.attendance.tokens import token_of
from enggang.budgets.amounts import shown
from enggang.budgets.domain.budgets import add_line, add_source
from enggang.budgets.domain.reference import load_reference as load_budgets
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.management.commands import doctor
from enggang.documents.domain.letterheads import add_letterhead, add_signatory
from enggang.events.domain.reference import load_reference
from enggang.events.domain.stall_links import open_stall_link
from enggang.events.models import Booking, Edition, ImpactResult, Slot, StallApplication, SurveyAnswer, Turnover
from enggang.events.queries.impact_words import told_impact
from enggang.plans.domain.reference import load_reference as load_plans
from tests.events.factories import make_site, planned
from tests.events.stalling import accepted, make_call, make_category
from tests.events.visiting import make_festival
from tests.stories.conftest import Clock, Picture, Visit
from tests.stories.festival.papers import red_words_of, words_of
from tests.stories.festival.people import all_send, answers, families
from tests.stories.test_at_the_desk import signed_in
from tests.stories.test_festival_gate import gate_of, show
from tests.stories.test_impact import fills
from tests.stories.test_impact import opened as survey_opened
from tests.stories.test_offline_gate import open_app
from tests.stories.test_tally import later as minutes_on
from tests.stories.test_tally import make_point, open_counter, tap
from tests.stories.test_tally import meet_again as counters_meet_again
from tests.training.factories import client_of, make_agency, make_user

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = 360
SEATS, ASKED = 300, 40
STALLS = 6
BREAD = "Kue Lapis Bu Contoh"


@pytest.fixture
def festival() -> Edition:
    """Today, published, with a place and a committee, of an agency with a letterhead."""
    cache.clear()
    for load in (load_budgets, load_plans, load_reference):
        load(actor=SYSTEM)
    agency, today = make_agency("Dinas Pariwisata Mempawah"), clock.today("Asia/Pontianak")
    first = today.replace(month=1, day=1)
    add_letterhead(
        organisation=agency, lines="Pemerintah Kabupaten Mempawah", city="Mempawah", valid_from=first, actor=SYSTEM
    )
    add_signatory(organisation=agency, post="Kepala Dinas", name="Contoh Kepala", valid_from=first, actor=SYSTEM)
    edition = make_festival(agency, "Saprahan Pesisir", first=today, last=today, year=today.year)
    make_site(edition, "Lapangan keraton")
    planned(edition)
    return edition


def good(page: Page) -> None:
    expect(page.locator(".messages .alert--good").first).to_be_visible()


# -- open to people -----------------------------------------------------------------------------------------------


def the_saprahan_opens(desk: Page, edition: Edition) -> Slot:
    """A common meal with three hundred seats, which has begun an hour ago."""
    desk.goto(f"/acara/edisi/{edition.code}/pengunjung/baru/")
    desk.fill("[name=title]", "Saprahan di lapangan keraton")
    desk.select_option("[name=site]", label="Lapangan keraton")
    desk.check("[name=consent]")
    desk.click("main .form__actions .btn--primary")
    now = clock.now().astimezone(ZoneInfo(edition.time_zone))
    desk.fill("#waktu-begins", f"{max(now.hour - 1, 0):02d}:00")
    desk.fill("#waktu-ends", "23:59")
    desk.fill("#waktu-capacity", str(SEATS))
    desk.click("form[action$='/waktu/'] .btn--primary")
    desk.click("form[action$='/langkah/'] .btn--primary")
    expect(desk.locator("main")).to_contain_text("Pendaftaran dibuka")
    return Slot.objects.with_names().get()


def by_hand(phone: Page, edition: Edition, name: str, number: str, **ages: int) -> str:
    """Whoever types the form themselves; the page that follows is the ticket."""
    phone.goto(f"/acara/{edition.code}/daftar/")
    phone.click(".slot a.btn")
    phone.fill("[name=name]", name)
    phone.fill("[name=phone]", number)
    for age, count in ages.items():
        phone.fill(f"[name=age-{age}]", str(count))
    phone.click("main .form__actions .btn--primary")
    phone.wait_for_url("**/acara/t/**")
    return phone.url


def three_hundred_register(visit: Visit, server: str, edition: Edition, slot: Slot, picture: Picture) -> None:
    """Three with their own hands, among them a family whose mother consents for the children; the others over HTTP."""
    mother, pair, one = (visit(width=PHONE) for _ in range(3))
    by_hand(mother, edition, "Contoh Ibu Dayang", "081234567890", adult=2, youth=1, child=2)
    expect(mother.locator("main")).to_contain_text("Persetujuan wali belum ada untuk 3 anak")
    mother.click("text=Saya walinya dan ikut datang")
    mother.fill("#hadir-relation", "Ibu")
    mother.click("details[open] button.btn--primary")
    expect(mother.locator("main")).to_contain_text("Tempatnya pasti: 5 orang")
    picture(mother, "accounted-ticket")
    by_hand(pair, edition, "Contoh Petrus", "081299990001", adult=2)
    by_hand(one, edition, "Contoh Anyim", "081299990002", adult=1)
    path = f"/acara/{edition.code}/daftar/{slot.pk}/"
    sent = all_send(server, [(path, typed) for typed in families(SEATS - 5 - 2 - 1)])
    assert all("/acara/t/" in address for address, _page in sent)
    slot.pool.refresh_from_db()
    assert slot.pool.taken == sum(Booking.objects.values_list("quantity", flat=True)) == SEATS
    late = visit(width=PHONE)
    by_hand(late, edition, "Contoh Terlambat", "081299990003", adult=2)
    expect(late.locator("main")).to_contain_text("Di daftar tunggu, urutan ke-1")
    parents_answer(server, [address for address, page in sent if "Persetujuan wali belum ada" in page])


def parents_answer(server: str, tickets: list[str]) -> None:
    """On the ticket of each family with children, the adult who comes along; the last one forgets it."""
    paths = [urlsplit(address).path for address in tickets]
    said = all_send(
        server, [(path, {"to": "wali/hadir/", "name": "Contoh Wali", "relation": "Ayah"}) for path in paths[:-1]]
    )
    assert paths
    assert not any("Persetujuan wali belum ada" in page for _address, page in said)


# -- the gate -----------------------------------------------------------------------------------------------------


def let_in(phone: Page, held: Pass, people: int) -> tuple[str, str]:
    return show(phone, token_of(held), "" if people == 1 else "masuk semua")


def two_phones_without_signal(visit: Visit, occasion: Occasion, picture: Picture) -> int:
    """Each lets in half of the tickets; one family comes in two parts, one ticket is copied, one family's consent is
    missing. Answers how many came in."""
    east, west = (open_app(visit, gate_of(occasion, name), language="id") for name in ("Pintu timur", "Pintu barat"))
    for phone in (east, west):
        expect(phone.locator("#ways")).to_be_visible()
        phone.context.set_offline(True)
    passes = {row.holder_id: row for row in Pass.objects.placed().filter(only=occasion)}
    family, *others = (
        (row.quantity, passes[row.subject_id]) for row in Booking.objects.order_by("pk") if row.subject_id in passes
    )
    assert show(east, token_of(family[1]), "3") == ("accepted", "")
    expect(east.locator("#answer")).to_contain_text("3 dari 5")
    picture(east, "accounted-gate")
    assert show(east, token_of(family[1]), "masuk semua") == ("accepted", "")
    came, withheld = 5, 0
    for number, (people, held) in enumerate(others):
        verdict = let_in((east, west)[number % 2], held, people)
        assert verdict in {("accepted", ""), ("refused", "consent")}
        came, withheld = (came + people, withheld) if verdict[0] == "accepted" else (came, withheld + people)
    assert (came + withheld, withheld > 0) == (SEATS, True)
    assert let_in(west, others[0][1], others[0][0]) == (
        "accepted",
        "",
    )  # a copy of a ticket that came in at the other door
    shown = len(others) + 3
    expect(east.locator("#sync")).to_contain_text("menunggu")
    assert not Scan.objects.exists()
    for phone in (east, west):
        phone.context.set_offline(False)
        phone.click("#sync-now")
        expect(phone.locator("#sync")).to_contain_text(re.compile(r"\b0 menunggu"))
    assert Scan.objects.count() == shown  # nothing is lost
    assert sum(Presence.objects.values_list("entered", flat=True)) == came
    assert list(Scan.objects.filter(reason="two_devices").values_list("quantity", flat=True)) == [others[0][0]]
    expect(west.locator("#conflicts li[data-reason=two_devices]")).to_have_count(1)
    return came


# -- the number, the stalls, the survey ---------------------------------------------------------------------------


def the_street_is_counted(visit: Visit, desk: Page, edition: Edition) -> str:
    """Two beside each other: on paper for the hours before, then on phones for the same minutes; so the number has a
    range. Closed by the committee. The number."""
    point = make_point(edition, first_day=clock.today(edition.time_zone), last_day=clock.today(edition.time_zone))
    local = clock.now().astimezone(ZoneInfo(edition.time_zone)).replace(second=0, microsecond=0)
    rows = range(1, min(13, (local.hour * 60 + local.minute) // 10 - 1))  # of ten minutes each, none from yesterday
    for person, more in (("Contoh Ibu", 0), ("Contoh Bapak", 3)):
        lines = [
            Written(local - timedelta(minutes=10 * (n + 1)), local - timedelta(minutes=10 * n), 150 + 7 * (n % 4) + more * (n % 2))
            for n in rows
        ]  # fmt: skip
        if lines:
            enter_counts(point=point, person=person, lines=lines, actor=SYSTEM)
    phones = [open_counter(visit, point) for _ in range(2)]
    for phone, first, then in zip(phones, (11, 9), (10, 10), strict=True):
        phone.click("#start")
        for tens in (first, then):
            tap(phone, "in", 10, times=tens)
            minutes_on(phone, 1)
        phone.click("#pause")
        minutes_on(phone, 1)
        counters_meet_again(phone)
    desk.goto(f"/acara/edisi/{edition.code}/hitung/cara/")
    desk.fill("input[name=times]", "1.1")
    desk.fill("input[name=times_source]", "Tanya di pintu keluar (contoh)")
    desk.click("main button.btn--primary")
    desk.goto(f"/acara/edisi/{edition.code}/hitung/angka/")
    number = desk.locator("h2.counted").inner_text()
    assert re.fullmatch(r"Pengunjung: [\d.]+ \([\d.]+–[\d.]+\)", number)
    desk.click("button:has-text('Tutup sebagai versi berikutnya')")
    expect(desk.locator("main")).to_contain_text("Versi 1, ditutup pada")
    return number.removeprefix("Pengunjung: ")


def stalls_report(visit: Visit, server: str, edition: Edition, picture: Picture) -> int:
    """One by hand, whose line breaks; the others over HTTP; the last one says nothing. What they took in together."""
    call = make_call(edition, stalls=12)
    rows = [accepted(call, name=BREAD)]
    rows += [accepted(call, name=f"Usaha Contoh {n}", category=make_category("Kerajinan", 4)) for n in range(1, STALLS)]
    own, *others = (f"/acara/l/{token}/" for token in map(stall_token, rows))
    phone = visit(width=PHONE)
    phone.goto(own)
    phone.locator("input[name=amount]").press_sequentially("1250000")
    phone.context.set_offline(True)
    phone.click(".report .btn--primary")
    expect(phone.locator("[data-word]")).to_contain_text("disimpan di HP ini")
    with phone.expect_navigation():
        phone.context.set_offline(False)
    good(phone)
    picture(phone, "accounted-stall")
    all_send(server, [(path, {"to": "omzet/", "amount": f"{300 + 50 * n}.000"}) for n, path in enumerate(others[:-1])])
    total = 1_250_000 + sum(300_000 + 50_000 * n for n in range(STALLS - 2))
    assert sum(Turnover.objects.values_list("amount", flat=True)) == total
    return total


def stall_token(row: StallApplication) -> str:
    return open_stall_link(row, SYSTEM)


def forty_answer(visit: Visit, server: str, desk: Page, edition: Edition, picture: Picture) -> str:
    """One by hand without a line, the others over HTTP; the committee lays them upon the counted number and closes it."""
    survey_opened(desk, edition, lambda _page, _name: None)
    path, phone = f"/acara/{edition.code}/survei/", visit(width=PHONE)
    phone.goto(path)
    fills(phone, days="1")
    phone.context.set_offline(True)
    phone.click("#survei .btn--primary")
    expect(phone.locator("[data-word]")).to_contain_text("disimpan di HP ini")
    with phone.expect_navigation():
        phone.context.set_offline(False)
    expect(phone.locator("h1")).to_have_text("Terima kasih")
    all_send(server, [(path, typed) for typed in answers(ASKED - 1)])
    assert SurveyAnswer.objects.count() == ASKED
    desk.goto(f"/acara/edisi/{edition.code}/dampak/")
    desk.click("text=Ubah asumsi")
    desk.select_option("select[name=base]", value="counted")
    desk.fill("input[name=source]", "Rapat panitia (contoh)")
    desk.click("main .form__actions .btn--primary")
    good(desk)
    picture(desk, "accounted-impact")
    desk.click("text=Tutup sebagai versi berikutnya")
    good(desk)
    told = told_impact(ImpactResult.objects.get().read())
    assert re.search(r"Rp.*\(.*Rp.*–.*\)|Rp.*–", told.headline), told.headline
    return told.headline


# -- the money and the papers -------------------------------------------------------------------------------------


def money_is_spent(visit: Visit, desk: Page, live_server: LiveServer, edition: Edition) -> None:
    """A plan of two lines, approved; the treasurer pays one of them and keeps one of the papers it needs."""
    desk.goto(f"/acara/edisi/{edition.code}/uang/")
    desk.click(f"form[action$='/edisi/{edition.code}/uang/mulai/'] button")
    edition.refresh_from_db()
    budget = edition.budget
    assert budget
    source = add_source(budget=budget, kind="apbd", name="APBD Kabupaten (contoh)", amount=40_000_000, actor=SYSTEM)
    lines = [("meals", "Hidangan saprahan", 300, "orang", 45_000), ("services", "Sewa tenda", 4, "unit", 5_000_000)]
    for category, item, volume, unit, price in lines:
        add_line(
            budget=budget, category=category, item=item, volume=volume, unit=unit, frequency=1, price=price, source=source,
            actor=SYSTEM,
        )  # fmt: skip
    desk.goto(f"/anggaran/{budget.code}/")
    desk.click("form[action$='/setujui/'] button")
    good(desk)
    keeper = signed_in(visit(), client_of(make_user(Role.TREASURER, edition.organisation)), live_server)
    line = budget.lines.get(category="meals")
    keeper.goto(f"/anggaran/{budget.code}/rincian/{line.pk}/")
    keeper.click("#bayar details summary")
    keeper.fill("#bayar input[name=payee]", "CV Katering (contoh)")
    keeper.fill("#bayar input[name=amount]", "12.500.000")
    keeper.fill("#bayar input[name=receipt]", "KW-01")
    keeper.click("#bayar details .form__actions button")
    good(keeper)


def the_words(desk: Page, edition: Edition) -> None:
    """All but the closing, which is forgotten."""
    desk.goto(f"/acara/edisi/{edition.code}/lpj/isi/")
    desk.fill("[name=results]", "Tiga ratus orang makan bersama (contoh).")
    desk.fill("[name=obstacles]", "Hujan sebentar pada sore hari (contoh).")
    desk.fill("[name=suggestions]", "Tenda lebih banyak (contoh).")
    desk.click("main .form__actions .btn--primary")
    good(desk)


MISSING = ("Kata penutup belum ditulis", "Laporan bagian-bagian panitia belum ditulis", "Belum ada: Hidangan saprahan")
RED = ("Kata penutup belum ditulis", "1 laporan omzet", "Hidangan saprahan")


def the_report_comes_out(desk: Page, edition: Edition, numbers: dict[str, str], picture: Picture) -> None:
    desk.goto(f"/acara/edisi/{edition.code}/lpj/")
    expect(desk.locator("#kurang .badge")).to_be_visible()
    picture(desk, "accounted-report")
    pdf = desk.request.get(f"/acara/edisi/{edition.code}/naskah/lpj.pdf").body()
    said, red = words_of(pdf), red_words_of(pdf)
    for what, words in numbers.items():
        assert words.replace("\xa0", " ") in said, (what, words)
    for words in ("Cara menghitung", "oleh dua orang atau lebih", "bootstrap", "keyakinan 95%", "tidak dijumlahkan"):
        assert words in said, words
    for words in MISSING:
        assert words in red, (words, red)
    assert numbers["visitors"] not in red


def the_auditor_gets_a_folder(desk: Page, edition: Edition, worker: Callable[[], int], picture: Picture) -> None:
    desk.goto(f"/acara/edisi/{edition.code}/lpj/")
    desk.click("form[action$='/lpj/berkas/'] button")
    desk.wait_for_url(re.compile(r"/tugas/\w+/"))
    worker()
    desk.reload()
    picture(desk, "accounted-folder")
    with desk.expect_download() as found:
        desk.click("text=Unduh hasil")
    with zipfile.ZipFile(found.value.path()) as package:
        names = package.namelist()
        index = package.read("DAFTAR-ISI.pdf")
    assert {"DAFTAR-ISI.pdf", "01 Naskah/lpj.pdf", "01 Naskah/rab.pdf"} <= set(names)
    red = red_words_of(index)
    for words in RED:
        assert words in red, (words, red)
    assert "lpj.pdf" in words_of(index)
    assert "lpj.pdf" not in red


# -- the whole story ----------------------------------------------------------------------------------------------


def test_a_festival_is_opened_to_people_and_accounted_for(
    visit: Visit, live_server: LiveServer, settings: Settings, picture: Picture, worker: Callable[[], int], later: Clock,
    festival: Edition,
) -> None:  # fmt: skip
    settings.PUBLIC_URL = server = live_server.url
    organiser = make_user(Role.ORGANISER, festival.organisation)
    desk = signed_in(visit(), client_of(organiser), live_server)
    slot = the_saprahan_opens(desk, festival)
    three_hundred_register(visit, server, festival, slot, picture)
    slot.refresh_from_db()
    assert slot.occasion
    came = two_phones_without_signal(visit, slot.occasion, picture)
    visitors = the_street_is_counted(visit, desk, festival)
    turnover = stalls_report(visit, server, festival, picture)
    impact = forty_answer(visit, server, desk, festival, picture)
    money_is_spent(visit, desk, live_server, festival)
    later["by"] += timedelta(days=3)
    desk = signed_in(visit(), client_of(organiser), live_server)
    the_words(desk, festival)
    numbers = {
        "visitors": visitors, "tickets": f"Dengan tiket masuk {came} orang", "impact": impact, "turnover": shown(turnover),
        "planned": shown(33_500_000), "paid": shown(12_500_000),
    }  # fmt: skip
    the_report_comes_out(desk, festival, numbers, picture)
    the_auditor_gets_a_folder(desk, festival, worker, picture)
    assert [finding for finding in doctor.examine(invariants=True) if not finding.ok] == []
