"""The Monday page as facts: what waits for a decision, what was promised, what moved, how indicators stand, what is ahead.

Facts are plain data of one agency and one day; the page, its text for WhatsApp and its print are made from them, so they say
the same, and a closed page is opened again with the very facts it was made from. People stand in them by their code: whoever
is erased is named on no page, the closed ones included.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q

from enggang.core import registries
from enggang.core.models.closed import Facts
from enggang.core.registries import Count
from enggang.core.specimens import counting
from enggang.credentials.models import Award
from enggang.events.enums import Stage
from enggang.events.models import Edition, StageStep
from enggang.events.queries.gates import gates_of
from enggang.events.queries.reds import reds_of
from enggang.impact.enums import PromiseState
from enggang.impact.models import Cause, Promise
from enggang.impact.queries.chain import EVER, chain_of
from enggang.impact.queries.monday_iid import iid_of, owners_in
from enggang.indicators.achievement import MOST_POINTS, is_unusual, normal_limits
from enggang.indicators.enums import Course, MeasurementState
from enggang.indicators.models import Indicator, Measurement
from enggang.indicators.queries.standing import Standing, standings_of
from enggang.people.models import Person
from enggang.places.models import Organisation
from enggang.places.models.organisation import below
from enggang.stories.enums import PageState
from enggang.stories.models import Destination

FORM = 2  # of these facts; a closed page keeps the one it had
MOST_DECISIONS = 5
AHEAD = timedelta(days=14)
DIGITAL = ("reach.referrals", "reach.calendar_adds", "media.published")
DECIDED = (Stage.PROPOSED, Stage.CURATED, Stage.APPROVED)  # stages that end with a decision of the head


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def facts_of(organisation: Organisation, day: date) -> Facts:
    """As it stands now, for the Monday of ``day``'s week."""
    monday = monday_of(day)
    decisions = sorted(_decisions(organisation, day), key=lambda each: (each["since"], each["code"]))
    rows = list(
        Indicator.objects.in_use()
        .filter(below(organisation.path, "organisation__path"))
        .with_names()
        .select_related("owner__subject")
        .order_by("kind", "name_key")
    )
    standings = standings_of(rows, day)
    assigned, causes = _assigned(decisions[:MOST_DECISIONS]), _causes(rows)
    return {
        "form": FORM,
        "day": monday.isoformat(),
        "decisions": [{**each, "assigned": assigned.get(each["code"])} for each in decisions[:MOST_DECISIONS]],
        "waiting": len(decisions),
        "promises": [_promise(row, day) for row in promises_of(organisation, monday)],
        "changed": list(_changed(standings, day)),
        "indicators": [{**_standing(each), **_reason(each, causes.get(each.indicator.pk))} for each in standings],
        "ahead": list(_ahead(organisation, day)),
        "digital": list(digital_of(organisation, day)),
        "chain": _chain(organisation, day),
        "iid": iid_of(organisation, day),
    }


def _decisions(organisation: Organisation, day: date) -> Iterator[Facts]:
    yield from _values(organisation)
    yield from _editions(organisation, day)
    pages = Destination.objects.filter(below(organisation.path, "organisation__path"), state=PageState.REVIEW)
    for page in pages.select_related("subject"):
        yield {
            "kind": "destination",
            "code": page.code,
            "title": page.name,
            "since": page.changed_at.date().isoformat(),
        }


def _values(organisation: Organisation) -> Iterator[Facts]:
    rows = Measurement.objects.filter(
        below(organisation.path, "indicator__organisation__path"), state=MeasurementState.VERIFIED, replaced_at=None
    ).select_related("indicator__subject")
    for row in rows:
        yield {
            "kind": "value", "item": row.pk, "code": row.indicator.code, "title": row.indicator.name, "since": row.entered_at.date().isoformat(),
            "value": _text(row.value), "unit": row.indicator.unit, "decimals": row.indicator.decimals,
            "period": [row.period_start.isoformat(), row.period_end.isoformat()],
        }  # fmt: skip


def _editions(organisation: Organisation, day: date) -> Iterator[Facts]:
    """Editions whose next gate lacks nothing, so that only the decision is missing."""
    decided_here = below(organisation.path, "curator__path") | (
        Q(curator=None) & below(organisation.path, "organisation__path")
    )
    rows = list(Edition.objects.filter(counting(), decided_here, stage__in=DECIDED).with_names())
    steps = StageStep.objects.filter(edition__in=rows).order_by("noted_at").values_list("edition", "decided_on")
    since = dict(steps)
    for row, gate in zip(rows, gates_of(rows), strict=True):
        if gate.to is not None and not gate.missing:
            yield {
                "kind": "edition", "code": row.code, "title": str(row), "since": since.get(row.pk, day).isoformat(),
                "to": str(gate.to), "starts": row.starts_on.isoformat() if row.starts_on else "",
            }  # fmt: skip


def _assigned(decisions: Iterable[Facts]) -> dict[str, Facts]:
    """By the code of what waits: to whom it was given, and by when."""
    rows = Promise.objects.filter(about__code__in=[each["code"] for each in decisions], state=PromiseState.OPEN)
    return {
        row.about.code: {"person": row.person.code if row.person else "", "due": row.due_on.isoformat()}
        for row in rows.with_names().order_by("-due_on") if row.about
    }  # fmt: skip


def _causes(indicators: Iterable[Indicator]) -> dict[int, Cause]:
    """The newest of each that has one."""
    rows = Cause.objects.standing().filter(indicator__in=indicators).select_related("promise__person__subject")
    return {row.indicator_id: row for row in rows.order_by("stated_at", "pk")}


def _reason(each: Standing, cause: Cause | None) -> Facts:
    """Why it is off its path, if that was said since it has been; and since when it has been."""
    since, zone = each.red_since if each.course == Course.OFF else None, each.indicator.organisation.time_zone
    if since is None or cause is None or cause.stated_at.astimezone(ZoneInfo(zone)).date() < since:
        return {"red_since": since.isoformat() if since else "", "cause": None}
    promise = cause.promise
    who = promise.person.code if promise.person else ""
    return {
        "red_since": since.isoformat(),
        "cause": {"text": cause.text, "action": promise.text, "person": who, "due": promise.due_on.isoformat()},
    }


def digital_of(organisation: Organisation, day: date) -> Iterator[Facts]:
    """What the public pages brought about in the last seven days, and in the seven before, as far as it is counted."""
    week, before = day - timedelta(days=7), day - timedelta(days=14)
    for name in DIGITAL:
        if (source := registries.indicator_sources.get(name)) is None:
            continue
        now = source.count(organisation.path, week, day - timedelta(days=1)).get("")
        then = source.count(organisation.path, before, week - timedelta(days=1)).get("")
        yield {"source": name, "value": _whole(now), "before": _whole(then)}


def _whole(found: Count | None) -> int | None:
    return None if found is None or found.value is None else int(found.value)


def promises_of(organisation: Organisation, monday: date) -> list[Promise]:
    """What was open when the week began, and what was settled in the week before."""
    week = Q(settled_on__gte=monday - timedelta(days=7))
    rows = Promise.objects.filter(below(organisation.path, "organisation__path")).filter(
        Q(state=PromiseState.OPEN) | week
    )
    return list(rows.with_names().order_by("due_on", "pk"))


def _promise(row: Promise, day: date) -> Facts:
    return {
        "id": row.pk, "text": row.text, "person": row.person.code if row.person else "", "due": row.due_on.isoformat(),
        "made": row.made_on.isoformat(), "state": str(row.state), "remark": row.remark,
        "late": row.state == PromiseState.OPEN and row.due_on < day,
        "at": row.organisation.short_name,
    }  # fmt: skip


def _changed(standings: Iterable[Standing], day: date) -> Iterator[Facts]:
    """Whose last value lies outside the limits that those before it set (achievement.normal_limits says the rule)."""
    rows = {each.indicator.pk: each for each in standings}
    series: dict[int, list[Measurement]] = {pk: [] for pk in rows}
    known = Measurement.objects.standing().whole().filter(indicator__in=rows, value__isnull=False, period_end__lte=day)
    for row in known.order_by("period_end", "entered_at"):
        series[row.indicator_id].append(row)
    for pk, values in series.items():
        numbers = [float(row.value or 0) for row in values][-MOST_POINTS - 1 :]
        if not is_unusual(numbers):
            continue
        limits, last, indicator = normal_limits(numbers[:-1]), values[-1], rows[pk].indicator
        assert limits is not None
        yield {
            "code": indicator.code, "name": indicator.name, "unit": indicator.unit, "decimals": indicator.decimals,
            "value": _text(last.value), "low": str(round(limits.low, 4)), "high": str(round(limits.high, 4)),
            "points": limits.points, "period": [last.period_start.isoformat(), last.period_end.isoformat()],
        }  # fmt: skip


def _standing(each: Standing) -> Facts:
    row, last = each.indicator, each.last
    return {
        "code": row.code, "name": row.name, "unit": row.unit, "decimals": row.decimals, "at": row.organisation.short_name,
        "course": str(each.course), "value": _text(each.value), "path": _text(each.path), "gap": _text(each.gap),
        "target": _text(each.target.value if each.target else None), "forecast": _text(each.forecast),
        "owner": row.owner.code if row.owner else "", "as_of": last.as_of.isoformat() if last else "",
        "period": [last.period_start.isoformat(), last.period_end.isoformat()] if last else [],
        "awaited": [day.isoformat() for day in each.awaited] if each.awaited else [],
        "since": each.since.isoformat() if each.since else "",
    }  # fmt: skip


def _ahead(organisation: Organisation, day: date) -> Iterator[Facts]:
    """Editions of the next fourteen days, with what is red about each."""
    rows = list(
        Edition.objects.under_way().filter(counting(), below(organisation.path, "organisation__path"))
        .filter(starts_on__range=(day, day + AHEAD)).exclude(stage=Stage.IDEA).with_names().order_by("starts_on", "pk")
    )  # fmt: skip
    reds = reds_of(rows)
    for row in rows:
        assert row.starts_on is not None
        kinds = sorted({str(red.kind) for red in reds[row.pk]})
        yield {
            "code": row.code,
            "title": str(row),
            "starts": row.starts_on.isoformat(),
            "reds": kinds,
            "stage": str(row.stage),
        }


def _chain(organisation: Organisation, day: date) -> Facts:
    found = chain_of(Award.objects.counting(organisation.path, EVER, day), of=organisation)
    visitors = found.visitors
    return {
        **found._asdict(),
        "visitors": {"value": visitors.value, "low": visitors.low, "high": visitors.high},
    }


def _asked_of(facts: Facts) -> Iterator[Facts]:
    """Whoever is to act on a cause, or was given a decision."""
    yield from (each["cause"] for each in facts["indicators"] if each.get("cause"))
    yield from (each["assigned"] for each in facts["decisions"] if each.get("assigned"))


def names_in(facts: Facts) -> dict[str, str]:
    """The people of a page by their codes, as they are called now."""
    facts = {**facts, "promises": [*facts["promises"], *_asked_of(facts)]}
    codes = {each["owner"] for each in facts["indicators"]} | {each["person"] for each in facts["promises"]}
    codes |= owners_in(facts.get("iid", {}))
    return dict(Person.objects.filter(subject__code__in=codes).values_list("subject__code", "name"))


def corrected_since(facts: Facts, organisation: Organisation) -> dict[str, tuple[str | None, str | None]]:
    """By the code of an indicator: what a closed page said, and what is known of the same day now."""
    day = date.fromisoformat(facts["day"])
    codes = [each["code"] for each in facts["indicators"]]
    rows = Indicator.objects.filter(subject__code__in=codes).filter(below(organisation.path, "organisation__path"))
    now = {each.indicator.code: _text(each.value) for each in standings_of(list(rows.with_names()), day)}
    return {
        each["code"]: (each["value"], now[each["code"]])
        for each in facts["indicators"]
        if each["code"] in now and not _equal(each["value"], now[each["code"]])
    }


def _equal(one: str | None, other: str | None) -> bool:
    return one == other if one is None or other is None else Decimal(one) == Decimal(other)


def _text(value: Decimal | None) -> Any:
    """As JSON keeps it without losing a digit."""
    return None if value is None else f"{value.normalize():f}"
