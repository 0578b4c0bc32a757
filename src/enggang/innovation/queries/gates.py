"""The checklist of an innovation's next gate: what people have found, and what the record itself proves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.innovation import rules
from enggang.innovation.enums import AutoCheck, Moment, Stage
from enggang.innovation.models import GateCheck, GateItem, GateRule, Innovation, Reading, TrialPlan
from enggang.innovation.queries.monitoring import plan_of
from enggang.places.models import Organisation
from enggang.reviews.models import Review

DESIGN_WORDS = 300  # the profile that the ministry asks for
# What no reason and no row of an agency can waive.
LAWS: dict[Stage, tuple[AutoCheck, ...]] = {Stage.ADOPTED: (AutoCheck.PLAN, AutoCheck.BASELINE)}


@dataclass(frozen=True, slots=True)
class GateRow:
    item: GateItem
    check: GateCheck | None
    proved: bool | None  # None: only a person can say

    @property
    def is_done(self) -> bool:
        return self.proved if self.proved is not None else self.check is not None and self.check.met

    @property
    def is_refused(self) -> bool:
        return self.check is not None and not self.check.met

    @property
    def is_missing(self) -> bool:
        return self.item.required and not self.is_done


@dataclass(frozen=True, slots=True)
class Gate:
    """``to`` is the next stage, None at the end and for what is stopped; ``rule`` says who decides and in how many days."""

    to: Stage | None
    rows: list[GateRow]
    rule: GateRule | None = None

    @property
    def missing(self) -> list[GateRow]:
        return [row for row in self.rows if row.is_missing]

    @property
    def binding(self) -> list[GateRow]:
        return [row for row in self.missing if row.item.binding]


def _facts(row: Innovation) -> bool:
    return bool(row.kind and row.form and row.affair_id)


def _scores(row: Innovation) -> bool:
    review = review_of(row)
    return review is not None and review.is_decided


def _plan(row: Innovation) -> bool:
    plan = TrialPlan.objects.filter(innovation=row).first()
    return bool(plan and plan.hypothesis.strip() and plan.stop_rule.strip()) and row.measures.exists()


def _measured(row: Innovation, moment: Moment) -> bool:
    """Whether every measure has a value that stands."""
    known = Reading.objects.filter(measure__innovation=row, moment=moment, voided_at=None).values_list(
        "measure", flat=True
    )
    wanted = set(row.measures.values_list("pk", flat=True))
    return bool(wanted) and wanted <= set(known)


PROOFS: dict[str, Callable[[Innovation], bool]] = {
    AutoCheck.OWNER: lambda row: row.owner_id is not None,
    AutoCheck.FACTS: _facts,
    AutoCheck.SCORES: _scores,
    AutoCheck.DESIGN: lambda row: row.design_words >= DESIGN_WORDS,
    AutoCheck.PLAN: _plan,
    AutoCheck.BASELINE: lambda row: _measured(row, Moment.BEFORE),
    AutoCheck.AFTER: lambda row: _measured(row, Moment.AFTER),
    AutoCheck.RESULTS: lambda row: bool(row.benefits.strip() and row.results.strip()),
    AutoCheck.MONITORED: lambda row: plan_of(row).is_complete,
}


def review_of(row: Innovation) -> Review | None:
    return Review.objects.filter(subject=row.subject_id).select_related("rubric").first()


def gate_of(row: Innovation) -> Gate:
    """The rows that hold today for its agency, its own beside the shipped ones."""
    to = row.next_stage
    if to is None:
        return Gate(None, [])
    items = GateItem.objects.serving(row.organisation).on(clock.today()).filter(stage=to)
    checks = {check.item_id: check for check in row.checks.filter(item__stage=to)}
    proved: dict[str, bool] = {}
    return Gate(to, [_row(row, item, checks.get(item.pk), proved) for item in items], rule_for(row.organisation, to))


def _row(row: Innovation, item: GateItem, check: GateCheck | None, proved: dict[str, bool]) -> GateRow:
    if not item.auto:
        return GateRow(item, check, None)
    if item.auto not in proved:
        proved[item.auto] = PROOFS[item.auto](row)
    return GateRow(item, check, proved[item.auto])


def rule_for(organisation: Organisation, to: Stage, day: date | None = None) -> GateRule | None:
    """The nearest row to the agency: its own before a shipped one, the later before the earlier."""
    rows = GateRule.objects.serving(organisation).on(day or clock.today()).filter(stage=to)
    return max(rows, key=lambda each: each.closeness, default=None)


def due_after(organisation: Organisation, to: Stage | None, since: date) -> date | None:
    """The day by which the gate to ``to`` is to be decided, for what has come to the stage before it on ``since``."""
    rule = rule_for(organisation, to, since) if to else None
    return since + timedelta(days=rule.days) if rule else None


def unlawful(row: Innovation, to: Stage) -> list[AutoCheck]:
    return [check for check in LAWS.get(to, ()) if not PROOFS[check](row)]


def may_pass(actor: Actor, row: Innovation, gate: Gate) -> bool:
    return rules.may_decide(actor, row, gate.rule.decider if gate.rule else "")
