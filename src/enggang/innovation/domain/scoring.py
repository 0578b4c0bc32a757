"""Blind scores: two people who do not see each other's sheet, a third when they are far apart."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from enggang.accounts.models import User
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.innovation import rules
from enggang.innovation.enums import Stage
from enggang.innovation.models import Innovation, Scorer
from enggang.innovation.queries.gates import review_of
from enggang.innovation.queries.scoring import aspects_for, can_be_asked
from enggang.notices.domain.messages import Recipient, send
from enggang.reviews.domain.reviews import open_review, reopen_review, submit_sheet
from enggang.reviews.domain.rubrics import CriterionSpec, keep_rubric
from enggang.reviews.enums import Mode
from enggang.reviews.models import Review

MOST_SCORERS = 3
SPREAD = 20  # points of a hundred; further apart a third person is needed
LEVELS = (("Belum ada", 0), ("Lemah", 40), ("Cukup", 60), ("Baik", 80), ("Sangat baik", 100))


@act("innovation.ask_scorer")
def ask_scorer(*, innovation: Innovation, user: User, actor: Actor) -> Scorer:
    """Ask an account of the agency to score it; the first one opens the review with the aspects that hold today."""
    require(rules.may_manage(actor, innovation.organisation))
    _at_screening(innovation)
    if user.pk not in {each.pk for each in can_be_asked(innovation)}:
        raise Conflict(_("Choose an account of the agency that neither owns the innovation nor had the idea."))
    if innovation.scorers.count() >= MOST_SCORERS:
        raise Conflict(_("At most three people score an innovation."))
    if review_of(innovation) is None:
        _open(innovation, actor)
    scorer = Scorer(innovation=innovation, user=user, asked_at=clock.now())
    with told(Scorer):
        scorer.save()
    send(
        to=Recipient.of(user), template="innovation/messages/scorer", context={"innovation": innovation}, actor=actor,
        subject=innovation.subject, href=reverse("innovation:sheet", args=[innovation.code]),
    )  # fmt: skip
    record_subject(innovation.subject)
    record(scorers=innovation.scorers.count())
    return scorer


def _at_screening(innovation: Innovation) -> None:
    if innovation.stage != Stage.SCREENING:
        raise Conflict(_("Scores are given while it is being screened."))


def _open(innovation: Innovation, actor: Actor) -> Review:
    aspects = aspects_for(innovation.organisation)
    if not aspects:
        raise Conflict(_("No aspects hold today. Enter them under “Reference rows”."))
    specs = [CriterionSpec(each.title, LEVELS, each.weight) for each in aspects]
    rubric = keep_rubric(
        organisation=innovation.organisation, title=str(innovation)[:160], criteria=specs, spread_alert=SPREAD, actor=actor
    )  # fmt: skip
    return open_review(
        rubric=rubric, subject=innovation.subject, organisation=innovation.organisation, mode=Mode.BLIND, actor=actor
    )


@act("innovation.release_scorer")
def release_scorer(*, scorer: Scorer, actor: Actor) -> Innovation:
    """Undo the asking. Raises Conflict when the sheet is there: what was scored stays."""
    innovation = scorer.innovation
    require(rules.may_manage(actor, innovation.organisation))
    review = review_of(innovation)
    if review is not None and review.sheets.filter(judge_key=scorer.key).exists():
        raise Conflict(_("This person has given their scores already."))
    scorer.delete()
    record_subject(innovation.subject)
    return innovation


@act("innovation.score_innovation")
def score_innovation(
    *, innovation: Innovation, levels: Mapping[int, int], actor: Actor, notes: Mapping[int, str] | None = None,
    feedback: str = "",
) -> Innovation:  # fmt: skip
    """Keep the actor's own sheet; until it is decided it may be changed. Nobody but the engine compares the sheets before."""
    require(innovation.scorers.filter(user_id=actor.user_id or 0).exists())
    _at_screening(innovation)
    review = review_of(innovation)
    assert review is not None  # there is one as soon as somebody was asked
    submit_sheet(review=review, levels=levels, notes=notes, feedback=feedback, actor=actor)
    record_subject(innovation.subject)
    return innovation


@act("innovation.score_again")
def score_again(*, innovation: Innovation, actor: Actor) -> Innovation:
    """Open decided scores again: the sheets stay, and who gave them may change them."""
    require(rules.may_manage(actor, innovation.organisation))
    _at_screening(innovation)
    review = review_of(innovation)
    if review is None or not review.is_decided:
        raise Conflict(_("Nothing is decided yet."))
    reopen_review(review=review, actor=actor)
    return innovation
