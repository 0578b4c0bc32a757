"""An agency's answer to a call that it sends nobody, and taking that answer back."""

from __future__ import annotations

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record_subject, require
from enggang.core.text import one_line
from enggang.training import rules
from enggang.training.models import CallAgency


def check_open_to(invited: CallAgency, actor: Actor) -> None:
    """Within an act: who may answer for the agency, while the call takes answers; the organiser at any time."""
    require(rules.may_nominate(actor, invited))
    check_called(invited)
    if not invited.call.takes_nominations and not rules.may_manage(actor, invited.call.organisation):
        raise Conflict(_("The call is closed. Ask the organiser to open it again."))


def check_called(invited: CallAgency) -> None:
    if not invited.is_called:
        raise Conflict(_("This agency is no longer called. Call it again first."))


@act("training.send_nobody")
def send_nobody(*, invited: CallAgency, reason: str, actor: Actor) -> CallAgency:
    """Answer a call with "we send nobody" and why: the organiser reads it, and no reminder goes there any more.

    Raises Conflict without a reason, a second time, and while somebody of the agency is nominated.
    """
    check_open_to(invited, actor)
    why = one_line(reason, 300)
    if not why:
        raise Conflict(_("Say why your agency sends nobody: the organiser will read it."))
    if invited.nominations.standing().exists():
        raise Conflict(_("Somebody of your agency is nominated. Withdraw the nominations first."))
    found = CallAgency.objects.filter(pk=invited.pk, declined_at=None, ended_at=None)
    if not found.update(declined_at=clock.now(), declined_reason=why):
        raise Conflict(_("It is answered already that this agency sends nobody."))
    record_subject(invited.subject)
    invited.refresh_from_db(fields=["declined_at", "declined_reason"])
    return invited


@act("training.take_back_nobody")
def take_back_nobody(*, invited: CallAgency, actor: Actor) -> CallAgency:
    """The agency may nominate after all, and is reminded again like the others."""
    check_open_to(invited, actor)
    if not forget_nobody(invited):
        raise Conflict(_("There is no such answer any more."))
    record_subject(invited.subject)
    return invited


def forget_nobody(invited: CallAgency) -> bool:
    """Within an act: the answer no longer stands, as when somebody is nominated after all. Answers whether it stood."""
    stood = CallAgency.objects.filter(pk=invited.pk, declined_at__isnull=False)
    was = bool(stood.update(declined_at=None, declined_reason=""))
    invited.declined_at, invited.declined_reason = None, ""
    return was
