"""Twelve made-up innovations of agencies of the region over two years, brought to their stages by the acts themselves.

Every idea, number and paper is invented for the demonstration and says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from enggang.access.queries.grants import holders_at
from enggang.core import clock
from enggang.core.actor import ANONYMOUS, SYSTEM, load_user
from enggang.innovation.domain.checklist import check_item
from enggang.innovation.domain.gates import pass_gate, stop_innovation
from enggang.innovation.domain.ideas import Reach, hand_in_idea
from enggang.innovation.domain.innovations import hand_over, open_innovation, publish_innovation
from enggang.innovation.domain.monitoring import keep_checkup
from enggang.innovation.domain.reference import load_reference
from enggang.innovation.domain.replications import note_replication
from enggang.innovation.domain.scoring import ask_scorer, score_innovation
from enggang.innovation.domain.trial import add_measure, enter_reading, keep_trial_plan
from enggang.innovation.domain.voices import comment, support
from enggang.innovation.enums import FORWARD, Moment, Stage
from enggang.innovation.models import Affair, Innovation
from enggang.innovation.queries.gates import gate_of, review_of
from enggang.innovation.queries.scoring import MAY_SCORE
from enggang.people.models import Person
from enggang.places.models import Organisation

ZONE = ZoneInfo("Asia/Pontianak")
DECIDER, EXAMPLE = "Kepala Dinas (contoh)", "Contoh untuk demonstrasi"
PACE = 45  # days from one gate to the next
POINT = (-0.027, 109.342)  # of all of them: the capital of the province
LONG = (
    "Rancang bangun contoh ini ditulis untuk demonstrasi. Petugas mencatat permintaan sekali saja, sistem menyusun urutan, "
    "pemohon menerima pemberitahuan, lalu hasilnya direkap setiap pekan dan dibahas bersama pimpinan. "
)


@dataclass(frozen=True)
class Told:
    """``days`` ago it was handed in; ``to`` is the stage it has reached; ``before`` and ``after`` are what was measured."""

    at: str
    title: str
    problem: str
    idea: str
    days: int
    to: Stage
    affair: str
    form: str = "service"
    kind: str = "digital"
    facet: str = "enhance"
    measure: tuple[str, str, str] = ("Lama layanan (contoh)", "menit", "lower")
    before: str = ""
    after: str = ""
    published: bool = False


TOLD = (
    Told("kalbar/disporapar", "Paspor Wisata Khatulistiwa (contoh)", "Pengunjung hanya singgah di satu tempat.",
         "Kartu cap di 20 destinasi; cap kelima ditukar hasil karya UMKM.", 720, Stage.SUSTAINED, "Pariwisata", kind="non_digital",
         facet="mission", measure=("Destinasi yang dikunjungi per orang (contoh)", "tempat", "higher"), before="1.4", after="2.6",
         published=True),
    Told("kalbar/disporapar", "Antrean Daring Sanggar (contoh)", "Sanggar antre sejak subuh untuk izin tampil.",
         "Nomor antrean dipesan lewat telepon.", 520, Stage.ADOPTED, "Kebudayaan", before="120", after="18", published=True),
    Told("kalbar/sambas", "Kelas Foto Warung (contoh)", "Foto jualan UMKM gelap dan tidak laku.",
         "Lulusan pelatihan memotret sepuluh warung sebulan.", 480, Stage.ADOPTED, "Koperasi, usaha kecil, dan menengah",
         kind="non_digital", facet="adaptive", measure=("Pesanan per warung (contoh)", "pesanan", "higher"), before="6", after="11",
         published=True),
    Told("kalbar/disporapar", "Peta Risiko Keramaian (contoh)", "Panitia baru tahu titik padat saat acara berjalan.",
         "Titik padat tahun lalu digambar sebelum izin diajukan.", 430, Stage.ADOPTED, "Pariwisata", form="governance",
         facet="anticipate", measure=("Titik padat tanpa petugas (contoh)", "titik", "lower"), before="9", after="2"),
    Told("kalbar/sambas", "Satu Pintu Cagar Budaya (contoh)", "Izin riset cagar budaya melewati empat meja.",
         "Satu formulir untuk empat meja.", 260, Stage.TRIAL, "Kebudayaan", form="governance", before="21"),
    Told("kalbar/disporapar", "Bank Cerita Kampung (contoh)", "Cerita tetua hilang bersama tetuanya.",
         "Pemuda merekam satu cerita sepekan.", 230, Stage.TRIAL, "Kepemudaan dan olahraga", facet="mission",
         measure=("Cerita yang terekam (contoh)", "cerita", "higher")),
    Told("kalbar/disporapar", "Sewa Alat Bersama (contoh)", "Tiap seksi menyewa tata suara sendiri.",
         "Daftar alat bersama antarseksi.", 150, Stage.DESIGN, "Keuangan", form="governance"),
    Told("kalbar/sambas", "Jembatan Informasi Perbatasan (contoh)", "Pelintas batas tidak tahu acara di sini.",
         "Papan acara di pos lintas batas.", 120, Stage.DESIGN, "Pariwisata", kind="non_digital", facet="adaptive"),
    Told("kalbar/disporapar", "Tiket Ramah Difabel (contoh)", "Kebutuhan khusus baru diketahui di gerbang.",
         "Kebutuhan ditanyakan saat memesan tiket.", 70, Stage.SCREENING, "Pariwisata"),
    Told("kalbar/disporapar", "Robot Penjawab Wisata (contoh)", "Pertanyaan di luar jam kerja tidak terjawab.",
         "Mesin penjawab otomatis.", 340, Stage.STOPPED, "Pariwisata", facet="anticipate"),
    Told("kalbar/disporapar", "Kalender Latihan Terbuka (contoh)", "Lapangan kosong tetapi tampak terpakai.",
         "Jadwal lapangan dibuka untuk umum.", 9, Stage.IDEA, "Kepemudaan dan olahraga"),
)  # fmt: skip
PUBLIC = (
    "Bangku teduh di tepi Kapuas (contoh)", "Lansia tidak punya tempat duduk saat festival.",
    "Bangku dari kayu bekas panggung, dibuat karang taruna.",
)  # fmt: skip


def lay_down_innovations() -> None:
    """In the order of their days, so that nothing is decided before it was handed in."""
    load_reference(actor=SYSTEM)
    made = {told.title: _tell(told) for told in sorted(TOLD, key=lambda each: -each.days)}
    first, classes = made[TOLD[0].title], made[TOLD[2].title]
    with _at(clock.today() - timedelta(days=200)):
        note_replication(
            innovation=first, on=clock.today(), copy_name="Dinas Pariwisata Kabupaten Tetangga (contoh)",
            contact="Seksi destinasi (contoh)", note="Kartu cap dan daftar hadiah (contoh)", paper=(PAPER, "surat contoh.pdf"),
            actor=SYSTEM,
        )  # fmt: skip
        note_replication(
            innovation=classes,
            on=clock.today(),
            origin_name="Kota di pulau seberang (contoh)",
            note=EXAMPLE,
            actor=SYSTEM,
        )
    _voices(first)
    _idea_of_the_public()


PAPER = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@contextmanager
def _at(day: date) -> Iterator[None]:
    with clock.frozen_at(datetime.combine(day, time(9), ZONE)):
        yield


def _staff(organisation: Organisation) -> list[Person]:
    """Of the agency itself, else of those around it: the demonstration's organiser has nobody on its own staff list."""
    for path in (organisation.path, f"/{organisation.path.strip('/').split('/')[0]}/"):
        if people := list(Person.objects.employed_below(path).order_by("pk")[:6]):
            return people
    return []


def _tell(told: Told) -> Innovation:
    organisation = Organisation.objects.select_related("subject", "region").get(key=told.at)
    day, people = clock.today() - timedelta(days=told.days), _staff(organisation)
    with _at(day):
        row = open_innovation(
            organisation=organisation, title=told.title, problem=told.problem, idea=told.idea, owner=people[told.days % len(people)],
            kind=told.kind, form=told.form, facet=told.facet, affair=Affair.objects.get(name=told.affair), aims=f"{told.idea} {EXAMPLE}.",
            benefits=f"Warga dan pegawai sama-sama terbantu. {EXAMPLE}.", results=f"Lihat hasil uji coba. {EXAMPLE}.", design=LONG * 12,
            latitude=POINT[0], longitude=POINT[1], actor=SYSTEM,
        )  # fmt: skip
    _bring(row, told, day, people)
    return row


def _bring(row: Innovation, told: Told, day: date, people: list[Person]) -> None:
    goal = Stage.SCREENING if told.to == Stage.STOPPED else told.to
    while row.stage != goal and row.stage != Stage.ADOPTED:
        day = min(day + timedelta(days=PACE), clock.today())
        with _at(day):
            _prepare(row, told)
            pass_gate(
                innovation=row,
                to=FORWARD[Stage(row.stage)],
                decider=DECIDER,
                decided_on=day,
                reason=EXAMPLE,
                actor=SYSTEM,
            )
    if told.to == Stage.STOPPED:
        with _at(day + timedelta(days=20)):
            stop_innovation(
                innovation=row, decider=DECIDER, decided_on=clock.today(), reason=f"Belum ada anggaran pemeliharaan. {EXAMPLE}.",
                actor=SYSTEM,
            )  # fmt: skip
    elif row.stage == Stage.ADOPTED:
        _watch(row, told, people)


def _prepare(row: Innovation, told: Told) -> None:
    """What the next gate asks for: findings, scores, the plan of the trial, values before and after."""
    if row.stage == Stage.SCREENING:
        _score(row)
    if row.stage == Stage.DESIGN:
        _plan(row, told)
    if row.stage == Stage.TRIAL and told.after:
        _read(row, Moment.AFTER, told.after)
    for each in gate_of(row).rows:
        if each.proved is None:
            check_item(innovation=row, item=each.item, note=f"Dilihat bersama. {EXAMPLE}.", actor=SYSTEM)


def _score(row: Innovation) -> None:
    for number, user in enumerate(holders_at(row.organisation, *MAY_SCORE)[:2]):
        ask_scorer(innovation=row, user=user, actor=SYSTEM)
        review = review_of(row)
        assert review is not None
        points = (80, 60)[number]
        levels = {each.pk: each.levels.get(points=points).pk for each in review.rubric.criteria.all()}
        score_innovation(innovation=row, levels=levels, feedback=EXAMPLE, actor=load_user(user.pk))


def _plan(row: Innovation, told: Told) -> None:
    keep_trial_plan(
        innovation=row, hypothesis=f"Bila dijalankan, angkanya membaik dalam sebulan. {EXAMPLE}.",
        stop_rule=f"Berhenti bila dalam sebulan tidak berubah. {EXAMPLE}.", place="Satu lokasi (contoh)", actor=SYSTEM,
    )  # fmt: skip
    name, unit, polarity = told.measure
    add_measure(innovation=row, name=name, unit=unit, polarity=polarity, actor=SYSTEM)
    if told.before:
        _read(row, Moment.BEFORE, told.before)


def _read(row: Innovation, moment: Moment, value: str) -> None:
    enter_reading(
        measure=row.measures.get(), moment=moment, value=Decimal(value), as_of=clock.today(), method="Dihitung di 30 kejadian (contoh)",
        source="Catatan petugas (contoh)", actor=SYSTEM,
    )  # fmt: skip


def _watch(row: Innovation, told: Told, people: list[Person]) -> None:
    """Check-ups as far as their days have come; the last one of an innovation that is only adopted is left out: it lapses."""
    today, said = clock.today(), 0
    while row.due_on is not None and row.due_on <= today and said < (4 if told.to == Stage.SUSTAINED else 2):
        with _at(row.due_on):
            keep_checkup(
                innovation=row, use="yes", note=f"Masih dipakai. {EXAMPLE}.", users=40 + 5 * said, actor=SYSTEM
            )
        said += 1
    if told.to == Stage.SUSTAINED:
        with _at(today - timedelta(days=3)):
            pass_gate(
                innovation=row,
                to=Stage.SUSTAINED,
                decider=DECIDER,
                decided_on=clock.today(),
                reason=EXAMPLE,
                actor=SYSTEM,
            )
    if told.published:
        publish_innovation(innovation=row, actor=SYSTEM)
    if told.at == "kalbar/sambas" and len(people) > 1:
        other = next(person for person in people if person.pk != row.owner_id)
        hand_over(innovation=row, owner=other, reason="Mutasi (contoh)", actor=SYSTEM)


def _voices(row: Innovation) -> None:
    for number, user in enumerate(holders_at(row.organisation, *MAY_SCORE)[:3]):
        support(innovation=row, actor=load_user(user.pk))
        if number == 0:
            comment(innovation=row, text="Bisakah capnya juga di pos lintas batas? (contoh)", actor=load_user(user.pk))


def _idea_of_the_public() -> None:
    title, problem, idea = PUBLIC
    organisation = Organisation.objects.select_related("subject").get(key="kalbar/disporapar")
    with _at(clock.today() - timedelta(days=4)):
        hand_in_idea(
            organisation=organisation,
            title=title,
            problem=problem,
            idea=idea,
            reach=Reach(name="Warga Contoh"),
            actor=ANONYMOUS,
        )
