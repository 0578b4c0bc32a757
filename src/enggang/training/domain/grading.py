"""Grading what was handed in: who may is training's to say, how it is counted is the engine's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record_subject, require
from enggang.files.domain.tickets import Ticket, ticket_for
from enggang.files.domain.uploading import claim_upload
from enggang.files.enums import Accepts, Purpose
from enggang.notices.domain.messages import send
from enggang.reviews.domain import reviews
from enggang.training import rules
from enggang.training.domain.reaching import recipient
from enggang.training.domain.results import tell_result
from enggang.training.models import HandIn, HandInVersion, Registration, Wave
from enggang.training.queries.graders import is_left_out

LARGEST_SCAN = 20 * 1024**2
LONGEST = timedelta(days=366)


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
    if hand_in.given_back():
        raise Conflict(_("This work was given back, and another version is awaited. Take that back first."))
    reviews.submit_sheet(review=hand_in.review, levels=levels, feedback=feedback, actor=actor)
    if _fresh(hand_in).review.is_decided and hand_in.assignment.released_at:  # graded after the others were released
        tell_result(hand_in=hand_in, actor=actor)
    return hand_in


@act("training.grade_again")
def grade_again(*, hand_in: HandIn, actor: Actor) -> HandIn:
    """Open a grading that was decided; refused while participants see its result."""
    require(rules.may_teach(actor, hand_in.assignment.wave))
    if hand_in.assignment.released_at:
        raise Conflict(_("Participants see the result already. Withhold the results first."))
    reviews.reopen_review(review=hand_in.review, actor=actor)
    return _fresh(hand_in)


@act("training.give_back")
def give_back(*, hand_in: HandIn, reason: str, until: datetime, actor: Actor) -> HandIn:
    """Ask for another version until a day, graded or not; its authors with an account are told why.

    Refused once it is accepted: that would take away what somebody has earned.
    """
    require(rules.may_teach(actor, hand_in.assignment.wave))
    if not reason.strip():
        raise Conflict(_("Give a reason."))
    if not clock.now() < until < clock.now() + LONGEST:
        raise Conflict(_("Until when another version is taken must lie ahead, and within a year."))
    if hand_in.is_accepted:
        raise Conflict(_("This work is accepted. Open its grading again first."))
    last = hand_in.versions.first()
    if last is None:
        raise Conflict(_("This was done already."))
    last.again_until, last.again_reason = until, reason.strip()[:1000]
    last.save(update_fields=["again_until", "again_reason"])
    record_subject(hand_in.subject)
    for row in hand_in.authors():
        _tell_given_back(hand_in, last, row, actor)
    return hand_in


def _tell_given_back(hand_in: HandIn, version: HandInVersion, row: Registration, actor: Actor) -> None:
    if row.person.user_id:
        send(
            to=recipient(row.person), template="training/messages/given_back", actor=actor, subject=row.subject,
            context={"assignment": hand_in.assignment, "wave": row.wave, "version": version},
            href=reverse("training:pocket_assignment", args=[row.code, hand_in.assignment_id]),
        )  # fmt: skip


@act("training.keep_given")
def keep_given(*, hand_in: HandIn, actor: Actor) -> HandIn:
    """Undo that a work was given back, as long as no other version has come."""
    require(rules.may_teach(actor, hand_in.assignment.wave))
    version = hand_in.given_back()
    if version is None:
        raise Conflict(_("This was done already."))
    version.again_until, version.again_reason = None, ""
    version.save(update_fields=["again_until", "again_reason"])
    record_subject(hand_in.subject)
    return hand_in


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
