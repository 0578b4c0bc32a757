"""What a person finds about an item of a gate."""

from __future__ import annotations

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.text import one_line
from enggang.innovation import rules
from enggang.innovation.models import GateCheck, GateItem, Innovation


@act("innovation.check_item")
def check_item(*, innovation: Innovation, item: GateItem, actor: Actor, met: bool = True, note: str = "") -> GateCheck:
    """Say that an item is met or is not. Twice is once: the finding is renewed.

    Raises Conflict for what the record proves by itself, and without words where a criterion of the law is judged.
    """
    require(
        rules.may_check(actor, innovation),
        _("The owner does not judge this. An organiser or the head of the agency does."),
    )
    if item.auto:
        raise Conflict(_("The record itself proves this item; it cannot be ticked."))
    if (item.binding or not met) and not note.strip():
        raise Conflict(_("Write what you found: a sentence is enough."))
    facts = {"met": met, "note": one_line(note, 500), "checked_at": clock.now(), "checked_by_key": actor.key}
    check, _made = GateCheck.objects.update_or_create(innovation=innovation, item=item, defaults=facts)
    record_subject(innovation.subject)
    record(item=item.pk, met=met)
    return check


@act("innovation.uncheck_item")
def uncheck_item(*, innovation: Innovation, item: GateItem, actor: Actor) -> Innovation:
    """Take a finding back."""
    require(rules.may_check(actor, innovation))
    if not innovation.checks.filter(item=item).delete()[0]:
        raise Conflict(_("This was done already."))
    record(item=item.pk)
    return innovation
