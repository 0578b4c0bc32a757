"""A plan of money taken over for another activity: what is planned, and nothing of what was spent."""

from __future__ import annotations

from django.utils.translation import gettext as _

from enggang.budgets.domain.budgets import add_line, add_source
from enggang.budgets.models import Budget
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record

FACTS = (
    "account_code", "category", "item", "volume", "unit", "frequency", "price", "standard", "ceremonial", "over_reason",
)  # fmt: skip


@act("budgets.copy_plan")
def copy_plan(*, budget: Budget, to: Budget, actor: Actor) -> Budget:
    """The sources and lines of ``budget`` in ``to``, an empty draft; contracts, payments and evidence stay where they are.

    A line that today's price standards refuse is refused here too, with its name.
    """
    if to.lines.exists() or to.sources.exists():
        raise Conflict(_("This budget has lines already. Copy into an empty one."))
    sources = {
        row.pk: add_source(budget=to, kind=row.kind, name=row.name, amount=row.amount, actor=actor)
        for row in budget.sources.all()
    }
    lines = list(budget.lines.select_related("standard").order_by("position", "pk"))
    for line in lines:
        facts = {name: getattr(line, name) for name in FACTS}
        add_line(budget=to, actor=actor, source=sources.get(line.source_id) if line.source_id else None, **facts)
    record(lines=len(lines), sources=len(sources))
    return to
