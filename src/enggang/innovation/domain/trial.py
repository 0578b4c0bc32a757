"""The trial: its plan, what is measured, and the values before, during and after."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.states import keep_version
from enggang.core.text import one_line
from enggang.indicators.models import Indicator, Measurement
from enggang.innovation import rules
from enggang.innovation.enums import Moment
from enggang.innovation.models import Innovation, Measure, Reading, TrialPlan

MOST_MEASURES = 12


@act("innovation.keep_trial_plan")
def keep_trial_plan(*, innovation: Innovation, actor: Actor, version: int = 0, **facts: Any) -> TrialPlan:
    """Write the hypothesis, the stop rule, and when and where it is tried. ``version`` is that of the plan that was read."""
    require(rules.may_write(actor, innovation))
    plan = TrialPlan.objects.filter(innovation=innovation).first() or TrialPlan(innovation=innovation)
    if plan.pk:
        keep_version(plan, version)
    elif version:
        raise Conflict(
            _("This has changed in the meantime, so nothing was done. Reload the page to see how it stands.")
        )
    for name, value in facts.items():
        setattr(plan, name, value.strip() if isinstance(value, str) else value)
    plan.clean_fields()
    with told(TrialPlan):
        plan.save()
    record_subject(innovation.subject)
    return plan


@act("innovation.add_measure")
def add_measure(
    *, innovation: Innovation, name: str, unit: str, polarity: str, actor: Actor, indicator: Indicator | None = None
) -> Measure:
    """Say what is measured before and after; with ``indicator`` its values can be taken over."""
    require(rules.may_write(actor, innovation))
    if innovation.measures.count() >= MOST_MEASURES:
        raise Conflict(_("At most %(most)s things are measured.") % {"most": MOST_MEASURES})
    row = Measure(
        innovation=innovation, name=one_line(name, 200), unit=one_line(unit, 40), polarity=polarity, indicator=indicator
    )  # fmt: skip
    row.clean_fields()
    with told(Measure):
        row.save()
    record_subject(innovation.subject)
    record(indicator=indicator is not None)
    return row


@act("innovation.drop_measure")
def drop_measure(*, measure: Measure, actor: Actor) -> Innovation:
    """Take it out again. Raises Conflict once something was measured: values are never thrown away."""
    require(rules.may_write(actor, measure.innovation))
    if measure.readings.exists():
        raise Conflict(_("Something was measured already, so it stays. Void wrong values instead."))
    innovation = measure.innovation
    measure.delete()
    record_subject(innovation.subject)
    return innovation


@act("innovation.enter_reading")
def enter_reading(
    *, measure: Measure, moment: str, value: Decimal, as_of: date, method: str, source: str, actor: Actor
) -> Reading:
    """Enter a measured value with its method and source. The baseline lies before the trial, what came after does not."""
    innovation = measure.innovation
    require(rules.may_write(actor, innovation))
    _check_day(innovation, moment, as_of)
    row = Reading(
        measure=measure, moment=moment, value=value, as_of=as_of, method=one_line(method, 300), source=one_line(source, 300),
        entered_at=clock.now(), entered_by_key=actor.key,
    )  # fmt: skip
    row.clean_fields()
    row.save()
    record_subject(innovation.subject)
    record(measure=measure.pk, moment=str(moment))
    return row


def _check_day(innovation: Innovation, moment: str, as_of: date) -> None:
    began = innovation.trial_on
    if as_of > clock.today(innovation.organisation.time_zone):
        raise Conflict(_("This day lies in the future."))
    if moment == Moment.BEFORE:
        if began and as_of > began:
            raise Conflict(_("A baseline is measured before the trial begins: that was on %(day)s.") % {"day": began})
    elif began is None or as_of < began:
        raise Conflict(_("This lies before the trial. Only a baseline is measured then."))


@act("innovation.take_reading")
def take_reading(*, measure: Measure, moment: str, actor: Actor) -> Reading:
    """Take over the newest value of the indicator that fits ``moment``, with its own method and source."""
    indicator = measure.indicator
    if indicator is None:
        raise Conflict(_("This is not tied to an indicator."))
    began = measure.innovation.trial_on
    rows = Measurement.objects.filter(indicator=indicator, value__isnull=False).standing().whole()
    if began:
        rows = rows.filter(as_of__lte=began) if moment == Moment.BEFORE else rows.filter(as_of__gt=began)
    newest = rows.order_by("-period_end", "-as_of").first()
    if newest is None or newest.value is None:
        raise Conflict(_("The indicator has no value for this time yet."))
    method = _("Indicator %(name)s, %(period)s") % {
        "name": indicator,
        "period": f"{newest.period_start} – {newest.period_end}",
    }
    return enter_reading(
        measure=measure, moment=moment, value=newest.value, as_of=newest.as_of, actor=actor, source=newest.source,
        method=f"{method}. {newest.method}" if newest.method else method,
    )  # fmt: skip


@act("innovation.void_reading")
def void_reading(*, reading: Reading, reason: str, actor: Actor) -> Reading:
    """It no longer counts; that it was entered stays on record."""
    innovation = reading.measure.innovation
    require(rules.may_write(actor, innovation))
    if not reason.strip():
        raise Conflict(_("Give the reason. It is kept with the value."))
    rows = Reading.objects.filter(pk=reading.pk, voided_at=None)
    if not rows.update(voided_at=clock.now(), void_reason=one_line(reason, 300)):
        raise Conflict(_("This was done already."))
    record_subject(innovation.subject)
    reading.refresh_from_db()
    return reading
