"""Rounds of curation: opened with a call, the rubric of the year, and the steps from the call to the result."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _

from enggang.access.queries.grants import holders_at
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.states import keep_version, move
from enggang.events import rules
from enggang.events.domain.reference import keep_reference
from enggang.events.enums import ROUND_MOVES, RoundState, Stage
from enggang.events.models import CurationAspect, CurationProposal, CurationRound, Edition, Event, RoundCriterion
from enggang.events.models.curation import levels_of
from enggang.events.queries.judges import allowed
from enggang.events.queries.proposals import editions_proposed
from enggang.events.queries.rubrics import aspects_for, own_aspects
from enggang.notices.domain.messages import Recipient, send
from enggang.places.models import Organisation
from enggang.reviews.domain.reviews import await_sheets, close_review, open_review, reopen_review
from enggang.reviews.domain.rubrics import CriterionSpec, keep_rubric
from enggang.reviews.enums import Mode
from enggang.reviews.models import Rubric

MOST = 500  # proposals of a round
COPIED = ("rubric", "title", "question", "weight", "levels", "proof", "position", "source", "standing")


@act("events.copy_aspects")
def copy_aspects(*, organisation: Organisation, year: int, actor: Actor) -> int:
    """Make the rubric that holds for ``year`` the agency's own, to be changed for that year alone. Answers how many rows."""
    require(rules.may_hold_round(actor, organisation))
    if own_aspects(organisation, year):
        raise Conflict(_("Your agency has a rubric of its own for that year already. Change its rows."))
    rows = aspects_for(organisation, year)
    if not rows:
        raise Conflict(_("No rubric holds for that year. Enter its criteria under “Reference rows”."))
    for row in rows:
        facts = {name: getattr(row, name) for name in COPIED}
        copy = CurationAspect(valid_from=date(year, 1, 1), valid_to=date(year, 12, 31), **facts)
        keep_reference(row=copy, organisation=organisation, actor=actor)
    record_subject(organisation.subject)
    record(year=year, rows=len(rows))
    return len(rows)


@act("events.open_round")
def open_round(*, organisation: Organisation, year: int, actor: Actor, **facts: Any) -> CurationRound:
    """Call for proposals of a year, judged by the rubric of that year; the agencies that propose to it are told."""
    require(rules.may_hold_round(actor, organisation))
    made = CurationRound(organisation=organisation, year=year, opened_at=clock.now(), **facts)
    _check_deadline(made)
    made.rubric = _rubric(made, actor)
    made.clean_fields(exclude=["subject"])
    made.subject = CurationRound.new_subject(organisation.code)
    with told(CurationRound):
        made.save()
    _criteria(made)
    _tell(made, proposers(organisation), "round_open", actor)
    record(year=year, mode=str(made.mode))
    return made


def _check_deadline(curation: CurationRound) -> None:
    if curation.deadline < clock.today(curation.organisation.time_zone):
        raise Conflict(_("The last day for proposals is over already."))


def _rubric(curation: CurationRound, actor: Actor, known: Rubric | None = None) -> Rubric:
    rows = aspects_for(curation.organisation, curation.year)
    if not rows:
        raise Conflict(_("No rubric holds for that year. Enter its criteria under “Reference rows”."))
    specs = [CriterionSpec(row.title, levels_of(row.levels), row.weight) for row in rows]
    title = f"{rows[0].rubric} {curation.year}"
    return keep_rubric(
        organisation=curation.organisation, title=title, criteria=specs, spread_alert=curation.spread_alert,
        rubric=known, actor=actor,
    )  # fmt: skip


def _criteria(curation: CurationRound) -> None:
    """What the rows say beyond the rubric of the engine, in the same order."""
    rows = aspects_for(curation.organisation, curation.year)
    RoundCriterion.objects.filter(round=curation).delete()
    RoundCriterion.objects.bulk_create(
        RoundCriterion(
            round=curation, criterion=criterion, question=row.question, proof=row.proof, source=row.source,
            doubt=row.doubt[:80],
        )
        for criterion, row in zip(curation.rubric.criteria.all(), rows, strict=True)
    )  # fmt: skip


@act("events.change_round")
def change_round(*, curation: CurationRound, version: int, actor: Actor, **facts: Any) -> CurationRound:
    """Change the call; once it is judged the way of judging stays. The rubric is taken anew from the rows of the year."""
    require(rules.may_hold_round(actor, curation.organisation))
    if not curation.is_call:
        raise Conflict(_("The call is over, so it stays as it is. Take the round back to the call first."))
    keep_version(curation, version)
    was = curation.deadline
    for name, value in facts.items():
        setattr(curation, name, value)
    if curation.deadline != was:
        _check_deadline(curation)
    curation.rubric = _rubric(curation, actor, curation.rubric)
    curation.clean_fields(exclude=["subject"])
    with told(CurationRound):
        curation.save()
    _criteria(curation)
    record(deadline=str(curation.deadline))
    return curation


@act("events.start_judging")
def start_judging(*, curation: CurationRound, actor: Actor) -> CurationRound:
    """The call is over: take in what was proposed and ask the judges. Raises Conflict before the last day, without a
    proposal or a judge, or when nobody could judge one of them."""
    require(rules.may_hold_round(actor, curation.organisation))
    if clock.today(curation.organisation.time_zone) < curation.deadline:
        raise Conflict(
            _("The call runs until %(day)s. Change its last day first.") % {"day": f"{curation.deadline:%d-%m-%Y}"}
        )
    if not curation.judges.exists():
        raise Conflict(_("Name the judges first."))
    move(curation, RoundState.JUDGING, moves=ROUND_MOVES)
    taken = _take(curation, actor)
    if not curation.proposals.standing().exists():
        raise Conflict(_("Nothing was proposed yet."))
    record(taken=taken)
    return curation


@act("events.take_in_proposals")
def take_in_proposals(*, curation: CurationRound, actor: Actor) -> int:
    """Take in what was proposed since; answers how many. What was withdrawn and proposed again stands again."""
    require(rules.may_hold_round(actor, curation.organisation))
    record_subject(curation.subject)
    if not curation.is_judging:
        raise Conflict(_("Proposals are taken in while the round is judged."))
    taken = _take(curation, actor)
    if not taken:
        raise Conflict(_("Nothing else was proposed."))
    record(taken=taken)
    return taken


def _take(curation: CurationRound, actor: Actor) -> int:
    known = {row.edition_id: row for row in curation.proposals.all()}
    found = editions_proposed(curation)[:MOST]
    new = [row for row in found if row.pk not in known or known[row.pk].withdrawn_at]
    judges = allowed(curation, new)
    for edition in new:
        _take_one(curation, edition, known.get(edition.pk), len(judges[edition.pk]), actor)
    return len(new)


def _take_one(
    curation: CurationRound, edition: Edition, known: CurationProposal | None, judges: int, actor: Actor
) -> None:
    if not judges:
        raise Conflict(
            _("Nobody could judge %(edition)s: every judge works for its agency. Name another judge.")
            % {"edition": edition}
        )
    if known is not None:
        CurationProposal.objects.filter(pk=known.pk).update(withdrawn_at=None, withdrawn_reason="")
        return
    subject = CurationProposal.new_subject(edition.organisation.code)
    review = open_review(
        rubric=curation.rubric, subject=subject, organisation=curation.organisation, actor=actor,
        mode=Mode.PANEL if curation.is_panel else Mode.BLIND, wanted=None if curation.is_panel else judges,
    )  # fmt: skip
    CurationProposal.objects.create(
        subject=subject, round=curation, edition=edition, review=review, taken_at=clock.now(),
        late=_is_late(curation, edition),
    )  # fmt: skip


def _is_late(curation: CurationRound, edition: Edition) -> bool:
    step, zone = edition.steps.filter(now=Stage.PROPOSED).first(), curation.organisation.time_zone
    return step is not None and step.noted_at.astimezone(ZoneInfo(zone)).date() > curation.deadline


@act("events.back_to_call")
def back_to_call(*, curation: CurationRound, actor: Actor) -> CurationRound:
    """Undo the start of judging, as long as nobody has kept a score."""
    require(rules.may_hold_round(actor, curation.organisation))
    if curation.proposals.filter(review__sheets__isnull=False).exists():
        raise Conflict(_("Scores were given already, so the round stays with the judges."))
    move(curation, RoundState.CALL, moves=ROUND_MOVES)
    for row in curation.proposals.select_related("review", "subject"):
        review, subject = row.review, row.subject
        row.delete()
        review.delete()
        subject.delete()
    Rubric.objects.filter(pk=curation.rubric_id).update(frozen_at=None)
    return curation


@act("events.close_judging")
def close_judging(*, curation: CurationRound, actor: Actor) -> CurationRound:
    """End the blind part: what was given counts, however far apart; what nobody judged has no score."""
    require(rules.may_hold_round(actor, curation.organisation))
    move(curation, RoundState.DECIDING, moves=ROUND_MOVES)
    rows = curation.proposals.standing().filter(review__decided_at=None, review__sheets__isnull=False).distinct()
    for row in rows.select_related("review"):
        close_review(review=row.review, actor=actor)
    record(closed=len(rows))
    return curation


@act("events.reopen_judging")
def reopen_judging(*, curation: CurationRound, actor: Actor) -> CurationRound:
    """Let the judges in again; refused as long as a decision rests on the scores. Sheets stay, their judges may change them."""
    require(rules.may_hold_round(actor, curation.organisation))
    if curation.proposals.standing().exclude(verdict="").exists():
        raise Conflict(_("Decisions rest on these scores. Take the decisions back first."))
    move(curation, RoundState.JUDGING, moves=ROUND_MOVES)
    for row in curation.proposals.standing().exclude(review__decided_at=None).select_related("review__subject"):
        reopen_review(review=row.review, actor=actor)
    return curation


@act("events.close_round")
def close_round(*, curation: CurationRound, actor: Actor) -> CurationRound:
    """Give the result out: the agencies that proposed are told and see theirs. Every proposal must be decided."""
    require(rules.may_hold_round(actor, curation.organisation))
    waiting = [row for row in curation.proposals.with_names() if row.waits]
    if waiting:
        names = "; ".join(str(row) for row in waiting[:5])
        raise Conflict(_("Not decided yet: %(names)s.") % {"names": names})
    move(curation, RoundState.CLOSED, moves=ROUND_MOVES, closed_at=clock.now())
    rows = curation.proposals.standing().select_related("edition__organisation")
    _tell(curation, {row.edition.organisation for row in rows}, "round_closed", actor)
    return curation


@act("events.reopen_round")
def reopen_round(*, curation: CurationRound, actor: Actor) -> CurationRound:
    """Take the result back from view, to decide anew."""
    require(rules.may_hold_round(actor, curation.organisation))
    return move(curation, RoundState.DECIDING, moves=ROUND_MOVES, closed_at=None)


def count_judges(curation: CurationRound, actor: Actor) -> None:
    """Inside an act that changed the judges: every proposal awaits as many sheets as judges may judge it."""
    if not curation.is_judging or curation.is_panel:
        return
    rows = list(curation.proposals.standing().with_names())
    judges = allowed(curation, [row.edition for row in rows])
    for row in rows:
        keys = {judge.key for judge in judges[row.edition_id]}
        gone = row.review.sheets.exclude(judge_key__in=keys).count()  # of released judges: what they gave stays
        wanted = len(keys) + gone
        if wanted != row.review.wanted:
            await_sheets(review=row.review, wanted=wanted, actor=actor)


def proposers(organisation: Organisation) -> set[Organisation]:
    """The agencies with an event that is proposed to the curator."""
    rows = Event.objects.filter(curator=organisation).values("organisation")
    return set(Organisation.objects.filter(pk__in=rows))


def _tell(curation: CurationRound, agencies: set[Organisation], message: str, actor: Actor) -> None:
    people = {user.pk: user for agency in agencies for user in holders_at(agency, *rules.MANAGERS)}
    for user in people.values():
        send(
            to=Recipient.of(user),
            template=f"events/messages/{message}", context={"curation": curation, "by": curation.organisation},
            actor=actor, subject=curation.subject, href=reverse("events:round", args=[curation.code]),
        )  # fmt: skip
    record(told=len(people))
