"""The terms of reference (KAK): its chapters in the order of government practice. Indonesian, as the paper is."""

from __future__ import annotations

from enggang.budgets.amounts import shown
from enggang.documents.report_parts import BLANK, Part, Section, column, items, missing, number, section, table, text
from enggang.events.models import Objective
from enggang.events.papers.budget import by_category, in_words, sources_part
from enggang.events.papers.folder import Folder
from enggang.events.queries.applications import address_of, weekdays
from enggang.events.queries.dates import days_in_words
from enggang.events.queries.edition_concept import figure


def sections(folder: Folder) -> list[Section]:
    """A to J or K: the chapter on risks stands only where risks are on record."""
    chapters = [
        _words("background", "Latar belakang", folder.written.concept.background),
        _basis(folder),
        _purpose(folder),
        _aims(folder),
        _scope(folder),
        _time_and_place(folder),
        _people(folder),
        _risks(folder),
        _money(folder),
        _words("sustainability", "Keberlanjutan", folder.written.concept.sustainability),
        _closing(folder),
    ]
    return [each for each in chapters if each["parts"]]


def _said(key: str, words: str, otherwise: str) -> Part:
    return text(key, words) if words.strip() else missing(key, otherwise)


def _words(key: str, title: str, words: str) -> Section:
    return section(key, title, [_said(key, words, f"{title} belum ditulis.")])


def _basis(folder: Folder) -> Section:
    lines = [line.strip() for line in folder.written.concept.legal_basis.splitlines() if line.strip()]
    part = items("basis", lines) if lines else missing("basis", "Dasar hukum belum ditulis.")
    return section("basis", "Dasar hukum", [part])


def _purpose(folder: Folder) -> Section:
    parts = [_said("purpose", folder.written.concept.purpose, "Maksud dan tujuan belum ditulis.")]
    if folder.written.objectives:
        aims = [row.objective for row in folder.written.objectives]
        parts.append(items("aims", aims, "Tujuan yang hendak dicapai:"))
    return section("purpose", "Maksud dan tujuan", parts)


def _aims(folder: Folder) -> Section:
    parts = [_said("audience", folder.written.concept.audience, "Khalayak sasaran belum ditulis.")]
    columns = [column("No.", 1), column("Sasaran", 5), column("Indikator", 5), column("Angka awal", 4),
               column("Target", 4), column("Cara mengukur", 5)]  # fmt: skip
    rows = [(row.pk, [str(n), *_aim(row)]) for n, row in enumerate(folder.written.objectives, 1)]
    parts.append(table("aims", columns, rows) if rows else missing("aims", "Sasaran dan target belum disebut."))
    return section("aims", "Sasaran dan indikator keberhasilan", parts)


def _aim(row: Objective) -> list[str]:
    return [row.objective, row.indicator or BLANK, _before(row), _target(row), row.method or BLANK]


def _before(row: Objective) -> str:
    if row.baseline is None:
        return "belum diketahui"
    return f"{figure(row.baseline)} {row.unit} ({row.baseline_source})"


def _target(row: Objective) -> str:
    if row.target is None:
        return BLANK
    note = " (angka tahun lalu, belum ditetapkan)" if row.last_year else ""
    return f"{figure(row.target)} {row.unit}{note}"


def _scope(folder: Folder) -> Section:
    columns = [column("Hari/bagian", 2), column("Kegiatan", 5), column("Tempat", 3)]
    rows = [
        (row.pk, [row.part, row.activity, row.site.name if row.site else BLANK]) for row in folder.written.programme
    ]
    parts = [text("scope", folder.written.concept.scope)] if folder.written.concept.scope.strip() else []
    if rows:
        parts.append(table("programme", columns, rows))
    elif not parts:
        parts.append(missing("scope", "Ruang lingkup dan kegiatan belum ditulis."))
    return section("scope", "Ruang lingkup kegiatan", parts)


def _time_and_place(folder: Folder) -> Section:
    edition = folder.edition
    parts = [_days(folder)]
    columns = [column("Tempat", 4), column("Alamat", 5), column("Kegunaan", 4), column("Daya tampung", 2, right=True)]
    rows = [
        (site.pk, [site.name, address_of(site), site.use or "–", figure(site.capacity) if site.capacity else BLANK])
        for site in folder.sites
    ]
    parts.append(table("sites", columns, rows) if rows else missing("sites", "Tempat kegiatan belum disebut."))
    if edition.visitors:
        parts.append(text("visitors", f"Perkiraan pengunjung seluruhnya {figure(edition.visitors)} orang."))
    return section("time", "Waktu dan tempat", parts)


def _days(folder: Folder) -> Part:
    edition = folder.edition
    if edition.starts_on is None:
        return missing("days", "Tanggal kegiatan belum ditetapkan.")
    words = f"{weekdays(edition.starts_on, edition.ends_on)}, {days_in_words(edition.starts_on, edition.ends_on)}"
    tentative = "" if edition.is_confirmed else " (tanggal sementara)"
    return text("days", f"Kegiatan dilaksanakan pada hari {words}{tentative}.")


def _people(folder: Folder) -> Section:
    hosts = [(row.pk, [row.name, str(row.get_role_display())]) for row in folder.organisers]
    people = [(n, [str(n), each.name, each.post, each.section or "–"]) for n, each in enumerate(folder.committee, 1)]
    who = [column("Penyelenggara", 3), column("Sebagai", 2)]
    names = [column("No.", 1), column("Nama", 5), column("Jabatan", 4), column("Bagian", 4)]
    parts = [
        table("hosts", who, hosts) if hosts else missing("hosts", "Penyelenggara belum disebut."),
        table("committee", names, people, title="Panitia")
        if people
        else missing("committee", "Susunan panitia belum diisi."),
    ]
    return section("people", "Penyelenggara dan panitia", parts)


def _risks(folder: Folder) -> Section:
    columns = [column("Risiko", 5), column("Tingkat", 3), column("Penanganan", 6), column("Penanggung jawab", 3)]
    rows = [
        (
            n,
            [
                row["title"],
                f"{row['grade']} ({row['score']})".strip(),
                row["treatment"] or BLANK,
                row["owner"] or BLANK,
            ],
        )
        for n, row in enumerate(folder.risks)
    ]
    return section("risks", "Pengendalian risiko", [table("risks", columns, rows)] if rows else [])


def _money(folder: Folder) -> Section:
    if not folder.lines:
        return section("money", "Pembiayaan", [missing("money", "Rencana anggaran biaya belum diisi.")])
    total = folder.total
    words = (
        f"Kegiatan ini memerlukan biaya {shown(total)} ({in_words(total)}), dengan rincian menurut kelompok sebagai "
        "berikut. Perinciannya tercantum dalam Rencana Anggaran Biaya (RAB)."
    )
    columns = [column("No.", 1), column("Kelompok biaya", 7), number("Jumlah", 4)]
    rows = [
        (n, [str(n), label, shown(sum(line.planned for line in lines))])
        for n, (label, lines) in enumerate(by_category(folder), 1)
    ]
    parts = [text("money", words), table("groups", columns, rows, total=["", "Jumlah", shown(total)])]
    return section("money", "Pembiayaan", [*parts, sources_part(folder)])


def _closing(folder: Folder) -> Section:
    words = (
        f"Demikian kerangka acuan kerja {folder.edition} ini disusun sebagai pedoman dalam perencanaan, pelaksanaan, dan "
        "pertanggungjawaban kegiatan."
    )
    return section("closing", "Penutup", [text("closing", words)])
