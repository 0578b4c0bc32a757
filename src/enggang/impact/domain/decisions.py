"""What is decided on the Monday page: the same acts as on the pages of the nouns, under the same rules."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict
from enggang.events import rules as event_rules
from enggang.events.domain.stages import advance_edition, step_back
from enggang.events.enums import Stage
from enggang.events.models import Edition
from enggang.events.queries.gates import gates_of
from enggang.indicators import rules as indicator_rules
from enggang.indicators.domain.measuring import approve_value, return_value
from enggang.indicators.models import Measurement

KINDS = ("value", "edition")  # of the decisions that can be taken on the page itself
LONGEST = 19  # digits of an id


def waiting(kind: str, items: Iterable[str], actor: Actor) -> dict[str, Any]:
    """What waits of these, as far as this actor sees it, by what names it: the id of a value, the code of an edition."""
    if kind == "value":
        ids = [int(item) for item in items if item.isdecimal() and len(item) < LONGEST]
        rows = Measurement.objects.within(actor).select_related(
            "indicator__organisation__subject", "indicator__subject"
        )
        return {str(row.pk): row for row in rows.filter(pk__in=ids)}
    if kind == "edition":
        return {row.code: row for row in Edition.objects.visible_to(actor).with_names().filter(subject__code__in=items)}
    return {}


def decidable(kind: str, rows: dict[str, Any], actor: Actor) -> set[str]:
    """Those about which this actor decides."""
    if kind == "value":
        may = indicator_rules.may_approve
        return {item for item, row in rows.items() if may(actor, row.indicator.organisation, row.entered_by_key)}
    found = zip(rows.items(), gates_of(list(rows.values())), strict=True)
    return {item for (item, row), gate in found if gate.to and event_rules.may_move(actor, row, Stage(gate.to))}


def approve(kind: str, row: Any, *, decider: str, actor: Actor) -> None:
    if kind == "value":
        approve_value(measurement=row, actor=actor)
        return
    to = gates_of([row])[0].to
    if to is None:
        raise Conflict(_("The edition is at another stage now. Reload the page."))
    advance_edition(edition=row, to=to, decider=decider, decided_on=clock.today(), actor=actor)


def give_back(kind: str, row: Any, *, reason: str, decider: str, actor: Actor) -> None:
    """With the reason, which both acts ask for."""
    if kind == "value":
        return_value(measurement=row, reason=reason, actor=actor)
    else:
        step_back(edition=row, reason=reason, decider=decider, decided_on=clock.today(), actor=actor)
