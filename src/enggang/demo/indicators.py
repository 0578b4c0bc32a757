"""Indicators of two years. Values of BPS are those that its press notes gave, with the month they are of; those that were
reckoned back from a rate of change say so. Targets are examples and say so; what the system counts is counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from enggang.access.enums import Role
from enggang.access.models import RoleGrant
from enggang.core import clock
from enggang.core.actor import SYSTEM, Actor, load_user
from enggang.indicators.domain.counting import YEARS_BACK, count_values
from enggang.indicators.domain.indicators import mark_break, move_indicator, open_indicator, set_target
from enggang.indicators.domain.measuring import Value, approve_value, enter_value, verify_value
from enggang.indicators.domain.reference import load_reference
from enggang.indicators.enums import IndicatorState
from enggang.indicators.models import Indicator, Measurement
from enggang.indicators.periods import period_of
from enggang.people.models import Person
from enggang.places.models import Organisation

WAITS = "Kunjungan wisatawan mancanegara"
EXAMPLE = "Contoh untuk demonstrasi, bukan target resmi"
BRS = "BPS Provinsi Kalimantan Barat, Berita Resmi Statistik Desember 2025"
PUBLISHED = "Angka terbitan BPS, bukan angka peragaan"
BACK = "Dihitung balik dari persentase perubahan dalam Berita Resmi Statistik Desember 2025"
OCTOBER_24, OCTOBER_25 = date(2024, 10, 1), date(2025, 10, 1)


@dataclass(frozen=True)
class Told:
    """``values`` is (first day of the period, number or None where it is unknown, source, remark)."""

    at: str
    name: str
    unit: str
    definition: str
    kind: str = "main"
    serves: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    values: tuple[tuple[date, str | None, str, str], ...] = ()
    target: str = ""


STAR = {"decimals": 2, "cumulation": "average", "due_days": 35, "source": "BPS, survei tingkat penghunian kamar"}
INDICATORS = (
    Told(
        "kalbar", "Pangsa penyediaan akomodasi dan makan minum dalam PDRB", "%",
        "Nilai tambah lapangan usaha penyediaan akomodasi dan makan minum dibagi seluruh PDRB atas dasar harga berlaku.",
        facts={
            "numerator": "nilai tambah akomodasi dan makan minum", "denominator": "PDRB", "factor": Decimal(100), "decimals": 2,
            "cumulation": "last", "frequency": "year", "due_days": 420, "source": "BPS Provinsi Kalimantan Barat", "is_public": True,
        },
    ),
    Told(
        "kalbar/disporapar", "Kunjungan wisatawan mancanegara", "kunjungan",
        "Kunjungan orang dari luar negeri melalui pintu masuk di Kalimantan Barat. Lintas batas tidak sama dengan wisatawan di destinasi.",
        serves="Pangsa penyediaan akomodasi dan makan minum dalam PDRB",
        facts={"due_days": 35, "source": "BPS, Berita Resmi Statistik bulanan", "is_public": True},
        values=(
            (OCTOBER_24, "6559", BACK, "8.990 naik 37,06 persen dari bulan yang sama tahun lalu"),
            (OCTOBER_25, "8990", BRS, ""),
        ),
        target="100000",
    ),
    Told(
        "kalbar/disporapar", "Perjalanan wisatawan nusantara", "perjalanan",
        "Perjalanan penduduk ke kabupaten/kota lain, paling sedikit enam jam dan bukan rutin.",
        serves="Pangsa penyediaan akomodasi dan makan minum dalam PDRB",
        facts={"due_days": 35, "source": "BPS, data posisi telepon seluler", "is_public": True},
        values=(
            (OCTOBER_24, "653800", BACK, "1,09 juta naik 66,73 persen dari bulan yang sama tahun lalu"),
            (OCTOBER_25, "1090000", BRS, "dibulatkan dalam sumbernya: 1,09 juta"),
        ),
        target="13000000",
    ),
    Told(
        "kalbar/disporapar", "Tingkat penghunian kamar hotel bintang", "%",
        "Kamar terpakai dibagi kamar tersedia pada hotel bintang dalam sebulan.", "statistic",
        "Pangsa penyediaan akomodasi dan makan minum dalam PDRB", {**STAR, "is_public": True},
        ((OCTOBER_24, "53.31", BACK, "52,03 persen turun 1,28 poin dari bulan yang sama tahun lalu"), (OCTOBER_25, "52.03", BRS, "")),
        "55",
    ),
    Told(
        "kalbar/disporapar", "Rata-rata lama menginap tamu hotel bintang", "malam", "Malam menginap dibagi tamu yang datang.", "statistic",
        facts={**STAR, "is_public": True}, values=((OCTOBER_25, "1.52", BRS, ""),),
    ),
    Told(
        "kalbar/disporapar", "Rata-rata lama menginap tamu hotel nonbintang", "malam", "Malam menginap dibagi tamu yang datang.", "statistic",
        facts={**STAR, "is_public": True}, values=((OCTOBER_25, "1.10", BRS, ""),),
    ),
    Told(
        "kalbar/disporapar", "Tingkat penghunian kamar hotel nonbintang", "%",
        "Kamar terpakai dibagi kamar tersedia pada hotel nonbintang dalam sebulan.", "statistic", facts={**STAR, "is_public": True},
        values=((OCTOBER_25, "28.90", BRS, ""),),
    ),
    Told(
        "kalbar/disporapar", "Pangsa wisatawan ASEAN dalam kunjungan mancanegara", "%",
        "Kunjungan warga negara ASEAN dibagi seluruh kunjungan wisatawan mancanegara.", "statistic",
        "Kunjungan wisatawan mancanegara", {**STAR, "source": "BPS, Berita Resmi Statistik bulanan", "is_public": True},
        ((OCTOBER_25, "96.63", BRS, ""),),
    ),
    Told(
        "kalbar/disporapar", "Pangsa kunjungan mancanegara melalui PLBN Entikong", "%",
        "Kunjungan melalui Pos Lintas Batas Negara Entikong dibagi seluruh kunjungan wisatawan mancanegara.", "statistic",
        "Kunjungan wisatawan mancanegara", {**STAR, "source": "BPS, Berita Resmi Statistik bulanan", "is_public": True},
        ((OCTOBER_25, "34.87", BRS, ""),),
    ),
    Told(
        "kalbar/disporapar", "ASN bersertifikat pelatihan", "orang",
        "Orang yang memegang sertifikat pelatihan yang diterbitkan instansi ini.", "programme",
        facts={"automatic": "credentials.people", "due_days": 5}, target="160",
    ),
    Told(
        "kalbar/disporapar", "Jam pelajaran bersertifikat", "JP", "Jumlah jam pelajaran pada sertifikat yang sah.", "activity",
        "ASN bersertifikat pelatihan", {"automatic": "credentials.hours", "due_days": 5}, target="3840",
    ),
    Told(
        "kalbar", "Acara pariwisata terselenggara", "acara", "Acara kalender pariwisata yang berlangsung.", "programme",
        facts={"automatic": "events.editions", "by_region": True, "due_days": 5, "is_public": True}, target="12",
    ),
    Told(
        "kalbar", "Pengunjung acara", "kunjungan", "Kunjungan ke acara menurut penghitungan yang ditutup, dengan rentangnya.", "own",
        "Acara pariwisata terselenggara", {"automatic": "events.visitors", "by_region": True, "due_days": 20, "is_public": True},
        target="60000",
    ),
    Told(
        "kalbar", "Omzet UMKM di acara", "Rp", "Penjualan yang dilaporkan lapak, hari demi hari.", "own",
        "Acara pariwisata terselenggara", {"automatic": "events.turnover", "by_region": True, "due_days": 20}, target="500000000",
    ),
    Told(
        "kalbar", "Inovasi diterapkan", "inovasi", "Inovasi yang melewati gerbang penerapan dan masih dipakai.", "own",
        facts={"automatic": "innovation.adopted", "by_region": True, "due_days": 5, "is_public": True}, target="6",
    ),
    Told(
        "kalbar", "Karya foto dan video terbit", "karya", "Karya pustaka media yang dapat dilihat publik.", "own",
        facts={"automatic": "media.published", "due_days": 5, "is_public": True}, target="200",
    ),
)  # fmt: skip


def lay_down_indicators() -> None:
    """After the accounts: values are verified and approved by those who may."""
    load_reference(actor=SYSTEM)
    places = {key: Organisation.objects.get(key=key) for key in ("kalbar", "kalbar/disporapar")}
    made: dict[str, Indicator] = {}
    for told in INDICATORS:
        made[told.name] = _make(told, places[told.at], made.get(told.serves))
    mark_break(
        indicator=made["Perjalanan wisatawan nusantara"], on=date(2025, 1, 1), actor=SYSTEM,
        reason="Contoh: perubahan cara BPS memakai data posisi telepon seluler; belum dicek",
    )  # fmt: skip


def _make(told: Told, organisation: Organisation, serves: Indicator | None) -> Indicator:
    given = {
        "kind": told.kind, "unit": told.unit, "definition": told.definition, "serves": serves, "numerator": told.unit,
        "owner": _owner(organisation), **told.facts,
    }  # fmt: skip
    row = open_indicator(organisation=organisation, name=told.name, actor=SYSTEM, **given)
    if told.target:
        for year in (clock.today().year - 1, clock.today().year):
            set_target(
                indicator=row, year=year, quarter=0, value=Decimal(told.target), source=EXAMPLE, actor=SYSTEM
            )  # fmt: skip
    move_indicator(indicator=row, to=IndicatorState.ACTIVE, actor=SYSTEM)
    for day, number, source, remark in told.values:
        value = Value(
            period=period_of(day, row.frequency), value=None if number is None else Decimal(number), source=source, note=remark or PUBLISHED,
            as_of=min(date(2025, 12, 1), clock.today()),
        )  # fmt: skip
        _settle(enter_value(indicator=row, value=value, actor=SYSTEM))
    if row.automatic:
        count_values(indicator=row, actor=SYSTEM, periods=YEARS_BACK[row.frequency])
    return row


def _owner(organisation: Organisation) -> Person | None:
    """Somebody of the agency; the people of the demonstration are drawn by lot, so else somebody of the province."""
    for path in (organisation.path, "/"):
        if person := Person.objects.employed_below(path).order_by("pk").first():
            return person
    return None


def _settle(row: Measurement) -> None:
    """Verified by the organiser; approved by the head, but for one that waits for the next Monday."""
    verify_value(measurement=row, actor=_actor(Role.ORGANISER))
    if row.indicator.name != WAITS:
        approve_value(measurement=row, actor=_actor(Role.LEADER))


def _actor(role: Role) -> Actor:
    return load_user(RoleGrant.objects.filter(role=role).order_by("pk").values_list("user", flat=True)[0])
