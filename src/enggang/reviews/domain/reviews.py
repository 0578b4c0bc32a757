"""Acts on reviews: open, grade, settle a dispute, open again, minutes. The caller's act has asked who may grade."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

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
FURTHEST_AHEAD = timedelta(days=92)


@act("reviews.open_review", joins=True)
def open_review(
    *, rubric: Rubric, subject: Subject, organisation: Organisation, mode: str, actor: Actor, wanted: int | None = None
) -> Review:
    """Ask for a judgement; from now on the rubric stays as it is. ``wanted`` sheets are awaited, else the mode's own."""
    Rubric.objects.filter(pk=rubric.pk, frozen_at=None).update(frozen_at=clock.now())
    review = Review.objects.create(
        rubric=rubric, subject=subject, organisation=organisation, mode=mode, opened_at=clock.now(), wanted=wanted
    )
    record_subject(subject)
    record(review=review.pk, mode=str(mode))
    return review


@act("reviews.submit_sheet", joins=True)
def submit_sheet(
    *, review: Review, levels: Mapping[int, int], actor: Actor, feedback: str = "",
    notes: Mapping[int, str] | None = None, judge: tuple[str, str] | None = None,
) -> Review:  # fmt: skip
    """Give one grader's levels and notes (by criterion id) and words; a grader may change their own until it is decided.

    Single and panel: the sheet decides. Blind: the mean of two when they agree within the rubric's spread; further
    apart it is disputed until one of them moves, or a third grader comes: then the middle score of three counts.
    Blind with a number of sheets of its own: the mean of all, disputed as long as two are further apart than that.
    ``judge`` is the key and the name the sheet is kept under, when it is not the actor's (a private address, a panel).
    """
    key, name = judge or (actor.key, actor.name)
    review = Review.objects.select_for_update().select_related("rubric", "subject").get(pk=review.pk)
    if review.is_decided:
        raise Conflict(_("This work is graded already. Open the grading again to change it."))
    marks = _marks(review, levels)
    own = review.sheets.filter(judge_key=key).first()
    sheet = own or Sheet(review=review, judge_key=key, number=_next_number(review))
    sheet.judge_name, sheet.feedback = name[:200], feedback.strip()[:4000]
    sheet.score, sheet.submitted_at = _score(marks), clock.now()
    with told(Sheet):
        sheet.save()
    sheet.marks.all().delete()
    said = {pk: text.strip()[:1000] for pk, text in (notes or {}).items()}
    rows = [Mark(sheet=sheet, criterion=each, level=level, note=said.get(each.pk, "")) for each, level in marks]
    Mark.objects.bulk_create(rows)
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


def _awaited(review: Review) -> int:
    return SHEETS[Mode(review.mode)] if review.wanted is None else review.wanted


def _next_number(review: Review) -> int:
    count = review.sheets.count()
    most = 3 if review.is_disputed and review.wanted is None else _awaited(review)
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
    if not scores or len(scores) < _awaited(review):
        return review
    spread = scores[-1] - scores[0]
    if len(scores) == 3 and review.wanted is None:
        return _decide(review, scores[1], spread)
    if spread > review.rubric.spread_alert * 100:
        if not review.is_disputed:
            return move(review, ReviewState.DISPUTED, moves=REVIEW_MOVES, spread=spread)
        Review.objects.filter(pk=review.pk).update(spread=spread)
        return review
    return _decide(review, _mean(scores), spread)


def _mean(scores: list[int]) -> int:
    return (sum(scores) + len(scores) // 2) // len(scores)


def _decide(review: Review, score: int, spread: int) -> Review:
    return move(review, ReviewState.DECIDED, moves=REVIEW_MOVES, score=score, spread=spread, decided_at=clock.now())


@act("reviews.reopen_review", joins=True)
def reopen_review(*, review: Review, actor: Actor) -> Review:
    """Undo a decision: the sheets stay, and their graders may change them."""
    record_subject(review.subject)
    return move(review, ReviewState.OPEN, moves=REVIEW_MOVES, score=None, spread=None, decided_at=None)


@act("reviews.begin_anew", joins=True)
def begin_anew(*, review: Review, actor: Actor) -> Review:
    """For another version of the work: the sheets go, whoever asks keeps what they said. It is open again."""
    review = Review.objects.select_for_update().select_related("rubric", "subject").get(pk=review.pk)
    record_subject(review.subject)
    record(review=review.pk, sheets=review.sheets.count())
    review.sheets.all().delete()
    if review.state == ReviewState.OPEN:
        return review
    return move(review, ReviewState.OPEN, moves=REVIEW_MOVES, score=None, spread=None, decided_at=None)


@act("reviews.await_sheets", joins=True)
def await_sheets(*, review: Review, wanted: int, actor: Actor) -> Review:
    """Change how many sheets are awaited. More: it is open again, and what was given stays. No more than are there:
    it is settled."""
    review = Review.objects.select_for_update().select_related("rubric", "subject").get(pk=review.pk)
    record_subject(review.subject)
    record(review=review.pk, wanted=wanted)
    review.wanted = wanted
    review.save(update_fields=["wanted"])
    if review.sheets.count() < wanted and review.state != ReviewState.OPEN:
        return move(review, ReviewState.OPEN, moves=REVIEW_MOVES, score=None, spread=None, decided_at=None)
    return review if review.is_decided else _settle(review)


@act("reviews.close_review", joins=True)
def close_review(*, review: Review, actor: Actor) -> Review:
    """Decide by the mean of the sheets that are there, however many or far apart. Raises Conflict without any."""
    review = Review.objects.select_for_update().select_related("rubric", "subject").get(pk=review.pk)
    scores = sorted(review.sheets.values_list("score", flat=True))
    if not scores:
        raise Conflict(_("Nobody has graded this work yet."))
    record_subject(review.subject)
    record(review=review.pk, sheets=len(scores))
    return _decide(review, _mean(scores), scores[-1] - scores[0])


def check_sitting_day(held_on: date) -> None:
    """Minutes are printed before the sitting, to be signed there, so a day to come is no error; a slip in the year is."""
    if held_on > clock.today() + FURTHEST_AHEAD:
        raise Conflict(_("The sitting lies more than three months ahead. Look at the year."))


@act("reviews.keep_minutes", joins=True)
def keep_minutes(
    *, review: Review, held_on: date, place: str, members: str, actor: Actor, text: str = "", scan: Upload | None = None
) -> Minutes:
    """Write the minutes of a panel, or change them; a signed scan stays when none is given."""
    if review.mode != Mode.PANEL:
        raise Conflict(_("Only a panel has minutes."))
    check_sitting_day(held_on)
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


@act("reviews.take_back_sheet", joins=True)
def take_back_sheet(*, review: Review, actor: Actor) -> Review:
    """Undo the actor's own sheet while the review is not decided; a dispute that rested on it is over."""
    review = Review.objects.select_for_update().select_related("rubric", "subject").get(pk=review.pk)
    if review.is_decided:
        raise Conflict(_("This work is graded already. Open the grading again to change it."))
    if not review.sheets.filter(judge_key=actor.key).delete()[0]:
        raise Conflict(_("This was done already."))
    record_subject(review.subject)
    record(review=review.pk)
    if review.is_disputed:
        return move(review, ReviewState.OPEN, moves=REVIEW_MOVES, spread=None)
    return review
