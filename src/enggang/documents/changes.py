"""What differs between two versions of a report, in words for the next version's first page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from enggang.documents.report_parts import Part, Section

Data = dict[str, Any]


def changes_between(old: Data, new: Data, *, without: str = "") -> list[str]:
    """Every figure, table cell, text and list that differs, in the order of the new report.

    ``without`` is the key of a section that is left out of it: the one that lists the changes. Words are Indonesian, as
    the paper is.
    """
    if old["title"] != new["title"]:
        return [_turned("Judul", old["title"], new["title"]), *_sections(old, new, without)]
    return _sections(old, new, without)


def _sections(old: Data, new: Data, without: str) -> list[str]:
    before: dict[str, Section] = {each["key"]: each for each in old["sections"] if each["key"] != without}
    after: dict[str, Section] = {each["key"]: each for each in new["sections"] if each["key"] != without}
    told = [line for key, each in after.items() for line in _section(before.get(key), each)]
    return [*told, *(f"Bagian “{each['title']}” dihapus." for key, each in before.items() if key not in after)]


def _section(old: Section | None, new: Section) -> Iterator[str]:
    title = new["title"]
    if old is None:
        yield f"Bagian “{title}” ditambahkan."
        return
    before = {part["key"]: part for part in old["parts"]}
    after = {part["key"]: part for part in new["parts"]}
    for key, part in after.items():
        found = before.get(key)
        if found is None:
            yield f"{title}: {_come(part)}"
        elif found != part:
            yield from (f"{title}: {line}" for line in _part(found, part))
    gone = [part for key, part in before.items() if key not in after and part["kind"] != "missing"]
    yield from (f"{title}: dihapus: {_named(part).rstrip('.')}." for part in gone)


def _come(part: Part) -> str:
    """Of a remark that something is lacking the remark is told; that it went goes without saying."""
    return (
        f"kini tidak ada. {_short(part['text'])}"
        if part["kind"] == "missing"
        else f"ditambahkan: {_named(part).rstrip('.')}."
    )


def _named(part: Part) -> str:
    return part.get("title") or part.get("caption") or _short(part.get("text", "")) or "isi bagian ini"


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= 90 else f"{line[:89]}…"


def _turned(what: str, old: str, new: str) -> str:
    return f"{what}: {_short(old) or '(kosong)'} → {_short(new) or '(kosong)'}"


def _part(old: Part, new: Part) -> Iterator[str]:
    if new["kind"] == "missing":
        yield f"{_named(old)}: kini tidak ada. {_short(new['text'])}"
        return
    if old["kind"] != new["kind"]:
        yield f"{_named(new)}: kini ada. Sebelumnya: {_short(_named(old))}"
        return
    yield from {"figures": _figures, "table": _table, "items": _items, "chart": _nothing}.get(new["kind"], _words)(
        old, new
    )
    if old.get("method", "") != new.get("method", ""):
        yield _turned(f"{_named(new)}, cara menghitung", old.get("method", ""), new.get("method", ""))


def _nothing(_old: Part, _new: Part) -> Iterator[str]:
    """A chart shows what a table beside it says."""
    yield from ()


def _words(old: Part, new: Part) -> Iterator[str]:
    before, after = (part.get("text") or part.get("caption", "") for part in (old, new))
    if before != after:
        yield _turned("teks", before, after)
    elif new["kind"] == "photo":
        yield f"foto “{_named(new)}” diganti atau diberi keterangan lain."


def _items(old: Part, new: Part) -> Iterator[str]:
    yield from (f"ditambahkan: {_short(line)}" for line in new["items"] if line not in old["items"])
    yield from (f"dihapus: {_short(line)}" for line in old["items"] if line not in new["items"])


def _figures(old: Part, new: Part) -> Iterator[str]:
    before = {row["key"]: row for row in old["figures"]}
    after = {row["key"]: row for row in new["figures"]}
    for key, row in after.items():
        found = before.get(key)
        if found is None:
            yield f"ditambahkan: {row['label']} {row['value']}"
        elif found["value"] != row["value"]:
            yield _turned(row["label"], found["value"], row["value"])
    yield from (f"dihapus: {row['label']} {row['value']}" for key, row in before.items() if key not in after)


def _table(old: Part, new: Part) -> Iterator[str]:
    name = new.get("title", "")
    lead = f"{name}, " if name else ""
    labels = [each["label"] for each in new["columns"]]
    before = {row["key"]: row["cells"] for row in old["rows"]}
    after = {row["key"]: row["cells"] for row in new["rows"]}
    for key, cells in after.items():
        found = before.get(key)
        if found is None:
            yield f"{lead}baris ditambahkan: {_row(cells)}"
        elif len(found) == len(cells):
            for label, was, now in zip(labels, found, cells, strict=False):
                if was != now and not _is_place(label):
                    yield _turned(f"{lead}{_short(_row_name(cells, labels))}, {label}", was, now)
    yield from (f"{lead}baris dihapus: {_row(cells)}" for key, cells in before.items() if key not in after)
    totals = zip(labels, old.get("total", []), new.get("total", []), strict=False)
    yield from (_turned(f"{lead}jumlah, {label}", was, now) for label, was, now in totals if was != now)


def _is_place(label: str) -> bool:
    """A running number moves when a row above comes or goes, which is told by itself."""
    return label == "No."


def _row_name(cells: list[str], labels: list[str]) -> str:
    return cells[1] if labels and _is_place(labels[0]) and len(cells) > 1 else cells[0]


def _row(cells: list[str]) -> str:
    return _short("; ".join(cell for cell in cells if cell))
