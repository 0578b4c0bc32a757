"""Telling participants that the result of an assignment can be read, each once for what was decided."""

from __future__ import annotations

from django.urls import reverse

from enggang.core.actor import Actor
from enggang.core.acts import act, record_subject
from enggang.core.jobs import JobRun, job
from enggang.notices.domain.messages import send
from enggang.notices.models import Notice
from enggang.reviews.enums import ReviewState
from enggang.training.domain.reaching import recipient
from enggang.training.models import HandIn, Registration


@job("training.tell_results")
def tell_results(run: JobRun, *, assignment_id: int) -> None:
    """After a release: the authors of everything that is decided; safe to run twice."""
    rows = HandIn.objects.filter(
        assignment=assignment_id, assignment__released_at__isnull=False, review__state=ReviewState.DECIDED
    )
    found = list(rows.select_related("subject", "review", "assignment__wave__programme", "registration__person"))
    for number, row in enumerate(found):
        run.progress(number, len(found))
        tell_result(hand_in=row, actor=run.actor)
    run.outcome(works=len(found))


@act("training.tell_result", joins=True)
def tell_result(*, hand_in: HandIn, actor: Actor) -> HandIn:
    """Its authors with an account; whoever was told of this decision already is not told again."""
    record_subject(hand_in.subject)
    for row in hand_in.authors():
        _tell(hand_in, row, actor)
    return hand_in


def _tell(hand_in: HandIn, row: Registration, actor: Actor) -> None:
    page = f"{reverse('training:pocket_assignment', args=[row.code, hand_in.assignment_id])}#hasil"
    told = Notice.objects.filter(subject=hand_in.subject, user_id=row.person.user_id, href=page)
    if row.person.user_id and not told.filter(created_at__gte=hand_in.review.decided_at).exists():
        context = {"assignment": hand_in.assignment, "wave": hand_in.assignment.wave}
        send(
            to=recipient(row.person), template="training/messages/graded", context=context, actor=actor,
            subject=hand_in.subject, href=page,
        )  # fmt: skip
