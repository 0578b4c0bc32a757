"""The proposals of a round with what came of them: means, spread, rank, gaps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from enggang.core.actor import Actor
from enggang.events import rules
from enggang.events.enums import Stage
from enggang.events.models import CurationProposal, CurationRound, Edition
from enggang.events.models.edition import EditionQuerySet
from enggang.events.queries.gates import Gate, gates_of
from enggang.places.models.organisation import below_any
from enggang.reviews.models import Criterion, Sheet


def editions_of(curation: CurationRound) -> EditionQuerySet:
    """Those of the year that are for the curator to decide about, at any stage."""
    curator = curation.organisation
    mine = Q(curator=curator) | Q(curator=None, organisation=curator)
    return Edition.objects.filter(mine, year=curation.year).with_names()


def editions_proposed(curation: CurationRound) -> EditionQuerySet:
    return editions_of(curation).filter(stage=Stage.PROPOSED)


@dataclass(frozen=True, slots=True)
class Ready:
    """An edition in the call, with what its next gate still misses."""

    edition: Edition
    gate: Gate

    @property
    def missing(self) -> list[str]:
        return [row.item.text for row in self.gate.rows if row.is_missing]


def called(curation: CurationRound, actor: Actor) -> list[Ready]:
    """What is proposed, and of one's own agency also what could be: idea and proposed."""
    rows = editions_of(curation).filter(stage__in=[Stage.IDEA, Stage.PROPOSED])
    if rules.sees_round(actor, curation):
        rows = rows.filter(Q(stage=Stage.PROPOSED) | below_any(actor.paths(*rules.SEES_EVENTS), "organisation__path"))
    else:
        rows = rows.filter(below_any(actor.paths(*rules.SEES_EVENTS), "organisation__path"))
    found = list(rows)
    return [Ready(row, gate) for row, gate in zip(found, gates_of(found), strict=True)]


@dataclass(frozen=True, slots=True)
class Cell:
    """What the judges gave on one criterion: points of a hundred; None as long as nothing is to be seen."""

    criterion: Criterion
    points: float | None
    lowest: int = 0
    highest: int = 0
    notes: tuple[str, ...] = ()
    gap: bool = False

    @property
    def spread(self) -> int:
        return self.highest - self.lowest


@dataclass(slots=True)
class Judged:
    """A proposal in the comparison. ``sheets`` and ``cells`` are empty while it is blind."""

    proposal: CurationProposal
    awaited: int
    given: int
    sheets: list[Sheet] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    rank: int | None = None

    @property
    def points(self) -> float | None:
        return self.proposal.review.points

    @property
    def spread(self) -> float:
        return (self.proposal.review.spread or 0) / 100

    @property
    def is_wide(self) -> bool:
        """Whether the judges are further apart than the round allows."""
        return bool(self.sheets) and self.spread > self.proposal.round.spread_alert

    @property
    def gaps(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.gap]


def judged(curation: CurationRound, proposals: Iterable[CurationProposal] | None = None) -> list[Judged]:
    """The standing proposals of a round, the best first; those without a score at the end. Six questions."""
    if proposals is None:
        proposals = curation.proposals.standing().with_names()
    rows = list(proposals)
    criteria = list(curation.rubric.criteria.all())
    by_review = _sheets({row.review_id for row in rows})
    found = [_judged(curation, row, criteria, by_review.get(row.review_id, [])) for row in rows]
    found.sort(key=lambda row: (row.points is None, -(row.points or 0), row.proposal.edition.event.name_key))
    _rank(found)
    return found


def _sheets(reviews: set[int]) -> dict[int, list[Sheet]]:
    found: dict[int, list[Sheet]] = {}
    for sheet in Sheet.objects.filter(review__in=reviews).prefetch_related("marks__level"):
        found.setdefault(sheet.review_id, []).append(sheet)
    return found


def _judged(
    curation: CurationRound, proposal: CurationProposal, criteria: Sequence[Criterion], sheets: list[Sheet]
) -> Judged:
    review = proposal.review
    awaited = 1 if curation.is_panel else review.wanted or 0
    row = Judged(proposal, awaited, len(sheets))
    proposal.round = curation
    if review.is_decided or review.is_disputed:
        row.sheets = sheets
        row.cells = [_cell(curation, each, sheets) for each in criteria]
    return row


def _cell(curation: CurationRound, criterion: Criterion, sheets: list[Sheet]) -> Cell:
    marks = [mark for sheet in sheets for mark in sheet.marks.all() if mark.criterion_id == criterion.pk]
    if not marks:
        return Cell(criterion, None)
    points = [mark.level.points for mark in marks]
    mean = sum(points) / len(points)
    notes = tuple(mark.note for mark in marks if mark.note)
    return Cell(criterion, round(mean, 2), min(points), max(points), notes, mean < curation.gap_below)


def _rank(rows: list[Judged]) -> None:
    """Equal scores share a rank, and the next one is counted on: 1, 1, 3."""
    for number, row in enumerate(rows, 1):
        if row.points is None:
            continue
        before = rows[number - 2] if number > 1 else None
        row.rank = before.rank if before and before.points == row.points else number


def result_for(curation: CurationRound, actor: Actor) -> list[Judged]:
    """What the actor may see of the result: all of it for the curator's staff, else one's own once it is out."""
    if rules.sees_round(actor, curation):
        return judged(curation)
    if not curation.is_closed:
        return []
    paths = actor.paths(*rules.SEES_EVENTS)
    own = below_any(paths, "edition__organisation__path")
    mine = set(curation.proposals.standing().filter(own).values_list("pk", flat=True))
    return [row for row in judged(curation) if row.proposal.pk in mine] if mine else []
