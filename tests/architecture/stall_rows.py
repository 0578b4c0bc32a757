"""An edition with a call for stalls for the table of who may."""

from __future__ import annotations

from typing import Any

from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.events.domain.businesses import attach_stall_paper, keep_stall_contract
from enggang.events.domain.plots import give_plot, lay_out_plots
from enggang.events.domain.stall_links import hand_out_stalls
from enggang.events.domain.stalls import Picture, apply_for_stall
from enggang.events.domain.turnover import report_turnover
from enggang.events.models import StallApplication
from enggang.places.models import Organisation
from tests.events.factories import make_event, make_site
from tests.events.stalling import accepted, fresh, make_call, make_plots, running_edition, vendor_facts


def stalls_of(organisation: Organisation) -> dict[str, Any]:
    """A running edition with a published call, one vendor who waits, one with a plot, a contract and a report."""
    edition = running_edition(organisation, event=make_event(organisation, "Pasar Contoh"))
    call = make_call(edition, shows_map=True, shows_sums=True)
    has = accepted(call)
    keep_stall_contract(application=has, version=0, number="1", actor=SYSTEM)
    attach_stall_paper(application=has, kind="file", content=b"%PDF-1.7", filename="a.pdf", actor=SYSTEM)
    picture = Picture(b"\xff\xd8\xff foto", "kue.jpg")
    waits = fresh(
        apply_for_stall(call=call, actor=SYSTEM, by_staff=True, picture=picture, **vendor_facts()).application
    )
    silent = accepted(call)
    free, given = make_plots(edition)[:2]
    give_plot(plot=given, application=has, actor=SYSTEM)
    empty = make_site(edition, "Lapangan Kosong")
    empty.edition = edition
    lay_out_plots(site=empty, rows=1, columns=1, letter="", actor=SYSTEM)
    day = clock.today(edition.time_zone)
    report_turnover(application=has, day=day, amount=500_000, actor=SYSTEM)
    assert has.business is not None
    return {
        "stall_edition": edition.code, "stall_call": call.code, "accepted_stall": has.pk, "new_stall": waits.pk,
        "silent_stall": silent.pk, "plot": free.pk, "stall_site": free.site_id, "business": has.business.code,
        "stall_day": day.isoformat(),
    }  # fmt: skip


def vendor_token(row_id: int) -> str:
    """The token of a vendor's private address."""
    row = StallApplication.objects.with_names().select_related("call__edition__organisation").get(pk=row_id)
    (token,) = hand_out_stalls(call=row.call, applications=[row], actor=SYSTEM)
    return token
