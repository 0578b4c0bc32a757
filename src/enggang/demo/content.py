"""The demonstration programme, laid down through the same acts as the screens use.

It follows the real programme that this product began with: the three-day training in photography and videography for
80 civil servants of West Kalimantan from 7 November 2022, and the event-organising course in two waves. The
course's days and every person are made up; what is issued says SPECIMEN.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from enggang.attendance.domain.marks import mark_list
from enggang.attendance.enums import Status
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.demo.competencies import kind_of, lay_down_catalogue, lay_down_findings, shown_by_creative, shown_by_events
from enggang.demo.ledger import lay_down_ledger
from enggang.demo.lessons import holder_of, lay_down_bank, lay_down_open_test, lay_down_sat_tests
from enggang.demo.money import lay_down_money, lay_down_paid_money
from enggang.demo.names import Invented, invented_people
from enggang.demo.nominations import lay_down_nominations
from enggang.demo.opening import lay_down_opening
from enggang.demo.opinions import lay_down_open_surveys, lay_down_opinions
from enggang.demo.plans import lay_down_plans
from enggang.demo.services import lay_down_services
from enggang.demo.travel import lay_down_wishes
from enggang.demo.works import lay_down_works
from enggang.documents.domain.signing import Validity, add_signing_key
from enggang.people.domain.persons import add_person
from enggang.people.enums import StaffKind
from enggang.people.models import Competency, Person
from enggang.places.domain.venues import open_venue
from enggang.places.models import Organisation, Region, Venue
from enggang.seats.domain.offers import PoolSpec
from enggang.training.domain.certificates import Signing, issue_certificates
from enggang.training.domain.classes import divide_evenly, keep_class
from enggang.training.domain.completion import decide_outcomes
from enggang.training.domain.messages import write_to_wave
from enggang.training.domain.names import settle_name
from enggang.training.domain.programmes import ModuleSpec, open_programme
from enggang.training.domain.registrations import register_person
from enggang.training.domain.sessions import add_session, remove_session
from enggang.training.domain.waves import finish_wave, open_wave, plan_wave
from enggang.training.enums import Audience, ClassKind, Source
from enggang.training.models import Programme, Wave

ZONE = ZoneInfo("Asia/Pontianak")
SEED, TURNS, CONFIRMED = 7112022, 6, 50
MORNING, NOON, AFTERNOON, EVENING = time(8), time(12), time(13), time(16, 30)
BRING = ("Bawa ponsel dan pengisi daya", "Sesi praktik memakai ponsel sendiri. Kosongkan ruang penyimpanan (contoh).")
NOBODY = "Contoh Pejabat (SPESIMEN)"

CREATIVE = (
    ModuleSpec("Kebijakan promosi daerah dan peran ASN kreatif", 2),
    ModuleSpec("Dasar fotografi: cahaya, komposisi, fokus", 5),
    ModuleSpec("Fotografi kegiatan dan destinasi", 5),
    ModuleSpec("Dasar videografi dengan ponsel dan kamera", 5),
    ModuleSpec("Penyuntingan foto dan video", 5),
    ModuleSpec("Bercerita untuk media sosial pemerintah", 4),
    ModuleSpec("Praktik lapangan dan bedah karya", 4),
)
EVENTS = (
    ModuleSpec("Kebijakan dan kalender event daerah", 2),
    ModuleSpec("Konsep, KAK, dan anggaran event", 5),
    ModuleSpec("Perizinan dan keselamatan keramaian", 4),
    ModuleSpec("Produksi, rundown, dan panitia", 5),
    ModuleSpec("Publikasi dan pengukuran dampak", 4),
)


@dataclass(frozen=True, slots=True)
class WavePlan:
    """One wave to be laid down. ``today`` of its making is ``made_on``; ``held`` waves get attendance and papers."""

    programme: Programme
    name: str
    starts_on: date
    days: int
    made_on: date
    pools: tuple[PoolSpec, ...]
    closes_after: int = 14
    share: float = 1.0  # of the seats taken by now
    held: bool = False
    since: int = 0  # whom of the staff it begins with, so that not the same people learn each year
    called_off: str = ""  # why the shortest session is, if it is


def lay_down_programme() -> None:
    """The training of the demonstration, without accounts. Call once, on a database that has the reference data."""
    agency = Organisation.objects.get(key="kalbar/disporapar")
    add_signing_key(
        organisation=agency, name="Segel peragaan (SPESIMEN)", validity=Validity(date(2022, 1, 3), source="Data peragaan"),
        actor=SYSTEM,
    )  # fmt: skip
    hall = _venue(agency, "Aula Disporapar Kalimantan Barat", 120)
    own = lay_down_catalogue(agency)
    crowd = invented_people(SEED)
    staff = _staff(crowd)
    for plan in _plans(agency, own):
        _lay_down(plan, hall, staff)
    lay_down_findings(Wave.objects.get(programme__title="Pelatihan ASN Kreatif", name="Angkatan 2022"))
    now = Wave.objects.get(organisation=agency, starts_on=clock.today("Asia/Pontianak"))
    lay_down_wishes(now)
    lay_down_money(now)
    lay_down_opening(Wave.objects.filter(organisation=agency, starts_on__gt=clock.today()).latest("starts_on"), staff)
    lay_down_plans(Wave.objects.get(organisation=agency, name="Angkatan 2022"))
    lay_down_works(now)
    lay_down_services(agency)


def lay_down_learning() -> None:
    """Tests, evaluation, classes, payments, a call, a message and the hours ledger; the wave of 2022 has its results."""
    waves = Wave.objects.with_names().filter(organisation=Organisation.objects.get(key="kalbar/disporapar"))
    now, past = waves.get(starts_on=clock.today("Asia/Pontianak")), waves.get(name="Angkatan 2022")
    lay_down_paid_money(past)
    lay_down_nominations(waves.get(starts_on=now.starts_on + timedelta(days=14)))
    bank = lay_down_bank(now)
    lay_down_sat_tests(past, bank)
    lay_down_open_test(now, bank)
    lay_down_opinions(past)
    lay_down_open_surveys(now)
    for name in ("Kelas A", "Kelas B"):
        keep_class(wave=now, kind=ClassKind.CLASS, name=name, actor=SYSTEM)
    divide_evenly(wave=now, kind=ClassKind.CLASS, actor=SYSTEM)
    for row in now.registrations.seated().with_names().order_by("pk")[1:CONFIRMED]:  # the first has an account
        settle_name(registration=row, printed_name=row.printed_name, actor=holder_of(row))
    write_to_wave(wave=now, audience=Audience.SEATED, title=BRING[0], text=BRING[1], actor=SYSTEM)
    lay_down_ledger([now.organisation, Organisation.objects.get(key="kalbar/sambas/disporapar")])


def _venue(agency: Organisation, name: str, capacity: int) -> Venue:
    city = Region.objects.get(code="61.71")
    return open_venue(name=name, organisation=agency, region=city, address="Pontianak", capacity=capacity, actor=SYSTEM)


def _staff(crowd: Iterator[Invented]) -> list[Person]:
    """Six people in each provincial agency's and regency's tourism office, in a mixed order; the last are on contract."""
    offices = list(Organisation.objects.filter(kind="agency").select_related("subject").order_by("path"))
    provincial = [office for office in offices if office.region_id == "61"][:12]
    regional = [office for office in offices if office.key.endswith("/disporapar") and office.region_id != "61"]
    with clock.frozen_at(datetime(2022, 1, 10, 9, tzinfo=ZONE)):
        return [
            _employ(next(crowd), office, StaffKind.PPPK if turn == TURNS - 1 else StaffKind.PNS)
            for turn in range(TURNS)
            for office in [*provincial, *regional]
        ]


def _employ(invented: Invented, office: Organisation, kind: StaffKind) -> Person:
    return add_person(
        organisation=office,
        kind=kind,
        name=invented.name,
        nip=invented.nip,
        phone=invented.phone,
        post=invented.post,
        post_type=kind_of(invented.post),
        rank=invented.rank,
        actor=SYSTEM,
    )


def _plans(agency: Organisation, own: dict[str, Competency]) -> list[WavePlan]:
    creative = open_programme(
        organisation=agency, title="Pelatihan ASN Kreatif", modules=CREATIVE, competencies=shown_by_creative(own),
        actor=SYSTEM,
        summary="Fotografi dan videografi bagi ASN, agar layanan publik dan daerah dikenal di dunia digital.",
        rule_source="Aturan peragaan penyelenggara; sesuaikan dengan pedoman instansi",
    )  # fmt: skip
    events = open_programme(
        organisation=agency, title="Bimtek Penyelenggaraan Event", modules=EVENTS, competencies=shown_by_events(own),
        actor=SYSTEM,
        summary="Dari gagasan sampai laporan: menyelenggarakan event daerah yang tertib dan terukur.",
        rule_source="Aturan peragaan penyelenggara; sesuaikan dengan pedoman instansi",
    )  # fmt: skip
    today = clock.today("Asia/Pontianak")
    provincial = PoolSpec("Perangkat daerah provinsi", 40, region=Region.objects.get(code="61"))
    regional = tuple(_regional(2))
    few = (PoolSpec("Perangkat daerah provinsi", 12, region=provincial.region), *_regional(1))
    day = timedelta(days=1)
    return [
        WavePlan(creative, "Angkatan 2022", date(2022, 11, 7), 3, date(2022, 10, 10),
                 (provincial, *_regional(2), PoolSpec("Terbuka", 12)), held=True),
        WavePlan(events, "Gelombang 1: perangkat daerah provinsi", date(2023, 3, 14), 2, date(2023, 2, 13),
                 (PoolSpec("Perangkat daerah provinsi", 30, region=provincial.region),), held=True,
                 called_off="Pemadaman listrik di gedung (contoh)"),
        WavePlan(events, "Gelombang 2: kabupaten dan kota", date(2023, 3, 21), 2, date(2023, 2, 20), regional, held=True),
        WavePlan(creative, "Angkatan tahun lalu", today - 390 * day, 3, today - 420 * day, few, held=True, since=90),
        WavePlan(events, "Gelombang 3: campuran", today - 40 * day, 2, today - 65 * day, few, held=True, since=50),
        WavePlan(creative, f"Gelombang {today.year}-1", today, 3, today - 30 * day, (provincial, *regional)),
        WavePlan(creative, f"Gelombang {today.year}-2", today + 14 * day, 3, today - 2 * day,
                 (PoolSpec("Perangkat daerah provinsi", 6, region=provincial.region), *_regional(1), PoolSpec("Terbuka", 4),
                  PoolSpec("PPPK", 4, kind=StaffKind.PPPK)), share=0.5, called_off="Pengajar berhalangan (contoh)"),
    ]  # fmt: skip


def _regional(size: int) -> Iterator[PoolSpec]:
    regions = Region.objects.filter(parent__code="61").order_by("code")
    return (PoolSpec(region.name, size, region=region) for region in regions)


def _lay_down(plan: WavePlan, hall: Venue, staff: Sequence[Person]) -> None:
    made = datetime.combine(plan.made_on, time(9), ZONE)
    with clock.frozen_at(made):
        wave = plan_wave(
            programme=plan.programme, name=plan.name, starts_on=plan.starts_on,
            ends_on=plan.starts_on + timedelta(days=plan.days - 1), pools=plan.pools, venue=hall, specimen=True,
            registration_opens=made, registration_closes=made + timedelta(days=plan.closes_after), actor=SYSTEM,
        )  # fmt: skip
        _sessions(wave, plan.days)
        open_wave(wave=wave, actor=SYSTEM)
    with clock.frozen_at(made + timedelta(hours=3)):
        _fill(wave, [*staff[plan.since :], *staff[: plan.since]], share=plan.share)
    if plan.called_off:
        with clock.frozen_at(made + timedelta(hours=4)):
            _call_off(wave, plan.called_off)
    if plan.held:
        _hold(wave)


def _call_off(wave: Wave, reason: str) -> None:
    shortest = wave.sessions.select_related("wave__organisation", "occasion").order_by("jp", "day", "begins")[0]
    remove_session(session=shortest, reason=reason, actor=SYSTEM)


def _sessions(wave: Wave, days: int) -> None:
    modules = list(wave.programme.modules.all())
    halves = [(day, half) for day in range(days) for half in ((MORNING, NOON), (AFTERNOON, EVENING))]
    for number, (day, (begins, ends)) in enumerate(halves):
        covered = modules[number * len(modules) // len(halves) : (number + 1) * len(modules) // len(halves)]
        title = "; ".join(module.title for module in covered) or "Praktik dan bedah karya"
        add_session(
            wave=wave, title=title[:200], day=wave.starts_on + timedelta(days=day), begins=begins, ends=ends,
            jp=sum(module.jp for module in covered), room="Aula", actor=SYSTEM,
        )  # fmt: skip


def _fill(wave: Wave, staff: Sequence[Person], *, share: float) -> None:
    """Register as many as the seats take (no waiting list unless a quota is really full)."""
    free = sum(wave.offer.pools.values_list("size", flat=True))
    wanted = int(free * share)
    for person in islice(_wanting(wave, staff), wanted):
        register_person(wave=wave, person=person, source=Source.COORDINATOR, actor=SYSTEM)
    for pool in wave.offer.pools.exclude(kind=""):
        here = wave.registrations.values("person")
        own = Person.objects.filter(employments__kind=pool.kind, pk__in=[row.pk for row in staff]).exclude(pk__in=here)
        for person in own.order_by("pk")[: pool.size // 2]:
            register_person(wave=wave, person=person, source=Source.COORDINATOR, first=pool.pk, actor=SYSTEM)


def _wanting(wave: Wave, staff: Sequence[Person]) -> Iterator[Person]:
    """People for whom a pool still has room, in the order of the list."""
    room = {pool.region_id: pool.size for pool in wave.offer.pools.all() if not pool.kind}
    for person in staff:
        work = person.employments.select_related("organisation").first()
        region = work.organisation.region_id if work else None
        key = region if room.get(region, 0) else None
        if room.get(key, 0):
            room[key] -= 1
            yield person


def _hold(wave: Wave) -> None:
    """Attendance by list, the rule, and specimen certificates."""
    seated = list(wave.registrations.seated().select_related("person__subject"))
    codes = [row.person.subject.code for row in seated]
    sessions = list(wave.sessions.planned().select_related("occasion__organisation", "occasion__subject"))
    for number, session in enumerate(sessions):
        with clock.frozen_at(session.starts_at + timedelta(minutes=20)):
            mark_list(occasion=session.occasion, statuses=_statuses(codes, number), actor=SYSTEM)
    with clock.frozen_at(datetime.combine(wave.ends_on, time(17), ZONE)):
        decide_outcomes(wave=wave, actor=SYSTEM)
        signing = Signing(city="Pontianak", on=wave.ends_on, post="Kepala Dinas (contoh)", name=NOBODY)
        issue_certificates(wave=wave, signing=signing, actor=SYSTEM)
        finish_wave(wave=wave, actor=SYSTEM)


def _statuses(codes: Sequence[str], number: int) -> dict[str, Status]:
    """Nearly everyone is there; one in nineteen misses enough to fail."""
    found = {}
    for place, code in enumerate(codes):
        missing = place % 19 == 18 and number < 3
        found[code] = Status.SICK if missing else Status.PRESENT
    return found
