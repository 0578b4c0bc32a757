"""The lines of the permission table that are about curation."""

from __future__ import annotations

from enggang.core import clock
from enggang.events import rules
from enggang.events.models import CurationProposal, CurationRound
from tests.architecture.arguments import MANAGERS, fixed, row
from tests.architecture.matrix import EVERYONE, NONE, FromSide, Row, Side, Values, page, post, roles
from tests.events.curating import levels

READERS = roles(*rules.SEES_EVENTS)


def sheet(name: str) -> FromSide:
    """The levels of a proposal's sheet as they are posted."""

    def posted(side: Side) -> Values:
        proposal = CurationProposal.objects.with_names().get(subject__code=side.rows[name])
        return {f"level-{criterion}": level for criterion, level in levels(proposal, 60).items()}

    return posted


def judge(side: Side) -> Values:
    return {"code": side.rows["call_round"], "judge_code": side.rows["judge"]}


def minutes(side: Side) -> Values:
    version = CurationRound.objects.get(subject__code=side.rows["deciding_round"]).version
    return {"version": version, "held_on": str(clock.today()), "place": "Sambas", "members": "Ani\nBudi"}


def by_link(**more: str) -> FromSide:
    return lambda side: {"token": side.tokens["judge"], **{name: side.rows[key] for name, key in more.items()}}


def new_round(side: Side) -> Values:
    return {
        "organisation": side.organisation.pk, "year": 2030, "title": "Baru", "deadline": str(clock.today()),
        "mode": "alone", "gap_below": 60, "spread_alert": 20,
    }  # fmt: skip


def of_round(side: Side) -> Values:
    return {"code": side.rows["deciding_round"]}


def step(side: Side) -> Values:
    return {"code": side.rows["call_round"], "step": "nilai"}


def decision(**more: str) -> FromSide:
    return lambda _side: {"decider": "Kepala", "decided_on": str(clock.today()), "reason": "uji", **more}


def changed(side: Side) -> Values:
    return {**new_round(side), "version": CurationRound.objects.get(subject__code=side.rows["call_round"]).version}


CURATION: dict[str, tuple[Row, ...]] = {
    "events:rounds": (page(READERS),),
    "events:round_new": (page(MANAGERS), post(MANAGERS, data=new_round)),
    "events:round": (page(READERS, args=row("judging_round")), page(READERS, args=row("call_round"))),
    "events:round_edit": (page(MANAGERS, args=row("call_round")), post(MANAGERS, args=row("call_round"), data=changed)),
    "events:round_step": (post(MANAGERS, args=step),),
    "events:aspects_copy": (post(MANAGERS, args=row("call_round")),),
    "events:rubric_renew": (post(MANAGERS, args=row("call_round")),),
    "events:judge_add": (post(MANAGERS, args=row("call_round"), data=fixed(name="Juri baru")),),
    "events:judge_drop": (post(MANAGERS, args=judge),),
    "events:judge_link": (post(MANAGERS, args=judge),),
    "events:judge_by_link": (page(EVERYONE, EVERYONE, args=by_link()),),  # the address is the right
    "events:sheet_by_link": (
        page(EVERYONE, EVERYONE, args=by_link(code="proposal")),
        post(EVERYONE, EVERYONE, args=by_link(code="proposal"), data=sheet("proposal")),
    ),
    "events:compare": (page(READERS, args=row("judging_round")),),
    "events:result": (page(READERS, args=of_round),),
    "events:minutes_keep": (post(MANAGERS, args=of_round, data=minutes),),
    "events:minutes_pdf": (page(READERS, args=of_round),),
    "events:minutes_docx": (page(READERS, args=of_round),),
    "events:minutes_scan": (page(NONE, args=of_round),),  # nobody has signed them
    "events:proposal": (
        page(READERS, args=row("proposal")),
        page(READERS, args=row("judged_proposal")),
        post(MANAGERS, args=row("proposal"), data=sheet("proposal")),
    ),
    "events:proposal_again": (post(MANAGERS, args=row("judged_proposal")),),
    "events:proposal_decide": (post(MANAGERS, args=row("waiting_proposal"), data=decision(verdict="returned")),),
    "events:proposal_undecide": (post(MANAGERS, args=row("decided_proposal"), data=decision()),),
    "events:proposal_withdraw": (post(MANAGERS, args=row("proposal"), data=decision()),),
}
