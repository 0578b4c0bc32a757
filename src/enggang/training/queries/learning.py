"""Learning hours (JP) of people: from waves here and from accepted certificates, held against the dated limits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enggang.attendance.enums import OccasionState, Status
from enggang.attendance.models import Mark
from enggang.core import clock
from enggang.people.models import Employment
from enggang.seats.enums import ClaimState
from enggang.training.enums import JpCredit, LimitBound, LimitPeriod, Outcome, WaveState
from enggang.training.models import ClassPlace, JpLimit, OutsideCertificate, Registration, Session
from enggang.training.models.learning import is_same_training, title_key
from enggang.training.queries.limits import all_limits, limits_for

METHOD = gettext_lazy(
    "Waves here count as their programme said when the outcome was decided: all JP of the curriculum as it then stood once the wave is passed, in the year of its last day, "
    "or the JP of each session attended, in the year of that day. Certificates from outside count once they are accepted, "
    "in the year of their last day."
)
AT_ONCE = 500  # people asked for in one question (SQLite allows 999 values)


@dataclass(frozen=True, slots=True)
class Entry:
    """JP of one wave, one attended session, or one certificate."""

    person_id: int
    day: date
    jp: int
    title: str
    here: bool
    code: str  # of the registration or the certificate


@dataclass(frozen=True, slots=True)
class Held:
    """A limit with the JP that count within its own period, which may be a contract year."""

    limit: JpLimit
    counted: int

    @property
    def missed(self) -> int:
        return self.limit.missed_by(self.counted)


@dataclass(slots=True)
class Line:
    """One employee's year, held against the limits of their agency."""

    employment: Employment
    entries: list[Entry] = field(default_factory=list)
    limits: list[Held] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(entry.jp for entry in self.entries)

    @property
    def here(self) -> int:
        return sum(entry.jp for entry in self.entries if entry.here)

    @property
    def outside(self) -> int:
        return self.total - self.here

    @property
    def short(self) -> int:
        return self._missed(LimitBound.AT_LEAST)

    @property
    def over(self) -> int:
        return self._missed(LimitBound.AT_MOST)

    def _missed(self, bound: LimitBound) -> int:
        return max((held.missed for held in self.limits if held.limit.bound == bound), default=0)

    @property
    def says(self) -> str:
        """How the year stands against the limits, in words."""
        found = []
        if self.short:
            found.append(_("%(jp)s JP short") % {"jp": self.short})
        if self.over:
            found.append(_("%(jp)s JP over the limit") % {"jp": self.over})
        if found or not self.limits:
            return "; ".join(found) or "–"
        least = any(held.limit.bound == LimitBound.AT_LEAST for held in self.limits)
        return _("Enough") if least else _("Within the limit")  # none of their hours are asked for, only bounded


def lines_of(employments: Sequence[Employment], year: int) -> list[Line]:
    """A line per present employment, in their order. One question for the limits, four for every 500 people."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    found: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries([row.person_id for row in employments], date(year - 1, 1, 1), last):
        found[entry.person_id].append(entry)
    known = [row for row in all_limits() if row.period != LimitPeriod.CERTIFICATE]
    return [
        _line(row, sorted(found[row.person_id], key=lambda each: each.day), first, last, known) for row in employments
    ]


def _line(employment: Employment, entries: list[Entry], first: date, last: date, known: list[JpLimit]) -> Line:
    line = Line(employment, [entry for entry in entries if entry.day >= first])
    for limit in limits_for(employment, min(last, max(first, clock.today())), known):
        begins, ends = _period(limit, employment, first, last)
        within = [entry for entry in entries if begins <= entry.day <= ends]
        outside = limit.period == LimitPeriod.OUTSIDE
        line.limits.append(Held(limit, sum(entry.jp for entry in within if not (outside and entry.here))))
    return line


def _period(limit: JpLimit, employment: Employment, first: date, last: date) -> tuple[date, date]:
    """The year the limit is counted in; a contract year begins on the day the employment began."""
    if limit.period != LimitPeriod.CONTRACT:
        return first, last
    day = min(clock.today(), last)
    begins = _anniversary(employment.starts_on, day.year)
    if begins > day:
        begins = _anniversary(employment.starts_on, day.year - 1)
    return begins, _anniversary(employment.starts_on, begins.year + 1) - timedelta(days=1)


def _anniversary(day: date, year: int) -> date:
    return date(year, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)


def entries(people: Iterable[int], first: date, last: date) -> Iterator[Entry]:
    """All JP of these people that count between two days."""
    ids = sorted(set(people))
    for start in range(0, len(ids), AT_ONCE):
        part = ids[start : start + AT_ONCE]
        yield from _completed(part, first, last)
        yield from _attended(part, first, last)
        yield from _outside(part, first, last)


def _seated(people: list[int], credit: JpCredit) -> QuerySet[Registration]:
    """By the rule that held when the outcome was decided; the programme's own until then."""
    ruled = Q(jp_rule=credit) | Q(jp_rule="", wave__programme__jp_credit=credit)
    rows = Registration.objects.filter(ruled, person__in=people, claim__state=ClaimState.CONFIRMED)
    return rows.exclude(wave__state=WaveState.CANCELLED)


def _completed(people: list[int], first: date, last: date) -> Iterator[Entry]:
    """What was credited when the wave was passed: a later change of the curriculum leaves it alone."""
    rows = _seated(people, JpCredit.COMPLETED).filter(outcome=Outcome.PASSED, wave__ends_on__range=(first, last))
    for row in rows.select_related("wave__programme", "subject").order_by("wave__ends_on", "pk"):
        yield Entry(row.person_id, row.wave.ends_on, row.jp_credited or 0, str(row.wave), True, row.code)


def _attended(people: list[int], first: date, last: date) -> Iterator[Entry]:
    """Sessions at whose occasion the person was marked present, and which concern their class; instead of them the number
    that somebody has corrected it to, on the last day of the wave."""
    corrected = _seated(people, JpCredit.ATTENDED).exclude(jp_reason="").filter(wave__ends_on__range=(first, last))
    for row in corrected.select_related("wave__programme", "subject"):
        yield Entry(row.person_id, row.wave.ends_on, row.jp_credited or 0, str(row.wave), True, row.code)
    rows = _seated(people, JpCredit.ATTENDED).filter(jp_reason="", wave__ends_on__gte=first, wave__starts_on__lte=last)
    known = list(rows.values_list("pk", "person_id", "person__subject_id", "wave_id", "subject__code"))
    if not known:
        return
    places = set(ClassPlace.objects.filter(registration__in=rows).values_list("registration_id", "klass_id"))
    marks = _present({row[2] for row in known}, {row[3] for row in known})
    sessions: dict[int, list[Session]] = defaultdict(list)
    planned = Session.objects.planned().filter(wave__in={row[3] for row in known}, day__range=(first, last), jp__gt=0)
    for session in planned.select_related("wave__programme"):
        sessions[session.wave_id].append(session)
    for pk, person_id, holder_id, wave_id, code in known:
        for session in sessions[wave_id]:
            concerns = session.klass_id is None or (pk, session.klass_id) in places
            if concerns and (holder_id, session.occasion_id) in marks:
                title = f"{session.wave.programme.title}: {session.title}"
                yield Entry(person_id, session.day, session.jp, title, True, code)


def _present(holders: set[int], waves: set[int]) -> set[tuple[int, int]]:
    rows = Mark.objects.filter(
        holder__in=holders, status=Status.PRESENT, occasion__state=OccasionState.PLANNED,
        occasion__sessions__wave__in=waves,
    )  # fmt: skip
    return set(rows.values_list("holder_id", "occasion_id"))


def _outside(people: list[int], first: date, last: date) -> Iterator[Entry]:
    rows = OutsideCertificate.objects.accepted().filter(person__in=people, ends_on__range=(first, last))
    for person_id, day, jp, title, code in rows.values_list("person_id", "ends_on", "jp", "title", "subject__code"):
        yield Entry(person_id, day, jp, title, False, code)


def trained_in(programme_id: int, key: str, people: Iterable[int]) -> dict[int, str]:
    """Whoever has been in this programme before, with a word on when: a wave they passed, or one that is over and was not
    failed; or a certificate from outside for the same training. A seat in a wave to come has trained nobody yet."""
    ids, found = sorted(set(people)), {}
    over = Q(outcome=Outcome.PASSED) | Q(outcome=Outcome.PENDING, wave__ends_on__lt=clock.today())
    for start in range(0, len(ids), AT_ONCE):
        part = ids[start : start + AT_ONCE]
        outside = OutsideCertificate.objects.accepted().filter(person__in=part).order_by("ends_on", "pk")
        for person_id, title, own, day in outside.values_list("person_id", "title", "title_key", "ends_on"):
            if is_same_training(key, own):
                found[person_id] = f"{title} ({day.year})"
        rows = Registration.objects.filter(
            over, person__in=part, wave__programme=programme_id, claim__state=ClaimState.CONFIRMED
        )
        rows = rows.exclude(wave__state=WaveState.CANCELLED)
        for person_id, wave, day in rows.order_by("wave__ends_on").values_list(
            "person_id", "wave__name", "wave__ends_on"
        ):
            found[person_id] = f"{wave} ({day.year})"
    return found


def held_here(people: Iterable[int]) -> dict[int, list[tuple[str, date, date, str]]]:
    """By person: title key, first and last day, and name of the waves here that count for them or still may."""
    ids, found = sorted(set(people)), defaultdict(list)
    for start in range(0, len(ids), AT_ONCE):
        rows = Registration.objects.filter(person__in=ids[start : start + AT_ONCE], claim__state=ClaimState.CONFIRMED)
        rows = rows.exclude(wave__state=WaveState.CANCELLED).exclude(outcome=Outcome.FAILED)
        for row in rows.select_related("wave__programme"):
            wave = row.wave
            found[row.person_id].append((title_key(wave.programme.title), wave.starts_on, wave.ends_on, str(wave)))
    return found


def same_here(waves: Iterable[tuple[str, date, date, str]], key: str, first: date, last: date) -> str:
    """The wave here that is the same training on the same days; empty when none is."""
    return next(
        (name for own, starts, ends, name in waves if starts <= last and first <= ends and is_same_training(own, key)),
        "",
    )
