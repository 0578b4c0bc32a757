"""Which lists of a wave have to be signed by hand, per day and per meal, and which of them are back as a scan."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from enggang.accounts.queries.names import names_of_keys
from enggang.attendance.enums import MEALS, SheetKind
from enggang.attendance.models import MealDay, Occasion, SheetScan
from enggang.core import clock
from enggang.training.enums import ClassKind
from enggang.training.models import Registration, Wave, WaveClass

Key = tuple[date, str]


@dataclass(slots=True)
class PaperList:
    """One list to sign. ``missing_parts`` are the classes whose own list is not back, when some are."""

    day: date
    kind: SheetKind
    is_due: bool
    current: list[SheetScan] = field(default_factory=list)
    ended: list[SheetScan] = field(default_factory=list)
    missing_parts: list[str] = field(default_factory=list)

    @property
    def is_complete(self) -> bool:
        return bool(self.current) and not self.missing_parts

    @property
    def tone(self) -> str:
        return "good" if self.is_complete else "warn" if self.is_due or self.current else "neutral"


@dataclass(frozen=True, slots=True)
class PaperDay:
    day: date
    lists: list[PaperList]
    meals: frozenset[str]


def paper_days(wave: Wave) -> list[PaperDay]:
    """Every day with a session, a meal or a scan. Five queries for any size."""
    meals: dict[date, set[str]] = defaultdict(set)
    for day, meal in MealDay.objects.filter(group=wave.subject_id).values_list("day", "meal"):
        meals[day].add(meal)
    scans: dict[Key, list[SheetScan]] = defaultdict(list)
    for scan in SheetScan.objects.filter(group=wave.subject_id).select_related("file"):
        scans[scan.day, scan.kind].append(scan)
    _name_keepers([scan for found in scans.values() for scan in found])
    classes = [row.name for row in wave.classes.all() if row.kind == ClassKind.CLASS]
    days = set(wave.sessions.planned().values_list("day", flat=True)) | meals.keys() | {key[0] for key in scans}
    today = clock.today(wave.time_zone)
    found = []
    for day in sorted(days):
        kinds = [kind for kind in SheetKind if kind not in MEALS or kind in meals[day] or scans.get((day, kind))]
        lists = [_list(day, kind, scans.get((day, kind), []), classes, today) for kind in kinds]
        found.append(PaperDay(day, lists, frozenset(meals[day])))
    return found


def _list(day: date, kind: SheetKind, scans: list[SheetScan], classes: list[str], today: date) -> PaperList:
    current = [scan for scan in scans if scan.is_current]
    parts = {scan.part for scan in current}
    missing = [name for name in classes if name not in parts] if parts and "" not in parts else []
    return PaperList(day, kind, day <= today, current, [scan for scan in scans if not scan.is_current], missing)


def _name_keepers(scans: list[SheetScan]) -> None:
    """Give every scan ``kept_by``, the name of whoever uploaded it: empty for one whose account is gone."""
    names = names_of_keys({scan.kept_by_key for scan in scans})
    for scan in scans:
        scan.kept_by = names.get(scan.kept_by_key, "")  # type: ignore[attr-defined]


def signers(wave: Wave, klass: WaveClass | None = None) -> list[Registration]:
    """Who signs, in the order of the list: everyone with a seat, or those of one class. One query."""
    rows = wave.registrations.seated().select_related("person", "agency").order_by("person__name_key", "pk")
    return list(rows.filter(class_places__klass=klass) if klass else rows)


def signings(wave: Wave, day: date, klass: WaveClass | None = None) -> list[Occasion]:
    """The occasions of a day that have a column on its list: all, or those that concern one class. One query."""
    sessions = wave.sessions.planned().filter(day=day).select_related("occasion")
    mine = [row for row in sessions if klass is None or row.klass_id in {None, klass.pk}]
    return sorted({row.occasion for row in mine}, key=lambda each: (each.starts_at, each.pk))
