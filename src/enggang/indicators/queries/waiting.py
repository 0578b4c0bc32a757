"""Values that wait: for whoever verifies, for the head of the agency, and returned ones for who entered them."""

from __future__ import annotations

from django.db.models import Q

from enggang.core.actor import Actor
from enggang.indicators.enums import MeasurementState
from enggang.indicators.models import Indicator, Measurement
from enggang.indicators.models.measurement import MeasurementQuerySet
from enggang.indicators.rules import APPROVES, DEFINES
from enggang.places.models.organisation import below_any


def waiting_for(actor: Actor) -> MeasurementQuerySet:
    """Entered ones for organisers, verified ones for heads; never those that the actor has entered."""
    where = "indicator__organisation__path"
    to_verify = Q(state=MeasurementState.ENTERED) & below_any(actor.paths(*DEFINES), where)
    to_approve = Q(state=MeasurementState.VERIFIED) & below_any(actor.paths(*APPROVES), where)
    rows = Measurement.objects.filter(to_verify | to_approve, replaced_at=None, is_counted=False)
    return rows.exclude(entered_by_key=actor.key).select_related("indicator__subject").order_by("entered_at", "pk")


def returned_to(actor: Actor) -> MeasurementQuerySet:
    """What the actor entered and got back, as long as nothing was entered in its place; the latest first."""
    rows = Measurement.objects.to_enter_again().filter(
        entered_by_key=actor.key, indicator__in=Indicator.objects.measured_by(actor)
    )
    return rows.select_related("indicator__subject").order_by("-decided_at", "pk")
