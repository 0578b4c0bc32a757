"""Rounds of curation at every step, for the table of who may: each of a year of its own."""

from __future__ import annotations

from datetime import date
from typing import Any

from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.events.domain import curation, judging, verdicts
from enggang.events.domain.reference import keep_reference
from enggang.events.models import CurationAspect, CurationProposal, CurationRound
from enggang.places.models import Organisation
from tests.events.curating import levels, propose
from tests.events.factories import make_event

FIRST = date(2020, 1, 1)


def curation_of(organisation: Organisation) -> tuple[dict[str, Any], dict[str, str]]:
    """The rows and tokens of a side: a call, a panel that judges, and a round to be decided with its minutes."""
    for title in ("Gagasan", "Dampak"):
        aspect = CurationAspect(
            rubric="Uji", title=title, question="?", proof="concept", valid_from=FIRST, source="uji"
        )
        keep_reference(row=aspect, organisation=organisation, actor=SYSTEM)
    year, event = clock.today().year, make_event(organisation, "Dikurasi")
    propose(organisation, organisation, event=event, year=year)
    call = _round(organisation, year)
    judged_ones, token = _judging(organisation, year + 1)
    decided = _deciding(organisation, year + 2)
    rows = {"call_round": call.code, "judge": call.judges.get().code, **judged_ones, **decided}
    return rows, {"judge": token}


def _round(organisation: Organisation, year: int) -> CurationRound:
    made = curation.open_round(
        organisation=organisation, year=year, title="Uji", deadline=clock.today(), mode="panel", actor=SYSTEM
    )
    judging.name_judge(curation=made, name="Juri", post="Budayawan", actor=SYSTEM)
    return made


def _proposals(organisation: Organisation, year: int) -> tuple[CurationRound, list[CurationProposal]]:
    for name in ("Satu", "Dua"):
        propose(organisation, organisation, f"{name} {year}", year=year)
    made = _round(organisation, year)
    curation.start_judging(curation=made, actor=SYSTEM)
    return made, list(made.proposals.with_names())


def _judge(proposal: CurationProposal) -> None:
    judging.judge_proposal(proposal=proposal, levels=levels(proposal, 80), actor=SYSTEM)


def _judging(organisation: Organisation, year: int) -> tuple[dict[str, Any], str]:
    made, (first, second) = _proposals(organisation, year)
    _judge(second)
    rows = {"judging_round": made.code, "proposal": first.code, "judged_proposal": second.code}
    return rows, judging.hand_out_judging(judge=made.judges.get(), actor=SYSTEM)


def _deciding(organisation: Organisation, year: int) -> dict[str, Any]:
    made, (first, second) = _proposals(organisation, year)
    _judge(first)
    curation.close_judging(curation=made, actor=SYSTEM)
    proposal = CurationProposal.objects.with_names().get(pk=second.pk)
    verdicts.decide_proposal(
        proposal=proposal, verdict="returned", reason="uji", decider="Kepala", decided_on=clock.today(), actor=SYSTEM
    )
    made.refresh_from_db()
    verdicts.keep_round_minutes(
        curation=made, version=made.version, held_on=clock.today(), place="Pontianak", members="Ani\nBudi", actor=SYSTEM
    )
    return {"deciding_round": made.code, "waiting_proposal": first.code, "decided_proposal": second.code}
