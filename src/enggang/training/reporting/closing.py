"""Money, obstacles and follow-up, photos, and the annexes."""

from __future__ import annotations

from collections import Counter

from django.utils.translation import gettext_noop as _
from django.utils.translation import override

from enggang.budgets.amounts import shown
from enggang.budgets.models import Payment
from enggang.documents.rendering.wording import date_range, long_date
from enggang.documents.report_parts import (
    Part,
    Said,
    Section,
    column,
    figures,
    missing,
    number,
    photo,
    said,
    section,
    table,
    text,
)
from enggang.training.enums import Outcome, PlanState
from enggang.training.models import ReportPoint, Trip
from enggang.training.queries.fees import FeeRow
from enggang.training.reporting.facts import DASH, Facts, share

PLAN_WORDS = {  # printed: the paper is in Indonesian, whatever the screen's language
    PlanState.SUBMITTED: "Menunggu atasan",
    PlanState.RETURNED: "Perlu diperbaiki",
    PlanState.ACCEPTED: "Disetujui, berjalan",
    PlanState.REPORTED: "Dilaporkan selesai",
    PlanState.DONE: "Terlaksana",
    PlanState.DROPPED: "Dilepas",
}
OUTCOMES = {Outcome.PASSED: "Lulus", Outcome.FAILED: "Tidak lulus", Outcome.PENDING: "Belum diputuskan"}


def money(facts: Facts) -> Section:
    parts = _budget(facts) or [missing("lines", said(_("The budget of this wave is not filled in yet.")))]
    parts += _fees(facts)
    if facts.trips:
        counted = [
            ("trips", "Pelaku perjalanan dinas", len(facts.trips)),
            ("cost", "Biaya perjalanan", shown(sum(trip.total for trip in facts.trips))),
        ]
        method = "uang harian, penginapan dan kuitansi transportasi yang dicatat pada gelombang ini."
        parts.append(figures("trips", counted, title="Perjalanan dinas", method=method))
    return section("money", "Penggunaan anggaran", parts + _paid(facts))


def _fees(facts: Facts) -> list[Part]:
    """Rate × units, tax and net for each instructor."""
    due = [row for row in facts.fees if row.fee]
    if not due:
        return []
    rows = [
        (row.person.pk, [row.person.name, len(row.taught), row.jp, row.due.units,
                         shown(row.due.rate.amount) if row.due.rate else DASH, shown(row.due.gross), shown(row.due.tax),
                         shown(row.due.net), _paid_word(row)])
        for row in due
    ]  # fmt: skip
    head = [column("Pengajar", 4), number("Sesi"), number("JP"), number("Jumlah satuan"), number("Tarif", 2), number("Bruto", 2),
            number("Pajak", 2), number("Bersih", 2), column("Status")]  # fmt: skip
    unverified = " Ada tarif atau pajak yang belum terverifikasi." if any(row.due.is_unverified for row in due) else ""
    sums = zip(*((row.due.gross, row.due.tax, row.due.net) for row in due), strict=True)
    total = ["Jumlah", "", "", "", "", *(shown(sum(amount)) for amount in sums), ""]
    method = (
        f"sesi yang sudah berlangsung dikali tarif dan pajak yang berlaku pada hari terakhir gelombang.{unverified}"
    )
    return [table("fees", head, rows, title="Honorarium", total=total, method=method)]


def _paid_word(row: FeeRow) -> str:
    if row.is_paid:
        return "Dibayar"
    return "Sebagian" if row.payments else "Belum"


def _paid(facts: Facts) -> list[Part]:
    """Every payment that stands, with its day and its number."""
    if not facts.payments:
        return []
    rows = [
        (row.pk, [long_date(row.paid_on), row.payee, _numbered(row), shown(row.amount), shown(row.tax_amount), shown(row.net)])
        for row in facts.payments
    ]  # fmt: skip
    head = [column("Tanggal", 3), column("Penerima", 4), column("Nomor", 4), number("Bruto", 2), number("Pajak", 2),
            number("Bersih", 2)]  # fmt: skip
    sums = zip(*((row.amount, row.tax_amount, row.net) for row in facts.payments), strict=True)
    total = ["Jumlah", "", "", *(shown(sum(amount)) for amount in sums)]
    method = "pembayaran yang tidak dibatalkan pada baris anggaran gelombang ini, menurut tanggalnya."
    return [table("payments", head, rows, title="Pembayaran", total=total, method=method)]


def _numbered(row: Payment) -> str:
    with override("id"):
        return row.numbered or DASH


def _budget(facts: Facts) -> list[Part]:
    found = facts.money
    if found is None:
        return []
    rows = [
        (row.line.pk, [row.line.account_code or DASH, row.line.item, shown(row.planned), shown(row.contracted), shown(row.paid),
                       shown(row.remaining), share(row.paid, row.planned)])
        for row in found.rows
    ]  # fmt: skip
    head = [column("Rekening", 3), column("Uraian", 5), number("Rencana", 3), number("Kontrak", 3), number("Dibayar", 3),
            number("Sisa", 3), number("Persen")]  # fmt: skip
    total = ["Jumlah", "", shown(found.planned), shown(found.contracted), shown(found.paid), shown(found.remaining),
             share(found.paid, found.planned)]  # fmt: skip
    parts = [
        table("lines", head, rows, title="Rencana, kontrak dan realisasi", total=total,
              method="kontrak dan pembayaran yang tidak dibatalkan, per baris anggaran; persen = dibayar dibagi rencana."),
        figures("papers", [("missing", "Dokumen bukti yang belum ada", found.missing_count)],
                method="daftar periksa bukti menurut jenis belanja dan besarnya."),
    ]  # fmt: skip
    if found.sources:
        sources = [(row.pk, [row.name, shown(row.amount)]) for row in found.sources]
        parts.append(table("sources", [column("Sumber dana", 4), number("Jumlah", 2)], sources, title="Sumber dana",
                           total=["Jumlah", shown(found.funded)]))  # fmt: skip
    return parts


def obstacles(facts: Facts) -> Section:
    rows = [row for row in facts.points if row.is_obstacle]
    return section("obstacles", "Hambatan", _points("obstacles", rows, said(_("No obstacle is recorded yet."))))


def follow_up(facts: Facts) -> Section:
    rows = [row for row in facts.points if not row.is_obstacle]
    return section("follow_up", "Tindak lanjut", _points("follow_up", rows, said(_("No follow-up is recorded yet."))))


def action_plans(facts: Facts) -> Section:
    """What participants change at work: how many plans stand where, and which service or indicator they are for."""
    if not facts.plans:
        return section(
            "plans", "Rencana tindak lanjut peserta", [missing("plans", said(_("There is no action plan yet.")))]
        )
    states = Counter(PlanState(plan.state) for plan in facts.plans)
    counted = [(str(state), PLAN_WORDS[state], states[state]) for state in PLAN_WORDS if states[state]]
    seated = [("seated", "Peserta", len(facts.verdicts)), ("plans", "Rencana yang diajukan", len(facts.plans))]
    method = "rencana yang diajukan peserta dengan kursi, menurut keadaannya; konsep tidak dihitung."
    rows = [
        (plan.code, [place, plan.registration.person.name, plan.target, long_date(plan.due_on), PLAN_WORDS[PlanState(plan.state)]])
        for place, plan in enumerate(facts.plans, 1)
    ]  # fmt: skip
    head = [
        number("No."),
        column("Nama", 4),
        column("Layanan atau indikator", 6),
        column("Tenggat", 3),
        column("Keadaan", 3),
    ]
    parts = [figures("plan_counts", [*seated, *counted], method=method), table("plans", head, rows)]
    return section("plans", "Rencana tindak lanjut peserta", parts)


def _points(key: str, rows: list[ReportPoint], why: Said) -> list[Part]:
    if not rows:
        return [missing(key, why)]
    lines = [
        (row.pk, [place, row.text, row.owner or DASH, long_date(row.due_on) if row.due_on else DASH])
        for place, row in enumerate(rows, 1)
    ]
    return [table(key, [number("No."), column("Uraian", 8), column("Pelaksana", 4), column("Tenggat", 3)], lines)]


def photos(facts: Facts) -> Section:
    parts = [
        photo(f"photo{row.pk}", sha256=row.upload.file.sha256, caption=row.caption, alt=row.alt)
        for row in facts.photos
        if row.upload.file
    ]
    return section("photos", "Dokumentasi", parts or [missing("photos", said(_("There is no photo yet.")))])


def participant_list(facts: Facts) -> Section:
    rows = []
    for place, verdict in enumerate(facts.verdicts, 1):
        row, work = verdict.registration, facts.employments.get(verdict.registration.person_id)
        rows.append(
            (
                row.code,
                [place, row.printed_name, work.post if work else DASH, row.agency.name, OUTCOMES[Outcome(row.outcome)]],
            )
        )
    head = [number("No."), column("Nama", 5), column("Jabatan", 4), column("Perangkat daerah", 4), column("Hasil", 2)]
    return _annex("list", "Daftar peserta", head, rows, said(_("No participant has a seat yet.")))


def attendance_list(facts: Facts) -> Section:
    rows = [
        (verdict.registration.code, [place, verdict.registration.printed_name, verdict.planned, verdict.present, len(verdict.excused),
                                     len(verdict.absent), len(verdict.unmarked) + len(verdict.lapsed), verdict.percent])
        for place, verdict in enumerate(facts.verdicts if facts.session_counts else [], 1)
    ]  # fmt: skip
    head = [number("No."), column("Nama", 6), number("Sesi"), number("Hadir"), number("Izin/sakit"), number("Tanpa kabar"),
            number("Belum ditandai"), number("Persen")]  # fmt: skip
    return _annex("attendance_list", "Rekap kehadiran", head, rows, said(_("There is no attendance to sum up yet.")))


def certificate_list(facts: Facts) -> Section:
    issued = [(row, row.award) for row in facts.certificates if row.award]
    rows = [
        (award.code, [place, award.number, award.holder_name, row.agency.name, long_date(award.issued_on)])
        for place, (row, award) in enumerate(issued, 1)
    ]
    head = [
        number("No."),
        column("Nomor sertifikat", 5),
        column("Nama", 5),
        column("Perangkat daerah", 4),
        column("Tanggal", 3),
    ]
    return _annex("certificate_list", "Daftar sertifikat", head, rows, said(_("No certificate is issued yet.")))


def trip_list(facts: Facts) -> Section:
    """Each journey of a person: from which agency, where and when, and what it cost by kind."""
    title = "Daftar perjalanan dinas"
    if not facts.trips:  # nobody travelled: nothing is missing
        return section(
            "annex_trip_list", title, [text("trip_list", "Tidak ada perjalanan dinas yang dicatat.")], annex=True
        )
    rows = [(trip.pk, [place, *_trip(trip, facts)]) for place, trip in enumerate(facts.trips, 1)]
    head = [number("No."), column("Nama", 5), column("Perangkat daerah", 4), column("Nomor SPPD", 4),
            column("Rute dan tanggal", 5), number("Hari"), number("Uang harian", 3), number("Transportasi", 3),
            number("Penginapan", 3), number("Jumlah", 3)]  # fmt: skip
    sums = [sum(getattr(trip, name) for trip in facts.trips) for name in ("daily", "transport", "lodging", "total")]
    total = ["", "Jumlah", "", "", "", sum(trip.days for trip in facts.trips), *(shown(amount) for amount in sums)]
    method = "uang harian = hari dikali uang harian per hari; transportasi menurut kuitansi yang dicatat."
    part = table("trip_list", head, rows, total=total, method=method)
    return section("annex_trip_list", title, [part], annex=True)


def _trip(trip: Trip, facts: Facts) -> list[str | int]:
    route = f"{trip.leaves_from} – {trip.goes_to}, {date_range(trip.leaves_on, trip.returns_on)}"
    costs = (trip.daily, trip.transport, trip.lodging, trip.total)
    agency = facts.agencies.get(trip.person_id, DASH)
    return [trip.person.name, agency, trip.number or DASH, route, trip.days, *(shown(cost) for cost in costs)]


def schedule(facts: Facts) -> Section:
    rows = [
        (row.code, [long_date(row.day), f"{row.begins:%H.%M}–{row.ends:%H.%M}", row.title, row.shown_room or (row.place.name if row.place else DASH),
                    str(row.klass) if row.klass else "Semua"])
        for row in facts.sessions
    ]  # fmt: skip
    head = [column("Tanggal", 3), column("Pukul", 2), column("Sesi", 5), column("Ruang", 3), column("Untuk", 2)]
    return _annex("schedule", "Jadwal", head, rows, said(_("This wave has no session yet.")))


def letter_list(facts: Facts) -> Section:
    rows = [(row.code, [row.number, long_date(row.dated), row.title, "Keluar"]) for row in facts.letters if row.dated]
    rows += [
        (row.code, [row.number, long_date(row.dated), f"Surat tugas dari {row.agency.name}", "Masuk"])
        for row in facts.assignments
    ]
    head = [column("Nomor", 3), column("Tanggal", 3), column("Hal", 6), column("Arah")]
    return _annex("letters", "Daftar surat", head, rows, said(_("No letter has a number yet.")))


def _annex(key: str, title: str, head: list, rows: list, why: Said) -> Section:  # type: ignore[type-arg]
    part = table(key, head, rows) if rows else missing(key, why)
    return section(f"annex_{key}", title, [part], annex=True)
