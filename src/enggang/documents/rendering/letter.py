"""A letter: from its data to what the template sets, and from there to PDF. The DOCX is made from the same page."""

from __future__ import annotations

from datetime import date
from typing import Any, NotRequired, TypedDict

from django.utils.translation import gettext as _

from enggang.core.acts import Conflict
from enggang.documents.letters import DECREE, LetterKind, Shape, letter_kinds
from enggang.documents.rendering import schema
from enggang.documents.rendering.compiler import template
from enggang.documents.rendering.pictures import as_svg
from enggang.documents.rendering.typography import breakable, cleaned
from enggang.documents.rendering.wording import long_date, spaced_nip, spelled

DRAFTED = date(2000, 1, 1)  # the day inside the file of a preview that has no date yet
FEW = 4  # more addressees than this are listed on a sheet of their own
LONGEST_BLOCK, MOST = 4000, 200
DRAFT, SPECIMEN = "KONSEP", "SPESIMEN"


class Head(TypedDict):
    lines: list[str]
    address: list[str]
    city: str
    emblem: str  # the name of a picture handed over with the data, or nothing


class Signing(TypedDict):
    title: list[str]
    name: str
    rank: str
    nip: str


class Addressee(TypedDict):
    office: str
    organisation: str


class Named(TypedDict):
    name: str
    nip: str
    rank: str
    post: str
    task: str


class LetterData(TypedDict):
    """What a letter says; ``number`` and ``date`` (ISO) are empty while it is a draft."""

    kind: str
    number: str
    date: str
    specimen: bool
    head: Head
    signing: Signing
    blocks: dict[str, str]
    addressees: NotRequired[list[Addressee]]
    persons: NotRequired[list[Named]]


def words(limit: int = 300, least: int = 0) -> schema.Schema:
    return {"type": "string", "maxLength": limit, "minLength": least}


def closed(required: tuple[str, ...] = (), **properties: schema.Schema) -> schema.Schema:
    """An object with these properties and no others; without ``required`` all of them are."""
    return {"type": "object", "properties": properties, "required": list(required or properties)}


def listed(items: schema.Schema, most: int = MOST) -> schema.Schema:
    return {"type": "array", "items": items, "maxItems": most}


def shape(kind: LetterKind) -> schema.Schema:
    """The JSON Schema of a kind's data."""
    return closed(
        ("kind", "number", "date", "specimen", "head", "signing", "blocks"),
        kind=words(40),
        number=words(120),
        date=words(10),
        specimen={"type": "boolean"},
        head=closed(lines=listed(words(), 6), address=listed(words(), 6), city=words(80), emblem=words(40)),
        signing=closed(title=listed(words(), 3), name=words(), rank=words(), nip=words(40)),
        blocks=closed((), **{block.key: words(LONGEST_BLOCK) for block in kind.blocks}),
        addressees=listed(closed(office=words(), organisation=words())),
        persons=listed(closed(name=words(), nip=words(40), rank=words(), post=words(), task=words())),
    )


def check(data: dict[str, Any]) -> LetterData:
    """The data with its texts cleaned for printing. Raises Misshapen, or Unprintable when no font has a character."""
    letter: LetterData = lines_cleaned_all(data)
    schema.check(letter, shape(letter_kinds[data["kind"]]))
    return letter


def check_blocks(kind: LetterKind, blocks: dict[str, str]) -> dict[str, str]:
    """The blocks as they will be printed. Raises Conflict naming the one that is missing, or Unprintable."""
    for block in kind.blocks:
        text = blocks.get(block.key, "")
        if block.required and not text.strip():
            raise Conflict(_("“%(block)s” is empty: this letter needs it.") % {"block": block.label})
        if len(text) > LONGEST_BLOCK:
            raise Conflict(_("“%(block)s” is longer than %(limit)s characters.") % {
                "block": block.label, "limit": LONGEST_BLOCK})  # fmt: skip
    return {block.key: lines_cleaned(blocks.get(block.key, "")) for block in kind.blocks}


def lines_cleaned(text: str) -> str:
    """As ``cleaned``, but with its line breaks."""
    return "\n".join(cleaned(line) for line in text.replace("\r", "").replace("\x00", "").split("\n")).strip()


def lines_cleaned_all(value: Any) -> Any:
    if isinstance(value, str):
        return lines_cleaned(value)
    if isinstance(value, dict):
        return {key: lines_cleaned_all(each) for key, each in value.items()}
    return [lines_cleaned_all(each) for each in value] if isinstance(value, list) else value


def render_letter(data: dict[str, Any], *, path: str = "", emblem: bytes = b"") -> bytes:
    """The letter as a PDF/A-3a and PDF/UA-1 file; the same data and emblem give the same bytes, always.

    ``path`` is the template that an earlier letter was drawn by; a new one takes that of its layout.

    Takes about 20 ms: call it outside any transaction.
    """
    letter = check(data)
    day = date.fromisoformat(letter["date"]) if letter["date"] else DRAFTED
    shown = bool(letter["head"]["emblem"] and emblem)
    laid = {**page(letter), "emblem": shown}
    return template(path or letter_kinds[letter["kind"]].layout.drawing).draw(
        laid, day, {"emblem.svg": as_svg(emblem)} if shown else None
    )


def page(data: LetterData) -> dict[str, Any]:
    """What the template sets, worded and cut into parts; every string is text, none is markup."""
    kind = letter_kinds[data["kind"]]
    blocks, day = data["blocks"], date.fromisoformat(data["date"]) if data["date"] else None
    people = data.get("addressees", [])
    signing = data["signing"]
    return {
        "layout": kind.layout.name,
        "title": f"{_heading(kind, blocks)} – {data['number'] or DRAFT}",
        "mark": SPECIMEN if data["specimen"] else "" if data["number"] else DRAFT,
        "head": {**data["head"], "lines": [breakable(line) for line in data["head"]["lines"]]},
        "number": breakable(data["number"]) or "…………………………",
        "dated": long_date(day) if day else "…………………………",
        "day": {"year": (day or DRAFTED).year, "month": (day or DRAFTED).month, "day": (day or DRAFTED).day},
        "blocks": {block.key: _part(block.shape, blocks.get(block.key, "")) for block in kind.blocks},
        "to": [[breakable(each["office"]), breakable(each["organisation"])] for each in people],
        "listed": len(people) > FEW,
        "persons": [_person(each) for each in data.get("persons", [])],
        "decree": _decree(data) if kind.layout is DECREE else None,
        "signing": {
            "title": [breakable(line) for line in signing["title"]],
            "name": breakable(signing["name"]),
            "lines": signing_lines(signing),
        },
    }


def _decree(data: LetterData) -> dict[str, Any]:
    """Whose decree it is, the words before each decision (KESATU, KEDUA and so on), and the rows of its annex."""
    blocks = data["blocks"]
    decisions = [line for line in blocks["decisions"].split("\n") if line.strip()]
    people = data.get("persons", [])
    return {
        "officer": breakable(blocks["title"].removeprefix("Keputusan ")),
        "ordinals": [f"ke{spelled(place)}".upper() for place in range(1, len(decisions) + 1)],
        "rows": [
            [breakable(text) for text in (each["name"], spaced_nip(each["nip"]) or "–", each["post"], each["task"])]
            for each in people
        ],
    }


def _heading(kind: LetterKind, blocks: dict[str, str]) -> str:
    parts = (blocks.get("title", ""), blocks.get("subject", ""))
    return " tentang ".join(parts) if kind.layout is DECREE else parts[0] or parts[1]


def signing_lines(signing: Signing) -> list[str]:
    """What stands below the name of who signs."""
    nip = signing["nip"]
    return [line for line in (signing["rank"], f"NIP {spaced_nip(nip)}" if nip else "") if line]


def _part(block: Shape, text: str) -> Any:
    """A line as it is, paragraphs and numbered lines as a list, facts as pairs of label and value."""
    if block == Shape.LINE:
        return breakable(" ".join(text.split()))
    lines = [breakable(line) for line in text.split("\n") if line.strip()]
    if block == Shape.FACTS:
        return [[part.strip() for part in line.split(":", 1)] if ":" in line else ["", line] for line in lines]
    return lines


def _person(person: Named) -> dict[str, Any]:
    facts = (
        ("NIP", spaced_nip(person["nip"])),
        ("Pangkat/golongan", person["rank"]),
        ("Jabatan", person["post"]),
        ("Tugas", person["task"]),
    )
    return {"name": breakable(person["name"]), "facts": [[key, breakable(text)] for key, text in facts if text]}
