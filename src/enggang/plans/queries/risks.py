"""The register as a matrix, the crowd against its limits, the checklist with how each point stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from enggang.core import clock
from enggang.places.queries.dated import closest
from enggang.plans.enums import Aspect, Grade, RiskState
from enggang.plans.models import ChecklistItem, ChecklistTick, CrowdLimit, CrowdZone, Plan, Risk, RiskBand

LEVELS = range(1, 6)


def bands_for(plan: Plan) -> list[RiskBand]:
    rows = RiskBand.objects.serving(plan.organisation).on(clock.today())
    return sorted(closest(rows, lambda row: row.grade).values(), key=lambda row: row.from_score)


def limits_for(plan: Plan) -> list[CrowdLimit]:
    rows = CrowdLimit.objects.serving(plan.organisation).on(clock.today())
    return sorted(closest(rows, lambda row: row.grade).values(), key=lambda row: row.hundredths)


def band_of(score: int, bands: Sequence[RiskBand]) -> RiskBand | None:
    """The highest that the score reaches; None as long as no row holds."""
    return next((band for band in reversed(bands) if score >= band.from_score), None)


@dataclass(frozen=True, slots=True)
class Cell:
    likelihood: int
    impact: int
    band: RiskBand | None
    risks: list[Risk]

    @property
    def score(self) -> int:
        return self.likelihood * self.impact


def matrix(risks: Sequence[Risk], bands: Sequence[RiskBand]) -> list[list[Cell]]:
    """Five rows, the likeliest first, of five cells; closed risks stand in none."""
    counted = [row for row in risks if row.state != RiskState.CLOSED]
    return [
        [
            Cell(
                likelihood, impact, band_of(likelihood * impact, bands),
                [row for row in counted if (row.likelihood, row.impact) == (likelihood, impact)],
            )
            for impact in LEVELS
        ]
        for likelihood in reversed(LEVELS)
    ]  # fmt: skip


def grade_risks(risks: Sequence[Risk], bands: Sequence[RiskBand]) -> None:
    """Set ``number``, ``band`` and ``left`` (after treatment) on every risk."""
    for number, row in enumerate(risks, 1):
        row.number = number  # type: ignore[attr-defined]
        row.band = band_of(row.score, bands)  # type: ignore[attr-defined]
        row.left = band_of(row.residual, bands) if row.residual is not None else None  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class ZoneRow:
    """``most`` is what the lowest limit that is not called low allows; ``reached`` the highest limit the peak reaches."""

    zone: CrowdZone
    reached: CrowdLimit | None
    most: int | None

    @property
    def tone(self) -> str:
        return self.reached.grade if self.reached else Grade.LOW

    @property
    def density(self) -> float:
        return round(self.zone.density, 2)

    @property
    def above_capacity(self) -> int:
        return max(0, self.zone.peak - self.zone.capacity) if self.zone.capacity is not None else 0

    @property
    def capacity_too_large(self) -> bool:
        return self.zone.capacity is not None and self.most is not None and self.zone.capacity > self.most


def crowd(zones: Sequence[CrowdZone], limits: Sequence[CrowdLimit]) -> list[ZoneRow]:
    first = next((limit for limit in limits if limit.grade != Grade.LOW), None)
    return [
        ZoneRow(
            zone,
            next((limit for limit in reversed(limits) if zone.peak * 100 >= limit.hundredths * zone.area), None),
            zone.area * first.hundredths // 100 if first else None,
        )
        for zone in zones
    ]


@dataclass(frozen=True, slots=True)
class Point:
    item: ChecklistItem
    tick: ChecklistTick | None

    @property
    def done(self) -> bool:
        return self.tick is not None and self.tick.done

    @property
    def version(self) -> int:
        return self.tick.version if self.tick else 0


@dataclass(frozen=True, slots=True)
class AspectRows:
    aspect: Aspect
    points: list[Point]

    @property
    def done(self) -> int:
        return sum(point.done for point in self.points)


def checklist(plan: Plan) -> list[AspectRows]:
    """What holds today, and what was ticked before it ended."""
    rows = ChecklistItem.objects.serving(plan.organisation).on(clock.today())
    ticks = {tick.item_id: tick for tick in plan.ticks.select_related("file", "item")}
    items = {row.pk: row for row in closest(rows, lambda row: row.key or row.pk).values()}
    items |= {tick.item_id: tick.item for tick in ticks.values()}
    points = [Point(row, ticks.get(row.pk)) for row in sorted(items.values(), key=lambda row: (row.position, row.pk))]
    return [AspectRows(aspect, [point for point in points if point.item.aspect == aspect]) for aspect in Aspect]


def risks_data(plan: Plan) -> dict[str, Any]:
    """Plain JSON for a paper: the register with its grades, and the crowd zones."""
    risks, bands = list(plan.risks.select_related("member__person")), bands_for(plan)
    return {
        "title": plan.title,
        "risks": [
            {
                "title": row.title, "kind": str(row.get_kind_display()), "cause": row.cause, "effect": row.effect,
                "likelihood": row.likelihood, "impact": row.impact, "score": row.score,
                "grade": str(band_of(row.score, bands) or ""), "owner": str(row.member or ""), "treatment": row.treatment,
                "trigger": row.trigger, "residual": row.residual, "state": str(row.get_state_display()),
            }
            for row in risks
        ],
        "zones": [
            {"zone": str(row.zone), "area": row.zone.area, "peak": row.zone.peak, "density": row.density,
             "limit": str(row.reached or ""), "most": row.most, "capacity": row.zone.capacity}
            for row in crowd(list(plan.zones.all()), limits_for(plan))
        ],
    }  # fmt: skip
