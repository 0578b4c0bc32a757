"""Values that wait: for whoever verifies, for the head of the agency."""

from __future__ import annotations

from django.db.models import Q

from enggang.core.actor import Actor
from enggang.indicators.enums import MeasurementState
from enggang.indicators.models import Measurement
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
