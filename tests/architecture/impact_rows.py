"""A promise, a kept Monday page and a link to an indicator for the table of who may."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.impact.domain.causes import state_cause
from enggang.impact.domain.contributions import link_contribution
from enggang.impact.domain.mondays import close_monday
from enggang.impact.domain.promises import make_promise
from enggang.indicators.models import Indicator
from enggang.people.models import Person
from enggang.places.enums import RegionLevel
from enggang.places.models import Organisation, Region
from enggang.training.models import Wave


def impact_of(organisation: Organisation, person: Person, wave: Wave, indicator: str) -> dict[str, Any]:
    due = clock.today() + timedelta(days=7)
    Region.objects.get_or_create(
        code="61.71", defaults={"name": "Pontianak", "level": RegionLevel.REGENCY, "parent_id": "61"}
    )
    promise = make_promise(organisation=organisation, text="Kirim surat", person=person, due_on=due, actor=SYSTEM)
    link = link_contribution(
        subject=wave.subject, title=str(wave), organisation=organisation, strength="L1", argument="Lulusan menggelar acara.",
        indicator=Indicator.objects.get(subject__code=indicator), actor=SYSTEM,
    )  # fmt: skip
    monday = close_monday(organisation=organisation, actor=SYSTEM)
    cause = state_cause(
        indicator=Indicator.objects.get(subject__code=indicator),
        text="Cuaca",
        action="Rapat",
        person=person,
        due_on=due,
        actor=SYSTEM,
    )
    return {"cause": cause.pk, "promise": promise.pk, "contribution": link.pk, "monday": monday.day.isoformat()}
