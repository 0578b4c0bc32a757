"""A proposal of who gets the seats of a call: worked out by a job, changed by people, registered when accepted."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, Refused, act, record, record_subject, require
from enggang.core.jobs import JobRun, enqueue, job
from enggang.core.models import Job
from enggang.core.states import keep_version, move
from enggang.seats.models import Pool
from enggang.training import rules
from enggang.training.domain.outcomes import agencies_in, tell_outcome, tell_seated
from enggang.training.domain.registrations import pools_for, present_work, register_person, withdraw
from enggang.training.enums import NOMINATION_MOVES, PROPOSAL_MOVES, NominationState, ProposalState, Source
from enggang.training.enums import PlacedBecause as Because
from enggang.training.models import Call, Proposal, ProposalRow, Registration, Wave
from enggang.training.placing import cpsat, greedy
from enggang.training.placing.greedy import order
from enggang.training.placing.problem import Placement
from enggang.training.queries.nominations import clashes_of
from enggang.training.queries.proposals import Asked, Reason, ask, because

GREEDY, CPSAT = "greedy", "cpsat"


@act("training.want_proposal")
def want_proposal(*, call: Call, actor: Actor) -> Job:
    """Have a proposal worked out, or worked out again round what people have fixed and excluded."""
    require(rules.may_manage(actor, call.organisation))
    open_states = [ProposalState.WANTED, ProposalState.READY]
    proposal = call.proposals.filter(state__in=open_states).select_related("subject").first()
    if proposal is None:
        proposal = Proposal(call=call, made_at=clock.now(), made_by_key=actor.key)
        proposal.subject = Proposal.new_subject(call.organisation.code)
        proposal.save()
    elif proposal.state == ProposalState.READY:
        move(proposal, ProposalState.WANTED, moves=PROPOSAL_MOVES)
    record_subject(proposal.subject)
    return enqueue(
        make_proposal,
        actor=actor,
        title=gettext_noop("Proposal of seats"),
        subject_code=proposal.code,
        proposal_id=proposal.pk,
    )


@job("training.make_proposal")
def make_proposal(run: JobRun, *, proposal_id: int) -> None:
    """Ask CP-SAT where it is installed, the plain rule where not; a proposal that is ready stays as it is."""
    proposal = Proposal.objects.select_related("subject", "call__organisation", "call__programme").get(pk=proposal_id)
    if proposal.state != ProposalState.WANTED:
        return
    asked = ask(proposal)
    placed, method = _answer(asked)
    keep_proposal(proposal=proposal, asked=asked, placed=placed, method=method, actor=run.actor)
    run.outcome(seated=len(placed), people=len(asked.problem.candidates), method=method)


def _answer(asked: Asked) -> tuple[Placement, str]:
    """The answer, and who found it: the solver signs only for what it found, or proved to be the best."""
    if not cpsat.is_installed():
        return greedy.place(asked.problem), GREEDY
    solved = cpsat.solve(asked.problem)
    return solved.placed, CPSAT if solved.is_solvers else GREEDY


@act("training.keep_proposal")
def keep_proposal(*, proposal: Proposal, asked: Asked, placed: Placement, method: str, actor: Actor) -> Proposal:
    """Write the ranked list: who is placed first, then who is not, each with the reason."""
    require(rules.may_manage(actor, proposal.call.organisation))
    move(proposal, ProposalState.READY, moves=PROPOSAL_MOVES, method=method, made_at=clock.now())
    proposal.rows.all().delete()
    ProposalRow.objects.bulk_create(asked.rows(proposal, placed), batch_size=500)
    record(placed=len(placed), people=len(asked.lines), method=method)
    return proposal


@act("training.change_proposal")
def change_proposal(*, row: ProposalRow, do: str, actor: Actor, wave: Wave | None = None) -> Proposal:
    """``place`` in a wave and fix it there, ``exclude``, ``free`` both again, or move one rank ``up`` or ``down``.

    Raises Conflict where every seat of the wave that the person may have is fixed or given: nobody is fixed beside it.
    """
    proposal = _changed(row.proposal, actor)
    if do in {"up", "down"}:
        _swap(row, up=do == "up")
        Proposal.objects.filter(pk=proposal.pk).update(ordered=True)
    elif do == "place":
        if wave is None or not proposal.call.waves.filter(pk=wave.pk).exists():
            raise Conflict(_("Choose a wave of this call."))
        pool = make_room(row, wave)
        reasons = [because(Because.PLACED), *_met_by(row, wave)]
        _set(row, wave=wave, pool=pool, fixed=True, excluded=False, reasons=reasons)
    elif do == "exclude":
        _set(row, wave=None, pool=None, fixed=False, excluded=True, reasons=[because(Because.LEFT_OUT)])
    elif do == "free":
        _set(row, wave=row.wave, pool=row.pool, fixed=False, excluded=False, reasons=row.reasons)
    else:
        raise Conflict(_("Choose what to do."))
    record(do=do)
    proposal.refresh_from_db()
    return proposal


@act("training.order_proposal")
def order_proposal(*, proposal: Proposal, rows: Sequence[int], version: int, actor: Actor) -> Proposal:
    """Put these rows in this order on the ranks they hold together. Whoever saw an older list changes nothing."""
    require(rules.may_manage(actor, proposal.call.organisation))
    keep_version(proposal, version)
    _still_open(proposal)
    found = {row.pk: row for row in proposal.rows.filter(pk__in=rows)}
    if len(set(rows)) != len(rows) or len(found) != len(rows):
        raise Conflict(_("The list has changed in the meantime. Reload the page to see how it stands."))
    ranks = sorted(row.rank for row in found.values())
    for pk, rank in zip(rows, ranks, strict=True):
        found[pk].rank = rank
    ProposalRow.objects.bulk_update(found.values(), ["rank"])
    Proposal.objects.filter(pk=proposal.pk).update(ordered=True)
    record(rows=len(rows))
    proposal.refresh_from_db()
    return proposal


@act("training.rank_proposal_anew")
def rank_anew(*, proposal: Proposal, actor: Actor) -> Proposal:
    """Forget the order people gave: the list goes back to its own, the placed first, as it would be worked out."""
    _changed(proposal, actor)
    proposal.ordered = False
    asked = ask(proposal)
    rows = {row.nomination_id: row for row in proposal.rows.all()}
    worth = {each.id: number for number, each in enumerate(order(asked.problem))}
    last = len(worth)
    ordered = sorted(
        rows.values(), key=lambda row: (row.excluded, row.wave_id is None, worth.get(row.nomination_id, last), row.pk)
    )
    for rank, row in enumerate(ordered, 1):
        row.rank = rank
    ProposalRow.objects.bulk_update(ordered, ["rank"], batch_size=500)
    Proposal.objects.filter(pk=proposal.pk).update(ordered=False)
    proposal.refresh_from_db()
    return proposal


def _changed(proposal: Proposal, actor: Actor) -> Proposal:
    """Whoever looks at the list in another tab now looks at an older version."""
    require(rules.may_manage(actor, proposal.call.organisation))
    _still_open(proposal)
    Proposal.objects.filter(pk=proposal.pk).update(version=F("version") + 1)
    return proposal


def _still_open(proposal: Proposal) -> None:
    if not Proposal.objects.filter(pk=proposal.pk, state=ProposalState.READY).exists():
        raise Conflict(_("This proposal can no longer be changed. Work out a new one."))


def _set(
    row: ProposalRow,
    *,
    wave: Wave | None,
    pool: Pool | None,
    fixed: bool,
    excluded: bool,
    reasons: Sequence[Reason] | None,
) -> None:
    row.wave, row.pool, row.fixed, row.excluded, row.reasons = wave, pool, fixed, excluded, reasons
    row.save(update_fields=["wave", "pool", "fixed", "excluded", "reasons"])


def _met_by(row: ProposalRow, wave: Wave) -> list[Reason]:
    """Seats of the person on the days of this wave: no block for whoever decides, but told them."""
    met = clashes_of(row.proposal.call, [row.nomination.person_id]).get(row.nomination.person_id, {}).get(wave.pk, [])
    return [because(Because.CLASH, what=name) for name in sorted({str(each.wave) for each in met})]


def _swap(row: ProposalRow, *, up: bool) -> None:
    """With the neighbour in the list; at its end nothing happens."""
    rows = ProposalRow.objects.filter(proposal=row.proposal_id)
    other = rows.filter(rank__lt=row.rank).last() if up else rows.filter(rank__gt=row.rank).first()
    if other is not None:
        row.rank, other.rank = other.rank, row.rank
        ProposalRow.objects.bulk_update([row, other], ["rank"])


def make_room(row: ProposalRow, wave: Wave) -> Pool:
    """The quota in which a person can be fixed. Where all its seats are proposed to others, the last of those that
    nobody has fixed gives way, and is told so."""
    name = row.nomination.person.name
    work = present_work(row.nomination.person)
    pools = pools_for(wave, work.organisation, work.kind)
    others = list(
        ProposalRow.objects.filter(proposal=row.proposal_id, pool__in=pools).exclude(pk=row.pk).order_by("-rank")
    )
    for pool in pools:
        if sum(other.pool_id == pool.pk for other in others) < pool.free:
            return pool
    for pool in pools:
        loose = [other for other in others if other.pool_id == pool.pk and not other.fixed]
        if loose and sum(other.pool_id == pool.pk for other in others) == pool.free:
            gone = [because(Because.GAVE_WAY, name=name)]
            _set(loose[0], wave=None, pool=None, fixed=False, excluded=False, reasons=gone)
            return pool
    raise Conflict(
        _("%(wave)s has no seat left for %(name)s: all that they may have are given or fixed. Release somebody first.")
        % {"wave": wave.name, "name": name}
    )


@act("training.accept_proposal")
def accept_proposal(*, proposal: Proposal, actor: Actor) -> Job:
    """Register who is placed, in the order of the list; a job, one act per person."""
    require(rules.may_manage(actor, proposal.call.organisation))
    if not proposal.rows.filter(wave__isnull=False).exists():
        raise Conflict(_("Nobody is placed in this proposal."))
    if proposal.rows.filter(wave__isnull=False).exclude(wave__in=proposal.call.waves.all()).exists():
        raise Conflict(_("A wave was taken out of the call since. Work the proposal out again."))
    shut = [wave.name for wave in proposal.call.waves.filter(pk__in=proposal.rows.values("wave")) if not wave.is_open]
    if shut:
        raise Conflict(_("Open these waves first: %(names)s.") % {"names": ", ".join(shut)})
    move(proposal, ProposalState.ACCEPTED, moves=PROPOSAL_MOVES)
    record_subject(proposal.subject)
    return enqueue(
        register_placed, actor=actor, title=gettext_noop("Registering from a proposal"), subject_code=proposal.code,
        proposal_id=proposal.pk,
    )  # fmt: skip


@job("training.register_placed")
def register_placed(run: JobRun, *, proposal_id: int) -> None:
    """Whoever is registered already is left alone; what is refused is kept beside the row, and undoes nobody else.

    Then the agencies are told, each once.
    """
    rows = placed_rows(proposal_id)
    counts = {"seated": 0, "waiting": 0, "refused": 0}
    for number, row in enumerate(rows):
        run.progress(number, len(rows))
        try:
            registration = place_nominated(row=row, actor=run.actor)
        except Refused as refused:
            ProposalRow.objects.filter(pk=row.pk).update(problem=refused.message[:300])
            counts["refused"] += 1
        else:
            counts["seated" if registration.claim.is_seated else "waiting"] += 1
    for invited in agencies_in(proposal_id):
        tell_outcome(invited=invited, actor=run.actor)
    run.outcome(**counts)


def placed_rows(proposal_id: int) -> Sequence[ProposalRow]:
    """Placed and not yet registered, in the order of the list."""
    rows = ProposalRow.objects.filter(proposal=proposal_id, wave__isnull=False)
    rows = rows.filter(nomination__state=NominationState.APPROVED).order_by("rank", "pk")
    return list(
        rows.select_related(
            "wave__subject", "wave__offer__subject", "wave__offer__organisation", "wave__organisation", "wave__programme",
            "nomination__person__subject", "nomination__person__user",
        )
    )  # fmt: skip


@act("training.place_nominated")
def place_nominated(*, row: ProposalRow, actor: Actor) -> Registration:
    """Register one person, seated or waiting as the quotas of the wave allow, and say so on the nomination.

    A nominee with an account is told that they have a seat.
    """
    assert row.wave is not None  # asked for by its reader
    registration = register_person(
        wave=row.wave, person=row.nomination.person, source=Source.ORGANISER, actor=actor, first=row.pool_id
    )
    move(row.nomination, NominationState.PLACED, moves=NOMINATION_MOVES, registration=registration)
    tell_seated(registration, actor)
    return registration


@act("training.undo_proposal")
def undo_proposal(*, proposal: Proposal, actor: Actor) -> Job:
    """Take back what a proposal has registered: the list may be changed again. A job, one act per person."""
    require(rules.may_manage(actor, proposal.call.organisation))
    if proposal.call.proposals.filter(state__in=[ProposalState.WANTED, ProposalState.READY]).exists():
        raise Conflict(_("Another proposal of this call is open. Register its people first."))
    move(proposal, ProposalState.READY, moves=PROPOSAL_MOVES)
    record_subject(proposal.subject)
    return enqueue(
        take_back_placed, actor=actor, title=gettext_noop("Taking back a proposal"), subject_code=proposal.code,
        proposal_id=proposal.pk,
    )  # fmt: skip


@job("training.take_back_placed")
def take_back_placed(run: JobRun, *, proposal_id: int) -> None:
    """From the end of the list, so that nobody moves up only to be withdrawn; what is refused is kept beside its row.

    Then the agencies are told how it stands, each once; the participants are told by the act.
    """
    rows = ProposalRow.objects.filter(
        proposal=proposal_id, nomination__state=NominationState.PLACED, wave__isnull=False
    )
    rows = rows.select_related("nomination__registration__wave__subject", "nomination__registration__claim")
    found = [row for row in rows.order_by("-rank", "-pk") if _is_from_here(row)]
    refused = 0
    for number, row in enumerate(found):
        run.progress(number, len(found))
        try:
            take_back(row=row, actor=run.actor)
        except Refused as why:
            ProposalRow.objects.filter(pk=row.pk).update(problem=why.message[:300])
            refused += 1
    for invited in agencies_in(proposal_id):
        tell_outcome(invited=invited, actor=run.actor)
    run.outcome(taken_back=len(found) - refused, refused=refused)


def _is_from_here(row: ProposalRow) -> bool:
    """Not the registration that somebody made by hand in another wave of the call."""
    registration = row.nomination.registration
    return registration is not None and registration.wave_id == row.wave_id


@act("training.take_back_placed")
def take_back(*, row: ProposalRow, actor: Actor) -> ProposalRow:
    """Withdraw one registration that the proposal made; the nomination is approved again, as before."""
    nomination = row.nomination
    if nomination.registration_id is None:
        raise Conflict(
            _("This has changed in the meantime, so nothing was done. Reload the page to see how it stands.")
        )
    registration = Registration.objects.with_names().get(pk=nomination.registration_id)
    move(nomination, NominationState.APPROVED, moves=NOMINATION_MOVES, registration=None)
    withdraw(
        registration=registration, actor=actor, reason=gettext_noop("The proposal was taken back."), agency_told=True
    )
    ProposalRow.objects.filter(pk=row.pk).update(problem="")
    return row
