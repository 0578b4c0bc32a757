"""The money of an edition: its one budget on the budgets engine."""

from __future__ import annotations

from django.utils.translation import gettext as _

from enggang.budgets.domain.budgets import open_budget
from enggang.budgets.models import Budget
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record_subject, require
from enggang.events import rules
from enggang.events.domain.standing import keep_open
from enggang.events.models import Edition


@act("events.start_budget")
def start_budget(*, edition: Edition, actor: Actor) -> Budget:
    """Open the edition's one budget, in the year of its first day."""
    require(rules.may_manage(actor, edition.organisation))
    keep_open(edition)
    year = edition.starts_on.year if edition.starts_on else edition.year
    budget = open_budget(
        organisation=edition.organisation, title=str(edition), year=year, about=edition.subject, actor=actor
    )
    if not Edition.objects.filter(pk=edition.pk, budget=None).update(budget=budget):
        raise Conflict(_("This edition has a budget already. Reload the page."))
    edition.budget = budget
    record_subject(edition.subject)
    return budget
