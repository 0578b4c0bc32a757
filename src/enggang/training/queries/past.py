"""A spreadsheet of past certificates, read and matched: which rows can be taken in, which cannot, and why."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.acts import Refused
from enggang.core.text import folded
from enggang.people.names import name_key, tidy
from enggang.people.nip import read_nip
from enggang.people.queries.matching import Known, known_by_name, known_by_nip
from enggang.people.reasons import Remark, say_all
from enggang.people.roster.dates import read_date
from enggang.people.roster.sheet import NotARoster, Sheet, read_sheets
from enggang.places.models import Organisation
from enggang.training.models import OutsideCertificate
from enggang.training.models.learning import title_key
from enggang.training.queries.learning import held_here, same_here

MOST_ROWS = 20_000
SEARCHED = 20
OLDEST = 1970
HEADER = ("Nama", "NIP", "Nama pelatihan", "Penyelenggara", "Mulai", "Selesai", "JP", "Nomor sertifikat")
AT_ONCE = 400
_NUMBER = re.compile(r"^\s*(\d{1,4})(?:[.,]0+)?\s*(?:jp|jam)?\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Learned:
    """What a certificate from outside says."""

    title: str
    organiser: str
    starts_on: date
    ends_on: date
    jp: int
    number: str = ""


@dataclass(slots=True)
class PastRow:
    """One row: whom it means and what they learned, or ``error``. ``known`` when it is on record already."""

    number: int
    cells: list[Any]
    name: str = ""
    nip: str = ""
    person: Known | None = None
    learned: Learned | None = None
    error: str = ""
    known: bool = False

    @property
    def key(self) -> tuple[int, str, date] | None:
        if self.person is None or self.learned is None:
            return None
        return self.person.person_id, title_key(self.learned.title), self.learned.ends_on


@dataclass(slots=True)
class PastPlan:
    header: list[str]
    rows: list[PastRow] = field(default_factory=list)

    @property
    def fresh(self) -> list[PastRow]:
        return [row for row in self.rows if not row.error and not row.known]

    @property
    def rejected(self) -> list[PastRow]:
        return [row for row in self.rows if row.error]

    @property
    def known_count(self) -> int:
        return sum(row.known for row in self.rows)


def past_plan(content: bytes, organisation: Organisation) -> PastPlan:
    """Read the first sheet that has the columns. Raises Refused when none has them, or when it is too long."""
    for sheet in read_sheets(content):
        found = _read(sheet)
        if found is not None:
            _match(found.rows, organisation)
            _mark_known(found.rows)
            _mark_held_here(found.rows)
            return found
    raise NotARoster(
        _("No row with the column names was found. Needed are Nama or NIP, Nama pelatihan, Selesai and JP.")
    )


@cache
def _spellings() -> dict[str, str]:
    text = resources.files("enggang.training.data").joinpath("past_headers.json").read_text(encoding="utf-8")
    return {folded(each): name for name, spelt in json.loads(text).items() for each in spelt}


def _columns(cells: Sequence[Any]) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, cell in enumerate(cells):
        if isinstance(cell, str) and (name := _spellings().get(folded(cell))):
            found.setdefault(name, index)
    return found


def _read(sheet: Sheet) -> PastPlan | None:
    plan, columns = None, {}
    for number, cells in enumerate(sheet.rows, 1):
        if plan is None:
            columns = _columns(cells)
            if (
                {"title", "jp"} <= columns.keys()
                and columns.keys() & {"name", "nip"}
                and columns.keys() & {"ends", "year"}
            ):
                plan = PastPlan([tidy(cell) for cell in cells])
            elif number >= SEARCHED:
                return None
        elif any(cell not in {"", None} for cell in cells if not isinstance(cell, list | dict)):
            plan.rows.append(_row(number, list(cells), columns))
            if len(plan.rows) > MOST_ROWS:
                raise Refused(_("The list is longer than %(rows)s rows. Send it in parts.") % {"rows": MOST_ROWS})
    return plan


def _row(number: int, cells: list[Any], columns: dict[str, int]) -> PastRow:
    values = {name: cells[index] for name, index in columns.items() if index < len(cells)}
    nip = read_nip(values.get("nip"), today=clock.today())
    row = PastRow(number, cells, name=tidy(values.get("name") or "")[:200], nip=nip.digits)
    if nip.error:
        row.error = say_all([Remark(nip.error, {})])
        return row
    if not row.nip and not row.name:
        row.error = _("Neither an NIP nor a name stands in this row.")
        return row
    row.learned, row.error = _learned(values)
    return row


def _learned(values: dict[str, Any]) -> tuple[Learned | None, str]:
    title = tidy(values.get("title") or "")[:200]
    if not title_key(title):
        return None, _("The title of the training is missing.")
    jp = _jp(values.get("jp"))
    if jp is None:
        return None, _("JP must be a whole number from 1 to 1,000.")
    days = _days(values)
    if days is None:
        return None, _("The day the training ended cannot be read, or lies in the future.")
    if days[0] > days[1]:
        return None, _("The training ends before it begins. Put the days right.")
    text = {name: tidy(values.get(name) or "") for name in ("organiser", "number")}
    return Learned(title, text["organiser"][:200], days[0], days[1], jp, text["number"][:120]), ""


def _jp(cell: Any) -> int | None:
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return int(cell) if cell == int(cell) and 1 <= cell <= 1000 else None
    found = _NUMBER.match(str(cell or ""))
    return int(found[1]) if found and 1 <= int(found[1]) <= 1000 else None


def _days(values: dict[str, Any]) -> tuple[date, date] | None:
    """First and last day; a year alone stands for the whole of it."""
    today = clock.today()
    last = read_date(values.get("ends"))
    if last is None:
        year = _jp_year(values.get("ends")) or _jp_year(values.get("year"))
        if year is None or not OLDEST <= year <= today.year:
            return None
        return date(year, 1, 1), min(date(year, 12, 31), today)
    first = read_date(values.get("starts")) or last
    return (first, last) if date(OLDEST, 1, 1) <= last <= today and first.year >= OLDEST else None


def _jp_year(cell: Any) -> int | None:
    text = str(int(cell)) if isinstance(cell, float) and cell == cell and abs(cell) < 1e6 else str(cell or "").strip()
    return int(text) if re.fullmatch(r"\d{4}", text, re.ASCII) else None


def _match(rows: list[PastRow], organisation: Organisation) -> None:
    """By NIP, else by name among those who work at ``organisation`` or below it; two of one name match nobody."""
    sound = [row for row in rows if not row.error]
    by_nip = known_by_nip(row.nip for row in sound)
    by_name = known_by_name((name_key(row.name) for row in sound if not row.nip), path=organisation.path)
    for row in sound:
        found = [by_nip[row.nip]] if row.nip in by_nip else by_name.get(name_key(row.name), []) if not row.nip else []
        found = [known for known in found if known.path and known.path.startswith(organisation.path)]
        if len(found) == 1 and row.name and not _shares_a_name(row.name, found[0].name_key):
            row.error = _("The roster knows this NIP under another name: %(name)s.") % {"name": found[0].name}
        elif len(found) == 1:
            row.person = found[0]
        elif found:
            row.error = _("Several people of your agency go by this name. Add the NIP.")
        else:
            row.error = _("Nobody on your agency's roster has this NIP or name.")


def _shares_a_name(written: str, key: str) -> bool:
    """Spellings change over ten years; a number under a name with no word in common is a number typed wrong."""
    return not name_key(written) or bool(set(name_key(written).split()) & set(key.split()))


def _mark_known(rows: list[PastRow]) -> None:
    on_record = set(_on_record({row.person.person_id for row in rows if row.person}))
    seen: set[tuple[int, str, date]] = set()
    for row in rows:
        if row.key is None:
            continue
        row.known = row.key in on_record or row.key in seen
        seen.add(row.key)


def _mark_held_here(rows: list[PastRow]) -> None:
    """A wave here that is the same training on the same days counts by itself: the row would count it twice."""
    fresh = [row for row in rows if row.person and row.learned and not row.known]
    waves = held_here(row.person.person_id for row in fresh if row.person)
    for row in fresh:
        assert row.person is not None
        assert row.learned is not None
        learned = row.learned
        name = same_here(
            waves.get(row.person.person_id, ()), title_key(learned.title), learned.starts_on, learned.ends_on
        )
        if name:
            row.error = _("This is a training held here, which counts by itself: %(wave)s.") % {"wave": name}


def _on_record(people: set[int]) -> Iterator[tuple[int, str, date]]:
    """What counts already; what was withdrawn may come again."""
    ids = sorted(people)
    for start in range(0, len(ids), AT_ONCE):
        rows = OutsideCertificate.objects.filter(person__in=ids[start : start + AT_ONCE]).exclude(state="withdrawn")
        yield from rows.values_list("person_id", "title_key", "ends_on")
