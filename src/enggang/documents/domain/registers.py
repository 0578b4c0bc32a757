"""Opening registers and taking numbers from them: one after another, without a gap, whoever else is at it."""

from __future__ import annotations

import re
from datetime import date

from django.db.models import F
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.states import move
from enggang.documents import rules
from enggang.documents.enums import NUMBER_MOVES, NumberState
from enggang.documents.models import Number, Register, RegisterYear
from enggang.documents.numbering import check_pattern
from enggang.places.models import Organisation

LARGEST_BATCH = 5000
# No national pattern is prescribed for certificates of training; an agency opens its own register to use another.
DEFAULT_CLASSIFICATION = {"certificate": "SERT"}


@act("documents.open_register")
def open_register(
    *,
    organisation: Organisation,
    key: str,
    name: str,
    actor: Actor,
    pattern: str = "",
    classification: str = "",
    unit: str = "",
    time_zone: str = "",
    resets_yearly: bool = True,
) -> Register:
    """Open a register; without a pattern it writes ``{classification}/{seq:04d}/{unit}/{roman_month}/{year}``.

    Raises Conflict when the pattern could give one number twice, or when the organisation has such a register.
    """
    require(rules.may_issue(actor, organisation))
    register = Register(
        organisation=organisation,
        key=key,
        name=name,
        pattern=pattern or str(Register._meta.get_field("pattern").default),
        classification=classification,
        unit=unit,
        time_zone=time_zone or organisation.time_zone,
        resets_yearly=resets_yearly,
    )
    check_pattern(register.pattern, yearly=resets_yearly)
    with told(Register):
        register.subject = Register.new_subject(organisation.code)
        register.full_clean(validate_constraints=False, validate_unique=False)
        register.save()
    record(key=key, pattern=register.pattern)
    return register


def register_for(*, organisation: Organisation, code: str, actor: Actor) -> Register:
    """The organisation's register for what ``code`` names (``certificate``), opened with the usual pattern if need be."""
    rows = Register.objects.filter(organisation=organisation, key=code).select_related("organisation", "subject")
    if (register := rows.first()) is not None:
        return register
    try:
        return open_register(
            organisation=organisation,
            key=code,
            name=_("Certificates of %(name)s") % {"name": organisation.short_name},
            classification=DEFAULT_CLASSIFICATION.get(code, code.upper()),
            unit=_unit(organisation),
            actor=actor,
        )
    except Conflict:  # somebody else opened it in this moment
        if (register := rows.first()) is None:
            raise
        return register


def _unit(organisation: Organisation) -> str:
    """The short name as numbers write it: ``Disporapar Kalbar`` becomes ``DISPORAPAR-KALBAR``."""
    return re.sub(r"[\s/]+", "-", organisation.short_name.upper()).strip("-")[:60]


@act("documents.reserve_numbers")
def reserve_numbers(*, register: Register, count: int, on: date, actor: Actor) -> list[Number]:
    """Take the next ``count`` numbers of the year of ``on`` (a date in the register's zone) for papers of that day.

    Gap-free: the counter and the rows are written together, so a rollback gives the numbers back and two who
    ask at once wait for each other. Keep the transaction short: draw the papers after it.
    """
    require(rules.may_issue(actor, register.organisation))
    if not 1 <= count <= LARGEST_BATCH:
        raise Conflict(_("Between 1 and %(limit)s numbers can be taken at once.") % {"limit": LARGEST_BATCH})
    year, now = register.year_of(on), clock.now()
    first = _advance(register, year, count)
    with told(Number):
        numbers = Number.objects.bulk_create(
            Number(register=register, year=year, seq=seq, text=register.text_of(seq, on), reserved_at=now)
            for seq in range(first, first + count)
        )
    record_subject(register.subject)
    record(count=count, year=year, first=numbers[0].seq, last=numbers[-1].seq)
    return numbers


def _advance(register: Register, year: int, count: int) -> int:
    """Move the year's counter on and answer the first number taken. The row stays locked until the act ends."""
    RegisterYear.objects.bulk_create([RegisterYear(register=register, year=year)], ignore_conflicts=True)
    counter = RegisterYear.objects.filter(register=register, year=year)
    counter.update(next_seq=F("next_seq") + count)
    return counter.get().next_seq - count


@act("documents.void_number")
def void_number(*, number: Number, reason: str, actor: Actor) -> Number:
    """Void a reserved number that no document has taken; the row and the reason stay. Raises Conflict otherwise."""
    require(rules.may_issue(actor, number.register.organisation))
    if hasattr(number, "document"):
        raise Conflict(_("A document has this number: void the document instead."))
    move(number, NumberState.VOIDED, moves=NUMBER_MOVES, reason=needed(reason))
    record_subject(number.register.subject)
    record(number=number.text)
    return number


def needed(reason: str) -> str:
    """The reason as it is kept. Raises Conflict when there is none."""
    if not (clean := " ".join(reason.split())):
        raise Conflict(_("Say why it is voided: the reason stays in the register."))
    return clean[:300]
