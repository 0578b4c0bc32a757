"""The minutes of a round (berita acara) on paper: what was decided about each proposal, and who signs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import translation
from django.utils.formats import number_format

from enggang.core import clock
from enggang.core.acts import Conflict
from enggang.core.text import Absent
from enggang.documents.domain.letterheads import letterhead_for
from enggang.documents.domain.letters import emblem_named, head_of
from enggang.documents.rendering.docx_listing import render_listing_docx
from enggang.documents.rendering.listing import Column, Listing, Section, render_listing
from enggang.documents.rendering.wording import long_date
from enggang.events.enums import Verdict
from enggang.events.models import CurationRound
from enggang.events.queries.judges import allowed
from enggang.events.queries.proposals import Judged, judged

TITLE = "Berita Acara Kurasi Acara Daerah"
PAPER = "minutes"
SIGNED = 14  # millimetres
SPECIMEN = "SPESIMEN"


def minutes_pdf(curation: CurationRound) -> bytes:
    """Outside any transaction. Raises Refused without a letterhead, or when no font has a character."""
    return _drawn(curation, render_listing)


def minutes_docx(curation: CurationRound) -> bytes:
    return _drawn(curation, render_listing_docx)


def _drawn(curation: CurationRound, render: Callable[..., bytes]) -> bytes:
    """An official paper: Indonesian whatever the language of the screen."""
    day = curation.held_on or clock.today(curation.organisation.time_zone)
    head: Any = head_of(letterhead_for(curation.organisation, day, PAPER))
    with translation.override("id"):
        if not curation.signers:
            raise Conflict(translation.gettext("Write the minutes first: who signs, when and where."))
        rows = judged(curation)
        listing = Listing(TITLE, _about(curation, rows), head, _sections(curation, rows), day, wide=True)
        return render(listing, emblem=emblem_named(head["emblem"], curation.organisation))


def _about(curation: CurationRound, rows: list[Judged]) -> list[str]:
    where = f"{long_date(curation.held_on)}, {curation.place}" if curation.held_on else curation.place
    how = "dinilai panel dalam satu ruang" if curation.is_panel else "dinilai juri secara terpisah"
    said = [line for line in curation.minutes.splitlines() if line.strip()]
    specimen = [SPECIMEN] if any(row.proposal.edition.specimen for row in rows) else []
    return [
        f"{curation.title} · acara tahun {curation.year}", where,
        f"{len(rows)} usulan {how} dengan rubrik {curation.rubric}", *said, *specimen,
    ]  # fmt: skip


def _sections(curation: CurationRound, rows: list[Judged]) -> list[Section]:
    return [_results(curation, rows), _criteria(curation, rows), _stepped_out(curation, rows), _signatures(curation)]


def _number(points: float | None) -> str:
    return Absent("belum dinilai") if points is None else number_format(points, 2)


def _results(curation: CurationRound, rows: list[Judged]) -> Section:
    columns = [
        Column("No.", number=True), Column("Acara", width=4), Column("Pengusul", width=3), Column("Nilai", number=True),
        Column("Putusan", width=2), Column("Alasan", width=4),
    ]  # fmt: skip
    table = [
        [
            str(row.rank or "–"), str(row.proposal), str(row.proposal.organisation), _number(row.points),
            str(Verdict(row.proposal.verdict).label) if row.proposal.verdict else Absent("belum diputuskan"),
            row.proposal.reason or "–",
        ]
        for row in rows
    ]  # fmt: skip
    return Section("Hasil", columns, table, empty="Tidak ada usulan.")


def _criteria(curation: CurationRound, rows: list[Judged]) -> Section:
    criteria = list(curation.rubric.criteria.all())
    columns = [Column("Acara", width=4), *(Column(str(each), width=2) for each in criteria)]
    table = [[str(row.proposal), *(_number(cell.points) for cell in row.cells)] for row in rows if row.cells]
    return Section(
        f"Nilai per kriteria (celah: di bawah {curation.gap_below})", columns, table, empty="Belum ada nilai."
    )


def _stepped_out(curation: CurationRound, rows: list[Judged]) -> Section:
    judges = list(curation.judges.all())
    able = allowed(curation, [row.proposal.edition for row in rows])
    table = []
    for row in rows:
        out = [str(judge) for judge in judges if judge not in able[row.proposal.edition_id]]
        if out:
            table.append([str(row.proposal), "; ".join(out)])
    columns = [Column("Acara", width=3), Column("Tidak ikut menilai", width=4)]
    return Section("Juri yang tidak menilai karena acara instansinya", columns, table, empty="Tidak ada.")


def _signatures(curation: CurationRound) -> Section:
    columns = [Column("No.", number=True), Column("Nama", width=4), Column("Tanda tangan", width=4)]
    rows = [[str(number), name, ""] for number, name in enumerate(curation.signers, 1)]
    return Section("Yang menandatangani", columns, rows, height=SIGNED)
