"""Telling an agency what became of its nominations and its needs, and a nominee that they have a seat."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from enggang.access.enums import LinkScope, Role
from enggang.accounts.models import User
from enggang.core.actor import Actor
from enggang.core.acts import act, record, record_subject, require
from enggang.core.models import Subject
from enggang.notices.domain.messages import Recipient, compose, send
from enggang.notices.enums import Channel
from enggang.notices.models import Notice
from enggang.seats.enums import SEATED
from enggang.training import rules
from enggang.training.domain.reaching import recipient
from enggang.training.enums import NominationState
from enggang.training.models import CallAgency, Need, Nomination, Proposal, Registration
from enggang.training.queries.letters import coordinators_of


def agencies_in(proposal_id: int) -> list[CallAgency]:
    """Whose nominations a proposal holds, placed or not."""
    rows = Proposal.objects.filter(pk=proposal_id).values("rows__nomination__invited")
    return list(CallAgency.objects.with_names().filter(pk__in=rows))


@act("training.tell_outcome")
def tell_outcome(*, invited: CallAgency, actor: Actor) -> int:
    """Tell one agency's coordinators how many of its people have a seat, wait and were refused; answers how many heard.

    Nobody is told the same figures twice in a row, so a job that runs again tells nothing new.
    """
    require(rules.may_manage(actor, invited.call.organisation))
    CallAgency.objects.select_for_update().get(pk=invited.pk)  # a late first run beside the second
    record_subject(invited.subject)
    context = {"invited": invited, "call": invited.call, **outcome_of(invited)}
    page, told = reverse("training:invited", args=[invited.code]), 0
    for user in coordinators_of(invited.agency):
        message = compose("training/messages/outcome", context, user.language)
        last = _of_title(user, invited.subject, message.title)
        if last is None or last.text != message.text:
            _tell(user, "training/messages/outcome", context, invited.subject, page, actor)
            told += 1
    record(told=told)
    return told


def outcome_of(invited: CallAgency) -> dict[str, int]:
    """How many nominations of an agency stand where. ``unplaced`` were agreed to, and have no registration."""
    placed = Q(state=NominationState.PLACED)
    seated = Q(registration__claim__state__in=SEATED)
    return invited.nominations.aggregate(
        seated=Count("pk", filter=placed & seated),
        waiting=Count("pk", filter=placed & ~seated),
        refused=Count("pk", filter=Q(state=NominationState.REFUSED)),
        unplaced=Count("pk", filter=Q(state=NominationState.APPROVED)),
    )


def tell_refused(nomination: Nomination, actor: Actor) -> None:
    """Within an act: the coordinators hear of a refusal, but not of the next while they have not read of the first.

    Whoever refused it knows. Names and reasons are on the page, not in the notice.
    """
    invited = nomination.invited
    context, page = {"invited": invited, "call": invited.call}, reverse("training:invited", args=[invited.code])
    for user in coordinators_of(invited.agency):
        title = compose("training/messages/refused", context, user.language).title
        last = _of_title(user, invited.subject, title)
        if user.pk != actor.user_id and not (last and last.is_unread):
            _tell(user, "training/messages/refused", context, invited.subject, page, actor)


def tell_restored(nomination: Nomination, actor: Actor) -> None:
    """Within an act: the coordinators hear that a nomination stands again, unless one of them did it."""
    invited = nomination.invited
    if actor.holds(Role.COORDINATOR, at=invited.agency.path) or actor.may_by_link(LinkScope.NOMINATION, invited.code):
        return
    context = {"invited": invited, "call": invited.call, "name": nomination.person.name}
    page = reverse("training:invited", args=[invited.code])
    for user in coordinators_of(invited.agency):
        _tell(user, "training/messages/restored", context, invited.subject, page, actor)


def tell_seated(registration: Registration, actor: Actor) -> None:
    """Within an act: a nominee with an account hears that they have a seat; of a waiting list the agency hears."""
    if registration.is_seated and registration.person.user_id:
        send(
            to=recipient(registration.person), template="training/messages/seated", actor=actor,
            context={"registration": registration, "wave": registration.wave}, subject=registration.subject,
            href=reverse("training:pocket", args=[registration.code]),
        )  # fmt: skip


def tell_declined(need: Need, actor: Actor) -> None:
    """Within an act: the coordinators read why their need is not taken up."""
    page = reverse("training:need", args=[need.code])
    for user in coordinators_of(need.agency):
        _tell(user, "training/messages/need_declined", {"need": need}, need.subject, page, actor)


def _tell(user: User, template: str, context: dict[str, Any], about: Subject, page: str, actor: Actor) -> None:
    to = Recipient(user_id=user.pk, language=user.language, name=user.name)
    send(to=to, template=template, context=context, actor=actor, subject=about, href=page)


def _of_title(user: User, about: Subject, title: str) -> Notice | None:
    """The latest notice of this sort that somebody has."""
    return Notice.objects.filter(channel=Channel.INBOX, user_id=user.pk, subject=about, title=title).first()
