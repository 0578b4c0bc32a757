"""Acts on a budget, its sources and its lines."""

from __future__ import annotations

from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from enggang.budgets import rules
from enggang.budgets.amounts import MOST, shown
from enggang.budgets.enums import BUDGET_MOVES, BudgetState, CeilingKind
from enggang.budgets.models import Budget, BudgetLine, MoneySource
from enggang.budgets.queries.overview import overview
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.models import Subject
from enggang.core.states import keep_version, move
from enggang.places.models import Organisation


@act("budgets.open_budget")
def open_budget(
    *, organisation: Organisation, title: str, year: int, actor: Actor, about: Subject | None = None
) -> Budget:
    """Start an empty draft. ``about`` is the subject of what the money is for."""
    require(rules.may_manage(actor, organisation))
    budget = Budget(organisation=organisation, title=title.strip()[:200], year=year, about=about)
    budget.clean_fields(exclude=["subject"])
    budget.subject = Budget.new_subject(organisation.code)
    budget.save()
    return budget


@act("budgets.change_budget")
def change_budget(*, budget: Budget, version: int, title: str, year: int, over_plan: str, actor: Actor) -> Budget:
    require(rules.may_manage(actor, budget.organisation))
    _open(budget)
    keep_version(budget, version)
    budget.title, budget.year, budget.over_plan = title.strip(), year, over_plan
    budget.clean_fields()
    budget.save()
    return budget


@act("budgets.approve_budget")
def approve_budget(*, budget: Budget, actor: Actor) -> Budget:
    """From now on the plan stands and money may be contracted and paid."""
    require(rules.may_manage(actor, budget.organisation))
    if not budget.lines.exists():
        raise Conflict(_("There is no line yet. Add the lines of the plan first."))
    return move(budget, BudgetState.APPROVED, moves={BudgetState.DRAFT: BUDGET_MOVES[BudgetState.DRAFT]})


@act("budgets.revise_budget")
def revise_budget(*, budget: Budget, actor: Actor) -> Budget:
    """Back to draft, for a revision of the plan; what was contracted and paid stays."""
    require(rules.may_manage(actor, budget.organisation))
    return move(budget, BudgetState.DRAFT, moves=BUDGET_MOVES)


@act("budgets.close_budget")
def close_budget(*, budget: Budget, actor: Actor, reason: str = "") -> Budget:
    """End the accounts. With evidence missing or money over the sources only with a reason that is kept."""
    require(rules.may_manage(actor, budget.organisation))
    missing = overview(budget).missing_count
    if missing and not reason.strip():
        raise Conflict(
            _("%(count)s documents are missing. Add them, or close with a reason that is kept.") % {"count": missing}
        )
    record(missing=missing)
    return move(budget, BudgetState.CLOSED, moves=BUDGET_MOVES, closing_reason=reason.strip()[:1000])


@act("budgets.reopen_budget")
def reopen_budget(*, budget: Budget, actor: Actor) -> Budget:
    require(rules.may_manage(actor, budget.organisation))
    return move(budget, BudgetState.APPROVED, moves={BudgetState.CLOSED: BUDGET_MOVES[BudgetState.CLOSED]})


def _open(budget: Budget) -> None:
    if Budget.objects.filter(pk=budget.pk, state=BudgetState.CLOSED).exists():
        raise Conflict(_("This budget is closed. Reopen it first."))


def _plannable(budget: Budget) -> None:
    """Held until the transaction ends, so that nobody approves the plan while it changes."""
    if not Budget.objects.select_for_update().filter(pk=budget.pk, state=BudgetState.DRAFT).exists():
        raise Conflict(_("The plan is approved and stands. Reopen it for a revision first."))


@act("budgets.add_source")
def add_source(*, budget: Budget, kind: str, name: str, amount: int, actor: Actor) -> MoneySource:
    require(rules.may_manage(actor, budget.organisation))
    _open(budget)
    source = MoneySource(budget=budget, kind=kind, name=name.strip(), amount=amount)
    source.full_clean()
    source.save()
    record_subject(budget.subject)
    record(kind=str(kind), amount=amount)
    return source


@act("budgets.drop_source")
def drop_source(*, source: MoneySource, actor: Actor) -> Budget:
    """Its lines stay and say that they have no source."""
    require(rules.may_manage(actor, source.budget.organisation))
    _open(source.budget)
    record(amount=source.amount, lines=source.lines.count())
    source.delete()
    return source.budget


@act("budgets.add_line")
def add_line(*, budget: Budget, actor: Actor, **facts: Any) -> BudgetLine:
    """``facts`` are the fields of a line. Above a ceiling it is refused, above an estimate it needs ``over_reason``."""
    require(rules.may_manage(actor, budget.organisation))
    _plannable(budget)
    last = budget.lines.aggregate(last=Max("position"))["last"] or 0
    line = BudgetLine(budget=budget, position=last + 1, **facts)
    check_line(line)
    line.save()
    record_subject(budget.subject)
    record(planned=line.planned)
    return line


@act("budgets.change_line")
def change_line(*, line: BudgetLine, version: int, actor: Actor, **facts: Any) -> BudgetLine:
    require(rules.may_manage(actor, line.budget.organisation))
    _plannable(line.budget)
    keep_version(line, version)
    record_subject(line.budget.subject)
    before = line.planned
    for name, value in facts.items():
        setattr(line, name, value)
    check_line(line)
    line.save()
    record(before=before, planned=line.planned)
    return line


@act("budgets.drop_line")
def drop_line(*, line: BudgetLine, actor: Actor) -> Budget:
    """Take a line out of the plan; refused once something was contracted, paid or proved on it."""
    require(rules.may_manage(actor, line.budget.organisation))
    _plannable(line.budget)
    if line.contracts.exists() or line.payments.exists() or line.evidence.exists():
        raise Conflict(_("Something was contracted, paid or proved on this line already, so it stays."))
    record(planned=line.planned)
    line.delete()
    return line.budget


def check_line(line: BudgetLine) -> None:
    """Raises Conflict with the sentence for the person; ValidationError when a field itself is wrong."""
    for name in ("item", "unit", "account_code", "over_reason"):
        setattr(line, name, str(getattr(line, name) or "").strip())
    line.full_clean(exclude=["budget"])
    if line.source is not None and line.source.budget_id != line.budget_id:
        raise Conflict(_("This source of money belongs to another budget."))
    if line.planned > MOST:
        raise Conflict(_("The total of this line is too large. Check volume, frequency and price."))
    if not line.is_over_standard or line.standard is None:
        line.over_reason = ""
        return
    if line.standard.kind == CeilingKind.CEILING:
        raise Conflict(
            _(
                "%(price)s is above the ceiling of %(ceiling)s (%(source)s). Lower the price; a ceiling may not be exceeded."
            )
            % {"price": shown(line.price), "ceiling": shown(line.standard.price), "source": line.standard.source}
        )
    if not line.over_reason:
        raise Conflict(
            _("%(price)s is above the standard of %(ceiling)s. Lower it, or give the reason.")
            % {"price": shown(line.price), "ceiling": shown(line.standard.price)}
        )
