"""An event with an edition for the table of who may."""

from __future__ import annotations

from datetime import date
from typing import Any

from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.events.domain.dating import decide_dates
from enggang.events.domain.reference import keep_reference
from enggang.events.domain.stages import advance_edition
from enggang.events.models import GateItem
from enggang.places.models import Organisation
from tests.events.factories import make_edition, make_site


def event_of(organisation: Organisation) -> dict[str, Any]:
    """The rows of a side: an event, its proposed edition with a place, a gate item of the agency's own."""
    year = clock.today().year
    edition = make_edition(organisation, year=year)
    site = make_site(edition)
    item = GateItem(stage="curated", text="Surat", valid_from=date(2020, 1, 1), source="uji")
    keep_reference(row=item, organisation=organisation, actor=SYSTEM)
    advance_edition(edition=edition, to="proposed", decider="Kepala", decided_on=clock.today(), actor=SYSTEM)
    decide_dates(
        edition=edition, version=edition.version, first=edition.starts_on, last=edition.ends_on, state="tentative",
        source="uji", actor=SYSTEM,
    )  # fmt: skip
    return {"event": edition.event.code, "edition": edition.code, "site": site.pk, "gate_item": item.pk}
