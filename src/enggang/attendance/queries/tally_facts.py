"""A tally as plain data, as it is shown, exported and frozen: numbers, codes and moments, no sentence of any language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from enggang.attendance.enums import NoRange
from enggang.attendance.models import CountPlan, CountResult
from enggang.attendance.queries.estimator import Estimate, rounded
from enggang.attendance.queries.hours import Span
from enggang.attendance.queries.tally import PointTally, Stream, Tally
from enggang.core.models import Subject
from enggang.core.models.closed import Facts

FORM = 1  # of these facts; a frozen result keeps the one it had


def facts_of(tally: Tally) -> Facts:
    main = tally.main
    return {
        "form": FORM,
        "as_of": tally.as_of.isoformat(),
        "visitors": _estimate(tally.visitors) if tally.visitors.why is not NoRange.NOTHING else None,
        "entries": _estimate(main.entries) if main else None,
        "main": main.name if main else "",
        "chosen": tally.chosen,
        "times": _times(tally.plan),
        "streams": [_stream(each, main) for each in tally.streams],
        "points": [_point(each) for each in tally.points],
        "admitted": [
            {"name": str(row.name), "admitted": row.admitted, "method": str(row.method), "apart": row.apart}
            for row in tally.admitted
        ],
        "left_out": tally.left_out,
    }


def _times(plan: CountPlan) -> Facts | None:
    if plan.times is None:
        return None
    sd = float(plan.times_sd) if plan.times_sd is not None else None
    return {"mean": float(plan.times), "sd": sd, "n": plan.times_n, "source": plan.times_source}


def _estimate(found: Estimate) -> Facts:
    """``value``, ``low`` and ``high`` with the digits that the range leaves a meaning."""
    ends = {
        "low": None if found.low is None else rounded(found.low, found.half),
        "high": None if found.high is None else rounded(found.high, found.half),
    }
    error = None if found.error is None else round(found.error, 3)
    freedom = None if found.error is None or found.freedom > 1e6 else round(found.freedom, 2)
    exact = round(found.value, 3)
    return {"value": rounded(found.value, found.half), **ends, "exact": exact, "error": error, "freedom": freedom, "why": found.why and str(found.why)}  # fmt: skip


def _stream(each: Stream, main: Stream | None) -> Facts:
    return {
        "name": each.name,
        "main": each is main,
        "entries": _estimate(each.entries) if each.parts else None,
        "parts": [part.point.code for part in each.parts],
        "beside": [part.point.code for part in each.beside],
    }


def _point(each: PointTally) -> Facts:
    point = each.point
    return {
        "code": point.code,
        "name": point.name,
        "stream": point.stream,
        "added": point.is_added,
        "method": str(point.method),
        "length": point.length,
        "every": point.every,
        "shift": point.shift,
        "area_m2": point.area_m2,
        "square_m2": point.square_m2,
        "estimate": _estimate(each.estimate),
        "entered": each.entered,
        "left": each.left,
        "minutes": each.minutes,
        "doubled": each.doubled,
        "due": each.due,
        "done": each.done,
        "outside": each.outside,
        "gaps": [_span(span) for span in each.gaps],
        "apart": [{"names": list(row.names), "totals": list(row.totals), "percent": row.percent} for row in each.apart],
        "counters": each.counters,
        "counts": len(each.counts),
        "left_out": len(each.left_out),
        "peak_at": each.peak_at.isoformat() if each.peak_at else None,
    }


def _span(span: Span) -> list[str]:
    return [span.begins.isoformat(), span.ends.isoformat()]


# -- frozen ------------------------------------------------------------------------------------------------------


def results_of(group: Subject) -> list[CountResult]:
    """The newest first."""
    return list(CountResult.objects.filter(group=group))


def last_results(groups: Iterable[int]) -> dict[int, CountResult]:
    """The newest of each group (ids of their subjects) that has one, in one question for all of them."""
    rows = CountResult.objects.filter(group__in=list(groups)).order_by("number")
    return {row.group_id: row for row in rows}


class Changed(NamedTuple):
    """What of a result is otherwise than in the one before; ``point`` is empty for the whole."""

    point: str
    field: str
    was: Any
    now: Any


WHOLE = ("visitors", "entries", "main", "times", "left_out")
OF_POINT = ("name", "stream", "added", "estimate", "entered", "counts", "left_out", "done", "due", "minutes")


def changes_between(old: Facts, new: Facts) -> list[Changed]:
    return [*_differing("", WHOLE, old, new), *_of_points(old, new)]


def _of_points(old: Facts, new: Facts) -> Iterator[Changed]:
    was, now = ({row["code"]: row for row in facts["points"]} for facts in (old, new))
    for code in [*was, *(code for code in now if code not in was)]:
        name = (now.get(code) or was[code])["name"]
        if code not in now or code not in was:
            yield Changed(name, "point", code in was, code in now)
            continue
        yield from _differing(name, OF_POINT, was[code], now[code])


def _differing(point: str, fields: tuple[str, ...], old: Facts, new: Facts) -> Iterator[Changed]:
    for name in fields:
        if old.get(name) != new.get(name):
            yield Changed(point, name, old.get(name), new.get(name))
