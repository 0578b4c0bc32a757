"""The lines of the permission table that are about impact."""

from __future__ import annotations

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.impact import rules
from enggang.impact.domain.promises import make_promise
from enggang.indicators.rules import APPROVES
from enggang.people.rules import SEES_PEOPLE
from tests.architecture.arguments import OWNER, fixed, tomorrow
from tests.architecture.matrix import SIGNED_IN, Row, Side, Values, page, post, roles

READERS, WRITERS, LEADERS = roles(*rules.READS), roles(*rules.WRITERS), roles(*rules.LEADS)
DECIDERS = roles(*APPROVES)
CAUSERS = LEADERS | roles(Role.COORDINATOR)
PEOPLE_READERS = roles(*SEES_PEOPLE)
INDICATOR_READERS = READERS | roles(Role.COORDINATOR, Role.TREASURER)  # they read the number, and what is said of it


def agency(side: Side) -> Values:
    return {"code": side.organisation.code}


def grown(side: Side) -> Values:
    """Something is otherwise than in the page that was kept, for this question only."""
    make_promise(
        organisation=side.organisation, text="Satu lagi", person=side.person, due_on=clock.today(), actor=SYSTEM
    )
    return agency(side)


def kept(side: Side) -> Values:
    return {**agency(side), "day": side.rows["monday"], "number": 1}


def promised(side: Side) -> Values:
    return {"text": "Kirim surat", "person": side.person.name, "due_on": tomorrow()}


def indicator(side: Side) -> Values:
    return {"code": side.rows["indicator"]}


def verified(side: Side) -> Values:
    return {**agency(side), "kind": "value", "item": side.rows["value_verified"]}


def caused(side: Side) -> Values:
    return {"text": "Sebab", "action": "Rapat", "person": side.person.name, "due_on": tomorrow()}


IMPACT: dict[str, tuple[Row, ...]] = {
    "impact:mondays": (page(READERS),),
    "impact:monday": (page(READERS, args=agency),),
    "impact:monday_keep": (post(LEADERS, args=grown),),
    "impact:monday_kept": (page(READERS, args=kept),),
    "impact:promise_new": (post(LEADERS, args=agency, data=promised),),
    "impact:own_promises": (page(SIGNED_IN),),
    "impact:promise_move": (
        post(LEADERS | OWNER, args=lambda side: {"number": side.rows["promise"]}, data=fixed(to="kept")),
    ),
    "impact:monday_promise": (
        post(
            LEADERS | OWNER, args=lambda side: {**agency(side), "number": side.rows["promise"]}, data=fixed(to="kept")
        ),
    ),
    "impact:monday_paper": (page(READERS, args=agency),),
    "impact:monday_kept_paper": (page(READERS, args=kept),),
    "impact:decide": (post(DECIDERS, args=verified, data=fixed(to="approve")),),
    "impact:causes": (
        page(INDICATOR_READERS, args=indicator),
        post(CAUSERS, args=indicator, data=caused),
    ),
    "impact:cause_withdraw": (post(CAUSERS, args=lambda side: {"number": side.rows["cause"]}),),
    "impact:dashboards": (page(READERS),),
    "impact:dashboard": (page(READERS, args=agency),),
    "impact:dashboard_region": (page(READERS, args=lambda side: {**agency(side), "region": "61.71"}),),
    "impact:festival": (page(READERS, args=lambda side: {"code": side.rows["event"]}),),
    "impact:own_portfolio": (page(OWNER),),
    "impact:portfolio": (page(PEOPLE_READERS | OWNER, args=lambda side: {"code": side.person.code}),),
    "impact:chains": (page(READERS),),
    "impact:chain": (page(READERS, args=agency),),
    "impact:wave_chain": (page(READERS, args=lambda side: {"code": side.wave.code}),),
    "impact:contribution_new": (page(WRITERS, args=lambda side: {"code": side.wave.code}),),
    "impact:contributions": (page(INDICATOR_READERS, args=lambda side: {"code": side.rows["indicator"]}),),
    "impact:contribution_withdraw": (post(WRITERS, args=lambda side: {"number": side.rows["contribution"]}),),
}
