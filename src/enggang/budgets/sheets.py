"""A RAB workbook as lines: header found by its words, subtotals and headings told from lines, nothing guessed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from enggang.budgets.amounts import MOST, read, shown
from enggang.budgets.enums import Category
from enggang.core.acts import Refused
from enggang.core.text import folded, one_line
from enggang.people.roster.sheet import XLSX, Sheet, kind_of, read_sheets

MOST_ROWS = 2_000
LOOKED_AT = 40  # rows in which a header is looked for
HEADINGS = {
    "item": ("uraian", "item", "rincian", "nama barang", "kegiatan", "uraian belanja", "description"),
    "volume": ("volume", "vol", "jumlah orang", "qty", "kuantitas", "koefisien"),
    "unit": ("satuan", "unit", "sat"),
    "frequency": ("frekuensi", "frek", "kali", "hari", "frequency"),
    "price": ("harga satuan", "harga", "tarif", "unit price", "price", "harga satuan rp"),
    "account_code": ("kode rekening", "rekening", "kode", "account code", "kode akun"),
    "category": ("kategori", "jenis", "kelompok", "category"),
    "total": ("jumlah", "total", "jumlah rp", "jumlah harga", "total rp"),
}
NEEDED = {"item", "volume", "price"}
SUMS = ("jumlah", "sub total", "subtotal", "total", "grand total")
_CATEGORIES = {
    "honor": Category.HONORARIUM, "narasumber": Category.HONORARIUM, "konsumsi": Category.MEALS, "makan": Category.MEALS,
    "nasi": Category.MEALS, "snack": Category.MEALS, "kudapan": Category.MEALS, "perjalanan": Category.TRAVEL,
    "transport": Category.TRAVEL, "uang harian": Category.TRAVEL, "penginapan": Category.TRAVEL, "sewa": Category.SERVICES,
    "panggung": Category.STAGE, "sound": Category.STAGE, "hadiah": Category.PRIZES, "spanduk": Category.PUBLICITY,
    "publikasi": Category.PUBLICITY, "dokumentasi": Category.PUBLICITY, "keamanan": Category.SAFETY, "alat tulis": Category.GOODS,
    "atk": Category.GOODS, "cetak": Category.GOODS, "izin": Category.PERMITS,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One row of the workbook: a line when ``error`` is empty, else what the person must do about it."""

    sheet: str
    number: int
    cells: tuple[str, ...]
    facts: dict[str, Any]
    error: str = ""

    @property
    def category(self) -> str:
        return str(Category(self.facts["category"]).label)


@dataclass(frozen=True, slots=True)
class Plan:
    rows: list[PlanRow]
    passed_over: int  # headings, subtotals and empty rows

    @property
    def good(self) -> list[PlanRow]:
        return [row for row in self.rows if not row.error]

    @property
    def rejected(self) -> list[PlanRow]:
        return [row for row in self.rows if row.error]

    @property
    def total(self) -> int:
        return sum(row.facts["volume"] * row.facts["frequency"] * row.facts["price"] for row in self.good)


def read_plan(content: bytes) -> Plan:
    """Every visible sheet that has the needed columns. Raises Refused when none has, or it is no workbook."""
    if kind_of(content) != XLSX:
        raise Refused(_("Save the plan as an Excel workbook (.xlsx) first."))
    rows: list[PlanRow] = []
    passed_over = found = 0
    for sheet in read_sheets(content):
        if sheet.visible and (read_rows := _read_sheet(sheet)) is not None:
            found += 1
            rows += read_rows[0]
            passed_over += read_rows[1]
    if not found:
        raise Refused(
            _("No sheet has the columns “Uraian”, “Volume” and “Harga satuan”. Name them so, then try again.")
        )
    if len(rows) > MOST_ROWS:
        raise Refused(_("The workbook has more than %(most)s lines. Send it in parts.") % {"most": MOST_ROWS})
    return Plan(rows, passed_over)


def _read_sheet(sheet: Sheet) -> tuple[list[PlanRow], int] | None:
    columns: dict[str, int] = {}
    rows: list[PlanRow] = []
    passed_over, heading = 0, ""
    above: list[str] = []
    for number, raw in enumerate(sheet.rows, start=1):
        cells = [_text(cell) for cell in raw]
        if not columns:
            columns = _header(cells) or _header(_merged(above, cells))
            above = cells
            if not columns and number >= LOOKED_AT:
                return None
            continue
        if len(rows) > MOST_ROWS:
            break
        kind = _kind(cells, columns)
        if kind == "line":
            rows.append(_row(sheet.name, number, raw, cells, columns, heading))
        else:
            heading = _cell(cells, columns, "item") or heading if kind == "heading" else heading
            passed_over += kind != "empty"
    return (rows, passed_over) if columns else None


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell == int(cell) and abs(cell) < MOST:
        cell = int(cell)
    return one_line(str("" if cell is None else cell), 300)


def _header(cells: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, cell in enumerate(cells):
        key = folded(cell)
        name = next((name for name, words in HEADINGS.items() if key in words), None)
        if name and name not in found:
            found[name] = index
    return found if set(found) >= NEEDED else {}


def _merged(above: list[str], cells: list[str]) -> list[str]:
    """A head of two rows as one: «Rincian perhitungan» merged over «Volume, Satuan, Harga satuan», say."""
    words = {word for names in HEADINGS.values() for word in names}
    if not any(folded(cell) in words for cell in cells):
        return []
    width = max(len(above), len(cells))
    above, cells = above + [""] * (width - len(above)), cells + [""] * (width - len(cells))
    return [low or high for low, high in zip(cells, above, strict=True)]


def _cell(cells: list[str], columns: dict[str, int], name: str) -> str:
    index = columns.get(name, -1)
    return cells[index] if 0 <= index < len(cells) else ""


def _kind(cells: list[str], columns: dict[str, int]) -> str:
    """A line, a heading or sum above or below lines, or nothing."""
    if not any(cells):
        return "empty"
    item = folded(_cell(cells, columns, "item"))
    words = item or folded(next(cell for cell in cells if cell))
    if any(words == each or words.startswith(f"{each} ") for each in SUMS) and not _cell(cells, columns, "volume"):
        return "sum"
    return "line" if any(_cell(cells, columns, name) for name in ("volume", "price")) else "heading"


def _row(sheet: str, number: int, raw: list[Any], cells: list[str], columns: dict[str, int], heading: str) -> PlanRow:
    def value(name: str) -> Any:
        index = columns.get(name, -1)
        return raw[index] if 0 <= index < len(raw) else None

    item = _cell(cells, columns, "item")
    frequency = value("frequency")
    facts: dict[str, Any] = {
        "item": item[:200],
        "volume": read(value("volume")),
        "unit": _cell(cells, columns, "unit")[:40] or "paket",
        "frequency": 1 if frequency in {None, ""} else read(frequency),
        "price": read(value("price")),
        "account_code": _cell(cells, columns, "account_code")[:40],
        "category": _category(_cell(cells, columns, "category"), f"{item} {heading}"),
    }
    return PlanRow(sheet, number, tuple(cells), facts, _error(facts, value("total")))


def _category(named: str, words: str) -> str:
    for category in Category:
        if folded(named) in {category.value, folded(str(category.label))}:
            return category.value
    text = f"{folded(named)} {folded(words)}"
    return next((found.value for word, found in _CATEGORIES.items() if word in text), Category.OTHER.value)


def _error(facts: dict[str, Any], total: Any) -> str:
    if not facts["item"]:
        return _("The item has no name.")
    for name, label in (("volume", _("volume")), ("frequency", _("frequency"))):
        if not facts[name] or facts[name] > 1_000_000:
            return _("The %(column)s is not a whole number from 1 to 1,000,000.") % {"column": label}
    if facts["price"] is None or facts["price"] > MOST:
        return _("The unit price is not a whole number of rupiah.")
    reckoned = facts["volume"] * facts["frequency"] * facts["price"]
    if reckoned > MOST:
        return _("The total of this line is too large. Check volume, frequency and price.")
    said = read(total)
    if said and said != reckoned:
        return _("The row says %(said)s, but volume × frequency × price makes %(reckoned)s.") % {
            "said": shown(said), "reckoned": shown(reckoned),
        }  # fmt: skip
    return ""
