"""The big answer after a pass was shown: colour, shape and words say the same."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from enggang.attendance.domain.marks import mark_present
from enggang.attendance.enums import Method
from enggang.attendance.models import Mark, Occasion, Pass
from enggang.attendance.queries.roster import Attendee, attendee
from enggang.core.actor import Actor
from enggang.core.acts import Refused


@dataclass(frozen=True, slots=True)
class Answer:
    tone: str
    title: str
    text: str = ""
    person: Attendee | None = None


def mark_by_pass(held: Pass, occasion: Occasion, actor: Actor) -> Answer:
    """Mark the pass's holder present and say what came of it."""
    person = attendee(held.holder_id, held.holder.code)
    try:
        mark, made = mark_present(occasion=occasion, holder=held.holder, method=Method.QR, actor=actor)
    except Refused as refused:
        return Answer("bad", _("Not recorded"), refused.message, person)
    return answer_for(mark, occasion, person, made=made)


def answer_for(mark: Mark, occasion: Occasion, person: Attendee, *, made: bool) -> Answer:
    clock_time = f"{timezone.localtime(mark.at, occasion.zone):%H.%M}"
    if made:
        return Answer("good", _("Recorded at %(time)s") % {"time": clock_time}, occasion.title, person)
    return Answer("warn", _("Already recorded at %(time)s") % {"time": clock_time}, occasion.title, person)


def unreadable() -> Answer:
    return Answer("bad", _("Not recorded"), _("This is no pass of ours. Ask the participant to open their pass again."))
