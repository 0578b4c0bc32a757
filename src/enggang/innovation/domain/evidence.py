"""Acts on the vault: a file or a link brought, a proposal accepted or refused, used for indicators, withdrawn."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from enggang.core import clock, registries
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.models import Subject
from enggang.core.text import one_line
from enggang.files.domain.papers import read_paper
from enggang.files.domain.storing import store_file
from enggang.files.enums import Purpose
from enggang.innovation import rules
from enggang.innovation.domain.standing import keep_draft
from enggang.innovation.enums_iid import EvidenceKind, SubmissionState
from enggang.innovation.models import Evidence, Innovation, RefusedProposal, Submission, Tie
from enggang.innovation.models.submission import EvidenceUse
from enggang.innovation.queries.guide import guide_of
from enggang.innovation.queries.proposals import Proposal
from enggang.places.models import Organisation

LARGEST = 20 * 1024 * 1024  # bytes of one file


@act("innovation.bring_file")
def bring_file(
    *, innovation: Innovation, title: str, content: bytes, name: str, actor: Actor, dated_on: date | None = None,
    is_personal: bool = False,
) -> Evidence:  # fmt: skip
    """Keep a paper as evidence: PDF, JPEG or PNG, told by its content. It is private; lists of people are marked."""
    require(rules.may_write(actor, innovation))
    paper = read_paper(content, name, largest=LARGEST)
    stored = store_file(
        content=content, name=paper.name, media_type=paper.media_type, purpose=Purpose.EVIDENCE,
        organisation=innovation.organisation, actor=actor,
    )  # fmt: skip
    row = Evidence(kind=EvidenceKind.FILE, title=title, file=stored, dated_on=dated_on, is_personal=is_personal)
    return _keep(innovation, row, actor)


@act("innovation.bring_link")
def bring_link(
    *, innovation: Innovation, title: str, link: str, actor: Actor, dated_on: date | None = None
) -> Evidence:  # fmt: skip
    """Keep an address as evidence, such as that of a video or of an article. Raises Conflict unless it is http(s)."""
    require(rules.may_write(actor, innovation))
    if not link.startswith(("https://", "http://")):
        raise Conflict(_("Give the whole address, beginning with https://"))
    return _keep(innovation, Evidence(kind=EvidenceKind.LINK, title=title, link=link, dated_on=dated_on), actor)


@act("innovation.accept_proposal")
def accept_proposal(*, submission: Submission, proposal: Proposal, codes: list[str], actor: Actor) -> Evidence:
    """Take what the system knows as evidence of these indicators. What it says today is kept with it."""
    innovation, proof = submission.innovation, proposal.proof
    require(rules.may_write(actor, innovation))
    row = Evidence(
        kind=EvidenceKind.RECORD, title=proof.title, provider=proposal.provider, key=proof.key, dated_on=proof.on,
        facts=[[str(label), str(value)] for label, value in proof.facts], is_personal=proof.is_personal,
    )  # fmt: skip
    _keep(innovation, row, actor)
    for code in codes or proposal.codes[:1]:
        use_evidence(submission=submission, code=code, evidence=row, actor=actor)
    record(provider=proposal.provider, genre=proof.genre)
    return row


def _keep(innovation: Innovation, row: Evidence, actor: Actor) -> Evidence:
    row.innovation, row.added_at, row.added_by_key = innovation, clock.now(), actor.key
    row.title = one_line(row.title, 200)
    row.clean_fields(exclude=["subject", "file"])
    row.subject = Evidence.new_subject(innovation.organisation.code)
    with told(Evidence):
        row.save()
    record_subject(row.subject)
    record(kind=str(row.kind))
    return row


@act("innovation.refuse_proposal")
def refuse_proposal(*, innovation: Innovation, proposal: Proposal, reason: str, actor: Actor) -> RefusedProposal:
    """It is no evidence, with the reason; it is not proposed again until this is taken back."""
    require(rules.may_write(actor, innovation))
    if not reason.strip():
        raise Conflict(_("Say why it is no evidence."))
    row = RefusedProposal(
        innovation=innovation, provider=proposal.provider, key=proposal.key, title=one_line(proposal.proof.title, 200),
        reason=one_line(reason, 300), at=clock.now(), by_key=actor.key,
    )  # fmt: skip
    with told(RefusedProposal):
        row.save()
    record_subject(innovation.subject)
    record(provider=proposal.provider)
    return row


@act("innovation.propose_again")
def propose_again(*, refused: RefusedProposal, actor: Actor) -> Innovation:
    require(rules.may_write(actor, refused.innovation))
    record(provider=refused.provider)
    refused.delete()
    return refused.innovation


@act("innovation.use_evidence")
def use_evidence(*, submission: Submission, code: str, evidence: Evidence, actor: Actor) -> EvidenceUse:
    """Let evidence serve an indicator; one piece may serve many. Raises Conflict for what is not of this innovation."""
    keep_draft(submission, actor)
    if evidence.innovation_id != submission.innovation_id or evidence.withdrawn_at is not None:
        raise Conflict(_("This evidence cannot be used here."))
    if guide_of(submission.innovation.organisation, submission.year).indicator(code) is None:
        raise Conflict(_("The guide of this year has no such indicator."))
    row, _made = EvidenceUse.objects.get_or_create(submission=submission, code=code, evidence=evidence)
    record_subject(submission.subject)
    record(code=code)
    return row


@act("innovation.leave_evidence")
def leave_evidence(*, submission: Submission, code: str, evidence: Evidence, actor: Actor) -> Submission:
    """It serves this indicator no longer; it stays in the vault."""
    keep_draft(submission, actor)
    if not submission.uses.filter(code=code, evidence=evidence).delete()[0]:
        raise Conflict(_("It did not serve this indicator."))
    record(code=code)
    return submission


@act("innovation.withdraw_evidence")
def withdraw_evidence(*, evidence: Evidence, actor: Actor) -> Evidence:
    """Take it out of the vault. Raises Conflict where an entry that is not with the innovator rests on it."""
    require(rules.may_write(actor, evidence.innovation))
    if evidence.uses.exclude(submission__state=SubmissionState.DRAFT).exists():
        raise Conflict(_("An entry that was handed in rests on it, so it stays."))
    if not Evidence.objects.kept().filter(pk=evidence.pk).update(withdrawn_at=clock.now()):
        raise Conflict(_("This was done already."))
    evidence.uses.all().delete()
    record(kind=str(evidence.kind))
    return evidence


@act("innovation.tie_subject")
def tie_subject(*, innovation: Innovation, code: str, actor: Actor) -> Tie:
    """Say that something of this system belongs to the innovation, by its public code: what is known of it is proposed.

    Raises Conflict when nothing goes by that code among what the actor's own agencies, or those above them, hold.
    """
    require(rules.may_write(actor, innovation))
    subject = Subject.objects.filter(code=code.strip()).first()
    kind = registries.subject_kinds.get(subject.kind) if subject else None
    if subject is None or kind is None or not _is_near(innovation.organisation, subject.organisation_code):
        raise Conflict(_("Nothing of your agency, or of one above it, goes by this code."))
    row = Tie(innovation=innovation, subject=subject, at=clock.now(), by_key=actor.key)
    with told(Tie):
        row.save()
    record_subject(innovation.subject)
    record(tied=subject.kind)
    return row


def _is_near(organisation: Organisation, code: str) -> bool:
    """Within the same government: of the agency itself, of one below it or one above, or of a sister."""
    other = Organisation.objects.filter(subject__code=code).values_list("path", flat=True).first()
    return other is not None and other.split("/")[1] == organisation.path.split("/")[1]


@act("innovation.untie_subject")
def untie_subject(*, tie: Tie, actor: Actor) -> Innovation:
    """What was accepted from it stays in the vault."""
    require(rules.may_write(actor, tie.innovation))
    tie.delete()
    return tie.innovation
