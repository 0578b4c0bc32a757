"""Judges of a round: named, given a private address, released; and the sheets they keep."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _

from enggang.access.domain.links import open_link, revoke_links
from enggang.access.enums import LinkScope
from enggang.accounts.models import User
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.events import rules
from enggang.events.domain.curation import count_judges
from enggang.events.models import CurationJudge, CurationProposal, CurationRound
from enggang.events.models.curation import PANEL
from enggang.events.queries.judges import allowed, judges_at
from enggang.notices.domain.messages import Recipient, send
from enggang.places.models import Organisation
from enggang.reviews.domain.reviews import reopen_review, submit_sheet

MOST_JUDGES = 30
LINK_DAYS = 60


@act("events.name_judge")
def name_judge(
    *, curation: CurationRound, actor: Actor, user: User | None = None, name: str = "", post: str = "",
    agency: Organisation | None = None,
) -> CurationJudge:  # fmt: skip
    """Ask somebody to judge: an account of the curator, who is told, or a name that gets a private address."""
    require(rules.may_hold_round(actor, curation.organisation))
    _keep_open(curation)
    if curation.judges.count() >= MOST_JUDGES:
        raise Conflict(_("A round has at most %(most)s judges.") % {"most": MOST_JUDGES})
    if user is not None and user.pk not in {each.pk for each in judges_at(curation)}:
        raise Conflict(_("Choose an account of the curator's agency that does not judge in the round yet."))
    judge = CurationJudge(
        round=curation, user=user, name=(user.name if user else name).strip(), post=post.strip(), agency=agency
    )
    if not judge.name:
        raise Conflict(_("Choose an account, or write the name of the judge."))
    judge.clean_fields(exclude=["subject"])
    judge.subject = CurationJudge.new_subject(curation.organisation.code)
    with told(CurationJudge):
        judge.save()
    count_judges(curation, actor)
    if user is not None:
        _tell(judge, user, actor)
    record(account=user is not None)
    return judge


def _keep_open(curation: CurationRound) -> None:
    if not (curation.is_call or curation.is_judging):
        raise Conflict(_("The judging is over, so its judges stay."))


def _tell(judge: CurationJudge, user: User, actor: Actor) -> None:
    curation = judge.round
    send(
        to=Recipient.of(user), template="events/messages/judge_named",
        context={"curation": curation, "by": curation.organisation}, actor=actor, subject=curation.subject,
        href=reverse("events:round", args=[curation.code]),
    )  # fmt: skip


@act("events.release_judge")
def release_judge(*, judge: CurationJudge, actor: Actor) -> CurationRound:
    """Undo the naming; a private address ends. What was scored stays."""
    curation = judge.round
    require(rules.may_hold_round(actor, curation.organisation))
    _keep_open(curation)
    if curation.is_judging and curation.judges.count() < 2:
        raise Conflict(_("Somebody has to judge. Name another judge first."))
    revoke_links(scope=LinkScope.CURATION, subject=judge.subject, actor=actor)
    judge.delete()
    count_judges(curation, actor)
    record_subject(curation.subject)
    return curation


@act("events.hand_out_judging")
def hand_out_judging(*, judge: CurationJudge, actor: Actor) -> str:
    """A private address for a judge; answers its token, shown once. The former one ends."""
    curation = judge.round
    require(rules.may_hold_round(actor, curation.organisation))
    _keep_open(curation)
    revoke_links(scope=LinkScope.CURATION, subject=judge.subject, actor=actor)
    last = datetime.combine(curation.deadline, time.max, tzinfo=ZoneInfo(curation.organisation.time_zone))
    expires_at = max(clock.now(), last) + timedelta(days=LINK_DAYS)
    _link, token = open_link(
        scope=LinkScope.CURATION, subject=judge.subject, actor=actor, expires_at=expires_at, handed_out=True
    )
    return token


@act("events.take_back_judging")
def take_back_judging(*, judge: CurationJudge, actor: Actor) -> CurationJudge:
    """End a judge's private address."""
    require(rules.may_hold_round(actor, judge.round.organisation))
    revoke_links(scope=LinkScope.CURATION, subject=judge.subject, actor=actor)
    return judge


@act("events.judge_proposal")
def judge_proposal(
    *, proposal: CurationProposal, levels: Mapping[int, int], actor: Actor, judge: CurationJudge | None = None,
    notes: Mapping[int, str] | None = None, feedback: str = "",
) -> CurationProposal:  # fmt: skip
    """Keep a sheet: a judge's own, or with ``judge`` None what a panel agreed on, which the curator's organisers write.

    Raises NotAllowed for whoever works for the agency whose event it is.
    """
    curation = proposal.round
    record_subject(proposal.subject)
    if not curation.is_judging or not proposal.is_standing:
        raise Conflict(_("This proposal is not being judged now."))
    able = allowed(curation, [proposal.edition])[proposal.edition_id]
    if curation.is_panel:
        require(
            rules.may_hold_round(actor, curation.organisation) or (judge is not None and rules.is_judge(actor, judge))
        )
        require(bool(able), _("Everybody in the panel works for the agency of this event. Name another judge."))
        kept = PANEL
    else:
        require(judge is not None and rules.is_judge(actor, judge) and judge.round_id == curation.pk)
        require(judge in able, _("Nobody judges an event of their own agency."))
        kept = (judge.key, judge.name) if judge else PANEL
    submit_sheet(review=proposal.review, levels=levels, notes=notes, feedback=feedback, judge=kept, actor=actor)
    proposal.review.refresh_from_db()
    return proposal


@act("events.judge_again")
def judge_again(*, proposal: CurationProposal, actor: Actor) -> CurationProposal:
    """Open the judging of one proposal again; the sheets stay, and their judges may change them."""
    require(rules.may_hold_round(actor, proposal.round.organisation))
    if not proposal.round.is_judging:
        raise Conflict(_("Open the judging of the round again first."))
    reopen_review(review=proposal.review, actor=actor)
    return proposal
