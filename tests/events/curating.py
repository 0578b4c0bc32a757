"""A province that curates, two regencies that propose, and judges behind private addresses."""

from __future__ import annotations

from datetime import date
from typing import Any

from enggang.access.domain.links import actor_of_link
from enggang.access.enums import LinkScope, Role
from enggang.access.models import CapabilityLink
from enggang.core import clock
from enggang.core.actor import SYSTEM, Actor
from enggang.documents.domain.letterheads import add_letterhead
from enggang.events.domain import curation as rounds
from enggang.events.domain import judging
from enggang.events.domain.stages import advance_edition
from enggang.events.models import CurationJudge, CurationProposal, CurationRound, Edition, Event
from enggang.places.models import Organisation
from tests.events.factories import make_edition, make_event
from tests.training.factories import make_actor, make_agency

YEAR = 2027
HALF = (40, 80)


def agencies() -> tuple[Organisation, Organisation, Organisation]:
    """The same three however often they are asked for."""
    found = [Organisation.objects.filter(name=name).first() for name in ("Provinsi", "Mempawah", "Landak")]
    made = [row or make_agency(name) for row, name in zip(found, ("Provinsi", "Mempawah", "Landak"), strict=True)]
    return made[0], made[1], made[2]


def curator_actor(province: Organisation) -> Actor:
    return make_actor(Role.ORGANISER, province)


def propose(
    agency: Organisation, curator: Organisation, name: str = "", *, event: Event | None = None, year: int = YEAR
) -> Edition:
    own = agency.pk == curator.pk
    name = name or f"Acara {agency}"
    event = (
        event
        or Event.objects.filter(organisation=agency, name=name).first()
        or make_event(agency, name, curator=None if own else curator)
    )
    edition = make_edition(agency, event=event, year=year)
    return advance_edition(
        edition=edition, to="proposed", decider="Kepala", decided_on=clock.today(), reason="uji", actor=SYSTEM
    )


def open_round(province: Organisation, *, year: int = YEAR, actor: Actor = SYSTEM, **facts: Any) -> CurationRound:
    values = {"title": f"Kurasi {year}", "deadline": clock.today(), **facts}
    return rounds.open_round(organisation=province, year=year, actor=actor, **values)


def judging_round(
    province: Organisation, *, judges: int = 2, named: list[dict[str, Any]] | None = None, year: int = YEAR,
    own: bool = False, fresh: bool = True, **facts: Any,
) -> CurationRound:  # fmt: skip
    """Two regencies have proposed (with ``own`` the province too), and the judges may begin."""
    if fresh:
        for agency in agencies()[1:]:
            propose(agency, province, year=year)
    if own:
        propose(province, province, year=year)
    curation = open_round(province, year=year, **facts)
    for number in range(judges):
        judging.name_judge(curation=curation, name=f"Juri {number + 1}", actor=SYSTEM)
    for each in named or []:
        judging.name_judge(curation=curation, actor=SYSTEM, **each)
    return rounds.start_judging(curation=curation, actor=SYSTEM)


def judged_round(province: Organisation, points: tuple[int, int] = (80, 60)) -> CurationRound:
    """Both judges gave Mempawah the first points and Landak the second; the judging is closed."""
    curation = judging_round(province)
    for number, agency in enumerate(agencies()[1:]):
        proposal = curation.proposals.with_names().get(edition__organisation=agency)
        for judge in curation.judges.all():
            give(proposal, judge, points[number])
    return rounds.close_judging(curation=curation, actor=SYSTEM)


def levels(proposal: CurationProposal, points: int) -> dict[int, int]:
    rows = proposal.review.rubric.criteria.all()
    return {row.pk: row.levels.get(points=points).pk for row in rows}


def actor_by_link(judge: CurationJudge) -> Actor:
    """Who acts behind a new private address of the judge."""
    judging.hand_out_judging(judge=judge, actor=SYSTEM)
    link = CapabilityLink.objects.filter(scope=LinkScope.CURATION, subject=judge.subject, revoked_at=None).get()
    return actor_of_link(link)


def give(proposal: CurationProposal, judge: CurationJudge, points: int, note: str = "") -> CurationProposal:
    given = levels(proposal, points)
    notes = dict.fromkeys(given, note)
    return judging.judge_proposal(proposal=proposal, judge=judge, levels=given, notes=notes, actor=actor_by_link(judge))


def letterhead(agency: Organisation) -> None:
    add_letterhead(
        organisation=agency, lines="Pemerintah Provinsi\nDisporapar", address="Pontianak", city="Pontianak",
        valid_from=date(2022, 1, 3), source="uji", actor=SYSTEM,
    )  # fmt: skip
