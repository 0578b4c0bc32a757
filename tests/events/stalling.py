"""An edition with a call for stalls, vendors, and a plan of plots, for tests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from typing import Any

from enggang.core import clock
from enggang.core.actor import ANONYMOUS, SYSTEM, Actor
from enggang.events.domain.dating import decide_dates
from enggang.events.domain.plots import lay_out_plots
from enggang.events.domain.stall_calls import move_stall_call, open_stall_call
from enggang.events.domain.stalls import apply_for_stall, decide_stall
from enggang.events.enums import Stage
from enggang.events.models import Edition, Plot, StallApplication, StallCall, StallCategory
from enggang.events.queries.stalls import call_of
from enggang.places.models import Organisation
from tests.events.factories import brought_to, make_edition, make_region, make_site

_numbers: Iterator[int] = count(1)


def make_category(name: str = "Makanan", position: int = 1) -> StallCategory:
    facts = {"valid_from": "2020-01-01", "source": "uji", "position": position}
    return StallCategory.objects.get_or_create(name=name, organisation=None, defaults=facts)[0]


def running_edition(
    agency: Organisation, *, before: int = 1, after: int = 3, stage: Stage = Stage.RUNNING, **facts: Any
) -> Edition:
    """One that began ``before`` days ago and ends in ``after`` days."""
    edition = make_edition(agency, year=clock.today().year, **facts)
    today = clock.today(edition.time_zone)
    decided = decide_dates(
        edition=edition, version=edition.version, first=today - timedelta(days=before),
        last=today + timedelta(days=after), state="tentative", actor=SYSTEM,
    )  # fmt: skip
    return brought_to(decided, stage)


def make_call(edition: Edition, *, stalls: int = 3, opened: bool = True, **facts: Any) -> StallCall:
    values = {"title": "Panggilan UMKM", "contact": "Ibu Contoh", "contact_phone": "081200000000", **facts}
    call = open_stall_call(edition=edition, stalls=stalls, actor=SYSTEM, **values)
    if opened:
        move_stall_call(call=call, to="open", actor=SYSTEM)
    found = call_of(edition)
    assert found is not None
    return found


def vendor_facts(**facts: Any) -> dict[str, Any]:
    number = next(_numbers)
    return {
        "name": f"Kue Lapis {number}", "owner": "Ibu Contoh", "phone": f"0812{number:08d}", "region": make_region(),
        "category": make_category(), "sells": "kue lapis", **facts,
    }  # fmt: skip


def applied(call: StallCall, actor: Actor = ANONYMOUS, **facts: Any) -> StallApplication:
    found = apply_for_stall(call=call, actor=actor, **vendor_facts(**facts))
    return fresh(found.application)


def fresh(row: StallApplication) -> StallApplication:
    found = StallApplication.objects.with_names().get(pk=row.pk)
    found.call = row.call
    return found


def accepted(call: StallCall, **facts: Any) -> StallApplication:
    return fresh(decide_stall(application=applied(call, **facts), to="accepted", actor=SYSTEM))


def make_plots(edition: Edition, rows: int = 1, columns: int = 3) -> list[Plot]:
    site = edition.sites.first() or make_site(edition)
    site.edition = edition
    lay_out_plots(site=site, rows=rows, columns=columns, letter="A", actor=SYSTEM)
    plots = list(Plot.objects.filter(site=site).with_names())
    for plot in plots:
        plot.site.edition = edition
    return plots


def form_of(**facts: Any) -> dict[str, Any]:
    """As a browser posts it."""
    values = vendor_facts(**facts)
    return {**values, "region": values["region"].pk, "category": values["category"].pk}
