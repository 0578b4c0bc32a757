"""Acts on reviews: open, grade, settle a dispute, open again, minutes. The caller's act has asked who may grade."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject
from enggang.core.integrity import told
from enggang.core.models import Subject
from enggang.core.states import move
from enggang.files.models import Upload
from enggang.places.models import Organisation
from enggang.reviews.enums import REVIEW_MOVES, Mode, ReviewState
from enggang.reviews.models import Criterion, Level, Mark, Minutes, Review, Rubric, Sheet

SHEETS = {Mode.SINGLE: 1, Mode.BLIND: 2, Mode.PANEL: 1}


@act("reviews.open_review", joins=True)
def open_review(*, rubric: Rubric, subject: Subject, organisation: Organisation, mode: str, actor: Actor) -> Review:
    """Ask for a judgement; from now on the rubric stays as it is."""
    Rubric.objects.filter(pk=rubric.pk, frozen_at=None).update(frozen_at=clock.now())
    review = Review.objects.create(
        rubric=rubric, subject=subject, organisation=organisation, mode=mode, opened_at=clock.now()
    )
    record_subject(subject)
    record(review=review.pk, mode=str(mode))
    return review


@act("reviews.submit_sheet", joins=True)
def submit_sheet(*, review: Review, levels: Mapping[int, int], actor: Actor, feedback: str = "") -> Review:
    """Give one grader's levels (by criterion id) and words; a grader may change their own until it is decided.

    Single and panel: the sheet decides. Blind: the mean of two when they agree within the rubric's spread; further
    apart it is disputed until one of them moves, or a third grader comes: then the middle score of three counts.
    """
    review = Review.objects.select_for_update().select_related("rubric", "subject").get(pk=review.pk)
    if review.is_decided:
        raise Conflict(_("This work is graded already. Open the grading again to change it."))
    marks = _marks(review, levels)
    own = review.sheets.filter(judge_key=actor.key).first()
    sheet = own or Sheet(review=review, judge_key=actor.key, number=_next_number(review))
    sheet.judge_name, sheet.feedback = actor.name[:200], feedback.strip()[:4000]
    sheet.score, sheet.submitted_at = _score(marks), clock.now()
    with told(Sheet):
        sheet.save()
    sheet.marks.all().delete()
    Mark.objects.bulk_create([Mark(sheet=sheet, criterion=criterion, level=level) for criterion, level in marks])
    record_subject(review.subject)
    record(review=review.pk, sheet=sheet.number)
    return _settle(review)


def _marks(review: Review, levels: Mapping[int, int]) -> list[tuple[Criterion, Level]]:
    marks = []
    for criterion in review.rubric.criteria.prefetch_related("levels"):
        chosen = next((level for level in criterion.levels.all() if level.pk == levels.get(criterion.pk)), None)
        if chosen is None:
            raise Conflict(_("Choose a level for every criterion."))
        marks.append((criterion, chosen))
    return marks


def _next_number(review: Review) -> int:
    count = review.sheets.count()
    most = 3 if review.is_disputed else SHEETS[Mode(review.mode)]
    if count >= most:
        raise Conflict(_("Enough graders have graded this work already."))
    return count + 1


def _score(marks: list[tuple[Criterion, Level]]) -> int:
    """The weighted mean of the points, in hundredths, rounded half up."""
    weight = sum(criterion.weight for criterion, _level in marks)
    total = sum(criterion.weight * level.points for criterion, level in marks) * 100
    return (2 * total + weight) // (2 * weight)


def _settle(review: Review) -> Review:
    scores = sorted(review.sheets.values_list("score", flat=True))
    if len(scores) < SHEETS[Mode(review.mode)]:
        return review
    spread = scores[-1] - scores[0]
    if len(scores) == 3:
        return _decide(review, scores[1], spread)
    if spread > review.rubric.spread_alert * 100:
        if not review.is_disputed:
            return move(review, ReviewState.DISPUTED, moves=REVIEW_MOVES, spread=spread)
        Review.objects.filter(pk=review.pk).update(spread=spread)
        return review
    return _decide(review, (sum(scores) + len(scores) // 2) // len(scores), spread)


def _decide(review: Review, score: int, spread: int) -> Review:
    return move(review, ReviewState.DECIDED, moves=REVIEW_MOVES, score=score, spread=spread, decided_at=clock.now())


@act("reviews.reopen_review", joins=True)
def reopen_review(*, review: Review, actor: Actor) -> Review:
    """Undo a decision: the sheets stay, and their graders may change them."""
    record_subject(review.subject)
    return move(review, ReviewState.OPEN, moves=REVIEW_MOVES, score=None, spread=None, decided_at=None)


@act("reviews.keep_minutes", joins=True)
def keep_minutes(
    *, review: Review, held_on: date, place: str, members: str, actor: Actor, text: str = "", scan: Upload | None = None
) -> Minutes:
    """Write the minutes of a panel, or change them; a signed scan stays when none is given."""
    if review.mode != Mode.PANEL:
        raise Conflict(_("Only a panel has minutes."))
    row = Minutes.objects.filter(review=review).first() or Minutes(review=review)
    row.held_on, row.place, row.members, row.text = held_on, place.strip(), members.strip(), text.strip()
    row.scan, row.kept_at = scan or row.scan, clock.now()
    if len(row.names) < 2:
        raise Conflict(_("A panel has at least two members: one name per line."))
    row.full_clean()
    row.save()
    record_subject(review.subject)
    record(review=review.pk, scan=bool(row.scan))
    return row
