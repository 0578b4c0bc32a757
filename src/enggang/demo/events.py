"""Events of West Kalimantan with the rules of their dates. The events, days and sources are real; what is planned for
the coming editions, every contact and every number of them is made up."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from enggang.budgets.domain.budgets import add_line, add_source
from enggang.budgets.enums import Category, SourceKind
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.demo.committees import lay_down_committee
from enggang.demo.event_concept import lay_down_concept
from enggang.demo.stalls import lay_down_held_stalls, lay_down_open_call
from enggang.demo.telling import lay_down_telling
from enggang.documents.domain.letterheads import add_letterhead, add_signatory
from enggang.events.domain import permits as acts
from enggang.events.domain.dating import decide_dates
from enggang.events.domain.editions import OrganiserSpec, add_site, change_edition, open_edition, set_organisers
from enggang.events.domain.events import HostSpec, open_event
from enggang.events.domain.money import start_budget
from enggang.events.domain.planning import start_plan
from enggang.events.domain.reference import load_reference
from enggang.events.domain.stages import advance_edition, tick_item
from enggang.events.enums import PATH, Area, DateState, EventKind, Nth, OrganiserRole, RuleKind, Stage, Weekday
from enggang.events.models import Edition, Event
from enggang.events.queries.dates import computed
from enggang.events.queries.gates import gate_of
from enggang.places.models import Organisation, Region
from enggang.plans.domain.plans import change_bounds, keep_member
from enggang.plans.domain.rundown import add_rundown_day, keep_rundown_item
from enggang.plans.domain.tasks import use_bundle
from enggang.plans.models import Member, RundownItem

BAPPEDA = "http://bappeda.pontianakkota.go.id/page/sosial-budaya"
KEN_2025 = "https://beritainkalbar.com/dua-festival-budaya-kalbar-cap-go-meh-di-pontianak-dan-singkawang-masuk-ken-2025"
FIVE = "https://kalbaronline.com/2024/10/21/festival-melayu-lolos-seleksi-ken-pj-gubernur-harisson-waktunya-promosikan-budaya-kalbar"
ROBO_2024 = "https://www.suarapemredkalbar.com/read/mempawah/04092024/disporapar-kalbar-kucurkan-bantuan-rp100-juta-dorong-robo-robo-masuk-ken"
ROBO_2025 = "https://validasi.infopublik.id/kategori/nusantara/934388/"
CAP_GO_MEH = {"rule": RuleKind.CHINESE, "month": 1, "day": 15, "rule_note": "Hari kelima belas Tahun Baru Imlek."}
EQUINOX = "Hari-hari sekitar ekuinoks; tanggal kegiatan diumumkan tiap tahun."

FIRST = date(2022, 1, 3)
RUNDOWN = (
    ("Berkumpul di dermaga (contoh)", 420, 30, "Kuala Mempawah"),
    ("Pelayaran rombongan keraton (contoh)", 450, 60, "Muara"),
    ("Ritual buang-buang (contoh)", 510, 30, "Muara"),
    ("Makan saprahan bersama (contoh)", 600, 90, "Lapangan dekat keraton"),
)
LINES = (
    (Category.STAGE, "Sewa panggung dan tenda (contoh)", 1, "paket", 25_000_000, False),
    (Category.PERFORMERS, "Kelompok tari dan musik (contoh)", 6, "kelompok", 3_000_000, False),
    (Category.MEALS, "Saprahan warga (contoh)", 500, "orang", 35_000, False),
    (Category.SAFETY, "Ambulans dan tenaga kesehatan (contoh)", 1, "paket", 5_000_000, False),
    (Category.MEALS, "Jamuan tamu kehormatan (contoh)", 50, "orang", 150_000, True),
)
SOURCES = (
    (SourceKind.APBD, "APBD Kabupaten Mempawah (contoh)", 53_000_000),
    (SourceKind.GRANT, "Bantuan provinsi (contoh)", 20_000_000),
)


@dataclass(frozen=True, slots=True)
class Known:
    name: str
    agency: str
    region: str
    facts: dict[str, Any]
    source: str
    hosts: tuple[tuple[str, str], ...] = ()
    stage: Stage = Stage.IDEA
    edition: dict[str, Any] = field(default_factory=dict)


EVENTS = (
    Known("Cap Go Meh Singkawang", "kalbar/singkawang/disporapar", "61.72",
          {**CAP_GO_MEH, "offset": -16, "length": 17, "kind": EventKind.FESTIVAL, "place": "Singkawang",
           "description": "Rangkaian 2025: 27 Januari s.d. 12 Februari, 746 tatung, 201 stan."},
          "https://infokalimantan.com/2025/02/17/dibanjiri-wisatawan-festival-cap-go-meh-singkawang-gerakan-ekonomi-lokal",
          (("Panitia Cap Go Meh Singkawang", OrganiserRole.COMMUNITY), ("Pemerintah Kota Singkawang", OrganiserRole.REGENCY)),
          Stage.PLANNED, {"scale": "international", "area": Area.WIDER}),
    Known("Cap Go Meh Pontianak", "kalbar/pontianak/disporapar", "61.71",
          {**CAP_GO_MEH, "offset": -6, "length": 7, "kind": EventKind.FESTIVAL, "place": "Pontianak",
           "description": "6–12 Februari 2025, lebih dari 60 stan UMKM."},
          "https://planet.merdeka.com/hot-news/cap-go-meh-pontianak-perayaan-budaya-dan-pendorong-ekonomi-305867-mvk.html",
          (("Panitia Cap Go Meh Pontianak", OrganiserRole.COMMUNITY),), Stage.APPROVED, {"area": Area.DISTRICTS}),
    Known("Saprahan Khatulistiwa", "kalbar/disporapar", "61.71",
          {"rule": RuleKind.ANNOUNCED, "kind": EventKind.FESTIVAL, "place": "Pontianak",
           "rule_note": "11 Februari 2025, bersama peluncuran kalender acara provinsi.",
           "description": "Kalender acara provinsi mencakup 14 kabupaten/kota."},
          "https://kilaskalbar.com/pj-gubernur-kalbar-hadiri-puncak-saprahan-khatulistiwa-2025-dan-luncurkan-calendar-of-event",
          (("Pemerintah Provinsi Kalimantan Barat", OrganiserRole.PROVINCE),), Stage.PROPOSED),
    Known("Pesona Kulminasi Matahari (Maret)", "kalbar/pontianak/disporapar", "61.71",
          {"rule": RuleKind.SUN, "month": 3, "length": 3, "rule_note": EQUINOX, "place": "Tugu Khatulistiwa, Pontianak"},
          "https://kilasbanua.com/?p=5190", (("Pemerintah Kota Pontianak", OrganiserRole.REGENCY),), Stage.PROPOSED),
    Known("Pesona Kulminasi Matahari (September)", "kalbar/pontianak/disporapar", "61.71",
          {"rule": RuleKind.SUN, "month": 9, "length": 3, "rule_note": EQUINOX, "place": "Tugu Khatulistiwa, Pontianak"},
          "https://kilasbanua.com/?p=5190", (("Pemerintah Kota Pontianak", OrganiserRole.REGENCY),)),
    Known("Festival Meriam Karbit", "kalbar/pontianak/disporapar", "61.71",
          {"rule": RuleKind.HIJRI, "month": 10, "day": 1, "offset": -1, "kind": EventKind.COMPETITION,
           "place": "Tepian Sungai Kapuas, Pontianak",
           "rule_note": "Sekitar malam Idulfitri; hari pelaksanaannya belum dicocokkan."}, BAPPEDA),
    Known("Naik Dango", "kalbar/landak/disporapar", "61.08",
          {"rule": RuleKind.FIXED, "month": 4, "day": 27, "kind": EventKind.RITUAL,
           "rule_note": "27 April; kecamatan tuan rumah bergilir."}, "https://jpnn.com/news/landakland-of-dayak?page=4",
          (("Dewan Adat Dayak (kabupaten)", OrganiserRole.ADAT),), Stage.CURATED),
    Known("Pekan Gawai Dayak", "kalbar/disporapar", "61.71",
          {"rule": RuleKind.FIXED, "month": 5, "day": 20, "length": 6, "place": "Rumah Radakng, Pontianak",
           "rule_note": "20–25 Mei.", "description": "Masuk gratis."},
          "https://indonesia.travel/gb/en/events/event-detail/pekan-gawai-dayak-kalimantan-barat",
          (("Panitia Pekan Gawai Dayak", OrganiserRole.ADAT), ("Pemerintah Provinsi Kalimantan Barat", OrganiserRole.PROVINCE)),
          Stage.APPROVED, {"scale": "national", "area": Area.REGENCIES}),
    Known("Robo-Robo", "kalbar/mempawah/disporapar", "61.02",
          {"rule": RuleKind.HIJRI_WEEKDAY, "month": 2, "nth": Nth.LAST, "weekday": Weekday.WEDNESDAY,
           "kind": EventKind.RITUAL, "place": "Kuala Mempawah",
           "rule_note": "Rabu terakhir bulan Safar. Hitungan 2024 memberi 28 Agustus; diadakan 4 September: keputusan pada keraton.",
           "description": "Ritual sehari; pasar rakyatnya berlangsung sebulan. Tiga panitia: warga, keraton, kabupaten."},
          ROBO_2025,
          (("Keraton Amantubillah Mempawah", OrganiserRole.PALACE), ("Panitia warga Kuala Mempawah", OrganiserRole.COMMUNITY),
           ("Pemerintah Kabupaten Mempawah", OrganiserRole.REGENCY))),
    Known("Festival Danau Sentarum", "kalbar/kapuas-hulu/disporapar", "61.06",
          {"rule": RuleKind.ANNOUNCED, "place": "Danau Sentarum, empat lokasi",
           "rule_note": "25–28 Oktober 2018 dan 25–27 Oktober 2019; tahun-tahun terakhir belum dicocokkan.",
           "description": "7.865 pengunjung pada 2017, 7.000 di antaranya dari Malaysia."},
          "https://bisniswisata.co.id/25-28-oktober-2018-festival-danau-sentarum/", (), Stage.IDEA,
          {"scale": "international", "area": Area.WIDER}),
    Known("Festival Budaya Melayu", "kalbar/disporapar", "61.71",
          {"rule": RuleKind.ANNOUNCED, "rule_note": "Oktober; 19 Oktober 2024."}, FIVE),
    Known("Hari Jadi Kota Pontianak", "kalbar/pontianak/disporapar", "61.71",
          {"rule": RuleKind.FIXED, "month": 10, "day": 23, "kind": EventKind.ANNIVERSARY}, BAPPEDA,
          (("Pemerintah Kota Pontianak", OrganiserRole.REGENCY),)),
    Known("Gawia Sowa", "kalbar/bengkayang/disporapar", "61.07",
          {"rule": RuleKind.ANNOUNCED, "kind": EventKind.RITUAL, "rule_note": "Mengikuti panen; bulannya belum dicocokkan."}, FIVE),
)  # fmt: skip


def lay_down_events() -> None:
    """Call once, after the places."""
    load_reference(actor=SYSTEM)
    curator = Organisation.objects.get(key="kalbar/disporapar")
    for known in EVENTS:
        event = _event(known, curator)
        if known.name == "Robo-Robo":
            _robo_robo(event)
        elif known.name == "Pekan Gawai Dayak":
            _gawai(event, known)
        elif known.stage is not Stage.IDEA or event.rule != RuleKind.ANNOUNCED:
            _coming(event, known)
    robo = Event.objects.get(name="Robo-Robo")
    open_event(
        organisation=robo.organisation, curator=curator, name="Pasar rakyat Robo-Robo", kind=EventKind.EXHIBITION,
        region=robo.region, rule=RuleKind.AFTER, after=robo, offset=-11, length=29, source=ROBO_2025,
        rule_note="Pada 2025: 9 Agustus s.d. 6 September.", rule_source=ROBO_2025, actor=SYSTEM,
    )  # fmt: skip


def _event(known: Known, curator: Organisation) -> Event:
    agency = Organisation.objects.get(key=known.agency)
    hosts = [HostSpec(name, role) for name, role in known.hosts]
    return open_event(
        organisation=agency, curator=curator if agency.pk != curator.pk else None, name=known.name, hosts=hosts,
        region=Region.objects.get(pk=known.region), source=known.source, rule_source=known.source, actor=SYSTEM,
        **known.facts,
    )  # fmt: skip


def next_year(event: Event) -> int:
    """The year of the next edition by the computed days; the year after this one for what is announced."""
    today = clock.today()
    found = computed(event, today.year)
    return today.year if found and found.first > today else today.year + 1


def _coming(event: Event, known: Known) -> Edition:
    edition = open_edition(event=event, year=next_year(event), actor=SYSTEM, **known.edition)
    return brought(edition, known.stage)


def _gawai(event: Event, known: Known) -> None:
    """The last edition with the stalls that it had, the coming one with its call."""
    held = open_edition(event=event, year=next_year(event) - 1, actor=SYSTEM, **known.edition)
    decide_dates(
        edition=held, version=held.version, first=held.starts_on, last=held.ends_on, state=DateState.CONFIRMED,
        source="Data peragaan", actor=SYSTEM,
    )  # fmt: skip
    lay_down_committee(held)
    lay_down_held_stalls(brought(held, Stage.EVALUATED))
    lay_down_open_call(_coming(event, known))


def brought(edition: Edition, stage: Stage) -> Edition:
    """Through the gates: what only a person can tick is ticked, for the rest a reason is given."""
    for to in PATH[PATH.index(Stage(edition.stage)) + 1 : PATH.index(stage) + 1]:
        for row in gate_of(edition).rows:
            if row.proved is None:
                tick_item(edition=edition, item=row.item, actor=SYSTEM)
        missing = gate_of(edition).missing
        advance_edition(
            edition=edition, to=to, decider="Pejabat Contoh", decided_on=clock.today(), actor=SYSTEM,
            reason="Data peragaan: dilengkapi kemudian." if missing else "",
        )  # fmt: skip
    return edition


def _robo_robo(event: Event) -> None:
    """Two editions as they were held, with their days, and the coming one half planned."""
    for year, day, source in ((2024, date(2024, 9, 4), ROBO_2024), (2025, date(2025, 8, 20), ROBO_2025)):
        held = open_edition(event=event, year=year, first=day, area=Area.DISTRICTS, actor=SYSTEM)
        decide_dates(
            edition=held,
            version=held.version,
            first=day,
            last=day,
            state=DateState.CONFIRMED,
            source=source,
            actor=SYSTEM,
        )
        _places(held)
        lay_down_committee(held)
        brought(held, Stage.CLOSED)
    coming = open_edition(event=event, year=next_year(event), area=Area.DISTRICTS, visitors=15_000, actor=SYSTEM)
    change_edition(
        edition=coming,
        version=coming.version,
        theme="Contoh tema: syukur dan selamat",
        contact="Sekretariat contoh",
        actor=SYSTEM,
    )
    specs = [
        OrganiserSpec(
            row.name,
            row.role,
            Organisation.objects.filter(name=row.name).first(),
            "Narahubung Contoh",
            "0812-0000-0000",
            row.role == OrganiserRole.REGENCY,
        )
        for row in event.hosts.all()
    ]
    set_organisers(edition=coming, version=coming.version, organisers=specs, actor=SYSTEM)
    _places(coming)
    lay_down_concept(coming)
    brought(coming, Stage.PLANNED)
    _office(coming)
    _plan(coming)
    _money(coming)
    lay_down_telling(coming)


def _office(edition: Edition) -> None:
    """A letterhead and a signatory, so that the permit letter can be written."""
    agency = edition.organisation
    head = f"Pemerintah Kabupaten Mempawah\n{agency.name}".upper()
    add_letterhead(
        organisation=agency, lines=head, address="Alamat peragaan, Mempawah", city="Mempawah", valid_from=FIRST,
        source="Data peragaan", actor=SYSTEM,
    )  # fmt: skip
    add_signatory(
        organisation=agency,
        post="Kepala Dinas (contoh)",
        name="Contoh Pejabat (SPESIMEN)",
        valid_from=FIRST,
        actor=SYSTEM,
    )
    acts.add_permit(edition=edition, kind="water", office="Syahbandar (contoh)", actor=SYSTEM)


def _plan(edition: Edition) -> None:
    """Committee, tasks of the shipped bundle and a rundown; every name is made up."""
    plan = start_plan(edition=edition, actor=SYSTEM)
    plan = change_bounds(
        plan=plan, version=plan.version, actor=SYSTEM,
        weather="Contoh: bila angin di muara di atas 15 knot atau ada petir, rombongan berlayar kembali; nakhoda yang memutuskan.",
        custom="Contoh: ritual dipimpin keraton dan selesai sebelum tengah hari; tidak ada penerbangan drone di atas perahu keraton.",
    )  # fmt: skip
    use_bundle(plan=plan, bundle="Festival daerah", actor=SYSTEM)
    for number, section in enumerate(plan.sections.all(), 1):
        keep_member(
            member=Member(plan=plan), section=section, leads=True, name=f"Contoh Panitia {number}",
            post=_post(section.name), phone=f"0812000000{number:02d}", actor=SYSTEM,
        )  # fmt: skip
    if edition.starts_on is None:
        return
    day = add_rundown_day(plan=plan, day=edition.starts_on, title="Hari ritual", actor=SYSTEM)
    in_charge = list(plan.members.all())
    for (title, begins, minutes, place), member in zip(RUNDOWN, in_charge, strict=False):
        keep_rundown_item(
            item=RundownItem(day=day), title=title, begins=begins, minutes=minutes, place=place, member=member,
            actor=SYSTEM,
        )  # fmt: skip


def _post(section: str) -> str:
    """ "Ketua panitia" for whoever leads all, else the section as it is written within a sentence."""
    if section.startswith("Ketua"):
        return "Ketua panitia"
    first, _space, rest = section.partition(" ")
    return f"Ketua seksi {first if first.isupper() else first.lower()} {rest}".strip()[:80]


def _money(edition: Edition) -> None:
    budget = start_budget(edition=edition, actor=SYSTEM)
    for category, item, volume, unit, price, ceremonial in LINES:
        add_line(
            budget=budget, category=category, item=item, volume=volume, unit=unit, frequency=1, price=price,
            ceremonial=ceremonial, actor=SYSTEM,
        )  # fmt: skip
    for kind, name, amount in SOURCES:
        add_source(budget=budget, kind=kind, name=name, amount=amount, actor=SYSTEM)


def _places(edition: Edition) -> None:
    region = edition.event.region
    for name, use, district, latitude, longitude, capacity, area in (
        ("Muara Kuala Mempawah", "Ritual buang-buang di laut", "Mempawah Hilir", "0.350000", "108.945000", 1_500, None),
        ("Lapangan dekat keraton", "Makan saprahan", "Mempawah Hilir", "0.365000", "108.965000", 3_000, 4_000),
    ):
        add_site(
            edition=edition, name=name, use=f"{use} (titik dan angka kira-kira)", district=district, region=region,
            latitude=latitude, longitude=longitude, capacity=capacity, area_m2=area, actor=SYSTEM,
        )  # fmt: skip
