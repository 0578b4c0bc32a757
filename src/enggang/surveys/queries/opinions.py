"""What a survey yielded, without telling of anybody: whole batches only, and groups only where all of them hide someone.

By group: a group with fewer answers than the least number is hidden, and with it as many of the next smallest as it
takes until the hidden ones together reach that number: else it could be had by taking the shown from the total.
Sheets from addresses that staff handed out hide nobody: they do not count when a group's size is asked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from statistics import fmean

from enggang.surveys.enums import StatementKind
from enggang.surveys.models import Sheet, Statement, Survey
from enggang.surveys.queries.services import profile_questions


@dataclass(frozen=True, slots=True)
class Opinion:
    """One statement: its mean, and how many chose each step of the scale."""

    statement: Statement
    mean: float
    counts: list[int]
    high: int

    @property
    def percent(self) -> float:
        return 100 * self.mean / self.high


@dataclass(frozen=True, slots=True)
class Opinions:
    survey: Survey
    counted: int
    lines: list[Opinion]
    comments: list[tuple[Statement, list[str]]]
    groups: list[tuple[str, int, float]]
    hidden_groups: list[str]
    profile: list[tuple[str, list[tuple[str, int]], bool]] = field(default_factory=list)  # title, counts, some hidden

    @property
    def mean(self) -> float:
        """The mean of the statements, each with its weight."""
        weight = sum(line.statement.weight for line in self.lines)
        return sum(line.statement.weight * line.mean for line in self.lines) / weight

    @property
    def index(self) -> float:
        """The mean as a share of the highest step, 0 to 100: what the SKM calls its index."""
        return 100 * self.mean / self.survey.high

    @property
    def band(self) -> str:
        return next((label for least, label in self.survey.bands if round(self.index, 2) >= least), "")


def opinions_of(survey: Survey) -> Opinions:
    """Everything that may be shown. ``lines`` is empty below the least number of answers."""
    sheets = list(Sheet.objects.filter(survey=survey).exclude(batch=None))
    if len(sheets) < survey.minimum:
        return Opinions(survey, 0, [], [], [], [])
    rows = list(survey.statements.all())
    scales = [row for row in rows if row.kind == StatementKind.SCALE]
    lines = [_opinion(row, sheets, survey.high) for row in scales]
    said = [(row, _said(row, sheets)) for row in rows if row.kind == StatementKind.COMMENT]
    groups, hidden = _groups(survey, sheets)
    return Opinions(survey, len(sheets), lines, said, groups, hidden, _profile(survey, sheets))


def _profile(survey: Survey, sheets: list[Sheet]) -> list[tuple[str, list[tuple[str, int]], bool]]:
    """How many chose each option; small ones are hidden as small groups are, so that none can be had by subtraction."""
    found = []
    for asked in profile_questions(survey):
        sizes = Counter(sheet.profile.get(asked["key"], "") for sheet in sheets)
        hidden = hidden_groups(dict(sizes), survey.minimum)
        shown = [(option, sizes[option]) for option in asked["options"] if sizes[option] and option not in hidden]
        found.append((asked["title"], shown, bool(hidden)))
    return found


def _opinion(statement: Statement, sheets: list[Sheet], high: int) -> Opinion:
    values = [sheet.values[str(statement.pk)] for sheet in sheets]
    found = Counter(values)
    return Opinion(statement, fmean(values), [found[step] for step in range(1, high + 1)], high)


def _said(statement: Statement, sheets: list[Sheet]) -> list[str]:
    return sorted(text for sheet in sheets if (text := sheet.comments.get(str(statement.pk))))


def _groups(survey: Survey, sheets: list[Sheet]) -> tuple[list[tuple[str, int, float]], list[str]]:
    upto = survey.groups_upto or 0
    by_group: dict[str, list[Sheet]] = defaultdict(list)
    for sheet in sheets:
        if (sheet.batch or 0) <= upto:
            by_group[sheet.group].append(sheet)
    if len(by_group) < 2:
        return [], []
    sizes = {name: sum(not row.handed for row in rows) for name, rows in by_group.items()}
    hidden = hidden_groups(sizes, survey.minimum)
    shown = [
        (name, len(rows), fmean(value for row in rows for value in row.values.values()))
        for name, rows in sorted(by_group.items())
        if name not in hidden
    ]
    return shown, sorted(hidden)


def hidden_groups(sizes: dict[str, int], least: int) -> set[str]:
    """Which groups to hide so that neither a shown group nor what is left of the total is below ``least``."""
    order = sorted(sizes, key=lambda name: (sizes[name], name))
    hidden = {name for name in order if sizes[name] < least}
    for name in order:
        if not hidden or (sum(sizes[each] for each in hidden) >= least and len(hidden) > 1):
            break
        hidden.add(name)
    return hidden
