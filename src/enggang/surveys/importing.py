"""Questions from elsewhere: the GIFT text that Moodle writes, and our own workbook. Read here, judged one by one.

No maintained parser of GIFT was found (pygiftparser rests since 2017), so this small one reads what our kinds of question
can hold and names what it cannot.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from enggang.core.acts import Refused
from enggang.core.text import folded, one_line
from enggang.people.roster.sheet import check_unpacked
from enggang.surveys.bodies import Body, read_body
from enggang.surveys.enums import QuestionKind

MOST_QUESTIONS, LARGEST_FILE = 1000, 2 * 1024 * 1024
HEADER = ("Topik", "Jenis", "Soal", "Kunci", *(f"Pilihan {n}" for n in range(1, 9)))
KIND_WORDS = {
    "pilihan ganda": QuestionKind.SINGLE, "single": QuestionKind.SINGLE, "pilihan ganda kompleks": QuestionKind.MULTIPLE,
    "multiple": QuestionKind.MULTIPLE, "benar salah": QuestionKind.TRUEFALSE, "truefalse": QuestionKind.TRUEFALSE,
    "isian singkat": QuestionKind.SHORT, "short": QuestionKind.SHORT, "menjodohkan": QuestionKind.MATCHING,
    "matching": QuestionKind.MATCHING,
}  # fmt: skip
_WEIGHT = re.compile(r"^%(-?\d+(?:\.\d+)?)%")
_HEAD = re.compile(r"^\s*(?:::(?P<title>.*?)::)?\s*(?:\[\w+\])?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Incoming:
    """One question to come in."""

    topic: str
    kind: str
    text: str
    body: Body

    @property
    def kind_label(self) -> str:
        return str(QuestionKind(self.kind).label)


@dataclass(slots=True)
class Reading:
    """What was found, and what was refused: the place, why, and how it begins."""

    questions: list[Incoming] = field(default_factory=list)
    rejected: list[tuple[str, str, str]] = field(default_factory=list)

    def take(self, place: str, begins: str, topic: str, kind: str, text: str, lines: str, by_hand: bool) -> None:
        try:
            clean = text.strip()
            if not clean or len(clean) > 2000 or "\0" in clean:
                raise Refused(_("Write the question, in at most 2,000 characters."))
            if not topic.strip():
                raise Refused(_("No topic is named. Name it with the question, or for all that name none."))
            if len(self.questions) >= MOST_QUESTIONS:
                raise Refused(_("At most %(count)s questions come in at once.") % {"count": MOST_QUESTIONS})
            self.questions.append(Incoming(topic, str(kind), clean, read_body(kind, lines, by_hand=by_hand)))
        except Refused as refused:
            self.refuse(place, refused.message, begins)

    def refuse(self, place: str, why: str, begins: str) -> None:
        self.rejected.append((place, why, one_line(begins, 80)))


def read_gift(text: str, topic: str) -> Reading:
    """Every question of a GIFT text; ``$CATEGORY`` names the topic of those after it."""
    reading = Reading()
    for line, block in _blocks(text):
        place = _("line %(number)s") % {"number": line}
        if block.startswith("$CATEGORY:"):
            topic = block.partition(":")[2].strip().rsplit("/", 1)[-1][:120] or topic
            continue
        try:
            kind, words, lines, by_hand = _gift_question(block)
        except Refused as refused:
            reading.refuse(place, refused.message, block)
        else:
            reading.take(place, block, topic, kind, words, lines, by_hand)
    return reading


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Pieces parted by empty lines, or by a line with a title, without comments, each with its first line's number."""
    start, lines = 0, list[str]()
    for number, line in enumerate([*text.splitlines(), ""], 1):
        bare = line.strip()
        if bare.startswith("//"):
            continue
        if lines and (not bare or bare.startswith(("::", "$CATEGORY:"))):
            yield start, "\n".join(lines)
            start, lines = 0, []
        if bare.startswith("$CATEGORY:"):
            yield number, bare
        elif bare:
            start = start or number
            lines.append(line)


def _gift_question(block: str) -> tuple[str, str, str, bool]:
    hidden = re.sub(r"\\(.)", lambda found: chr(0xE000 + ord(found[1]) % 0x1000), block)
    hidden = _HEAD.sub("", hidden, count=1)
    before, brace, rest = hidden.partition("{")
    inside, closing, after = rest.partition("}")
    if not brace or not closing:
        raise Refused(_("No answers in braces { } were found."))
    if "{" in after:
        raise Refused(_("Two questions run into each other here. Leave an empty line between them."))
    gap = f" _____ {after.strip()}" if after.strip() else ""
    kind, lines, by_hand = _gift_answers(inside.strip())
    return kind, _shown(before.strip() + gap), "\n".join(lines), by_hand


def _shown(text: str) -> str:
    """Escaped signs as they are read, on one line where they stood in an answer."""
    return "".join(chr(ord(char) - 0xE000) if 0xE000 <= ord(char) < 0xF000 else char for char in text)


def _gift_answers(inside: str) -> tuple[str, list[str], bool]:
    if not inside:
        return QuestionKind.SHORT, [], True
    if inside.startswith("#"):
        raise Refused(_("Numeric questions are not among our kinds. Write it as a short answer."))
    word = inside.partition("#")[0].strip().upper()
    if word in {"T", "TRUE", "F", "FALSE"}:
        return QuestionKind.TRUEFALSE, [word], False
    parts = re.findall(r"([=~])([^=~]*)", inside)
    if "->" in inside:
        pairs = [_plain(words).split("->", 1) for _sign, words in parts]
        if any(len(pair) < 2 for pair in pairs):
            raise Refused(_("Write each pair on its own line as: left = right."))
        return QuestionKind.MATCHING, [f"{left.strip()} = {right.strip()}" for left, right in pairs], False
    if all(sign == "=" for sign, _words in parts):
        return QuestionKind.SHORT, [_plain(words) for _sign, words in parts], False
    return _gift_options(parts)


def _gift_options(parts: Iterable[tuple[str, str]]) -> tuple[str, list[str], bool]:
    lines, weighed = list[str](), False
    for sign, words in parts:
        weight = _WEIGHT.match(words.strip())
        weighed = weighed or bool(weight and sign == "~")
        right = sign == "=" or bool(weight and float(weight[1]) > 0)
        lines.append(("*" if right else "") + _plain(words))
    return (QuestionKind.MULTIPLE if weighed else QuestionKind.SINGLE), lines, False


def _plain(words: str) -> str:
    """An answer without its weight and its feedback."""
    return _shown(" ".join(_WEIGHT.sub("", words.strip()).partition("#")[0].split()))


def read_workbook(content: bytes, topic: str) -> Reading:
    """The rows of our template; the first row names the columns. Raises Refused when it is no such workbook."""
    check_unpacked(content)
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        rows = sheet.to_python()
    except (CalamineError, ValueError, OSError, IndexError) as error:
        raise Refused(_("This file cannot be read as a workbook. Use the template.")) from error
    names = [folded(str(cell)) for cell in rows[0]] if rows else []
    columns = {name: names.index(folded(name)) for name in HEADER if folded(name) in names}
    if not {"Jenis", "Soal", "Kunci"} <= set(columns):
        raise Refused(_("The columns Jenis, Soal and Kunci are missing. Use the template."))
    reading = Reading()
    for number, row in enumerate(rows[1:], 2):
        cells = {name: _cell(row, at) for name, at in columns.items()}
        if any(cells.values()):
            _take_row(reading, _("row %(number)s") % {"number": number}, cells, topic)
    return reading


def _cell(row: list[Any], at: int) -> str:
    value = row[at] if at < len(row) else ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()


def _take_row(reading: Reading, place: str, cells: dict[str, str], topic: str) -> None:
    kind = KIND_WORDS.get(folded(cells["Jenis"]))
    if kind is None:
        reading.refuse(place, _("Unknown kind “%(kind)s”.") % {"kind": one_line(cells["Jenis"], 40)}, cells["Soal"])
        return
    options = [cells[name] for name in HEADER[4:] if cells.get(name)]
    keys = {part.strip() for part in re.split(r"[,;|]", cells["Kunci"]) if part.strip()}
    lines = options
    if kind in {QuestionKind.SINGLE, QuestionKind.MULTIPLE}:
        right = {_place(key, options) for key in keys}
        if not right or 0 in right or (kind == QuestionKind.SINGLE and len(right) > 1):
            reading.refuse(place, _wrong_key(cells["Kunci"]), cells["Soal"])
            return
        lines = [("*" if n in right else "") + option for n, option in enumerate(options, 1)]
    elif kind in {QuestionKind.TRUEFALSE, QuestionKind.SHORT}:
        lines = [part.strip() for part in cells["Kunci"].split("|") if part.strip()]
    by_hand = kind == QuestionKind.SHORT and not lines
    reading.take(
        place, cells["Soal"], cells.get("Topik", "")[:120] or topic, kind, cells["Soal"], "\n".join(lines), by_hand
    )


def _place(key: str, options: list[str]) -> int:
    """Which option a key names, by number or letter; 0 is none."""
    names = {name: n for n in range(1, len(options) + 1) for name in (str(n), chr(64 + n))}
    return names.get(key.upper(), 0)


def _wrong_key(key: str) -> str:
    return _(
        "In Kunci stands “%(key)s”. Write the number or letter of the right option there, such as 1 or A; several only where the kind allows it."
    ) % {"key": one_line(key, 40)}
