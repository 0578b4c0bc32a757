"""A report of many sections: from its data to what the template sets, and from there to PDF. The DOCX shares the page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NotRequired, TypedDict

from enggang.documents.rendering import schema
from enggang.documents.rendering.compiler import template
from enggang.documents.rendering.letter import Head, Signing, closed, lines_cleaned_all, listed, signing_lines, words
from enggang.documents.rendering.photos import turned_by, without_metadata
from enggang.documents.rendering.pictures import as_svg
from enggang.documents.rendering.typography import breakable
from enggang.documents.rendering.wording import long_date
from enggang.documents.report_parts import Part, Section

DRAWING = "report/2"
KINDS = ["text", "items", "figures", "table", "chart", "photo", "missing"]
LONGEST_TEXT, MOST_ROWS = 8000, 5000
Pictures = Mapping[str, bytes]  # by SHA-256


class ReportData(TypedDict):
    """What a report says. ``as_of`` is the moment of its numbers in words, ``day`` (ISO) that of the file."""

    title: str
    subtitle: list[str]
    head: Head
    mark: str
    version: int
    as_of: str
    day: str
    sections: list[Section]
    signing: NotRequired[Signing]


def shape() -> schema.Schema:
    """The JSON Schema of the data."""
    truth: schema.Schema = {"type": "boolean"}
    whole: schema.Schema = {"type": "integer", "minimum": 0, "maximum": 1_000_000}
    cells = listed(words(2000), 20)
    part = closed(
        ("kind", "key"),
        kind={"type": "string", "enum": KINDS}, key=words(80), title=words(), text=words(LONGEST_TEXT),
        method=words(600), items=listed(words(2000)),
        figures=listed(closed((), key=words(80), label=words(), value=words())),
        columns=listed(closed((), label=words(), share=whole, right=truth), 20),
        rows=listed(closed((), key=words(80), cells=cells), MOST_ROWS), total=cells, top=whole,
        bars=listed(closed((), label=words(600), length=whole, shown=words())),
        sha256=words(64), caption=words(), alt=words(600),
    )  # fmt: skip
    section = closed((), key=words(80), title=words(), annex=truth, parts=listed(part, 400))
    head = closed((), lines=listed(words(), 6), address=listed(words(), 6), city=words(80), emblem=words(40))
    signing = closed((), title=listed(words(), 3), name=words(), rank=words(), nip=words(40))
    return closed(
        ("title", "subtitle", "head", "mark", "version", "as_of", "day", "sections"),
        title=words(600), subtitle=listed(words(600), 6), head=head, mark=words(40), version=whole, as_of=words(),
        day={"type": "string", "format": "date"}, sections=listed(section, 60), signing=signing,
    )  # fmt: skip


def check(data: dict[str, Any]) -> ReportData:
    """The data with its texts cleaned for printing. Raises Misshapen, or Unprintable when no font has a character."""
    report: ReportData = lines_cleaned_all(data)
    schema.check(report, shape())
    return report


def render_report(data: dict[str, Any], *, path: str = DRAWING, emblem: bytes = b"", photos: Pictures = {}) -> bytes:  # noqa: B006 -- only read
    """The report as a PDF/A-3a and PDF/UA-1 file; the same data and pictures give the same bytes, always."""
    report = check(data)
    shown = bool(report["head"]["emblem"] and emblem)
    files = {
        f"{sha256}.svg": as_svg(without_metadata(content), turned_by(content)) for sha256, content in photos.items()
    }
    files |= {"emblem.svg": as_svg(emblem)} if shown else {}
    laid = {**page(report), "emblem": shown, "only": ""}
    return template(path).draw(laid, date.fromisoformat(report["day"]), files)


def chart_png(part: Part, *, path: str = DRAWING) -> bytes:
    """One chart as a picture, for files that are not set by the typesetter."""
    return template(path).picture({"only": "chart", "part": _part(part)})


def page(data: ReportData) -> dict[str, Any]:
    """What the template sets; every string is text, none is markup."""
    day = date.fromisoformat(data["day"])
    annexes = iter(range(1, 100))
    chapters = iter(range(1, 100))
    sections = [
        {
            "title": f"Lampiran {next(annexes)}. {each['title']}"
            if each["annex"]
            else f"{next(chapters)}. {each['title']}",
            "annex": each["annex"],
            "wide": any(is_wide(part) for part in each["parts"]),
            "parts": [_part(part) for part in each["parts"]],
        }
        for each in data["sections"]
    ]
    signing = data.get("signing")
    return {
        "title": breakable(data["title"]),
        "subtitle": [breakable(line) for line in data["subtitle"]],
        "head": data["head"],
        "mark": data["mark"],
        "state": f"Versi {data['version']}" if data["version"] else "Konsep, belum dibekukan",
        "as_of": data["as_of"],
        "dated": long_date(day),
        "day": {"year": day.year, "month": day.month, "day": day.day},
        "sections": sections,
        "signing": {**signing, "lines": signing_lines(signing)} if signing else None,
    }


def _part(part: Part) -> dict[str, Any]:
    laid: dict[str, Any] = {"title": "", "method": "", **part}
    if part["kind"] in {"text", "missing"}:
        laid["paragraphs"] = [breakable(line) for line in part["text"].split("\n") if line.strip()]
    if part["kind"] == "table":
        laid["wide"] = is_wide(part)
        laid["rows"] = [[breakable(cell) for cell in row["cells"]] for row in part["rows"]]
    if part["kind"] == "chart":
        laid["source"] = part
        laid["alt"] = f"Diagram batang. {part['title']}: {bars_in_words(part)}."
    return laid


def is_wide(part: Part) -> bool:
    """Whether a table holds more columns of amounts than an upright page has room for."""
    if part["kind"] != "table":
        return False
    rows = [row["cells"] for row in part["rows"]]
    return (
        len(part["columns"]) > 6
        and sum(any(cell.startswith("Rp") for cell in each) for each in zip(*rows, strict=False)) > 2
    )


def bars_in_words(part: Part) -> str:
    return "; ".join(f"{bar['label']} {bar['shown']}" for bar in part["bars"])
