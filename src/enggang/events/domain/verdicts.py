"""What the curator decides about a proposal, through the gates of its edition; withdrawing; the minutes to sign."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from enggang.access.queries.grants import holders_at
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.states import keep_version
from enggang.events import rules
from enggang.events.domain.stages import advance_edition, step_back, take_step
from enggang.events.enums import Stage, Verdict
from enggang.events.models import CurationProposal, CurationRound
from enggang.files.domain.tickets import Ticket, ticket_for
from enggang.files.domain.uploading import claim_upload
from enggang.files.enums import Accepts, Purpose
from enggang.notices.domain.messages import Recipient, send

LARGEST_SCAN = 20 * 1024**2


@act("events.decide_proposal")
def decide_proposal(
    *, proposal: CurationProposal, verdict: str, decider: str, decided_on: date, actor: Actor, reason: str = ""
) -> CurationProposal:
    """Accept: its edition passes the gate to curated. Return, or leave for next year: it is an idea again, with the reason."""
    curation, edition = proposal.round, proposal.edition
    require(rules.may_hold_round(actor, curation.organisation))
    record_subject(proposal.subject)
    if not curation.is_deciding:
        raise Conflict(_("Decisions are taken after the judging and before the result is out."))
    proposal = (
        CurationProposal.objects.select_for_update(of=("self",))
        .select_related("subject", "round__organisation")
        .get(pk=proposal.pk)
    )
    proposal.edition = edition
    if not proposal.is_standing or proposal.verdict:
        raise Conflict(_("This proposal is decided or withdrawn already. Reload the page."))
    if verdict not in Verdict.values:
        raise Conflict(_("Choose what is decided."))
    facts = {"decider": decider, "decided_on": decided_on, "actor": actor}
    if verdict == Verdict.ACCEPTED:
        advance_edition(edition=edition, to=Stage.CURATED, reason=reason, **facts)  # type: ignore[arg-type]
    else:
        step_back(edition=edition, reason=reason, **facts)  # type: ignore[arg-type]
    proposal.verdict, proposal.reason = verdict, reason.strip()[:500]
    proposal.decider, proposal.decided_on = decider.strip(), decided_on
    proposal.full_clean(exclude=["review", "edition"])
    proposal.save()
    record(verdict=str(verdict))
    return proposal


@act("events.undecide_proposal")
def undecide_proposal(
    *, proposal: CurationProposal, reason: str, decider: str, decided_on: date, actor: Actor
) -> CurationProposal:
    """Take a decision back: the edition is proposed again. Raises Conflict once it has gone on from there."""
    curation, edition = proposal.round, proposal.edition
    require(rules.may_hold_round(actor, curation.organisation))
    record_subject(proposal.subject)
    if curation.is_closed:
        raise Conflict(_("The result is out. Open the round again first."))
    if not proposal.verdict:
        raise Conflict(_("Nothing was decided yet."))
    expected = Stage.CURATED if proposal.verdict == Verdict.ACCEPTED else Stage.IDEA
    if edition.stage not in {expected, Stage.PROPOSED}:
        words = {"stage": edition.get_stage_display()}
        raise Conflict(_("The edition has gone on since: %(stage)s. Take it back at its gates first.") % words)
    if not reason.strip():
        raise Conflict(_("Give the reason. It is kept with the decision."))
    if edition.stage != Stage.PROPOSED:
        take_step(edition, Stage.PROPOSED, decider, decided_on, reason, actor)
    rows = CurationProposal.objects.filter(pk=proposal.pk, verdict=proposal.verdict)
    if not rows.update(verdict="", reason="", decider="", decided_on=None):
        raise Conflict(_("This was done already."))
    record(was=str(proposal.verdict))
    proposal.refresh_from_db(fields=["verdict", "reason", "decider", "decided_on"])
    return proposal


@act("events.withdraw_proposal")
def withdraw_proposal(
    *, proposal: CurationProposal, reason: str, decider: str, decided_on: date, actor: Actor
) -> CurationProposal:
    """The proposing agency takes it out of the round; its edition is an idea again, and may be proposed anew."""
    edition = proposal.edition
    require(rules.may_manage(actor, edition.organisation))
    record_subject(proposal.subject)
    if proposal.verdict or proposal.round.is_closed:
        raise Conflict(_("The curator has decided already. Talk to them."))
    if not CurationProposal.objects.filter(pk=proposal.pk, withdrawn_at=None).update(
        withdrawn_at=clock.now(), withdrawn_reason=reason.strip()[:500]
    ):
        raise Conflict(_("This was done already."))
    if edition.stage == Stage.PROPOSED:
        step_back(edition=edition, reason=reason, decider=decider, decided_on=decided_on, actor=actor)
    _tell_curator(proposal, actor)
    proposal.refresh_from_db(fields=["withdrawn_at", "withdrawn_reason"])
    return proposal


def _tell_curator(proposal: CurationProposal, actor: Actor) -> None:
    curation = proposal.round
    for user in holders_at(curation.organisation, *rules.MANAGERS):
        send(
            to=Recipient.of(user),
            template="events/messages/withdrawn", context={"curation": curation, "edition": proposal.edition},
            actor=actor, subject=curation.subject, href=reverse("events:round", args=[curation.code]),
        )  # fmt: skip


def minutes_ticket(curation: CurationRound, actor: Actor) -> Ticket:
    return ticket_for(
        actor=actor, organisation=curation.organisation, context=f"curation:{curation.code}", purpose=Purpose.LETTER,
        accepts=f"{Accepts.PHOTO},{Accepts.DOCUMENT}", max_bytes=LARGEST_SCAN,
    )  # fmt: skip


@act("events.keep_round_minutes")
def keep_round_minutes(
    *, curation: CurationRound, version: int, held_on: date, place: str, members: str, actor: Actor, minutes: str = "",
    scan: str = "",
) -> CurationRound:  # fmt: skip
    """Write the minutes that those named will sign; ``scan`` is the code of an upload with the signed sheet. Once that
    is there the words stay: a signature never stands under something else."""
    require(rules.may_hold_round(actor, curation.organisation))
    if curation.is_call or curation.is_judging:
        raise Conflict(_("The minutes are written once the judging is over."))
    keep_version(curation, version)
    facts = {"held_on": held_on, "place": place.strip(), "members": members.strip(), "minutes": minutes.strip()}
    if curation.scan_id and any(getattr(curation, name) != value for name, value in facts.items()):
        raise Conflict(_("The minutes are signed and stay as they are. Take the signed sheet out first."))
    for name, value in facts.items():
        setattr(curation, name, value)
    if len(curation.signers) < 2:
        raise Conflict(_("At least two sign: one name per line."))
    if scan:
        curation.scan = claim_upload(code=scan, context=f"curation:{curation.code}", actor=actor)
    curation.clean_fields(exclude=["subject"])
    curation.save()
    record(scan=bool(curation.scan_id))
    return curation


@act("events.unsign_round")
def unsign_round(*, curation: CurationRound, actor: Actor) -> CurationRound:
    """Take the signed sheet out, so that the minutes can be corrected; the file itself is kept."""
    require(rules.may_hold_round(actor, curation.organisation))
    if not CurationRound.objects.filter(pk=curation.pk).exclude(scan=None).update(scan=None):
        raise Conflict(_("This was done already."))
    curation.refresh_from_db(fields=["scan"])
    return curation
