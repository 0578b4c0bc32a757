"""Correcting a call after it was sent: who was called sees what changed, and is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from enggang.access.domain.links import open_link, prolong_links, revoke_links
from enggang.access.enums import LinkScope
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.jobs import JobRun, enqueue, job
from enggang.core.states import keep_version, move
from enggang.notices.domain.messages import Recipient, send, whatsapp_text
from enggang.training import rules
from enggang.training.enums import (
    NEED_MOVES,
    CallPoint,
    NeedState,
    NominationState,
    PlacedBecause,
    ProposalState,
    WaveState,
)
from enggang.training.models import Call, CallAgency, CallChange, Nomination, Programme, ProposalRow, Wave
from enggang.training.queries.letters import coordinators_of
from enggang.training.queries.needs import answerable
from enggang.training.queries.proposals import because

LINK_DAYS_AFTER = 14
Point = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What a call says."""

    title: str
    waves: Sequence[Wave]
    deadline: datetime
    text: str = ""


@dataclass(frozen=True, slots=True)
class SharedCall:
    """An agency's private address, shown once, with the text to forward it."""

    invited: CallAgency
    text: str


def check_waves(programme: Programme, waves: Sequence[Wave], kept: Iterable[int] = ()) -> None:
    """Waves of the programme that are still to be held, or that the call has already."""
    dead, old = {WaveState.CANCELLED, WaveState.FINISHED}, set(kept)
    wrong = (wave.programme_id != programme.pk or (wave.state in dead and wave.pk not in old) for wave in waves)
    if not waves or any(wrong):
        raise Conflict(_("Choose at least one wave of this programme that is still to be held."))


@act("training.change_call")
def change_call(*, call: Call, facts: CallFacts, version: int, actor: Actor) -> Call:
    """Correct what a call says. Once it was sent, its agencies see what changed and are told by a job.

    Raises Conflict when a wave is taken out in which somebody nominated here is registered, and for a deadline that has
    passed while the call is open.
    """
    require(rules.may_manage(actor, call.organisation))
    keep_version(call, version)
    was = {wave.pk: wave for wave in call.waves.select_related("programme")}
    check_waves(call.programme, facts.waves, was)
    if call.is_open and facts.deadline != call.deadline and facts.deadline <= clock.now():
        raise Conflict(_("This deadline has passed. To end the call now, close it."))
    points = _points(call, list(was.values()), facts)
    _take_out(call, set(was) - {wave.pk for wave in facts.waves})
    call.title, call.deadline, call.text = facts.title.strip(), facts.deadline, facts.text.strip()
    call.clean_fields(exclude=["subject"])
    call.save(update_fields=["title", "deadline", "text"])
    call.waves.set(facts.waves)
    record(changed=[what for what, _was, _now in points])
    if points and not call.is_draft:
        for invited in call.agencies.called().select_related("subject"):
            prolong_links(
                scope=LinkScope.NOMINATION, subject=invited.subject, until=link_end(call), actor=actor,
            )  # fmt: skip
        note_change(call, points, actor)
    return call


def link_end(call: Call) -> datetime:
    return max(call.deadline, clock.now()) + timedelta(days=LINK_DAYS_AFTER)


def _points(call: Call, was: Sequence[Wave], facts: CallFacts) -> list[Point]:
    pairs = [
        (CallPoint.TITLE, call.title, facts.title.strip()),
        (CallPoint.DEADLINE, call.deadline.isoformat(), facts.deadline.isoformat()),
        (CallPoint.WAVES, _names(was), _names(facts.waves)),
        (CallPoint.TEXT, call.text, facts.text.strip()),
    ]
    moved = call.deadline != facts.deadline  # the same moment may be written in two zones
    return [(str(what), old, new) for what, old, new in pairs if (moved if what == CallPoint.DEADLINE else old != new)]


def _names(waves: Sequence[Wave]) -> str:
    return ", ".join(wave.name for wave in sorted(waves, key=lambda wave: (wave.starts_on, wave.pk)))


def _take_out(call: Call, waves: set[int]) -> None:
    """Waves that the call no longer fills: nobody may be registered there from it, and open proposals let them go."""
    if not waves:
        return
    seated = Nomination.objects.filter(
        invited__call=call, state=NominationState.PLACED, registration__wave__in=waves
    ).count()
    if seated:
        raise Conflict(
            ngettext(
                "%(count)s nominated person is registered in a wave you take out. Withdraw that registration first.",
                "%(count)s nominated people are registered in a wave you take out. Withdraw those registrations first.",
                seated,
            )
            % {"count": seated}
        )
    proposals = call.proposals.filter(state=ProposalState.READY)
    ProposalRow.objects.filter(proposal__in=proposals, wave__in=waves).update(
        wave=None, pool=None, fixed=False, reasons=[because(PlacedBecause.WAVE_GONE)]
    )
    proposals.update(version=F("version") + 1)


def note_change(
    call: Call, points: Sequence[Point], actor: Actor, invited: CallAgency | None = None, *, tell: bool = True
) -> CallChange:
    """Within an act: keep what changed, and have its agencies told."""
    change = CallChange.objects.create(
        call=call, invited=invited, points=points, changed_at=clock.now(), changed_by_key=actor.key
    )
    if tell:
        enqueue(
            tell_call_changed,
            actor=actor,
            title=gettext_noop("Telling agencies of a corrected call"),
            change_id=change.pk,
        )
    return change


@job("training.tell_call_changed")
def tell_call_changed(run: JobRun, *, change_id: int) -> None:
    """Agency by agency, none twice. Of its own end an agency hears too."""
    change = CallChange.objects.select_related("call__organisation", "call__programme").get(pk=change_id)
    rows = CallAgency.objects.with_names().filter(call=change.call_id)
    rows = rows.filter(pk=change.invited_id) if change.invited_id else rows.called()
    found = list(rows.filter(pk__gt=change.told_upto).order_by("pk"))
    for number, row in enumerate(found):
        run.progress(number, len(found))
        tell_call_change(change=change, invited=row, actor=run.actor)
    run.outcome(agencies=len(found))


@act("training.tell_call_change")
def tell_call_change(*, change: CallChange, invited: CallAgency, actor: Actor) -> int:
    """Tell one agency's coordinators what changed; whoever moves ``told_upto`` first tells them."""
    require(rules.may_manage(actor, change.call.organisation))
    record_subject(invited.subject)
    if not CallChange.objects.filter(pk=change.pk, told_upto__lt=invited.pk).update(told_upto=invited.pk):
        return 0
    return _tell(invited, "training/messages/call_changed", {"change": change}, actor)


def _tell(invited: CallAgency, template: str, more: dict[str, object], actor: Actor) -> int:
    users = coordinators_of(invited.agency)
    for user in users:
        send(
            to=Recipient(user_id=user.pk, language=user.language, name=user.name), template=template,
            context={"invited": invited, "call": invited.call, **more}, actor=actor, subject=invited.subject,
            href=reverse("training:invited", args=[invited.code]),
        )  # fmt: skip
    return len(users)


def change_text(change: CallChange) -> str:
    """What changed, as one text for WhatsApp, for whoever has no account."""
    return whatsapp_text("training/messages/call_changed", {"call": change.call, "change": change}, "id")


@act("training.uninvite_agency")
def uninvite_agency(*, invited: CallAgency, reason: str, actor: Actor) -> CallAgency:
    """No longer call an agency. Its nominations stay as withdrawn, its private addresses end, and it is told why.

    Raises Conflict while somebody nominated by it is registered. Calling it again undoes this.
    """
    require(rules.may_manage(actor, invited.call.organisation))
    why = " ".join(reason.split())[:300]
    if not why:
        raise Conflict(_("Say why the agency is no longer called: it will read it."))
    placed = invited.nominations.filter(state=NominationState.PLACED).count()
    if placed:
        raise Conflict(
            ngettext(
                "%(count)s person of this agency is registered. Withdraw that registration first.",
                "%(count)s people of this agency are registered. Withdraw those registrations first.",
                placed,
            )
            % {"count": placed}
        )
    now = clock.now()
    if not CallAgency.objects.filter(pk=invited.pk, ended_at=None).update(ended_at=now, ended_reason=why):
        raise Conflict(_("This agency is no longer called already."))
    withdrawn = invited.nominations.standing().update(
        state=NominationState.WITHDRAWN, reason=why, decided_at=now, decided_by_key=actor.key
    )
    _let_go(invited)
    revoke_links(scope=LinkScope.NOMINATION, subject=invited.subject, actor=actor)
    record_subject(invited.subject)
    record(withdrawn=withdrawn)
    if not invited.call.is_draft:
        note_change(invited.call, [(str(CallPoint.ENDED), "", why)], actor, invited)
    invited.refresh_from_db()
    return invited


def _let_go(invited: CallAgency) -> None:
    """Open proposals place nobody of the agency any more, and its needs may be taken up by another call."""
    for need in answerable(invited).filter(state=NeedState.PLANNED):
        need.nominations.update(need=None)
        move(need, NeedState.STATED, moves=NEED_MOVES, call=None)
    rows = ProposalRow.objects.filter(nomination__invited=invited, proposal__state=ProposalState.READY)
    rows.update(wave=None, pool=None, fixed=False, reasons=[because(PlacedBecause.AGENCY_GONE)])


@act("training.remind_agencies")
def remind_agencies(*, call: Call, actor: Actor) -> list[CallAgency]:
    """Remind every called agency that has not answered, with a nomination or with "nobody"; returns them, for the WhatsApp texts."""
    require(rules.may_manage(actor, call.organisation))
    if not call.takes_nominations:
        raise Conflict(_("The call is closed. Open it again with a later deadline first."))
    rows = list(CallAgency.objects.with_names().filter(call=call).unanswered())
    if not rows:
        raise Conflict(_("Every agency has answered."))
    heard = sum(_tell(row, "training/messages/call_again", {}, actor) for row in rows)
    CallAgency.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_at=clock.now())
    record_subject(call.subject)
    record(agencies=len(rows), notices=heard)
    return rows


@act("training.share_call")
def share_call(*, invited: CallAgency, actor: Actor) -> SharedCall:
    """A further private address with the text of a reminder; earlier ones go on working."""
    require(rules.may_manage(actor, invited.call.organisation))
    if not invited.is_called:
        raise Conflict(_("This agency is no longer called."))
    record_subject(invited.subject)
    expires = link_end(invited.call)
    token = open_link(scope=LinkScope.NOMINATION, subject=invited.subject, actor=actor, expires_at=expires)[1]
    address = settings.PUBLIC_URL + reverse("training:invited_by_link", args=[token])
    context = {"invited": invited, "call": invited.call, "address": address}
    return SharedCall(invited, whatsapp_text("training/messages/call_again", context, "id"))
