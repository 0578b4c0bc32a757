"""What a finished activity report must hold, counted here from the rows and not by the code that writes the report."""

from __future__ import annotations

import io
import re
from collections import Counter
from pathlib import Path
from statistics import fmean

import docx
from django.db.models import Sum
from openpyxl import load_workbook
from pypdf import PdfReader

from enggang.attendance.models import Mark
from enggang.budgets.models import Payment
from enggang.credentials.models import Award
from enggang.files.domain.storing import read_bytes
from enggang.files.models import StoredFile
from enggang.surveys.models import Attempt, AttemptItem, Sheet
from enggang.training.models import ActionPlan, AssignmentLetter, Fee, ReportVersion, Wave, WaveTest
from tests.stories.life.closing import POINTS

SECTIONS = (
    "Pendahuluan", "Waktu dan tempat", "Peserta", "Sesi dan pengajar", "Kehadiran", "Hasil kelulusan", "Sertifikat",
    "Hasil tes awal dan tes akhir", "Hasil evaluasi", "Penggunaan anggaran", "Hambatan", "Tindak lanjut",
    "Rencana tindak lanjut peserta", "Dokumentasi", "Daftar peserta", "Rekap kehadiran", "Daftar sertifikat", "Jadwal",
    "Daftar perjalanan dinas", "Daftar surat",
)  # fmt: skip
CHARTS = ("Persen hadir per sesi", "Rata-rata nilai tes", "Rata-rata per pernyataan")
Row = tuple[str, ...]


def holds_what_the_database_says(version: ReportVersion, wave: Wave) -> None:
    """Both files hold every row that is expected, every section and every chart; the photo and charts are pictures."""
    rows = expected(wave)
    written, words, pictures = of_docx(version.docx)
    lacking = [row for row in rows if row not in written]
    assert not lacking, lacking
    text, drawn = of_pdf(version.pdf)
    lacking = [row for row in rows if flat("".join(row)) not in text]
    assert not lacking, lacking
    for title in (*SECTIONS, *CHARTS):
        assert flat(title) in text
        assert flat(title) in words, title
    assert pictures >= len(CHARTS) + 1
    assert drawn >= 1
    for line in ("Praktik memotret (contoh)", *POINTS.values()):
        assert flat(line) in text


def of_docx(file: StoredFile | None) -> tuple[set[Row], str, int]:
    assert file
    paper = docx.Document(io.BytesIO(read_bytes(file)))
    rows = {
        tuple(cell.text.replace("\u00a0", " ") for cell in row.cells) for table in paper.tables for row in table.rows
    }
    return rows, flat("".join(line.text for line in paper.paragraphs)), len(paper.inline_shapes)


def of_pdf(file: StoredFile | None) -> tuple[str, int]:
    """The words without any space, since lines break where they will; and how many photos are drawn."""
    assert file
    pages = PdfReader(io.BytesIO(read_bytes(file))).pages
    return flat("".join(page.extract_text() for page in pages)), sum(len(page.images) for page in pages)


def flat(words: str) -> str:
    return re.sub(r"\s+", "", words)


def expected(wave: Wave) -> list[Row]:
    return [
        *of_people(wave), *of_teaching(wave), *of_attendance(wave), *of_certificates(wave), *of_tests(wave),
        *of_opinions(wave), *of_money(wave), *of_plans(wave), *of_letters(wave),
    ]  # fmt: skip


def of_people(wave: Wave) -> list[Row]:
    rows = list(wave.registrations.seated().select_related("agency"))
    agencies = Counter(row.agency.name for row in rows)
    sexes = Counter({"1": "Laki-laki", "2": "Perempuan"}[row.person.nip[14]] for row in rows)
    counted = {**agencies, **sexes}
    return [
        ("Peserta", str(len(rows))), ("Perangkat daerah asal", str(len(agencies))),
        *((name, str(count), comma(100 * count / len(rows))) for name, count in counted.items()),
    ]  # fmt: skip


def of_teaching(wave: Wave) -> list[Row]:
    """JP per instructor."""
    taught = wave.sessions.planned().values_list("instructor__name").annotate(jp=Sum("jp"))
    sessions = Counter(wave.sessions.planned().values_list("instructor__name", flat=True))
    jp = wave.sessions.planned().aggregate(jp=Sum("jp"))["jp"]
    return [
        ("Jam pelajaran (JP) yang diselenggarakan", str(jp)),
        *((name, str(sessions[name]), str(hours)) for name, hours in taught),
    ]


def of_attendance(wave: Wave) -> list[Row]:
    people = wave.registrations.seated().count()
    found: list[Row] = []
    for session in wave.sessions.planned():
        marks = Counter(Mark.objects.filter(occasion=session.occasion_id).values_list("status", flat=True))
        away = marks["sick"] + marks["leave"]
        unmarked = people - marks.total()
        share = comma(100 * marks["present"] / people)
        found.append((session.title, *map(str, (people, marks["present"], away, marks["absent"], unmarked)), share))
    return found


def of_certificates(wave: Wave) -> list[Row]:
    seated = wave.registrations.seated()
    awards = Award.objects.filter(registration__wave=wave, state="issued")
    numbers = sorted(awards.values_list("number", flat=True))
    return [
        ("Lulus", str(seated.filter(outcome="passed").count())), ("Tidak lulus", str(seated.filter(outcome="failed").count())),
        ("Sertifikat terbit", str(len(numbers))), ("Nomor pertama", numbers[0]), ("Nomor terakhir", numbers[-1]),
    ]  # fmt: skip


def of_tests(wave: Wave) -> list[Row]:
    means = {row.phase: fmean(map(percent, row.test.attempts.all())) for row in WaveTest.objects.filter(wave=wave)}
    both = Attempt.objects.filter(test__wave_test__wave=wave).values("holder").distinct().count()
    return [
        ("Peserta yang mengerjakan kedua tes", str(both)), ("Rata-rata tes awal (%)", comma(means["pre"])),
        ("Rata-rata tes akhir (%)", comma(means["post"])), ("Kenaikan (poin persen)", comma(means["post"] - means["pre"])),
    ]  # fmt: skip


def percent(attempt: Attempt) -> int:
    earned: int = AttemptItem.objects.filter(attempt=attempt).aggregate(earned=Sum("earned"))["earned"] or 0
    return 100 * earned // attempt.possible


def of_opinions(wave: Wave) -> list[Row]:
    found: list[Row] = []
    for row in wave.surveys.all():
        sheets = [sheet.values for sheet in Sheet.objects.filter(survey=row.survey_id)]
        found.append(("Jawaban yang dihitung", str(len(sheets))))
        for place, statement in enumerate(row.survey.statements.filter(kind="scale")):
            said = [values[str(statement.pk)] for values in sheets]
            steps = [str(said.count(step)) for step in range(1, row.survey.high + 1)]
            assert place < len(sheets)
            found.append((statement.text, comma(fmean(said), 2), *steps))
    return found


def of_money(wave: Wave) -> list[Row]:
    """By line plan, contract and payment; by instructor JP, units, rate, gross, tax and net; all journeys."""
    assert wave.budget
    found: list[Row] = []
    for line in wave.budget.lines.all():
        plan = line.volume * line.frequency * line.price
        paid = Payment.objects.filter(line=line).aggregate(paid=Sum("amount"))["paid"] or 0
        share = comma(100 * paid / plan)
        found.append((line.account_code, line.item, rupiah(plan), rupiah(0), rupiah(paid), rupiah(plan - paid), share))
    for fee in Fee.objects.filter(wave=wave).select_related("instructor__person"):
        sessions = wave.sessions.planned().filter(instructor=fee.instructor.person)
        jp = sum(session.jp for session in sessions)
        money = fee.payments.get()
        amounts = (money.amount, money.tax_amount, money.amount - money.tax_amount)
        found.append(
            (
                fee.instructor.person.name,
                str(len(sessions)),
                str(jp),
                str(jp),
                rupiah(money.amount // jp),
                *map(rupiah, amounts),
                "Dibayar",
            )
        )
    trips = list(wave.trips.all())
    days = sum(((trip.returns_on - trip.leaves_on).days + 1) * trip.per_diem + trip.lodging for trip in trips)
    return [*found, ("Pelaku perjalanan dinas", str(len(trips))), ("Biaya perjalanan", rupiah(days))]


def of_plans(wave: Wave) -> list[Row]:
    rows = ActionPlan.objects.filter(registration__wave=wave)
    agreed = rows.filter(state="accepted").count()
    return [("Rencana yang diajukan", str(rows.count())), ("Disetujui, berjalan", str(agreed))]


def of_letters(wave: Wave) -> list[Row]:
    rows = AssignmentLetter.objects.filter(wave=wave).select_related("agency")
    return [(row.number, day(row), f"Surat tugas dari {row.agency.name}", "Masuk") for row in rows]


def day(row: AssignmentLetter) -> str:
    months = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
    return f"{row.dated.day} {months[row.dated.month - 1]} {row.dated.year}"


def comma(value: float, places: int = 1) -> str:
    return f"{value:.{places}f}".replace(".", ",")


def rupiah(amount: int) -> str:
    return f"Rp {amount:,}".replace(",", ".")


def recap_holds_the_fees(path: Path, wave: Wave) -> None:
    """The workbook of the treasurer: rate × units, tax and net of every instructor."""
    book = load_workbook(io.BytesIO(path.read_bytes()), read_only=True)
    rows = {row[0]: row for sheet in book if sheet.title == "Honorarium" for row in sheet.iter_rows(values_only=True)}
    for fee in Fee.objects.filter(wave=wave).select_related("instructor__person"):
        money = fee.payments.get()
        _name, sessions, jp, units, rate, _basis, gross, tax, net, *_paid = rows[fee.instructor.person.name]
        assert (sessions, jp) == (3, 15)
        assert gross == units * rate == money.amount
        assert (tax, net) == (money.tax_amount, money.amount - money.tax_amount)
