"""The index of a region, as it would be by the formula of the year: each term, the entries behind it, and the official figure.

It is an estimate. No rank and no predicate is said before the research board's letter is entered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from enggang.innovation.enums import AffairGroup
from enggang.innovation.models import BoardLetter, Innovation, RegionPoint, Submission
from enggang.innovation.queries.guide import Guidebook, guide_of
from enggang.innovation.queries.scores import Sheet, sheets_of
from enggang.innovation.scoring import Estimate, distance, estimate
from enggang.places.models import Organisation
from enggang.places.models.organisation import below

BASIC_SERVICES = 6  # UU 23/2014 article 12: education, health, works, housing, order, social affairs


@dataclass(frozen=True, slots=True)
class RegionIndex:
    """``entered`` counts every entry that may count; ``validated`` only those through all desks."""

    organisation: Organisation
    guide: Guidebook
    points: dict[str, RegionPoint]
    sheets: list[Sheet]
    left_out: list[tuple[Sheet, str]]  # with the reason
    entered: Estimate
    validated: Estimate
    letter: BoardLetter | None

    @property
    def to_next(self) -> tuple[Decimal, str] | None:
        """How far the estimate is from the next threshold, and what it is called."""
        return distance(self.guide.steps, self.entered.index)

    @property
    def window_to(self) -> date | None:
        return self.guide.whole.window_to if self.guide.whole else None


def region_index(organisation: Organisation, year: int) -> RegionIndex:
    """A fixed number of questions to the database, however many innovations there are."""
    guide = guide_of(organisation, year)
    rows = list(
        Submission.objects.of_region(organisation.path, year).with_names().order_by("innovation__name_key", "pk")
    )
    sheets = sheets_of(rows, {row.pk: guide for row in rows})
    outside = {sheet.submission.pk: why for sheet in sheets if (why := why_not(sheet.submission, guide))}
    counting = [sheet for sheet in sheets if sheet.submission.pk not in outside]
    through = [sheet for sheet in counting if is_through(sheet.submission)]
    points = {row.code: row for row in RegionPoint.objects.filter(organisation=organisation, year=year)}
    region = sum((row.points for row in points.values()), Decimal(0))
    return RegionIndex(
        organisation=organisation, guide=guide, points=points, sheets=counting,
        left_out=[(sheet, outside[sheet.submission.pk]) for sheet in sheets if sheet.submission.pk in outside],
        entered=_estimate(guide, region, counting), validated=_estimate(guide, region, through),
        letter=letter_of(organisation, year),
    )  # fmt: skip


def _estimate(guide: Guidebook, region: Decimal, sheets: Sequence[Sheet]) -> Estimate:
    affairs = {
        sheet.submission.innovation.affair.key or sheet.submission.innovation.affair.name
        for sheet in sheets
        if sheet.submission.innovation.affair is not None
        and sheet.submission.innovation.affair.group == AffairGroup.BASIC
    }
    scores = [sheet.score.points for sheet in sheets]
    return estimate(guide.formula, region, scores, min(len(affairs), BASIC_SERVICES))


def is_through(row: Submission) -> bool:
    """Through all four desks, also when its year is closed since."""
    return row.validated_at is not None


def why_not(row: Submission, guide: Guidebook) -> str:
    """Why an entry cannot count by the guide's days (code of the reason); empty when it can, or when nothing is said."""
    whole, adopted = guide.whole, row.innovation.adopted_on
    if adopted is None:
        return "not_adopted"
    if whole is None or whole.adopted_to is None or whole.adopted_from is None:
        return ""
    if adopted > whole.adopted_to:
        return "too_new"
    if adopted < whole.adopted_from and not row.renewal:
        return "too_old"
    return ""


def letter_of(organisation: Organisation, year: int) -> BoardLetter | None:
    rows = BoardLetter.objects.filter(organisation=organisation, year=year, replaced_at=None)
    return rows.select_related("file__subject").first()


def letters_of(organisation: Organisation) -> list[BoardLetter]:
    """The official figures by year, the newest first."""
    rows = BoardLetter.objects.filter(organisation=organisation, replaced_at=None)
    return list(rows.select_related("file__subject").order_by("-year"))


def without_entry(organisation: Organisation, year: int) -> list[Innovation]:
    """Innovations in use that are not entered for the year."""
    rows = Innovation.objects.in_use().filter(below(organisation.path, "organisation__path"))
    return list(rows.exclude(submissions__year=year).with_names().order_by("name_key", "pk"))
