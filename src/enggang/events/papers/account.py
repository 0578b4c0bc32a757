"""The accountability report (LPJ) of an edition, and its lighter sister, the evaluation. Indonesian, as the papers are.

Chapters as government practice and committees' guides have them: introduction, reports of the sections before, on and
after the day, what was reached with its measure, the money against the plan, incidents, obstacles and suggestions,
closing, annexes. No number is typed: each is read from the record with the way it was counted.
"""

from __future__ import annotations

from collections.abc import Iterator

from enggang.budgets.amounts import shown
from enggang.budgets.models import Budget, Contract, Payment
from enggang.budgets.queries.overview import Overview, overview
from enggang.documents.report_parts import BLANK, Part, Section, column, items, missing, number, section, table, text
from enggang.events.papers.folder import Folder
from enggang.events.papers.impact import impact_section
from enggang.events.queries.accounting import Told, told_of
from enggang.events.queries.applications import address_of, weekdays
from enggang.events.queries.dates import days_in_words
from enggang.events.queries.edition_concept import figure
from enggang.events.queries.lessons import lessons_of


def sections(folder: Folder) -> list[Section]:
    """The whole report (LPJ)."""
    known = told_of(folder.edition)
    money = overview(folder.edition.budget) if folder.edition.budget else None
    chapters = [
        _introduction(folder),
        _sections(known),
        _visitors(known),
        _aims(folder, known),
        _economy(known),
        impact_section(folder.edition),
        _money(money),
        _evidence(money),
        _permits(known),
        _incidents(known),
        _learned(folder, known),
        _words("closing", "Penutup", known.account.closing, "Kata penutup belum ditulis."),
        _annexes(folder, known),
    ]
    return [each for each in chapters if each["parts"]]


def evaluation(folder: Folder) -> list[Section]:
    """What was learned, for the committee itself: without the money's evidence and the annexes."""
    known = told_of(folder.edition)
    return [
        _visitors(known), impact_section(folder.edition), _aims(folder, known), _sections(known), _incidents(known), _learned(folder, known),
    ]  # fmt: skip


def volunteers(folder: Folder) -> list[Section]:
    """Everybody who helps, by section, with a place to sign."""
    columns = [column("No.", 1), column("Nama", 5), column("Tugas", 4), column("Bagian", 4), column("Tanda tangan", 4)]
    rows = [(n, [str(n), each.name, each.post, each.section or "–", ""]) for n, each in enumerate(folder.committee, 1)]
    part = table("people", columns, rows) if rows else missing("people", "Panitia dan relawan belum diisi.")
    return [section("people", "Daftar panitia dan relawan", [part])]


def _words(key: str, title: str, words: str, otherwise: str) -> Section:
    return section(key, title, [text(key, words) if words.strip() else missing(key, otherwise)])


def _introduction(folder: Folder) -> Section:
    edition, concept = folder.edition, folder.written.concept
    parts: list[Part] = [text("background", concept.background)] if concept.background.strip() else []
    if concept.purpose.strip():
        parts.append(text("purpose", concept.purpose))
    if edition.starts_on is None:
        parts.append(missing("days", "Tanggal kegiatan belum ditetapkan."))
    else:
        words = f"{weekdays(edition.starts_on, edition.ends_on)}, {days_in_words(edition.starts_on, edition.ends_on)}"
        parts.append(text("days", f"Kegiatan dilaksanakan pada hari {words}."))
    columns = [column("Tempat", 4), column("Alamat", 6), column("Kegunaan", 4)]
    rows = [(site.pk, [site.name, address_of(site), site.use or "–"]) for site in folder.sites]
    parts.append(table("sites", columns, rows) if rows else missing("sites", "Tempat kegiatan belum disebut."))
    hosts = [f"{row.name} ({row.get_role_display()})" for row in folder.organisers]
    parts.append(items("hosts", hosts, "Penyelenggara:") if hosts else missing("hosts", "Penyelenggara belum disebut."))
    return section("introduction", "Pendahuluan", parts)


def _sections(known: Told) -> Section:
    parts: list[Part] = []
    for row in known.sections:
        said = [("Sebelum hari-H", row.before), ("Pada hari-H", row.during), ("Sesudah hari-H", row.after)]
        parts.append(
            items(f"section-{row.pk}", [f"{when}: {words}" for when, words in said if words.strip()], row.section)
        )
    if not parts:
        parts.append(missing("sections", "Laporan bagian-bagian panitia belum ditulis."))
    return section("sections", "Laporan pelaksanaan per bagian", parts)


def _visitors(known: Told) -> Section:
    found = known.visitors
    if found is None:
        return section("visitors", "Pengunjung", [missing("visitors", "Hasil penghitungan pengunjung belum ditutup.")])
    parts = [text("visitors", found.sentence), *([items("how", found.how, "Cara menghitung:")] if found.how else [])]
    if known.tickets:
        parts.append(
            text(
                "tickets",
                f"Dengan tiket masuk {figure(known.tickets)} orang; mereka termasuk di atas atau berdiri di sampingnya, sebagaimana disebut.",
            )
        )
    return section("visitors", "Pengunjung", parts)


def _aims(folder: Folder, known: Told) -> Section:
    columns = [
        column("No.", 1),
        column("Sasaran", 5),
        column("Indikator", 5),
        number("Target", 3),
        column("Capaian", 5),
    ]
    rows = [
        (
            row.pk,
            [
                str(n), row.objective, row.indicator or BLANK,
                f"{figure(row.target)} {row.unit}" if row.target is not None else BLANK, "lihat uraian",
            ],
        )
        for n, row in enumerate(folder.written.objectives, 1)
    ]  # fmt: skip
    parts = [table("aims", columns, rows)] if rows else []
    words = known.account.results
    parts.append(text("results", words) if words.strip() else missing("results", "Hasil yang dicapai belum ditulis."))
    return section("aims", "Hasil yang dicapai", parts)


def _economy(known: Told) -> Section:
    parts: list[Part] = []
    if known.stalls:
        method = (
            "Dilaporkan pedagang sendiri atau petugas lewat ponsel; hari yang tidak dilaporkan tidak diperkirakan. "
            "Angka ini berdiri di samping belanja pengunjung dan tidak dijumlahkan dengannya."
        )
        columns = [column("Hari", 4), number("Lapak", 2), number("Melapor", 2), number("Omzet", 4)]
        rows = [
            (
                day.day.isoformat(),
                [days_in_words(day.day, day.day), str(day.stalls), str(day.reported), shown(day.amount)],
            )
            for day in known.turnover
        ]
        total = ["Jumlah", "", "", shown(sum(day.amount for day in known.turnover))]
        parts.append(table("turnover", columns, rows, total=total, method=method, title="Omzet pelaku UMKM"))
    if known.partners:
        columns = [column("Mitra", 4), column("Yang diberikan", 6), number("Nilai", 3)]
        gifts = [
            (row.pk, [str(row.partner), row.gives or "–", shown(row.value) if row.value is not None else BLANK])
            for row in known.partners
        ]
        parts.append(table("partners", columns, gifts, title="Dukungan mitra"))
    if known.posts:
        reach = sum(row.reach or 0 for row in known.posts)
        parts.append(
            text("publicity", f"Publikasi yang tayang: {len(known.posts)}; jangkauan yang tercatat {figure(reach)}.")
        )
    return section("economy", "Pelaku usaha, mitra, dan publikasi", parts)


def _money(money: Overview | None) -> Section:
    if money is None or not money.rows:
        return section("money", "Realisasi anggaran", [missing("money", "Anggaran kegiatan belum ada.")])
    columns = [
        column("Uraian", 6), number("Anggaran", 3), number("Kontrak", 3), number("Dibayar", 3), number("Pajak", 2),
        number("Sisa", 3),
    ]  # fmt: skip
    rows = [
        (
            row.line.pk,
            [
                row.line.item,
                *(shown(amount) for amount in (row.planned, row.contracted, row.paid, row.tax, row.remaining)),
            ],
        )
        for row in money.rows
    ]
    total = [
        "Jumlah",
        *(shown(amount) for amount in (money.planned, money.contracted, money.paid, money.tax, money.remaining)),
    ]
    parts = [table("lines", columns, rows, total=total)]
    sources = [(each.pk, [each.name, str(each.get_kind_display()), shown(each.amount)]) for each in money.sources]
    names = [column("Sumber dana", 6), column("Jenis", 4), number("Jumlah", 4)]
    parts.append(
        table("sources", names, sources, total=["Jumlah", "", shown(money.funded)], title="Sumber dana")
        if sources
        else missing("sources", "Sumber dana belum disebut.")
    )
    over = [row.line.item for row in money.rows if row.is_over]
    if over:
        parts.append(items("over", over, "Melebihi anggaran:"))
    return section("money", "Realisasi anggaran", parts)


def _evidence(money: Overview | None) -> Section:
    rows = money.rows if money else []
    lacking = [f"{row.line.item}: {rule.name}" for row in rows for rule in row.missing]
    if not rows:
        return section("evidence", "Kelengkapan bukti", [])
    parts = [missing(f"evidence-{n}", f"Belum ada: {words}") for n, words in enumerate(lacking, 1)] or [
        text("evidence", "Semua bukti yang diminta aturan sudah ada.")
    ]
    return section("evidence", "Kelengkapan bukti", parts)


def _permits(known: Told) -> Section:
    columns = [column("Izin", 4), column("Penerbit", 4), column("Keadaan", 3), column("Nomor", 4)]
    rows = [
        (
            row.pk,
            [str(row), row.office or str(row.get_issuer_display()), str(row.get_state_display()), row.number or "–"],
        )
        for row in known.permits
    ]
    return section("permits", "Perizinan", [table("permits", columns, rows)] if rows else [])


def _incidents(known: Told) -> Section:
    if not known.incidents:
        return section("incidents", "Kejadian", [text("incidents", "Tidak ada kejadian yang dicatat.")])
    columns = [
        column("Hari", 3),
        column("Kejadian", 3),
        column("Tingkat", 3),
        column("Uraian", 6),
        column("Penanganan", 5),
    ]
    rows = [
        (
            row.pk,
            [
                days_in_words(row.on, row.on), str(row.get_kind_display()), str(row.get_severity_display()),
                f"{row.what}{f' ({row.hurt} orang terluka)' if row.hurt else ''}", row.done or BLANK,
            ],
        )
        for row in known.incidents
    ]  # fmt: skip
    return section("incidents", "Kejadian", [table("incidents", columns, rows)])


def _learned(folder: Folder, known: Told) -> Section:
    parts = [
        text("obstacles", f"Kendala: {known.account.obstacles}")
        if known.account.obstacles.strip()
        else missing("obstacles", "Kendala belum ditulis."),
        text("suggestions", f"Saran: {known.account.suggestions}")
        if known.account.suggestions.strip()
        else missing("suggestions", "Saran belum ditulis."),
    ]
    if lessons := [lesson.text for lesson in lessons_of(folder.edition)]:
        parts.append(items("lessons", lessons, "Yang menyimpang dari rencana, menurut catatan:"))
    return section("learned", "Kendala dan saran", parts)


def _annexes(folder: Folder, known: Told) -> Section:
    people = [(n, [str(n), each.name, each.post, each.section or "–"]) for n, each in enumerate(folder.committee, 1)]
    columns = [column("No.", 1), column("Nama", 5), column("Jabatan", 4), column("Bagian", 4)]
    parts: list[Part] = [table("committee", columns, people, title="Susunan panitia")] if people else []
    links = [f"{row.title}: {row.link}" for row in known.posts if row.link]
    if links:
        parts.append(items("clippings", links, "Kliping dan tautan publikasi:"))
    return section("annexes", "Lampiran", [*parts, *_money_annexes(folder.edition.budget)], annex=True)


def _money_annexes(budget: Budget | None) -> Iterator[Part]:
    """Contracts and payments one by one, each with its number: what an auditor follows from the sum to the paper."""
    if budget is None:
        return
    contracts = Contract.objects.filter(line__budget=budget).select_related("line")
    payments = Payment.objects.filter(line__budget=budget).select_related("line")
    if agreed := [(row.pk, _contract(row)) for row in contracts]:
        columns = [
            column("Nomor", 4),
            column("Uraian", 4),
            column("Penyedia", 4),
            column("Tanggal", 3),
            number("Nilai", 3),
        ]
        yield table("contracts", columns, agreed, title="Daftar kontrak")
    if paid := [(row.pk, _payment(row)) for row in payments]:
        columns = [
            column("Tanggal", 3), column("Uraian", 4), column("Dibayarkan kepada", 4), column("Nomor bukti", 4),
            number("Bruto", 4), number("Pajak", 3), number("Neto", 4),
        ]  # fmt: skip
        standing = [row for row in payments if row.voided_at is None]
        gross, tax = sum(row.amount for row in standing), sum(row.tax_amount for row in standing)
        total = ["Jumlah", "", "", "", *map(shown, (gross, tax, gross - tax))]
        yield table("payments", columns, paid, total=total, title="Daftar pembayaran")


def _contract(row: Contract) -> list[str]:
    return [f"{row.number}{_voided(row)}", row.line.item, row.partner, f"{row.signed_on:%d/%m/%Y}", shown(row.amount)]


def _payment(row: Payment) -> list[str]:
    sums = [shown(amount) for amount in (row.amount, row.tax_amount, row.net)]
    return [f"{row.paid_on:%d/%m/%Y}", row.line.item, row.payee, f"{row.numbered or BLANK}{_voided(row)}", *sums]


def _voided(row: Contract | Payment) -> str:
    """One that was voided stands in the list, not in its sum."""
    return f" – dibatalkan: {row.void_reason}" if row.voided_at else ""
