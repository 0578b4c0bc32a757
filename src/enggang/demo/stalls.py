"""Stalls of one edition that was held and a call for the coming one, to be looked at. Every business, person, number and
amount is made up and says so."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from enggang.access.domain.links import actor_of_link, find_link
from enggang.access.enums import LinkScope
from enggang.core import clock
from enggang.core.actor import SYSTEM, Actor
from enggang.events.domain.businesses import keep_stall_contract
from enggang.events.domain.editions import add_site
from enggang.events.domain.plots import give_plot, keep_plot, lay_out_plots
from enggang.events.domain.stall_calls import change_stall_call, move_stall_call, open_stall_call
from enggang.events.domain.stall_links import hand_out_stalls, note_told
from enggang.events.domain.stalls import apply_for_stall, decide_stall
from enggang.events.domain.turnover import report_turnover
from enggang.events.models import Edition, Plot, Site, StallApplication, StallCall, StallCategory
from enggang.events.queries.stalls import call_of
from enggang.places.models import Region

TEXT = (
    "Usaha kecil diajak berjualan di halaman Rumah Radakng selama pekan gawai (contoh). Diutamakan makanan, kerajinan, dan "
    "tenun dari Kalimantan Barat."
)
REQUIREMENTS = "Punya NIB atau bersedia mengurusnya.\nHarga dipajang.\nSampah dibawa pulang setiap malam.\nMelaporkan omzet setiap hari."
VENDORS = (  # name, owner, regency, kind of goods, what is sold, has a NIB, electricity, water, usual turnover in thousands
    ("Kue Lapis Bu Contoh", "Contoh Aminah", "61.71", "food", "Kue lapis, talam, bingke", True, True, False, 1_450),
    ("Dapur Choi Pan Contoh", "Contoh Liana", "61.72", "food", "Choi pan kukus", True, True, True, 2_100),
    ("Sate Sapi Contoh", "Contoh Hamid", "61.71", "food", "Sate sapi dan lontong", False, False, True, 2_750),
    ("Bubur Pedas Contoh", "Contoh Rohana", "61.01", "food", "Bubur pedas Sambas", True, True, True, 1_200),
    ("Pengkang Contoh", "Contoh Suryani", "61.02", "food", "Pengkang dan sambal kepah", False, True, False, 1_650),
    ("Mi Tiaw Contoh", "Contoh Edi", "61.71", "food", "Mi tiaw sapi", True, True, True, 2_400),
    ("Kopi Saring Contoh", "Contoh Yudi", "61.71", "drink", "Kopi saring dan es kopi", True, True, True, 1_900),
    ("Lidah Buaya Contoh", "Contoh Ratna", "61.71", "drink", "Es lidah buaya", True, True, True, 1_350),
    ("Es Tebu Contoh", "Contoh Anton", "61.12", "drink", "Es tebu", False, True, False, 820),
    ("Lempok Durian Contoh", "Contoh Marni", "61.02", "packed", "Lempok, dodol", True, False, False, 980),
    ("Kerupuk Basah Contoh", "Contoh Salmah", "61.06", "packed", "Kerupuk basah Putussibau", True, True, False, 1_120),
    ("Stik Talas Contoh", "Contoh Dewi", "61.07", "packed", "Stik talas, keripik", False, False, False, 640),
    ("Anyaman Contoh", "Contoh Petrus", "61.06", "craft", "Tikar dan bakul rotan", True, False, False, 1_750),
    ("Manik Contoh", "Contoh Yuliana", "61.08", "craft", "Kalung dan gelang manik", True, False, False, 1_300),
    ("Ukir Kayu Contoh", "Contoh Yohanes", "61.08", "craft", "Perisai dan topeng kayu", False, False, False, 900),
    ("Tenun Sintang Contoh", "Contoh Kristina", "61.05", "fashion", "Tenun ikat", True, False, False, 3_900),
    ("Songket Contoh", "Contoh Maimunah", "61.01", "fashion", "Songket Sambas", True, False, False, 3_100),
    ("Madu Hutan Contoh", "Contoh Markus", "61.06", "produce", "Madu hutan", True, False, False, 2_050),
    ("Foto Baju Adat Contoh", "Contoh Rudi", "61.71", "service", "Sewa baju adat dan foto", False, True, False, 1_500),
    ("Permainan Anak Contoh", "Contoh Budi", "61.71", "service", "Permainan anak", False, True, False, 1_150),
    ("Ayam Geprek Contoh", "Contoh Sari", "61.12", "food", "Ayam geprek", False, True, True, 0),
    ("Balon Contoh", "Contoh Jaya", "61.71", "service", "Balon", False, False, False, 0),
)  # fmt: skip
STALLS = 20
FEE = 150_000
CURVE = (60, 85, 80, 110, 150, 135)  # percent of the usual turnover, day by day
MARKS = (("stage", "Panggung", 0, 190, 140, 44), ("entrance", "Pintu masuk", 160, 190, 70, 30),
         ("toilet", "Toilet", 250, 190, 40, 24), ("post", "Posko", 298, 190, 38, 24))  # fmt: skip


def lay_down_held_stalls(edition: Edition) -> None:
    """Of an edition whose days are over: applied for, chosen, laid out, and what they took in."""
    if edition.starts_on is None:
        return
    first = edition.starts_on
    with _at(edition, first - timedelta(days=60)):
        call = _call(edition)
        rows = [_applies(call, number, facts) for number, facts in enumerate(VENDORS, 1)]
    with _at(edition, first - timedelta(days=30)):
        given = _chosen(call, rows)
        _laid_out(edition, given)
    with _at(edition, first - timedelta(days=14)):
        for number, row in enumerate(given, 1):
            if number % 6:
                _contract(row, number)
    for number in range(edition.days):
        day = first + timedelta(days=number)
        with _at(edition, day, 21):
            _reported(given, day, number)


def lay_down_open_call(edition: Edition) -> None:
    """The coming edition looks for vendors: anybody who walks the demonstration may apply."""
    call = _call(edition)
    facts = {"title": "Cari pelapak (contoh)", "shows_map": False, "shows_sums": False}
    change_stall_call(call=call, version=call.version, actor=SYSTEM, **facts)


def _at(edition: Edition, day: date, hour: int = 9) -> AbstractContextManager[None]:
    return clock.frozen_at(datetime.combine(day, time(hour), tzinfo=ZoneInfo(edition.time_zone)))


def _call(edition: Edition) -> StallCall:
    open_stall_call(
        edition=edition, title="Lapak UMKM pekan gawai (contoh)", text=TEXT, requirements=REQUIREMENTS, stalls=STALLS,
        fee=FEE, fee_note="Termasuk tenda, meja, dan lampu (contoh).", contact="Seksi UMKM (contoh)",
        contact_phone="081200000000", shows_map=True, shows_sums=True, actor=SYSTEM,
    )  # fmt: skip
    call = call_of(edition)
    if call is None:
        raise LookupError(edition)
    return move_stall_call(call=call, to="open", actor=SYSTEM)


def _applies(
    call: StallCall, number: int, vendor: tuple[str, str, str, str, str, bool, bool, bool, int]
) -> StallApplication:
    name, owner, region, key, sells, has_nib, electricity, water, _usual = vendor
    found = apply_for_stall(
        call=call, name=name, owner=owner, phone=f"0812000001{number:02d}", region=Region.objects.get(pk=region),
        category=StallCategory.objects.get(key=key), sells=sells, nib=f"00000000000{number:02d}" if has_nib else "",
        electricity=electricity, water=water, by_staff=number % 7 == 0, actor=SYSTEM,
    )  # fmt: skip
    return found.application


def _chosen(call: StallCall, rows: list[StallApplication]) -> list[StallApplication]:
    given = [decide_stall(application=row, to="accepted", actor=SYSTEM) for row in rows[:STALLS]]
    decide_stall(application=rows[STALLS], to="waiting", actor=SYSTEM)
    decide_stall(application=rows[-1], to="declined", reason="Jenisnya sudah cukup (contoh).", actor=SYSTEM)
    note_told(call=call, ids=[row.pk for row in rows], actor=SYSTEM)
    move_stall_call(call=call, to="closed", actor=SYSTEM)
    return given


def _laid_out(edition: Edition, given: list[StallApplication]) -> None:
    region = edition.event.region
    site: Site = add_site(
        edition=edition, name="Halaman Rumah Radakng", use="Lapak UMKM (denah peragaan)", region=region, actor=SYSTEM
    )
    lay_out_plots(site=site, rows=2, columns=10, letter="A", actor=SYSTEM)
    lay_out_plots(site=site, rows=1, columns=4, letter="C", actor=SYSTEM)
    for kind, code, x, y, width, height in MARKS:
        place = {"x": x, "y": y, "width": width, "height": height}
        keep_plot(plot=Plot(), site=site, kind=kind, code=code, actor=SYSTEM, **place)
    plots = list(Plot.objects.stalls().filter(site=site).order_by("y", "x"))
    for plot, row in zip(plots, given[:-1], strict=False):
        plot.site.edition = edition
        give_plot(plot=plot, application=row, actor=SYSTEM)


def _contract(row: StallApplication, number: int) -> None:
    today = clock.today()
    paid = FEE if number % 5 else FEE // 2
    keep_stall_contract(
        application=row, version=0, number=f"{number:03d}/UMKM/CONTOH", signed_on=today, fee=FEE, paid=paid, paid_on=today,
        receipt=f"KW-{number:03d} (contoh)", handover_number=f"BAST-{number:03d} (contoh)", handover_on=today, actor=SYSTEM,
    )  # fmt: skip


def _vendor(row: StallApplication) -> Actor:
    """The vendor as whoever opens their private address."""
    (token,) = hand_out_stalls(call=row.call, applications=[row], actor=SYSTEM)
    link = find_link(token, LinkScope.STALL)
    return actor_of_link(link) if link else SYSTEM


def _reported(given: list[StallApplication], day: date, number: int) -> None:
    """Nearly everybody, nearly every day: who is missing is what the page is for."""
    for place, (row, vendor) in enumerate(zip(given, VENDORS, strict=False)):
        if (place * 5 + number * 3) % 17 == 0:
            continue
        usual = vendor[-1] * CURVE[number % len(CURVE)] // 100
        amount = (usual + (place * 37 + number * 53) % 90) * 1_000
        report_turnover(
            application=row, day=day, amount=amount, sales=max(1, amount // 35_000), qris=amount * (place % 5) // 10,
            hands=2 + place % 3, actor=_vendor(row),
        )  # fmt: skip
