"""Numbers handed out by the secretariat: typed in as a range, taken in order, what is left over stays visible."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.documents import rules
from enggang.documents.models import NumberBlock
from enggang.documents.numbering import check_pattern
from enggang.places.models import Organisation

LARGEST_BLOCK = 1000


@act("documents.receive_block")
def receive_block(
    *, organisation: Organisation, pattern: str, first: int, last: int, handed_on: date, actor: Actor, note: str = ""
) -> NumberBlock:
    """Note a range of letter numbers that the secretariat gave out, such as ``000.1.5/{seq}/DISPORAPAR/{year}``.

    Raises Conflict for a pattern without {seq}, an impossible range, or numbers already received.
    """
    require(rules.may_issue(actor, organisation))
    check_pattern(pattern, yearly=False)
    if last - first >= LARGEST_BLOCK:
        raise Conflict(_("A block has at most %(limit)s numbers.") % {"limit": LARGEST_BLOCK})
    block = NumberBlock(
        organisation=organisation, pattern=pattern.strip(), first=first, last=last, next_seq=first,
        handed_on=handed_on, note=note.strip(),
    )  # fmt: skip
    try:
        block.full_clean()
    except ValidationError as error:
        raise Conflict(" ".join(error.messages)) from error
    _refuse_twice(block)
    block.save()
    record_subject(organisation.subject)
    record(block=block.pk, first=first, last=last)
    return block


def _refuse_twice(block: NumberBlock) -> None:
    """The row of the organisation's own blocks; whoever types the same block in a second tab is told here."""
    rows = NumberBlock.objects.filter(organisation=block.organisation, first__lte=block.last, last__gte=block.first)
    others = [other for other in rows if other.text_of(block.first) == block.text_of(block.first)]
    if others:
        raise Conflict(_("Some of these numbers were already received: %(block)s.") % {"block": others[0]})


@act("documents.close_block")
def close_block(*, block: NumberBlock, actor: Actor, closed: bool = True) -> NumberBlock:
    """Take no more numbers from a block (they are given back), or take from it again."""
    require(rules.may_issue(actor, block.organisation))
    block.closed_at = clock.now() if closed else None
    block.save(update_fields=["closed_at"])
    record_subject(block.organisation.subject)
    record(block=block.pk, closed=closed, unused=block.unused)
    return block


def take_number(block: NumberBlock) -> str:
    """The block's next number; call inside the act that uses it. Two who ask at once get two numbers."""
    rows = NumberBlock.objects.filter(pk=block.pk)
    if not rows.usable().update(next_seq=F("next_seq") + 1):
        raise Conflict(_("This block has no number left, or it was closed. Choose another one, or type the number."))
    taken = rows.get()
    return taken.text_of(taken.next_seq - 1)
