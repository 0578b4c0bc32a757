"""How an entry stands: each indicator with its parameter, its source row and its evidence; and the sum."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from enggang.innovation.models import Evidence, GuideIndicator, IndicatorScore, Submission
from enggang.innovation.models.submission import EvidenceUse
from enggang.innovation.queries.guide import Guidebook
from enggang.innovation.queries.proposals import Proposal, known_genres
from enggang.innovation.scoring import Effort, Line, Score, Step, next_steps, score_of


@dataclass(frozen=True, slots=True)
class Standing:
    """One indicator of the guide as it stands for one entry."""

    guide: GuideIndicator
    line: Line
    score: IndicatorScore | None
    evidence: list[Evidence]
    proposals: list[Proposal] = field(default_factory=list)

    @property
    def chosen(self) -> str:
        """The text of the parameter that was chosen."""
        return self.guide.texts[self.line.parameter - 1] if self.line.parameter else ""

    @property
    def options(self) -> list[tuple[int, str, int]]:
        """Every parameter with its text and its points."""
        return [(n, text, n * (self.guide.weight or 0)) for n, text in enumerate(self.guide.texts, 1)]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole entry. ``steps`` are what would bring points next, the nearest first."""

    submission: Submission
    guide: Guidebook
    standings: list[Standing]

    @property
    def lines(self) -> list[Line]:
        return [each.line for each in self.standings]

    @property
    def score(self) -> Score:
        return score_of(self.lines)

    def steps(self, limit: int | None = None) -> list[tuple[Standing, Step]]:
        by_code = {each.guide.code: each for each in self.standings}
        return [(by_code[step.code], step) for step in next_steps(self.lines, limit)]

    @property
    def missing(self) -> list[Standing]:
        return [each for each in self.standings if each.line.is_missing]

    def standing(self, code: str) -> Standing | None:
        return next((each for each in self.standings if each.guide.code == code), None)


def sheet_of(submission: Submission, guide: Guidebook, proposals: Sequence[Proposal] = ()) -> Sheet:
    return sheets_of([submission], {submission.pk: guide}, {submission.pk: proposals})[0]


def sheets_of(
    rows: Sequence[Submission], guides: dict[int, Guidebook], proposals: dict[int, Sequence[Proposal]] | None = None
) -> list[Sheet]:
    """Two questions to the database for any number of entries. ``guides`` and ``proposals`` by the entry's id."""
    scores: dict[tuple[int, str], IndicatorScore] = {
        (row.submission_id, row.code): row for row in IndicatorScore.objects.filter(submission__in=rows)
    }
    evidence: dict[tuple[int, str], list[Evidence]] = defaultdict(list)
    uses = EvidenceUse.objects.filter(submission__in=rows, evidence__withdrawn_at=None)
    for use in uses.select_related("evidence__subject", "evidence__file__subject"):
        evidence[use.submission_id, use.code].append(use.evidence)
    return [
        Sheet(
            row, guides[row.pk],
            [
                _standing(line, scores.get((row.pk, line.code)), evidence[row.pk, line.code], (proposals or {}).get(row.pk, ()))
                for line in guides[row.pk].own
            ],
        )
        for row in rows
    ]  # fmt: skip


def _standing(
    guide: GuideIndicator, score: IndicatorScore | None, evidence: list[Evidence], proposals: Iterable[Proposal]
) -> Standing:
    waiting = [each for each in proposals if guide.code in each.codes]
    parameter = score.parameter if score else 0
    line = Line(
        code=guide.code, weight=guide.weight, parameter=parameter, has_evidence=bool(evidence),
        is_mandatory=guide.is_mandatory, effort=_effort(guide, bool(waiting), bool(evidence) and not parameter),
    )  # fmt: skip
    return Standing(guide, line, score, evidence, waiting)


def _effort(guide: GuideIndicator, waiting: bool, unused: bool) -> Effort:
    """``unused``: evidence is there and no parameter chosen. What was counted already does not bear a higher one."""
    if waiting or unused:
        return Effort.READY
    return Effort.NEAR if guide.genre in known_genres() else Effort.FAR
