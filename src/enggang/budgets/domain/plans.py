"""Acts on a RAB workbook: brought, looked at, taken. Rejected rows go back with their reason; nothing is lost."""

from __future__ import annotations

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from enggang.budgets import rules
from enggang.budgets.amounts import shown
from enggang.budgets.domain.budgets import add_line
from enggang.budgets.enums import CeilingKind
from enggang.budgets.models import Budget, PlanImport, PriceStandard
from enggang.budgets.queries.standards import match, standards_for
from enggang.budgets.sheets import Plan, PlanRow, read_plan
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.files.domain.storing import read_bytes, store_file
from enggang.files.enums import Purpose

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@act("budgets.bring_plan")
def bring_plan(*, budget: Budget, content: bytes, filename: str, actor: Actor) -> PlanImport:
    """Keep the workbook as it came; refused when it cannot be read as a plan at all."""
    require(rules.may_manage(actor, budget.organisation))
    if not budget.is_draft:
        raise Conflict(_("The plan is approved and stands. Reopen it for a revision first."))
    plan = read_plan(content)
    stored = store_file(
        content=content, name=filename, media_type=XLSX_TYPE, purpose=Purpose.EVIDENCE,
        organisation=budget.organisation, actor=actor,
    )  # fmt: skip
    brought = PlanImport.objects.create(budget=budget, file=stored, brought_at=clock.now())
    record_subject(budget.subject)
    record(good=len(plan.good), rejected=len(plan.rejected))
    return brought


def plan_of(brought: PlanImport) -> Plan:
    """The rows of a workbook as they would be taken now: measured by the price standards as well."""
    plan = read_plan(read_bytes(brought.file))
    standards: list[PriceStandard] = list(standards_for(brought.budget))
    return replace(plan, rows=[_measured(row, standards) for row in plan.rows])


def _measured(row: PlanRow, standards: list[PriceStandard]) -> PlanRow:
    if row.error:
        return row
    found = match(standards, row.facts["item"], row.facts["unit"])
    if found is None:
        return row
    facts = {**row.facts, "standard": found}
    if row.facts["price"] <= found.price:
        return replace(row, facts=facts)
    words = {"price": shown(row.facts["price"]), "ceiling": shown(found.price)}
    if found.kind == CeilingKind.CEILING:
        return replace(row, error=_("%(price)s is above the ceiling of %(ceiling)s.") % words)
    reason = _("From the workbook: %(price)s, standard %(ceiling)s. To be explained.") % words
    return replace(row, facts={**facts, "over_reason": reason})


@act("budgets.accept_plan")
def accept_plan(*, brought: PlanImport, actor: Actor) -> PlanImport:
    """Make lines of the good rows, once: a second press finds them made."""
    budget = brought.budget
    require(rules.may_manage(actor, budget.organisation))
    now = clock.now()
    if not PlanImport.objects.filter(pk=brought.pk, accepted_at=None).update(accepted_at=now):
        raise Conflict(_("The lines of this workbook were taken already."))
    plan = plan_of(brought)
    if not plan.good:
        raise Conflict(_("No row of this workbook can be taken. Correct the rows as the reasons say."))
    for row in plan.good:
        _take(budget, row, actor)
    PlanImport.objects.filter(pk=brought.pk).update(accepted=len(plan.good), rejected=len(plan.rejected))
    record_subject(budget.subject)
    record(taken=len(plan.good), rejected=len(plan.rejected))
    brought.refresh_from_db()
    return brought


def _take(budget: Budget, row: PlanRow, actor: Actor) -> None:
    try:
        add_line(budget=budget, actor=actor, **row.facts)
    except ValidationError as error:
        words = {"sheet": row.sheet, "row": row.number, "why": " ".join(error.messages)}
        raise Conflict(_("Sheet %(sheet)s, row %(row)s: %(why)s") % words) from error
