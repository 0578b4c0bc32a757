"""The lines of the permission table that are about stalls."""

from __future__ import annotations

from enggang.events import rules
from enggang.events.models import Business, StallApplication, StallCall
from tests.architecture.arguments import MANAGERS, fixed, row
from tests.architecture.matrix import EVERYONE, FromSide, Row, Side, Values, page, post, roles
from tests.events.stalling import form_of

READERS = roles(*rules.SEES_EVENTS)


def of_edition(**more: str) -> FromSide:
    """The address of the edition with ids of other rows of the side: ``row_id="plot"``."""
    return lambda side: {"code": side.rows["stall_edition"], **{name: side.rows[key] for name, key in more.items()}}


def by_link(side: Side) -> Values:
    return {"token": side.tokens["stall"]}


def changed(side: Side) -> Values:
    return {
        "title": "Baru",
        "stalls": 5,
        "version": StallCall.objects.get(subject__code=side.rows["stall_call"]).version,
    }


def vendor(_side: Side) -> Values:
    return form_of()


def corrected(side: Side) -> Values:
    return {**form_of(), "version": StallApplication.objects.get(pk=side.rows["new_stall"]).version}


def own_corrected(side: Side) -> Values:
    return {**form_of(), "version": StallApplication.objects.get(pk=side.rows["accepted_stall"]).version}


def ticked(side: Side) -> Values:
    return {"pilih": side.rows["new_stall"], "to": "waiting"}


def contract(side: Side) -> Values:
    row = StallApplication.objects.select_related("contract").get(pk=side.rows["accepted_stall"])
    return {"number": "2", "version": row.contract.version}


def new_business(side: Side) -> Values:
    return {"organisation": side.organisation.pk, "name": "Kue", "owner": "Ibu"}


def old_business(side: Side) -> Values:
    return {**new_business(side), "version": Business.objects.get(subject__code=side.rows["business"]).version}


def report(side: Side) -> Values:
    return {"day": side.rows["stall_day"], "amount": "1.000", "version": 1}


def told(side: Side) -> Values:
    return {"pilih": side.rows["silent_stall"], "sudah": "1"}


NEW, HAS = of_edition(row_id="new_stall"), of_edition(row_id="accepted_stall")
PLOT, SITE = of_edition(row_id="plot"), of_edition(site_id="stall_site")
STALLS: dict[str, tuple[Row, ...]] = {
    "events:stalls": (page(READERS, args=of_edition()),),
    "events:stall_call_edit": (page(MANAGERS, args=of_edition()), post(MANAGERS, args=of_edition(), data=changed)),
    "events:stall_call_move": (post(MANAGERS, args=of_edition(), data=fixed(to="closed")),),
    "events:stall_poster": (page(READERS, args=of_edition()),),
    "events:stall_news": (page(READERS, args=of_edition()), post(MANAGERS, args=of_edition(), data=told)),
    "events:stall_applications": (page(READERS, args=of_edition()), post(MANAGERS, args=of_edition(), data=ticked)),
    "events:stall_application_new": (
        page(MANAGERS, args=of_edition()),
        post(MANAGERS, args=of_edition(), data=vendor),
    ),
    "events:stall_application": (page(READERS, args=NEW), post(MANAGERS, args=NEW, data=fixed(to="waiting"))),
    "events:stall_application_edit": (page(MANAGERS, args=NEW), post(MANAGERS, args=NEW, data=corrected)),
    "events:stall_application_withdraw": (post(MANAGERS, args=NEW),),
    "events:stall_picture": (page(READERS, args=NEW),),
    "events:stall_contract": (post(MANAGERS, args=HAS, data=contract),),
    "events:stall_paper": (page(READERS, args=HAS),),
    "events:turnover_enter": (
        page(MANAGERS, args=of_edition(row_id="silent_stall", day="stall_day")),
        post(MANAGERS, args=of_edition(row_id="silent_stall", day="stall_day"), data=fixed(amount="5.000")),
    ),
    "events:plot_plans": (page(READERS, args=of_edition()),),
    "events:plot_plan": (
        page(READERS, args=SITE),
        post(MANAGERS, args=SITE, data=fixed(letter="C", rows=1, columns=2)),
    ),
    "events:plot_new": (
        post(MANAGERS, args=SITE, data=fixed(kind="stage", code="Panggung", x=0, y=90, width=60, height=30)),
    ),
    "events:plot_print": (page(READERS, args=SITE),),
    "events:plot": (
        page(MANAGERS, args=PLOT),
        post(MANAGERS, args=PLOT, data=fixed(kind="stall", code="A9", x=0, y=0, width=30, height=30)),
    ),
    "events:plot_move": (post(MANAGERS, args=PLOT, data=fixed(x=10, y=10)),),
    "events:plot_give": (post(MANAGERS, args=PLOT, data=lambda side: {"application": side.rows["silent_stall"]}),),
    "events:plot_drop": (post(MANAGERS, args=PLOT),),
    "events:turnover": (page(READERS, args=of_edition()),),
    "events:turnover_remind": (post(MANAGERS, args=of_edition(), data=lambda side: {"hari": side.rows["stall_day"]}),),
    "events:businesses": (page(READERS),),
    "events:business_new": (page(MANAGERS), post(MANAGERS, data=new_business)),
    "events:business": (page(READERS, args=row("business")),),
    "events:business_edit": (
        page(MANAGERS, args=row("business")),
        post(MANAGERS, args=row("business"), data=old_business),
    ),
    "events:business_retire": (post(MANAGERS, args=row("business")),),
    "events:business_restore": (post(MANAGERS, args=row("business")),),
    "events:stall_call": (
        page(EVERYONE, EVERYONE, args=row("stall_call")),
        post(EVERYONE, EVERYONE, args=row("stall_call"), data=vendor),
    ),
    "events:stall_map": (page(EVERYONE, EVERYONE, args=row("stall_call")),),
    "events:stall_sums": (page(EVERYONE, EVERYONE, args=row("stall_call")),),
    "events:stall_by_link": (page(EVERYONE, EVERYONE, args=by_link),),  # the address is the right
    "events:stall_correct": (
        page(EVERYONE, EVERYONE, args=by_link),
        post(EVERYONE, EVERYONE, args=by_link, data=own_corrected),
    ),
    "events:stall_report": (post(EVERYONE, EVERYONE, args=by_link, data=report),),
    "events:stall_withdraw": (
        post(EVERYONE, EVERYONE, args=by_link, acts=False),
    ),  # with a contract it is told why not
}
