"""Acts on the definition of what is counted: entered, changed, put into use; what is aimed at; where a series breaks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from enggang.core import clock, registries
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.states import keep_version, move
from enggang.core.text import one_line
from enggang.indicators import rules
from enggang.indicators.enums import INDICATOR_MOVES, IndicatorState, Polarity
from enggang.indicators.models import Indicator, SeriesBreak, Target
from enggang.indicators.models.indicator import MOST
from enggang.places.models import Organisation
from enggang.search.domain.indexing import index_subject

DEEPEST = 12  # of the tree that indicators make by serving each other


@act("indicators.open_indicator")
def open_indicator(*, organisation: Organisation, name: str, actor: Actor, **facts: Any) -> Indicator:
    """Define an indicator as a draft. ``facts`` are the fields of its form. Raises Conflict when the agency has one of this name."""
    require(rules.may_define(actor, organisation))
    row = Indicator(organisation=organisation, name=name, **facts)
    _tidy(row, actor)
    row.subject = Indicator.new_subject(organisation.code)
    _save(row)
    record(kind=str(row.kind))
    return row


@act("indicators.change_indicator")
def change_indicator(*, indicator: Indicator, version: int, actor: Actor, **facts: Any) -> Indicator:
    """Save another definition. A change of how values are measured is to be marked as a break beside it."""
    require(rules.may_define(actor, indicator.organisation))
    keep_version(indicator, version)
    before = Indicator.objects.get(pk=indicator.pk)
    for name, value in facts.items():
        setattr(indicator, name, value)
    if before.frequency != indicator.frequency and indicator.measurements.exists():
        raise Conflict(
            _("Values are on record for the periods as they are. Define a further indicator for other periods.")
        )
    _tidy(indicator, actor)
    _save(indicator)
    changed = [
        field.name
        for field in Indicator._meta.concrete_fields
        if getattr(before, field.attname) != getattr(indicator, field.attname)
    ]
    record(changed=[name for name in changed if name not in {"version", "changed_at"}])
    return indicator


@act("indicators.move_indicator")
def move_indicator(*, indicator: Indicator, to: str, actor: Actor) -> Indicator:
    """Into use, out of it, or back. What is in use has a definition, a source and somebody who answers for it."""
    require(rules.may_define(actor, indicator.organisation))
    if to == IndicatorState.ACTIVE and (gaps := gaps_of(indicator)):
        raise Conflict(_("Still missing: %(what)s.") % {"what": ", ".join(gaps)})
    move(indicator, to, moves=INDICATOR_MOVES)
    _index(indicator)
    record(state=str(to))
    return indicator


def gaps_of(indicator: Indicator) -> list[str]:
    """What must be there before values are asked for, in the reader's words."""
    wanted = {
        _("a definition"): indicator.definition,
        _("what is counted"): indicator.numerator or indicator.automatic,
        _("the source of the data"): indicator.source or indicator.automatic,
        _("who answers for it"): indicator.owner_id,
    }
    return [what for what, value in wanted.items() if not value]


@act("indicators.set_target")
def set_target(
    *, indicator: Indicator, year: int, quarter: int, value: Decimal, actor: Actor, upper: Decimal | None = None, source: str = ""
) -> Target:  # fmt: skip
    """What is aimed at by the end of a year (quarter 0) or of a quarter of it; the one before stays on record as replaced."""
    require(rules.may_define(actor, indicator.organisation))
    if upper is not None and indicator.polarity != Polarity.RANGE:
        raise Conflict(_("Only an indicator that is best within a range has an upper end."))
    if any(abs(each) > MOST for each in (value, upper or Decimal(0))):
        raise Conflict(_("The number is too large."))
    now = clock.now()
    indicator.targets.filter(year=year, quarter=quarter, replaced_at=None).update(replaced_at=now)
    row = Target(
        indicator=indicator, year=year, quarter=quarter, value=value, upper=upper, source=one_line(source, 300), set_at=now,
        set_by_key=actor.key,
    )  # fmt: skip
    row.clean_fields(exclude=["indicator"])
    row.validate_constraints()
    with told(Target):
        row.save()
    record_subject(indicator.subject)
    record(year=year, quarter=quarter, value=str(value))
    return row


@act("indicators.take_target_back")
def take_target_back(*, target: Target, actor: Actor) -> Target:
    """No longer aimed at; what was aimed at until now stays on record."""
    require(rules.may_define(actor, target.indicator.organisation))
    if not Target.objects.filter(pk=target.pk, replaced_at=None).update(replaced_at=clock.now()):
        raise Conflict(_("This target has been replaced in the meantime. Reload the page."))
    record_subject(target.indicator.subject)
    record(year=target.year, quarter=target.quarter)
    return target


@act("indicators.mark_break")
def mark_break(*, indicator: Indicator, on: date, reason: str, actor: Actor) -> SeriesBreak:
    """Say that values from a day on are no longer comparable with those before it, and why."""
    require(rules.may_define(actor, indicator.organisation))
    row = SeriesBreak(indicator=indicator, on=on, reason=one_line(reason, 300))
    row.clean_fields(exclude=["indicator"])
    with told(SeriesBreak):
        row.save()
    record_subject(indicator.subject)
    record(on=on.isoformat())
    return row


@act("indicators.unmark_break")
def unmark_break(*, mark: SeriesBreak, actor: Actor) -> None:
    require(rules.may_define(actor, mark.indicator.organisation))
    record_subject(mark.indicator.subject)
    record(on=mark.on.isoformat())
    mark.delete()


def _tidy(row: Indicator, actor: Actor) -> None:
    row.name = one_line(row.name, 200)
    row.fold_name()
    if not row.name_key:
        raise Conflict(_("The name needs letters or digits."))
    if row.automatic and registries.indicator_sources.get(row.automatic) is None:
        raise Conflict(_("The system has no such count. Choose one from the list."))
    if row.serves_id and not Indicator.objects.visible_to(actor).filter(pk=row.serves_id).exists():
        raise Conflict(_("Choose an indicator of your agency or of one above it."))
    _refuse_circle(row)
    row.changed_at = clock.now()
    row.clean_fields(exclude=["subject"])


def _refuse_circle(row: Indicator) -> None:
    """An indicator serves one above it; following that upwards must come to an end."""
    above = row.serves
    for _step in range(DEEPEST):
        if above is None:
            return
        if row.pk is not None and above.pk == row.pk:
            raise Conflict(_("These indicators would serve each other in a circle. Choose another one above it."))
        above = above.serves
    raise Conflict(_("The tree of indicators is too deep here. Choose one further up."))


def _save(row: Indicator) -> None:
    with told(Indicator):
        row.save()
    _index(row)


def _index(row: Indicator) -> None:
    index_subject(
        subject=row.subject, title=row.name, text=f"{row.get_kind_display()} {row.ministry_code} {row.definition[:500]}",
        organisation_path=row.organisation.path,
    )  # fmt: skip
