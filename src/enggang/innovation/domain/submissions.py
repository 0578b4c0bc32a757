"""Acts on the entry of a year: begun, scored, its profile written, and handed from one desk to the next."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.closing import next_version
from enggang.core.integrity import told
from enggang.core.states import keep_version, move
from enggang.core.text import one_line
from enggang.innovation import rules, rules_iid
from enggang.innovation.domain.standing import keep_draft
from enggang.innovation.enums_iid import ONWARD, SUBMISSION_MOVES, Basis, SubmissionState
from enggang.innovation.models import Innovation, Submission
from enggang.innovation.models.submission import (
    EvidenceUse,
    IndicatorScore,
    ProfileAnswer,
    SubmissionStep,
    SubmissionVersion,
)
from enggang.innovation.queries.guide import Guidebook, fields_of, guide_of
from enggang.innovation.queries.history import content_of, differing, last_hand
from enggang.innovation.queries.scores import sheet_of
from enggang.innovation.scoring import TOP
from enggang.places.models import Organisation


@act("innovation.begin_submission")
def begin_submission(
    *, innovation: Innovation, year: int, actor: Actor, board: Organisation | None = None
) -> Submission:  # fmt: skip
    """Begin the entry of a year. What the last one held (parameters, evidence, answers) is taken over to be looked at
    again, and that one is frozen. Raises Conflict when there is one, a later one, or when no guide of the year is known.
    """
    require(rules.may_write(actor, innovation))
    guide = guide_of(innovation.organisation, year)
    if not guide.own:
        raise Conflict(
            _("The guide of %(year)s is not known here yet. Enter it, or copy the one before.") % {"year": year}
        )
    last = innovation.submissions.select_for_update(of=("self",)).order_by("-year").first()
    if last is not None and last.year >= year:
        raise Conflict(_("There is an entry of %(year)s already.") % {"year": last.year})
    row = Submission(
        innovation=innovation, year=year, board=board or (last.board if last else None), opened_at=clock.now(),
        opened_by_key=actor.key, subject=Submission.new_subject(innovation.organisation.code),
    )  # fmt: skip
    with told(Submission):
        row.save()
    if last is not None:
        _take_over(last, row, guide, actor)
        _freeze(last, actor)
    record(year=year, continued=last is not None)
    return row


def _take_over(last: Submission, row: Submission, guide: Guidebook, actor: Actor) -> None:
    """Only for indicators that the new guide still has; evidence is shared between the years, never copied."""
    codes, now = {each.code for each in guide.own}, clock.now()
    IndicatorScore.objects.bulk_create(
        IndicatorScore(
            submission=row, code=each.code, parameter=each.parameter, basis=each.basis, note=each.note, set_at=now,
            set_by_key=actor.key,
        )
        for each in last.scores.filter(code__in=codes)
    )  # fmt: skip
    uses = last.uses.filter(code__in=codes, evidence__withdrawn_at=None)
    EvidenceUse.objects.bulk_create(
        EvidenceUse(submission=row, code=use.code, evidence_id=use.evidence_id) for use in uses
    )
    ProfileAnswer.objects.bulk_create(
        ProfileAnswer(submission=row, code=each.code, text=each.text) for each in last.answers.all()
    )


def _freeze(last: Submission, actor: Actor) -> None:
    if last.state != SubmissionState.FROZEN:
        _step(last, SubmissionState.FROZEN, "", actor)


@act("innovation.choose_parameter")
def choose_parameter(
    *, submission: Submission, code: str, parameter: int, actor: Actor, basis: str = "", note: str = ""
) -> IndicatorScore:  # fmt: skip
    """Say which text of an indicator describes the innovation; 0 takes the choice back. It counts once it has evidence."""
    keep_draft(submission, actor)
    guide = guide_of(submission.innovation.organisation, submission.year)
    if guide.indicator(code) is None:
        raise Conflict(_("The guide of this year has no such indicator."))
    if not 0 <= parameter <= TOP or (basis and basis not in Basis.values):
        raise Conflict(_("Choose one of the texts."))
    values = {
        "parameter": parameter, "basis": basis, "note": one_line(note, 300), "set_at": clock.now(), "set_by_key": actor.key,
    }  # fmt: skip
    row, _made = IndicatorScore.objects.update_or_create(submission=submission, code=code, defaults=values)
    record_subject(submission.subject)
    record(code=code, parameter=parameter)
    return row


@act("innovation.answer_profile")
def answer_profile(*, submission: Submission, answers: dict[str, str], version: int, actor: Actor) -> Submission:
    """Keep what was typed into the profile; an emptied field is filled from the record again.

    Raises Conflict for a field that the guide does not have, or when another tab saved first.
    """
    keep_draft(submission, actor)
    known = {row.code for row in fields_of(submission.innovation.organisation, submission.year)}
    if set(answers) - known:
        raise Conflict(_("The profile of this year has no such field."))
    keep_version(submission, version)
    for code, text in answers.items():
        if text.strip():
            row = ProfileAnswer(submission=submission, code=code, text=text.replace("\x00", "").strip())
            row.clean_fields(exclude=["submission"])
            submission.answers.update_or_create(code=code, defaults={"text": row.text})
        else:
            submission.answers.filter(code=code).delete()
    record(fields=sorted(answers))
    return submission


@act("innovation.set_submission")
def set_submission(
    *, submission: Submission, board: Organisation | None, renewal: str, version: int, actor: Actor
) -> Submission:  # fmt: skip
    """Which research board it goes to, and what was renewed since it was adopted too long ago."""
    keep_draft(submission, actor)
    keep_version(submission, version)
    submission.board, submission.renewal = board, one_line(renewal, 500)
    submission.save(update_fields=["board", "renewal"])
    return submission


@act("innovation.hand_on_submission")
def hand_on_submission(*, submission: Submission, actor: Actor, note: str = "") -> Submission:
    """To the next desk: companion, head, research board, validated. From the innovator its content is closed as a version.

    Raises NotAllowed for who is not on turn or handed it on last, Conflict when mandatory indicators bring nothing.
    """
    submission = _locked(submission)
    to = ONWARD.get(SubmissionState(submission.state))
    if to is None:
        raise Conflict(_("It is through already."))
    require(
        rules_iid.may_hand_on(actor, submission, last_hand(submission)),
        _("Somebody else has it now: nobody looks at what they handed on themselves."),
    )
    if to == SubmissionState.COMPANION:
        _close(submission, note, actor)
    if to == SubmissionState.BOARD and submission.board is None:
        raise Conflict(_("Say first which research board it goes to."))
    _step(submission, to, note, actor)
    return submission


def _close(submission: Submission, note: str, actor: Actor) -> None:
    """The content as handed in, for those who look at it."""
    guide = guide_of(submission.innovation.organisation, submission.year)
    sheet = sheet_of(submission, guide)
    if sheet.missing:
        names = ", ".join(str(each.guide) for each in sheet.missing)
        raise Conflict(_("Mandatory indicators still bring nothing: %(names)s") % {"names": names})
    before = list(submission.versions.all()[:1])
    facts = content_of(sheet)
    fields = next_version(
        before, facts, changes=lambda old, new: differing(old, new) or ["again"], note=note, actor=actor
    )
    SubmissionVersion.objects.create(submission=submission, **fields)
    record(points=sheet.score.points, version=fields["number"])


@act("innovation.send_back_submission")
def send_back_submission(*, submission: Submission, reason: str, actor: Actor) -> Submission:
    """Back to the innovator with a reason; what was handed in stays readable as a version."""
    submission = _locked(submission)
    require(rules_iid.may_return(actor, submission))
    if not reason.strip():
        raise Conflict(_("Say what is to be done, so that it can be handed in again."))
    _step(submission, SubmissionState.DRAFT, reason, actor)
    return submission


@act("innovation.close_year")
def close_year(*, submission: Submission, actor: Actor) -> Submission:
    """The year is over: nothing of this entry changes any more. The research board closes it."""
    submission = _locked(submission)
    require(rules_iid.sees_board(actor, submission))
    _step(submission, SubmissionState.FROZEN, "", actor)
    return submission


def _step(submission: Submission, to: SubmissionState, reason: str, actor: Actor) -> None:
    was = submission.state
    also: dict[str, Any] = {} if to == SubmissionState.FROZEN else {"validated_at": None}
    if to == SubmissionState.VALIDATED:
        also = {"validated_at": clock.now()}
    move(submission, to, moves=SUBMISSION_MOVES, **also)
    SubmissionStep.objects.create(
        submission=submission, was=was, to=to, reason=one_line(reason, 500), at=clock.now(), by_key=actor.key
    )
    record_subject(submission.subject)
    record(year=submission.year, was=str(was), to=str(to))


def _locked(submission: Submission) -> Submission:
    return Submission.objects.select_for_update(of=("self",)).with_names().get(pk=submission.pk)
