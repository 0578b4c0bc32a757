"""A file of a fingerprint machine set against the people and the sessions of a group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from enggang.attendance.fingerprint import Log, Punch
from enggang.attendance.models import ClockFile, DeviceUser, Occasion, Pass
from enggang.attendance.queries.roster import people_of
from enggang.core import clock
from enggang.files.domain.storing import read_bytes
from enggang.people.models import Person
from enggang.people.names import name_key

SHOWN = 500
BEFORE = timedelta(hours=1)  # how early people sign, and how late they sign out
FAST = timedelta(minutes=30)  # how fast a machine's clock may go


@dataclass(frozen=True, slots=True)
class Question:
    """A user of the machine whom nobody could be found for, or several; ``key`` is what is remembered."""

    key: str
    shown: str
    rows: int
    candidates: tuple[int, ...]


@dataclass(slots=True)
class ClockPlan:
    """``marks``: the first time by (occasion, holder). ``rejected``: rows with the reason, questions among them."""

    header: list[str]
    rows: int = 0
    matched: int = 0
    marks: dict[tuple[int, int], datetime] = field(default_factory=dict)
    rejected: list[tuple[Punch, str]] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)


def key_of(punch: Punch) -> str:
    return punch.number or punch.nip or f"name:{name_key(punch.name)}"[:120]


def plan_of(kept: ClockFile) -> ClockPlan:
    """Read and match the whole file. Four queries for any size. Raises Refused when it cannot be read."""
    zone = kept.organisation.time_zone
    log = Log(read_bytes(kept.file), today=clock.today(zone))
    people, occasions = _People(kept), list(Occasion.objects.planned().filter(group_id=kept.group_id))
    plan, asked = ClockPlan(log.header), defaultdict[str, list[Punch]](list)
    for punch in log.punches():
        plan.rows += 1
        found = people.find(punch)
        if punch.error:
            plan.rejected.append((punch, punch.error))
        elif _came_after(kept, punch, ZoneInfo(zone)):
            plan.rejected.append(
                (punch, _("This time was still to come when the list was read. Check the machine's clock."))
            )
        elif len(found) != 1:
            asked[key_of(punch)].append(punch)
            several = _("Several people of this group have this name. Say which one it is.")
            plan.rejected.append((punch, several if found else _("Nobody of this group has this number or name.")))
        elif there := _occasions(punch, occasions, ZoneInfo(zone)):
            plan.matched += 1
            for occasion, at in there:
                key = (occasion.pk, found[0])
                plan.marks[key] = min(at, plan.marks.get(key, at))
        else:
            plan.rejected.append((punch, _("There was no session at that time.")))
    plan.questions = [_question(key, rows, people) for key, rows in asked.items()]
    return plan


def _came_after(kept: ClockFile, punch: Punch, zone: ZoneInfo) -> bool:
    """A machine whose clock is wrong: nobody can have come, or left, after the list was handed in."""
    return any(at.replace(tzinfo=zone) > kept.kept_at + FAST for at in (punch.came, punch.left) if at)


def _question(key: str, rows: list[Punch], people: _People) -> Question:
    shown = " · ".join(part for part in (rows[0].number, rows[0].name, rows[0].nip) if part)
    return Question(key, shown, len(rows), tuple(people.find(rows[0])))


class _People:
    """Who holds a pass in the group, by remembered number, NIP and name. Three queries."""

    def __init__(self, kept: ClockFile) -> None:
        holders = set(Pass.objects.valid().filter(group_id=kept.group_id).values_list("holder_id", flat=True))
        self.by_nip: dict[str, int] = {}
        self.by_name: dict[str, list[int]] = defaultdict(list)
        for person in Person.objects.filter(subject_id__in=holders):
            self.by_name[person.name_key].append(person.subject_id)
            if person.nip:
                self.by_nip[person.nip] = person.subject_id
        known = DeviceUser.objects.filter(organisation=kept.organisation_id, holder__in=holders)
        self.by_number = dict(known.values_list("number", "holder_id"))

    def find(self, punch: Punch) -> Sequence[int]:
        """Subject ids: one is the answer, several are a question, none is nobody."""
        if holder := self.by_number.get(key_of(punch)):
            return [holder]
        nip = punch.nip or (punch.number if len(punch.number) == 18 else "")
        if holder := self.by_nip.get(nip):
            return [holder]
        return self.by_name.get(name_key(punch.name), []) if punch.name else []


def _occasions(punch: Punch, planned: list[Occasion], zone: ZoneInfo) -> list[tuple[Occasion, datetime]]:
    """The sessions a row speaks of, each with the time to be written down."""
    came, left = (at.replace(tzinfo=zone) if at else None for at in (punch.came, punch.left))
    if came and left:
        return [
            (row, max(came, row.starts_at - BEFORE)) for row in planned if came < row.ends_at and left > row.starts_at
        ]
    at = came or left
    assert at
    running = [row for row in planned if row.starts_at <= at < row.ends_at]
    if not running and came:
        running = [row for row in planned if row.starts_at - BEFORE <= at < row.starts_at]
    elif not running:
        running = [row for row in planned if row.ends_at <= at <= row.ends_at + BEFORE]
    return [(row, at) for row in running]


def known_rows(occasion: Occasion) -> QuerySet[DeviceUser]:
    """The remembered users of the organisation's machines who stand for somebody of this group."""
    holders = Pass.objects.valid().filter(group_id=occasion.group_id).values("holder_id")
    rows = DeviceUser.objects.filter(organisation=occasion.organisation_id, holder__in=holders)
    return rows.select_related("holder").order_by("number", "pk")


def known_users(occasion: Occasion) -> list[tuple[DeviceUser, str, str]]:
    """Each with the user as the machine writes it and the name of the person. Three queries."""
    rows = list(known_rows(occasion)[:SHOWN])
    names = people_of({row.holder_id for row in rows})
    return [(row, row.number.removeprefix("name:"), names.get(row.holder_id, ("–", ""))[0]) for row in rows]
