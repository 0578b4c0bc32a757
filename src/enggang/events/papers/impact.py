"""The economic impact and the ministry's indicators as a chapter of the accountability report, in Indonesian."""

from __future__ import annotations

from django.utils import translation

from enggang.core import clock
from enggang.documents.rendering.wording import long_date
from enggang.documents.report_parts import Part, Section, column, items, missing, section, table, text
from enggang.events.models import Edition, ImpactResult
from enggang.events.queries.impact_facts import impact_results
from enggang.events.queries.impact_words import ToldImpact, told_impact
from enggang.events.queries.indicators import indicators_of
from enggang.events.queries.survey import survey_of

TITLE = "Dampak ekonomi dan indikator"
BESIDE = (
    "Omzet lapak dan tingkat hunian berdiri di samping dan tidak dijumlahkan, karena belanja pengunjung di lapak dan "
    "penginapan sudah termasuk dalam belanja pengunjung."
)


def impact_section(edition: Edition) -> Section:
    """The last closed version; in red where visitors are asked and nothing is closed; nothing where nobody is asked."""
    with translation.override("id"):
        results = impact_results(edition)
        parts = _impact(results[0], edition.time_zone) if results else []
        if not results and survey_of(edition) is not None:
            parts = [missing("impact", "Hasil dampak ekonomi belum ditutup.")]
        return section("impact", TITLE, [*parts, *_indicators(edition)])


def _impact(result: ImpactResult, zone: str) -> list[Part]:
    told = told_impact(result.read())
    closed = (
        f"Versi {result.number}, ditutup {long_date(clock.day_of(result.closed_at, zone))}, SHA-256 {result.digest}."
    )
    columns = [column("Uraian", 5), column("Angka (kisaran pada keyakinan 95%)", 5), column("Cara menghitung", 7)]
    rows = [(line.code, [line.name, line.text, " ".join(filter(None, [line.why, line.method]))]) for line in told.lines]
    parts: list[Part] = [
        text("impact", f"Dampak ekonomi langsung: {told.headline}, dari {told.n} jawaban pengunjung. {closed}"),
        table("impact_lines", columns, rows, method=BESIDE, title="Perhitungan"),
        table("impact_groups", _GROUPS, _groups(told), title="Pengunjung dari luar daerah yang datang karena acara"),
        items("impact_rests", [*(f"{row['name']}: {row['text']} ({row['source']})" for row in told.inputs), *told.rests_on], "Dasar:"),
    ]  # fmt: skip
    return parts


_GROUPS = [
    column("Kelompok", 4),
    column("n", 1),
    column("Orang", 2),
    column("Belanja satu orang", 4),
    column("Jumlah", 6),
]


def _groups(told: ToldImpact) -> list[tuple[str, list[str]]]:
    return [
        (row.facts["stay"], [row.name, str(row.facts["n"]), row.persons, row.each, row.spend]) for row in told.groups
    ]


def _indicators(edition: Edition) -> list[Part]:
    found = indicators_of(edition)
    if not any(row.is_known for row in found[1:]):
        return []
    columns = [column("Indikator", 3), column("Angka", 4), column("Sumber", 7)]
    rows = [(str(n), [row.name, row.text, row.source or row.method]) for n, row in enumerate(found, 1)]
    return [table("indicators", columns, rows, title="Indikator kementerian")]
