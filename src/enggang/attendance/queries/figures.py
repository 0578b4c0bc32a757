"""What attendance adds up by day for the dashboards: who signed, and how many came in through a gate."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from enggang.attendance.enums import Status
from enggang.attendance.models import Gate, Mark, Occasion, Presence
from enggang.core.figures import exact, regency
from enggang.core.registries import DayFigures, DayKey, DaySum, Touch

MOVING = frozenset(
    {"attendance.change_occasion", "attendance.drop_occasion"}
)  # after these another day may be too high
SEVERAL = 400  # occasions that are asked by name; beyond, all are counted and the others left out
CHANGES = frozenset({
    "attendance.cancel_occasion", "attendance.restore_occasion", "attendance.mark_present", "attendance.mark_list",
    "attendance.take_mark_back", "attendance.give_mark_back", "attendance.sync_scans", "attendance.sync_passages",
    "attendance.enter_passages", "attendance.take_in_scans", "attendance.sign_myself", "attendance.settle_scan",
    "attendance.unsettle_scan", "attendance.apply_clock_file", "attendance.undo_clock_file", "attendance.accept_proof",
    "attendance.add_proof",
})  # fmt: skip
ONE_DAY = timedelta(days=1)
Place = tuple[int, str, Any]  # organisation, region, local day


def _days(touches: Sequence[Touch]) -> set[DayKey]:
    codes = {each.subject_code for each in touches}
    moved = {each.subject_code for each in touches if each.act in MOVING}
    gates = Gate.objects.filter(subject__code__in=codes).values("group")
    rows = Occasion.objects.filter(Q(subject__code__in=codes) | Q(group__code__in=codes) | Q(group__in=gates))
    whole = set(rows.filter(subject__code__in=moved).values_list("organisation", flat=True))
    places = _places(rows).values()
    return {DayKey(pk) for pk in whole} | {DayKey(pk, day) for pk, _region, day in places if pk not in whole}


def _places(rows: QuerySet[Occasion]) -> dict[int, Place]:
    """Organisation, regency and local day of occasions, by their ids."""
    asked = rows.values_list(
        "pk", "organisation", "organisation__region", "organisation__time_zone", "starts_at"
    ).order_by()
    return {
        pk: (organisation, regency(region), at.astimezone(ZoneInfo(zone)).date())
        for pk, organisation, region, zone, at in asked
    }


def _occasions(keys: Collection[DayKey] | None) -> dict[int, Place]:
    rows = Occasion.objects.planned()
    if keys is None:
        return _places(rows)
    days = [key.day for key in keys if key.day is not None]
    some = Q(organisation__in={key.organisation for key in keys if key.day is None})
    if days:
        since, until = (datetime.combine(day, time.min, UTC) for day in (min(days) - ONE_DAY, max(days) + 2 * ONE_DAY))
        some |= Q(organisation__in={key.organisation for key in keys}, starts_at__gte=since, starts_at__lt=until)
    wanted = set(keys)
    return {
        pk: place for pk, place in _places(rows.filter(some)).items()
        if DayKey(place[0]) in wanted or DayKey(place[0], place[2]) in wanted
    }  # fmt: skip


def _sums(rows: QuerySet[Any], what: Any, keys: Collection[DayKey] | None) -> Iterable[DaySum]:
    places = _occasions(keys)
    if len(places) <= SEVERAL:
        rows = rows.filter(occasion__in=list(places))
    sums: dict[Place, int] = {}
    for occasion, number in rows.order_by().values_list("occasion").annotate(sum=what):
        if (place := places.get(occasion)) is not None:
            sums[place] = sums.get(place, 0) + (number or 0)
    return exact((*place, number) for place, number in sums.items())


FIGURES = {
    "attendance.present": DayFigures(
        _("Attendances"), _("attendances"),
        _("Marks “present” at sessions, by the day of the session; whoever came to two sessions counts twice."), CHANGES | MOVING, _days,
        lambda keys: _sums(Mark.objects.filter(status=Status.PRESENT), Count("pk"), keys), order=12,
    ),
    "attendance.entries": DayFigures(
        _("Visits through a gate"), _("visits"),
        _("People let in with a ticket, by the day of the occasion; whoever went out and came in again counts again."), CHANGES | MOVING,
        _days, lambda keys: _sums(Presence.objects.filter(entered__gt=0), Sum("entered"), keys), order=21,
    ),
}  # fmt: skip
