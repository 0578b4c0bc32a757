"""Calls for nominations: drafted with waves and quotas, opened, answered by agencies, approved stage by stage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from enggang.access.domain.links import open_link, revoke_links
from enggang.access.enums import LinkScope
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.jobs import enqueue
from enggang.core.states import move
from enggang.people.models import Person
from enggang.places.models import Organisation
from enggang.training import rules
from enggang.training.domain.call_answers import check_called, check_open_to, forget_nobody
from enggang.training.domain.call_changes import check_waves, link_end, note_change
from enggang.training.domain.calling import tell_agency, tell_called, tell_superior
from enggang.training.domain.needs_answered import take_up
from enggang.training.domain.outcomes import tell_refused, tell_restored
from enggang.training.domain.registrations import present_agency
from enggang.training.domain.stages import copy_stages, stage_after, state_at
from enggang.training.enums import CALL_MOVES, NOMINATION_MOVES, CallPoint, CallState, NominationState
from enggang.training.models import Call, CallAgency, Need, Nomination, NominationStage, Programme, Wave
from enggang.training.queries.needs import naming
from enggang.training.queries.nominations import superior_user


@act("training.open_call")
def open_call(
    *, programme: Programme, title: str, waves: Sequence[Wave], deadline: datetime, actor: Actor, text: str = ""
) -> Call:
    """Draft a call for one or several waves of a programme."""
    require(rules.may_manage(actor, programme.organisation))
    check_waves(programme, waves)
    if deadline <= clock.now():
        raise Conflict(_("This deadline has passed. Set a later one."))
    call = Call(
        programme=programme, organisation=programme.organisation, title=title.strip(), deadline=deadline,
        text=text.strip(),
    )  # fmt: skip
    call.clean_fields(exclude=["subject"])
    call.subject = Call.new_subject(programme.organisation.code)
    call.save()
    call.waves.set(waves)
    copy_stages(programme, call)
    record(waves=len(waves))
    return call


@act("training.move_call")
def move_call(*, call: Call, to: CallState, actor: Actor, deadline: datetime | None = None) -> Call:
    """Open a draft, close, or open again; a new deadline may come with it. The coordinators are told by a job."""
    require(rules.may_manage(actor, call.organisation))
    until = deadline or call.deadline
    if to == CallState.OPEN and until <= clock.now():
        raise Conflict(_("The deadline has passed. Set a later one, then open the call."))
    if to == CallState.OPEN and not call.agencies.called().exists():
        raise Conflict(_("No agency is called yet. Add at least one with its seats."))
    record(to=str(to))
    move(call, to, moves=CALL_MOVES, deadline=until)
    if to == CallState.OPEN:
        call.agencies.called().update(told_at=None, told=None)
        enqueue(tell_called, actor=actor, title=gettext_noop("Telling agencies of a call"), call_id=call.pk)
    return call


@act("training.invite_agency")
def invite_agency(*, call: Call, agency: Organisation, quota: int, actor: Actor) -> CallAgency:
    """Call an agency with its seats, or change how many it has; zero calls it without a seat of its own.

    One that was no longer called is called again; its nominations stay withdrawn until they are taken up. Once the call
    was sent, a changed quota is told.
    """
    require(rules.may_manage(actor, call.organisation))
    invited = call.agencies.filter(agency=agency).select_related("subject").first() or CallAgency(
        call=call, agency=agency
    )
    points, again = _changed(invited, quota), not invited.is_called
    if again:
        invited.told_at, invited.told = None, None
        invited.declined_at, invited.declined_reason = None, ""  # asked anew
    invited.quota, invited.ended_at, invited.ended_reason = quota, None, ""
    invited.clean_fields(exclude=["subject"])
    if invited._state.adding:
        invited.subject = CallAgency.new_subject(agency.code)
    with told(CallAgency):
        invited.save()
    if call.is_open and invited.told_at is None:
        tell_agency(invited, actor)
    if points and not call.is_draft:
        note_change(call, points, actor, invited, tell=not (again and call.is_open))  # an open call tells of itself
    record(quota=quota)
    return invited


def _changed(invited: CallAgency, quota: int) -> list[tuple[str, str, str]]:
    """What an agency that was called before is to be told."""
    if invited._state.adding:
        return []
    points = [] if invited.is_called else [(str(CallPoint.AGAIN), invited.ended_reason, "")]
    return points + ([(str(CallPoint.QUOTA), str(invited.quota), str(quota))] if invited.quota != quota else [])


@act("training.hand_out_call")
def hand_out_call(*, invited: CallAgency, actor: Actor) -> str:
    """A new private address of the agency's page; the earlier one ends. Answers its token."""
    require(rules.may_manage(actor, invited.call.organisation))
    check_called(invited)
    revoke_links(scope=LinkScope.NOMINATION, subject=invited.subject, actor=actor)
    record_subject(invited.subject)
    expires = link_end(invited.call)
    return open_link(scope=LinkScope.NOMINATION, subject=invited.subject, actor=actor, expires_at=expires)[1]


@act("training.nominate_person")
def nominate_person(*, invited: CallAgency, person: Person, actor: Actor, need: Need | None = None) -> Nomination:
    """Put one of the agency's staff at the end of its order.

    ``need`` is the one of the agency that it answers; without it the one of this call that names the person, if any.
    """
    check_open_to(invited, actor)
    if not present_agency(person).path.startswith(invited.agency.path):
        raise Conflict(_("%(name)s does not work at this agency.") % {"name": person.name})
    if Nomination.objects.standing().filter(invited__call=invited.call_id, person=person).exists():
        raise Conflict(_("%(name)s is already nominated.") % {"name": person.name})
    row = invited.nominations.filter(person=person).select_related("subject").first() or Nomination(
        invited=invited, person=person
    )
    last = invited.nominations.aggregate(last=Max("priority"))["last"] or 0
    row.stage = stage_after(invited.call_id, 0)
    row.priority, row.state, row.reason = last + 1, state_at(row.stage), ""
    row.need = take_up(need, invited) if need else naming(invited, person)
    row.nominated_at, row.nominated_by_key = clock.now(), actor.key
    if row._state.adding:
        row.subject = Nomination.new_subject(invited.agency.code)
    with told(Nomination):
        row.save()
    forget_nobody(invited)
    row.papers.filter(ended_at=None).update(ended_at=clock.now())
    tell_superior(row, actor)
    return row


@act("training.rank_nomination")
def rank_nomination(*, nomination: Nomination, up: bool, actor: Actor) -> Nomination:
    """One place up or down in the agency's order; at the end of the list nothing happens."""
    invited = nomination.invited
    check_open_to(invited, actor)
    rows = list(invited.nominations.select_for_update().standing().order_by("priority", "pk"))
    place = next((number for number, row in enumerate(rows) if row.pk == nomination.pk), None)
    if place is None:
        raise Conflict(_("This nomination no longer stands."))
    other = place - 1 if up else place + 1
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
    for number, row in enumerate(rows, 1):
        row.priority = number
    Nomination.objects.bulk_update(rows, ["priority"])
    nomination.refresh_from_db()
    return nomination


@act("training.withdraw_nomination")
def withdraw_nomination(*, nomination: Nomination, actor: Actor) -> Nomination:
    check_open_to(nomination.invited, actor)
    return _decide(nomination, NominationState.WITHDRAWN, actor)


@act("training.restore_nomination")
def restore_nomination(*, nomination: Nomination, actor: Actor) -> Nomination:
    """Undo: a refused or withdrawn nomination begins at its first stage again; refusals are the organiser's to undo."""
    if nomination.state == NominationState.REFUSED:
        require(rules.may_manage(actor, nomination.invited.call.organisation))
        check_called(nomination.invited)
    else:
        check_open_to(nomination.invited, actor)
    stage = stage_after(nomination.invited.call_id, 0)
    nomination.papers.filter(ended_at=None).update(ended_at=clock.now())  # every stage decides anew
    _decide(nomination, state_at(stage), actor, stage=stage, registration=None)
    forget_nobody(nomination.invited)
    tell_superior(nomination, actor)
    tell_restored(nomination, actor)
    return nomination


@act("training.approve_nomination")
def approve_nomination(*, nomination: Nomination, actor: Actor, stage: int | None = None) -> Nomination:
    """Agree at the present stage: it goes on to the next, or is approved after the last.

    ``stage`` is the one the person saw: pressed twice, or beside somebody else, nothing is skipped.
    """
    Nomination.objects.select_for_update().filter(pk=nomination.pk).first()  # two presses come one after the other
    nomination = Nomination.objects.with_names().get(pk=nomination.pk)
    now = nomination.stage
    if not nomination.is_waiting or now is None or (stage is not None and now.pk != stage):
        raise Conflict(_("This nomination is at another stage. Reload the page to see how it stands."))
    require(rules.may_decide_stage(actor, nomination, superior_user(nomination)))
    following = stage_after(nomination.invited.call_id, now.position)
    record(stage=now.title)
    _decide(nomination, state_at(following), actor, stage=following)
    tell_superior(nomination, actor)
    return nomination


@act("training.approve_waiting")
def approve_waiting(*, call: Call, actor: Actor) -> int:
    """Agree to all who wait for the organiser, as one set; answers how many. One's own nomination stays for somebody else."""
    require(rules.may_manage(actor, call.organisation))
    record_subject(call.subject)
    rows = Nomination.objects.filter(invited__call=call).awaiting_organiser()
    rows = rows.exclude(person__user_id=actor.user_id or 0)
    people = list(rows.select_for_update(of=("self",)).with_names())
    stages = {row.stage for row in people if row.stage}
    parted = [(stage_after(call.pk, stage.position), [row for row in people if row.stage == stage]) for stage in stages]
    for following, each in parted:
        _pass_on(each, following, actor)
    record(people=[row.code for row in people])
    return len(people)


def _pass_on(rows: Sequence[Nomination], following: NominationStage | None, actor: Actor) -> None:
    state = state_at(following)
    Nomination.objects.filter(pk__in=[row.pk for row in rows]).update(
        stage=following, state=state, reason="", decided_at=clock.now(), decided_by_key=actor.key
    )
    for row in rows:
        row.stage, row.state = following, state
        tell_superior(row, actor)


@act("training.refuse_nomination")
def refuse_nomination(*, nomination: Nomination, reason: str, actor: Actor) -> Nomination:
    """Whoever decides at its stage, the organiser at any; the agency's coordinators are told, and read why."""
    manages = rules.may_manage(actor, nomination.invited.call.organisation)
    asked = nomination.is_waiting and rules.may_decide_stage(actor, nomination, superior_user(nomination))
    require(manages or asked)
    if not reason.strip():
        raise Conflict(_("Say why it is refused: the agency will read it."))
    _decide(nomination, NominationState.REFUSED, actor, reason.strip()[:300])
    tell_refused(nomination, actor)
    return nomination


def _decide(row: Nomination, state: NominationState, actor: Actor, reason: str = "", **also: Any) -> Nomination:
    return move(
        row, state, moves=NOMINATION_MOVES, reason=reason, decided_at=clock.now(), decided_by_key=actor.key, **also
    )
