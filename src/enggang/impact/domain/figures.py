"""Summary tables kept current: every few minutes the days that an act has touched are counted anew, and only they.

Which days those are the audit trail tells, since every act writes its row in its own transaction; nothing is added to
the paths that are asked hundreds of times a minute. A summary is no record of its own: it has no audit row, and can be
made anew from the sources at any time (docs/decisions/0031).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext_noop

from enggang.audit.models import AuditEntry
from enggang.core import clock, registries
from enggang.core.actor import SYSTEM
from enggang.core.bulk import in_parts
from enggang.core.figures import on_days
from enggang.core.jobs import JobRun, enqueue, job
from enggang.core.registries import DayFigures, DayKey, DaySum, Touch
from enggang.credentials.models import Award
from enggang.impact.models import DayFigure, FigureMark, MonthFigure, PeopleFigure
from enggang.impact.queries.chain import EVER
from enggang.places.models import Organisation

TITLE = gettext_noop("Bringing the dashboards up to date")
EVERY_MINUTES = 10
OVERLAP = timedelta(minutes=15)  # an act that was still being written when the last refresh looked is seen by the next
PART = 500  # days of one transaction
PEOPLE = "credentials.awards"  # whose touched days tell where different people are to be counted anew


def queue_refresh() -> bool:
    """For the clock: queue the job when an act has touched something; else only note that everything is current."""
    now = clock.now()
    behind = [name for name, source in registries.day_figures.items() if _is_behind(name, source, OVERLAP)]
    if behind:
        enqueue(refresh_figures, actor=SYSTEM, title=TITLE)
    FigureMark.objects.exclude(measure__in=behind).update(read_to=now)
    return bool(behind)


def _is_behind(name: str, source: DayFigures, overlap: timedelta = timedelta(0)) -> bool:
    mark = FigureMark.objects.filter(measure=name).first()
    return mark is None or bool(_touches(source, mark.read_to - overlap))


def queue_recount() -> None:
    """Called by the clock, at night."""
    enqueue(recount_figures, actor=SYSTEM, title=TITLE)


@job("impact.refresh_figures")
def refresh_figures(run: JobRun) -> None:
    """Take in what acts have touched since the last time. Safe to run twice: a day is counted, never added to."""
    run.outcome(days=sum(refresh(name) for name in registries.day_figures.names()))


@job("impact.recount_figures", slow=True)
def recount_figures(run: JobRun) -> None:
    """Hold every summary against its source and mend what differs; what was mended is told, for it should be nothing."""
    run.outcome(mended={name: recount(name) for name in registries.day_figures.names()})


def refresh(name: str) -> int:
    """How many days of a measure were counted anew; everything the first time."""
    source, now = registries.day_figures[name], clock.now()
    mark = FigureMark.objects.filter(measure=name).first()
    if mark is None:
        return recount(name)
    keys = source.days(_touches(source, mark.read_to - OVERLAP))
    for part in in_parts(sorted(keys, key=_order), PART):
        _replace(name, part, source.sums(part))
    if name == PEOPLE:
        _count_people(keys)
    _note(name, now, changed=bool(keys))
    return len(keys)


def _order(key: DayKey) -> tuple[int, date]:
    return key.organisation, key.day or date.min


def _touches(source: DayFigures, since: datetime) -> list[Touch]:
    rows = AuditEntry.objects.filter(at__gt=since, code__in=source.acts)
    return [Touch(*row) for row in rows.order_by().values_list("code", "subject_code").distinct()]


def recount(name: str) -> int:
    """Count a measure from its source from end to end; answers how many days stood otherwise in the summary."""
    source, now = registries.day_figures[name], clock.now()
    true = {_place(each): each for each in _merged(source.sums(None))}
    known = DayFigure.objects.filter(measure=name).values_list("organisation", "region", "day", "value", "low", "high")
    stored = {row[:3]: DaySum(*row) for row in known.iterator()}
    wrong = [place for place in {*true, *stored} if true.get(place) != stored.get(place)]
    keys = {DayKey(organisation, day) for organisation, _region, day in wrong}
    by_key: dict[DayKey, list[DaySum]] = {key: [] for key in keys}
    for each in true.values():
        if (key := DayKey(each.organisation, each.day)) in by_key:
            by_key[key].append(each)
    for part in in_parts(sorted(keys, key=_order), PART):
        _replace(name, part, [each for key in part for each in by_key[key]])
    if name == PEOPLE and (keys or not PeopleFigure.objects.exists()):
        _count_people(keys)
    _note(name, now, changed=bool(keys))
    return len(keys)


def _place(each: DaySum) -> tuple[int, str, date]:
    return each.organisation, each.region, each.day


def _replace(name: str, keys: Collection[DayKey], sums: Iterable[DaySum]) -> None:
    """The days of ``keys`` as they were counted, and the months in which they lie."""
    rows = [
        DayFigure(measure=name, **{**each._asdict(), "organisation": None, "organisation_id": each.organisation})
        for each in _merged(sums)
    ]
    where = on_days(keys, "organisation", "day")
    with transaction.atomic():
        old = DayFigure.objects.filter(where, measure=name)
        months = {(pk, _month(day)) for pk, day in old.values_list("organisation", "day")}
        months |= {(row.organisation_id, _month(row.day)) for row in rows}
        old.delete()
        DayFigure.objects.bulk_create(rows, batch_size=PART)
        _add_up(name, months)


def _merged(sums: Iterable[DaySum]) -> Iterable[DaySum]:
    """One for each place: several editions of one region may end on one day."""
    found: dict[tuple[int, str, date], DaySum] = {}
    for each in sums:
        before = found.get(_place(each))
        found[_place(each)] = each if before is None else DaySum(
            *_place(each), before.value + each.value, before.low + each.low, before.high + each.high
        )  # fmt: skip
    return found.values()


def _month(day: date) -> date:
    return day.replace(day=1)


def _add_up(name: str, months: Collection[tuple[int, date]]) -> None:
    by_organisation: dict[int, list[date]] = {}
    for organisation, month in months:
        by_organisation.setdefault(organisation, []).append(month)
    for organisation, some in by_organisation.items():
        days = DayFigure.objects.filter(measure=name, organisation=organisation)
        first, last = min(some), (max(some) + timedelta(days=32)).replace(day=1)
        found = (
            days.filter(day__gte=first, day__lt=last).annotate(month=TruncMonth("day")).order_by()
            .values_list("region", "month").annotate(Sum("value"), Sum("low"), Sum("high"))
        )  # fmt: skip
        MonthFigure.objects.filter(measure=name, organisation=organisation, month__in=some).delete()
        MonthFigure.objects.bulk_create(
            MonthFigure(
                measure=name, organisation_id=organisation, region=region, month=month, value=value, low=low, high=high
            )
            for region, month, value, low, high in found
            if month in some
        )


def _count_people(keys: Collection[DayKey]) -> None:
    """Different people cannot be added up: they are counted anew where a day was touched, and in what stands above."""
    if not PeopleFigure.objects.exists():
        touched = set(Award.objects.order_by().values_list("organisation__path", "issued_on__year").distinct())
    else:
        rows = Organisation.objects.filter(pk__in={key.organisation for key in keys}).values_list("pk", "path")
        paths = dict(rows)
        touched = {(paths[key.organisation], key.day.year if key.day else 0) for key in keys}
    for organisation in Organisation.objects.all():
        mine = {year for path, year in touched if path.startswith(organisation.path)}
        for year in {0, *mine} if mine else set():
            _count_in(organisation, year)


def _count_in(organisation: Organisation, year: int) -> None:
    since, until = (date(year, 1, 1), date(year, 12, 31)) if year else (EVER, clock.today())
    rows = Award.objects.counting(organisation.path, since, until)
    number = rows.order_by().values("person").distinct().count()
    PeopleFigure.objects.update_or_create(organisation=organisation, year=year, defaults={"value": number})


def _note(name: str, now: datetime, *, changed: bool) -> None:
    facts = {"read_to": now, **({"changed_at": now} if changed else {})}
    FigureMark.objects.update_or_create(measure=name, defaults=facts, create_defaults={**facts, "changed_at": now})


def unsound_figures() -> list[str]:
    """For the doctor: summaries that say something else than their source, beyond what is still to be taken in."""
    found: list[str] = []
    for name, source in registries.day_figures.items():
        if _is_behind(name, source):
            continue
        true = sum(each.value for each in source.sums(None))
        kept = DayFigure.objects.filter(measure=name).aggregate(total=Sum("value"))["total"] or 0
        months = MonthFigure.objects.filter(measure=name).aggregate(total=Sum("value"))["total"] or 0
        if not true == kept == months:
            found.append(f"{name}: source {true}, days {kept}, months {months}")
    return found
