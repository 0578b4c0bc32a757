"""What an impact rests on, gathered from the record, and the result as plain data: as it is shown, exported and frozen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from enggang.attendance.queries.tally import tally_of
from enggang.attendance.queries.tally_facts import facts_of, results_of
from enggang.core import clock
from enggang.core.models.closed import Facts
from enggang.events.enums import Measure
from enggang.events.enums_impact import BaseMeaning, ImpactArea, InputKind, Via, VisitorBase, Weighting
from enggang.events.models import (
    Edition,
    ImpactBasis,
    ImpactInput,
    ImpactResult,
    SurveyAnswer,
    SurveyRefusal,
    Threshold,
)
from enggang.events.queries.impact import Base, Group, Impact, Range, Respondent, Rules, impact_of
from enggang.events.queries.survey import lives_outside
from enggang.places.queries.dated import closest

FORM = 2  # of these facts; 2 has weights; a frozen result keeps the one it had


def basis_of(edition: Edition) -> ImpactBasis:
    """The assumptions on record, or those that hold until somebody writes others; version 0 is none."""
    found = ImpactBasis.objects.filter(edition=edition).first()
    return found or ImpactBasis(edition=edition, version=0)


def rules_of(edition: Edition) -> tuple[Rules, dict[str, str]]:
    """The dated rows in force, and where each is from."""
    wanted = [Measure.SURVEY_TRIM, Measure.SURVEY_LEAST]
    rows = Threshold.objects.serving(edition.organisation).on(clock.today(edition.time_zone)).filter(name__in=wanted)
    found = closest(rows, lambda row: row.name)
    plain = Rules()
    trim, least = found.get(Measure.SURVEY_TRIM), found.get(Measure.SURVEY_LEAST)
    rules = Rules(min(49, trim.value) if trim else plain.trim, max(1, least.value) if least else plain.least)
    return rules, {"trim": trim.source if trim else "", "least": least.source if least else ""}


def respondents_of(edition: Edition, answers: Iterable[SurveyAnswer], area: str) -> list[Respondent]:
    return [
        Respondent(
            lives_outside(row.origin, edition, area), row.reason, row.stay, row.nights, row.bed_price, row.daily_spend,
            row.days,
        )
        for row in answers
        if not row.void
    ]  # fmt: skip


def base_of(edition: Edition, basis: ImpactBasis) -> tuple[Base | None, Facts]:
    """The number of visitors that the survey is laid upon, and how it is told."""
    each = basis.meaning == BaseMeaning.ATTENDANCES
    told: Facts = {"base": str(basis.base), "meaning": str(basis.meaning), "version": None, "source": basis.source}
    if basis.base == VisitorBase.ENTERED:
        value = basis.visitors
        low, high = (basis.low, basis.high) if basis.low is not None and basis.high is not None else (None, None)
    else:
        closed = results_of(edition.subject)
        facts = closed[0].read() if closed else facts_of(tally_of(edition.subject, edition.organisation))
        found = facts["visitors"] or {"value": None, "low": None, "high": None}
        told["version"] = closed[0].number if closed else None
        value, low, high = found["value"], found["low"], found["high"]
    told |= {"value": value, "low": low, "high": high}
    return (None if value is None else Base(value, low, high, each)), told


def impact_facts(edition: Edition) -> Facts:
    """Everything at this moment."""
    basis, (rules, sources) = basis_of(edition), rules_of(edition)
    rules = replace(rules, weighted=basis.weighting == Weighting.DAYS)
    answers = list(SurveyAnswer.objects.filter(survey__edition=edition, void=False))
    inputs = list(ImpactInput.objects.filter(edition=edition, void=False))
    respondents = respondents_of(edition, answers, basis.area)
    base, told = base_of(edition, basis)
    factor = next((row for row in inputs if row.kind == InputKind.MULTIPLIER), None)
    found = impact_of(
        respondents, base, rules, outside_money=_sum(inputs, InputKind.ORGANISER, InputKind.VENDOR),
        leakage=_sum(inputs, InputKind.LEAKAGE), multiplier=float(factor.factor) if factor and factor.factor else None,
    )  # fmt: skip
    return {
        "form": FORM,
        "as_of": clock.now().isoformat(),
        "area": str(basis.area),
        "place": edition.event.region.name,
        "base": told,
        "rules": {"trim": rules.trim, "least": rules.least, "sources": sources},
        "weighted": rules.weighted,
        "inputs": [_input(row) for row in inputs],
        "asked": sum(row.via == Via.ASKED for row in answers),
        "refused": SurveyRefusal.objects.filter(post__survey__edition=edition).count(),
        **_result(found),
    }


def _sum(inputs: Iterable[ImpactInput], *kinds: str) -> int:
    return sum(row.amount or 0 for row in inputs if row.kind in kinds)


def _input(row: ImpactInput) -> Facts:
    factor = float(row.factor) if row.factor is not None else None
    return {
        "id": row.pk, "kind": str(row.kind), "label": row.label, "amount": row.amount, "factor": factor, "year": row.year,
        "source": row.source, "noted_at": row.noted_at.isoformat(),
    }  # fmt: skip


def _result(found: Impact) -> Facts:
    ranges = found.ranges
    return {
        "n": found.n,
        "residents": found.residents,
        "casual": found.casual,
        "mean_days": None if found.mean_days is None else round(found.mean_days, 4),
        "unique": _told(found.unique, ranges.get("unique")),
        "eligible": _told(found.eligible, ranges.get("eligible")),
        "groups": [_group(each) for each in found.groups],
        "visitor_spend": _told(found.visitor_spend, ranges.get("visitor_spend")),
        "outside_money": found.outside_money,
        "leakage": found.leakage,
        "direct": _told(found.direct, ranges.get("direct")),
        "multiplier": found.multiplier,
        "total": _told(found.total, ranges.get("total")),
        "partial": found.partial,
        "draws": found.draws,
        "effective": round(found.effective, 1),
        "unweighted": _alike(found.unweighted) if found.unweighted else None,
    }


def _alike(found: Impact) -> Facts:
    """What the same answers say when all count alike."""
    whole = _result(found)
    return {name: whole[name] for name in ("mean_days", "unique", "eligible", "visitor_spend", "direct")}


def _told(value: float | None, found: Range | None) -> Facts | None:
    if value is None:
        return None
    low, high = (round(found.low), round(found.high)) if found else (None, None)
    return {"value": round(value), "low": low, "high": high}


def _group(each: Group) -> Facts:
    return {
        "stay": each.stay, "n": each.n, "cut": each.cut, "share": round(each.share, 5), "too_few": each.n > 0 and each.each is None,
        "persons": None if each.persons is None else round(each.persons),
        "each": None if each.each is None else round(each.each), "spend": _told(each.spend, each.range),
        "nights": round(each.nights, 3), "bed_price": round(each.bed_price), "daily_spend": round(each.daily_spend),
        "days": round(each.days, 3),
    }  # fmt: skip


# -- frozen -------------------------------------------------------------------------------------------------------


def impact_results(edition: Edition) -> list[ImpactResult]:
    """The newest first."""
    return list(ImpactResult.objects.filter(edition=edition))


WATCHED = (
    "area", "base", "weighted", "rules", "n", "residents", "casual", "unique", "eligible", "groups", "visitor_spend", "outside_money",
    "leakage", "direct", "multiplier", "total",
)  # fmt: skip
AREAS = dict(ImpactArea.choices)


def changed_fields(old: Facts, new: Facts) -> list[tuple[str, Any, Any]]:
    """What is otherwise than in the version before: field, was, is. Inputs are named one by one."""
    found = [(name, old.get(name), new.get(name)) for name in WATCHED if old.get(name) != new.get(name)]
    was, now = ({row["id"]: row for row in each["inputs"]} for each in (old, new))
    keys = [*was, *(key for key in now if key not in was)]
    pairs = [(was.get(key), now.get(key)) for key in keys]
    return found + [("input", old, new) for old, new in pairs if _bare(old) != _bare(new)]


def _bare(row: Facts | None) -> Facts | None:
    """An input without the moment it was written down."""
    return {name: value for name, value in row.items() if name != "noted_at"} if row else None
