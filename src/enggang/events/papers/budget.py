"""The budget plan (RAB) as a paper: lines by category with their sums, the total in words, where the money comes from."""

from __future__ import annotations

from enggang.budgets.amounts import shown
from enggang.budgets.enums import Category
from enggang.budgets.models import BudgetLine
from enggang.documents.rendering.wording import spelled
from enggang.documents.report_parts import Part, Section, column, missing, number, section, table, text
from enggang.events.papers.folder import Folder
from enggang.events.queries.edition_concept import figure

COLUMNS = [
    column("No.", 1), column("Uraian", 8), column("Kode rekening", 4), number("Volume", 2), column("Satuan", 2),
    number("Frekuensi", 2), number("Harga satuan", 4), number("Jumlah", 4),
]  # fmt: skip


def in_words(amount: int) -> str:
    return f"{spelled(amount)} rupiah"


def by_category(folder: Folder) -> list[tuple[str, list[BudgetLine]]]:
    """Categories in the order of the list, each with its lines; those without a line are left out."""
    found = [(each.label, [line for line in folder.lines if line.category == each]) for each in Category]
    return [(str(label), lines) for label, lines in found if lines]


def sections(folder: Folder) -> list[Section]:
    if not folder.lines:
        return [section("lines", "", [missing("lines", "Rencana anggaran biaya belum diisi.")])]
    groups = [
        section(f"group-{n}", f"{n}. {label}", [_group(label, lines)])
        for n, (label, lines) in enumerate(by_category(folder), 1)
    ]
    return [*groups, _total(folder), section("sources", "Sumber dana", [sources_part(folder)])]


def _group(label: str, lines: list[BudgetLine]) -> Part:
    rows = [(line.pk, [str(n), *_cells(line)]) for n, line in enumerate(lines, 1)]
    amount = shown(sum(line.planned for line in lines))
    return table("lines", COLUMNS, rows, total=["", f"Jumlah {label}", "", "", "", "", "", amount])


def _cells(line: BudgetLine) -> list[str]:
    counted = figure(line.volume), line.unit, figure(line.frequency)
    return [line.item, line.account_code or "–", *counted, shown(line.price), shown(line.planned)]


def _total(folder: Folder) -> Section:
    words = f"Jumlah seluruhnya {shown(folder.total)}\nTerbilang: {in_words(folder.total)}"
    return section("total", "Jumlah", [text("total", words)])


def sources_part(folder: Folder) -> Part:
    if not folder.sources:
        return missing("sources", "Sumber dana belum disebut.")
    columns = [column("Sumber dana", 6), column("Jenis", 4), number("Jumlah", 4)]
    rows = [(each.pk, [each.name, str(each.get_kind_display()), shown(each.amount)]) for each in folder.sources]
    return table("sources", columns, rows, total=["Jumlah", "", shown(folder.funded)], title="Sumber dana")
