"""The rundown as a paper: a table for each day, to the minute."""

from __future__ import annotations

from typing import Any

from enggang.documents.report_parts import BLANK, Section, column, missing, section, table
from enggang.events.papers.folder import Folder, day_in_words

COLUMNS = [
    column("No.", 1), column("Pukul", 3), column("Menit", 2, right=True), column("Acara", 7), column("Tempat", 4),
    column("Penanggung jawab", 4), column("Perlengkapan dan isyarat", 5),
]  # fmt: skip


def sections(folder: Folder) -> list[Section]:
    if folder.is_empty_rundown:
        return [section("rundown", "", [missing("rundown", "Rangkaian acara belum diisi.")])]
    return [_day(day) for day in folder.days if day["items"]]


def _day(day: dict[str, Any]) -> Section:
    named = f" – {day['title']}" if day["title"] else ""
    rows = [(n, [str(n), *_item(row)]) for n, row in enumerate(day["items"], 1)]
    return section(day["date"], f"{day_in_words(day['date'])}{named}", [table(day["date"], COLUMNS, rows)])


def _item(row: dict[str, Any]) -> list[str]:
    title = f"{row['track']}: {row['title']}" if row["track"] else row["title"]
    needs = "; ".join(part for part in (row["equipment"], row["cue"], row["note"]) if part)
    times = f"{row['begins']}–{row['ends']}", str(row["minutes"])
    return [*times, title, row["place"] or BLANK, row["in_charge"] or BLANK, needs or "–"]
