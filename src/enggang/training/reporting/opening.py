"""Why, when, where and for whom: the first sections."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.utils.translation import gettext_noop as _
from django.utils.translation import override

from enggang.documents.rendering.wording import date_range, long_date
from enggang.documents.report_parts import (
    Part,
    Section,
    chart,
    column,
    figures,
    items,
    missing,
    number,
    said,
    section,
    table,
    text,
)
from enggang.people.enums import SHORT_KINDS, StaffKind
from enggang.people.nip import sex_digit
from enggang.training.models import Wave
from enggang.training.queries.letters import WEEKDAYS
from enggang.training.reporting.facts import DASH, Facts, share, told_apart

MALE, FEMALE, UNKNOWN = "Laki-laki", "Perempuan", "Tidak diketahui"
MOST_BARS = 15


def prefilled(wave: Wave, facts: Facts | None = None) -> dict[str, str]:
    """Texts to begin from: of the programme, its calls and letters. No figures: those are reckoned."""
    facts = facts or Facts(wave)
    summary = " ".join(wave.programme.summary.split())
    calls = [call.title for call in wave.calls.all()]
    background = [summary] if summary else []
    if calls:
        background.append(f"Peserta diusulkan oleh perangkat daerah melalui panggilan usulan: {'; '.join(calls)}.")
    basis = [
        f"Surat nomor {row.number} tanggal {long_date(row.dated)} hal {row.title}" for row in facts.letters if row.dated
    ]
    if wave.programme.rule_source:
        basis.insert(0, wave.programme.rule_source)
    modules = [module.title for module in wave.programme.modules.all()]
    purpose = (
        f"Peserta mampu menerapkan materi pelatihan berikut pada tugasnya: {'; '.join(modules)}." if modules else ""
    )
    return {"background": "\n".join(background), "legal_basis": "\n".join(basis), "purpose": purpose}


def introduction(facts: Facts) -> Section:
    report = facts.report
    words = prefilled(facts.wave, facts)
    if report is not None:
        words = {"background": report.background, "legal_basis": report.legal_basis, "purpose": report.purpose}
    basis = [line.strip() for line in words["legal_basis"].splitlines() if line.strip()]
    parts = [
        text("background", words["background"])
        if words["background"].strip()
        else missing("background", said(_("The background is not written yet."))),
        items("basis", basis, "Dasar")
        if basis
        else missing("basis", said(_("The basis of the activity is not written yet."))),
        {**text("purpose", words["purpose"]), "title": "Tujuan"}
        if words["purpose"].strip()
        else missing("purpose", said(_("The purpose is not written yet."))),
    ]
    return section("introduction", "Pendahuluan", parts)  # type: ignore[arg-type]


def time_and_place(facts: Facts) -> Section:
    wave, base, venue = facts.wave, facts.base, facts.wave.venue
    place = ", ".join(part for part in (venue.name, venue.address) if part) if venue else "belum ditentukan"
    rows = [
        ("programme", ["Pelatihan", wave.programme.title]),
        ("wave", ["Gelombang", wave.name]),
        ("organiser", ["Penyelenggara", wave.organisation.name]),
        ("days", ["Waktu", date_range(wave.starts_on, wave.ends_on)]),
        ("place", ["Tempat", place]),
    ]
    counted = [
        ("sessions", "Sesi yang direncanakan dan tidak dibatalkan", len(facts.sessions)),
        ("jp", "Jam pelajaran (JP) yang diselenggarakan", base.counted),
        ("jp_planned", "JP yang direncanakan saat gelombang dibuka", base.planned),
    ]
    method = (
        f"dijumlahkan dari sesi gelombang; 1 JP = {wave.programme.minutes_per_jp} menit menurut data program. "
        "JP yang direncanakan mencakup sesi yang dibatalkan setelah gelombang dibuka."
    )
    parts = [table("where", [column("Uraian", 1), column("Keterangan", 3)], rows)]
    parts.append(
        figures("counted", counted, method=method)
        if facts.sessions
        else missing("counted", said(_("This wave has no session yet.")))
    )
    if base.gone:
        lost = [(row.code, [row.title, long_date(row.day), row.jp, row.cancel_reason or DASH]) for row in base.gone]
        head = [column("Sesi", 4), column("Tanggal", 2), number("JP"), column("Alasan", 3)]
        parts.append(table("gone", head, lost, title="Sesi yang dibatalkan atau digabung"))
    return section("time_and_place", "Waktu dan tempat", parts)


def participants(facts: Facts) -> Section:
    if not facts.people:
        return section("participants", "Peserta", [missing("count", said(_("No participant has a seat yet.")))])
    rows = [verdict.registration for verdict in facts.verdicts]
    total = len(rows)
    regions = [row.agency.region.name if row.agency.region else UNKNOWN for row in rows]
    with override("id"):
        kinds = [_kind_of(facts, row.person_id) for row in rows]
    method = "peserta yang kursinya dipastikan; daftar tunggu dan yang mengundurkan diri tidak dihitung."
    agencies = Counter(facts.origins[row.agency_id] for row in rows)
    parts = [
        figures("count", [("seated", "Peserta", total), ("agencies", "Perangkat daerah asal", len(agencies))], method=method),
        _counts("agency", "Menurut perangkat daerah", "Perangkat daerah", agencies, "perangkat daerah saat mendaftar."),
        _bars("agency_chart", "Peserta menurut perangkat daerah", agencies),
        _counts("region", "Menurut wilayah", "Wilayah", Counter(regions), "wilayah perangkat daerah peserta."),
        _counts("sex", "Menurut jenis kelamin", "Jenis kelamin", Counter(_sex_of(row.person.nip) for row in rows),
                "angka ke-15 NIP (1 laki-laki, 2 perempuan); untuk NI PPPK susunan ini belum terverifikasi."),
        _counts("kind", "Menurut jenis kepegawaian", "Jenis kepegawaian", Counter(kinds), "data kepegawaian yang berlaku sekarang."),
    ]  # fmt: skip
    return section("participants", "Peserta", [part for part in parts if part])


def _sex_of(nip: str) -> str:
    """By the 15th digit of the NIP. Of a PPPK's number the layout is unverified, which the report says."""
    return {"1": MALE, "2": FEMALE}.get(sex_digit(nip), UNKNOWN)


def _kind_of(facts: Facts, person_id: int) -> str:
    work = facts.employments.get(person_id)
    return str(SHORT_KINDS[StaffKind(work.kind)]) if work else UNKNOWN


def _ordered(counted: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


def _counts(key: str, title: str, label: str, counted: Counter[str], method: str) -> Part:
    total = counted.total()
    rows = [(name, [name, count, share(count, total)]) for name, count in _ordered(counted)]
    head = [column(label, 4), number("Peserta"), number("Persen")]
    return table(key, head, rows, title=title, total=["Jumlah", total, share(total, total)], method=method)


def _bars(key: str, title: str, counted: Counter[str]) -> Part | None:
    found = _ordered(counted)
    if not 1 < len(found) <= MOST_BARS:
        return None
    return chart(key, title, [(name, count, str(count)) for name, count in found], top=max(counted.values()))


def sessions(facts: Facts) -> Section:
    if not facts.sessions:
        return section("sessions", "Sesi dan pengajar", [missing("sessions", said(_("This wave has no session yet.")))])
    rows = [
        (row.code, [_when(row.day), f"{row.begins:%H.%M}–{row.ends:%H.%M}", row.title, row.jp, row.taught_text or DASH])
        for row in facts.sessions
    ]  # fmt: skip
    head = [column("Hari, tanggal", 3), column("Pukul", 2), column("Sesi", 5), number("JP"), column("Pengajar", 3)]
    taught: Counter[int] = Counter()
    held: Counter[int] = Counter()
    names: dict[int, str] = {}
    for row in facts.sessions:
        for person in row.teachers:  # two of one name are two people
            names[person.pk] = person.name
            taught[person.pk] += row.jp
            held[person.pk] += 1
    parts = [table("sessions", head, rows, total=["Jumlah", "", "", sum(row.jp for row in facts.sessions), ""])]
    if held:
        keys = told_apart({pk: (name, "") for pk, name in names.items()})
        lines = [(keys[pk], [names[pk], held[pk], taught[pk]]) for pk in sorted(names, key=keys.__getitem__)]
        parts.append(table("taught", [column("Pengajar", 4), number("Sesi"), number("JP")], lines, title="JP per pengajar",
                           method="dijumlahkan dari sesi yang tidak dibatalkan dan menyebut pengajarnya."))  # fmt: skip
    else:
        parts.append(missing("taught", said(_("No session has an instructor yet."))))
    return section("sessions", "Sesi dan pengajar", parts)


def _when(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]}, {long_date(day)}"
