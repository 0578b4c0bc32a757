"""Ideas by anyone: with three fields and no account, or with one tap for whoever is signed in; also as a copy of what exists."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from enggang.access.domain.links import open_link
from enggang.access.enums import LinkScope
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, require
from enggang.core.text import one_line
from enggang.innovation.domain.innovations import new_innovation
from enggang.innovation.domain.replications import note_copy
from enggang.innovation.enums import Initiator
from enggang.innovation.models import Innovation, Intake
from enggang.people.models import Person
from enggang.people.phones import normalise_phone
from enggang.places.models import Organisation

LINK_DAYS = 400
KEPT_DAYS = 365
TAKEN_OVER = ("kind", "form", "facet", "affair", "design", "aims")


class Reach(NamedTuple):
    """How somebody without an account wants to be reached; nothing of it is needed."""

    name: str = ""
    email: str = ""
    phone: str = ""
    language: str = "id"


class HandedIn(NamedTuple):
    """``token`` opens the page of whoever has no account; it is shown once."""

    innovation: Innovation
    token: str = ""


@act("innovation.hand_in_idea")
def hand_in_idea(
    *, organisation: Organisation, title: str, problem: str, idea: str, actor: Actor, origin: Innovation | None = None,
    reach: Reach | None = None,
) -> HandedIn:  # fmt: skip
    """Take an idea in. Signed in, one owns it oneself at first; of the public it waits until the agency names an owner.

    ``origin``: an innovation that is to be copied; its design comes along, and the replication is noted.
    """
    if organisation.has_ended:
        raise Conflict(_("This agency exists no longer. Choose another one."))
    person = _person_of(actor)
    taken = {name: getattr(origin, name) for name in TAKEN_OVER} if origin else {}
    initiator = Initiator.STAFF if actor.is_signed_in else Initiator.CITIZEN
    row = new_innovation(
        organisation, actor, title=title, problem=problem.strip(), idea=idea.strip(), owner=person, initiator=initiator, **taken
    )  # fmt: skip
    if origin is not None:
        require(actor.is_signed_in)
        note_copy(origin=origin, copy=row, actor=actor)
    record(initiator=str(initiator), copied=origin is not None, owned=person is not None)
    return HandedIn(row, _reachable(row, reach or Reach(), actor) if not actor.is_signed_in else "")


def _person_of(actor: Actor) -> Person | None:
    return Person.objects.filter(user_id=actor.user_id, merged_into=None).first() if actor.user_id else None


def _reachable(row: Innovation, reach: Reach, actor: Actor) -> str:
    """Keep how to reach whoever had the idea, and open their private page."""
    phone = normalise_phone(reach.phone) if reach.phone.strip() else ""
    if reach.phone.strip() and not phone:
        raise Conflict(_("Type the phone number with its digits, for example 0812 3456 7890."))
    intake = Intake(
        innovation=row, name=one_line(reach.name, 160), email=reach.email.strip(), phone=phone, language=reach.language,
        at=clock.now(),
    )  # fmt: skip
    intake.clean_fields()
    intake.save()
    expires = clock.now() + timedelta(days=LINK_DAYS)
    return open_link(scope=LinkScope.IDEA, subject=row.subject, actor=actor, expires_at=expires)[1]


def forget_reach() -> int:
    """For the retention: after a year nobody is to be reached about an idea any more."""
    old = Intake.objects.filter(at__lt=clock.now() - timedelta(days=KEPT_DAYS))
    return old.filter(~Q(name="") | ~Q(email="") | ~Q(phone="")).update(name="", email="", phone="")
