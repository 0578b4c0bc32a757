"""Grading what was handed in: who may is training's to say, how it is counted is the engine's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import Max
from django.utils.translation import gettext as _

from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record_subject, require
from enggang.files.domain.tickets import Ticket, ticket_for
from enggang.files.domain.uploading import claim_upload
from enggang.files.enums import Accepts, Purpose
from enggang.reviews.domain import reviews
from enggang.training import rules
from enggang.training.models import HandIn, Wave
from enggang.training.queries.graders import is_left_out

LARGEST_SCAN = 20 * 1024**2


@act("training.grade")
def grade(*, hand_in: HandIn, version: int, levels: Mapping[int, int], feedback: str, actor: Actor) -> HandIn:
    """Give one's levels and words for the version one has seen; nobody grades their own work.

    Raises Conflict when a newer version arrived meanwhile: a score never falls on something unseen.
    """
    require_grader(hand_in, actor)
    Wave.objects.select_for_update().filter(pk=hand_in.assignment.wave_id).first()  # as handing in does
    if version != hand_in.versions.aggregate(last=Max("number"))["last"]:
        raise Conflict(
            _("A newer version was handed in while you were grading. It is shown now: look at it, then keep.")
        )
    reviews.submit_sheet(review=hand_in.review, levels=levels, feedback=feedback, actor=actor)
    return _fresh(hand_in)


@act("training.grade_again")
def grade_again(*, hand_in: HandIn, actor: Actor) -> HandIn:
    """Open a grading that was decided; refused while participants see its result."""
    require(rules.may_teach(actor, hand_in.assignment.wave))
    if hand_in.assignment.released_at:
        raise Conflict(_("Participants see the result already. Withhold the results first."))
    reviews.reopen_review(review=hand_in.review, actor=actor)
    return _fresh(hand_in)


def scan_ticket(hand_in: HandIn, actor: Actor) -> Ticket:
    return ticket_for(
        actor=actor, organisation=hand_in.assignment.wave.organisation, context=f"minutes:{hand_in.code}",
        purpose=Purpose.LETTER, accepts=f"{Accepts.PHOTO},{Accepts.DOCUMENT}", max_bytes=LARGEST_SCAN,
    )  # fmt: skip


@act("training.keep_panel_minutes")
def keep_panel_minutes(
    *, hand_in: HandIn, held_on: date, place: str, members: str, text: str, actor: Actor, scan: str = ""
) -> HandIn:
    """Write the minutes of the panel; ``scan`` is the code of an upload with the signed sheet."""
    require_grader(hand_in, actor)
    upload = claim_upload(code=scan, context=f"minutes:{hand_in.code}", actor=actor) if scan else None
    reviews.keep_minutes(
        review=hand_in.review, held_on=held_on, place=place, members=members, text=text, scan=upload, actor=actor
    )
    return _fresh(hand_in)


def require_grader(hand_in: HandIn, actor: Actor) -> None:
    """Refuse whoever may not grade this work: a stranger, an author of it, and for a blind one whoever was not asked."""
    require(rules.may_grade(actor, hand_in.assignment.wave))
    require(not is_left_out(hand_in.assignment, actor), _("Other graders were allocated to this assignment."))
    own = actor.user_id is not None and any(row.person.user_id == actor.user_id for row in hand_in.authors())
    require(not own, _("Nobody grades their own work."))
    record_subject(hand_in.subject)


def _fresh(hand_in: HandIn) -> HandIn:
    hand_in.review.refresh_from_db()
    return hand_in
