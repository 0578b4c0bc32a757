"""What a judge has to do, and how far each has come."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from enggang.core.actor import Actor
from enggang.events import rules
from enggang.events.enums import RoundState
from enggang.events.models import CurationJudge, CurationProposal, CurationRound
from enggang.events.models.curation import PANEL
from enggang.events.queries.judges import agencies_of, holders_of, is_own
from enggang.reviews.models import Sheet


@dataclass(frozen=True, slots=True)
class Task:
    """A proposal for one judge. ``own``: their agency holds it, so they stay out."""

    proposal: CurationProposal
    is_done: bool
    own: bool


def sheets_by_judge(curation: CurationRound) -> dict[str, int]:
    """How many sheets each judge has given, by the key they are kept under."""
    rows = Sheet.objects.filter(review__in=curation.proposals.standing().values("review"))
    return dict(Counter(rows.values_list("judge_key", flat=True)))


def tasks_of(curation: CurationRound, judge: CurationJudge) -> list[Task]:
    """The standing proposals, those that wait for the judge first."""
    rows = list(curation.proposals.standing().with_names())
    agencies = agencies_of([judge]).get(judge.pk, set())
    holders = holders_of([row.edition for row in rows])
    key = PANEL[0] if curation.is_panel else judge.key
    done = set(
        Sheet.objects.filter(judge_key=key, review__in=[row.review_id for row in rows]).values_list("review", flat=True)
    )
    tasks = [
        Task(row, row.review_id in done, not curation.is_panel and is_own(agencies, holders[row.edition_id]))
        for row in rows
    ]
    return sorted(tasks, key=lambda task: (task.own, task.is_done, task.proposal.pk))


def waiting_rounds(actor: Actor) -> list[tuple[CurationRound, int]]:
    """The rounds that wait for the actor's sheets, with how many."""
    if actor.user_id is None:
        return []
    rows = CurationJudge.objects.filter(user_id=actor.user_id, round__state=RoundState.JUDGING)
    found = []
    for judge in rows.select_related("round__subject", "round__organisation", "agency"):
        count = sum(not task.is_done and not task.own for task in tasks_of(judge.round, judge))
        if count:
            found.append((judge.round, count))
    return found


def may_keep_sheet(actor: Actor, proposal: CurationProposal, judge: CurationJudge | None) -> bool:
    """A judge of the round; the sheet of a panel also the curator's organisers."""
    if proposal.round.is_panel and rules.may_hold_round(actor, proposal.round.organisation):
        return True
    return judge is not None
