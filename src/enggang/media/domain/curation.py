"""From a draft to an accepted work: submitted, judged blind by a rubric, sent back or accepted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from enggang.accounts.models import User
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.states import move
from enggang.media import rules
from enggang.media.enums import ASSET_MOVES, AssetState
from enggang.media.models import Assessment, Asset, LibraryPolicy
from enggang.media.queries.curation import current_assessment, policy_of
from enggang.notices.domain.messages import Recipient, send
from enggang.places.models import Organisation
from enggang.reviews.domain.reviews import close_review, open_review, reopen_review, submit_sheet, take_back_sheet
from enggang.reviews.domain.rubrics import CriterionSpec, keep_rubric
from enggang.reviews.enums import Mode
from enggang.reviews.models import Review

PASS_POINTS = 60
MOST_JUDGES = 9


@act("media.submit_asset")
def submit_asset(*, asset: Asset, actor: Actor) -> Asset:
    """Hand a draft or a revised work in for review. What was withdrawn only its keepers bring back."""
    withdrawn = asset.state == AssetState.WITHDRAWN
    require(rules.may_keep(actor, asset.organisation) if withdrawn else rules.may_describe(actor, asset))
    return move(asset, AssetState.SUBMITTED, moves=ASSET_MOVES)


@act("media.take_back_asset")
def take_back_asset(*, asset: Asset, actor: Actor) -> Asset:
    """Undo handing in, as long as nobody has begun to judge."""
    require(rules.may_describe(actor, asset))
    return move(asset, AssetState.DRAFT, moves=ASSET_MOVES)


@act("media.keep_policy")
def keep_policy(
    *, organisation: Organisation, criteria: Sequence[tuple[str, int]], judges: int, pass_points: int, actor: Actor,
    spread_alert: int = 30,
) -> LibraryPolicy:  # fmt: skip
    """Say how an agency judges: criteria as (title, weight), each on five levels; judges of each work; points to pass."""
    require(rules.may_keep(actor, organisation))
    if not 1 <= judges <= MOST_JUDGES or not 0 <= pass_points <= 100:
        raise Conflict(_("A work is seen by one to %(most)s judges.") % {"most": MOST_JUDGES})
    row = policy_of(organisation)
    specs = [CriterionSpec(title, five_levels(), weight) for title, weight in criteria]
    rubric = keep_rubric(
        organisation=organisation, title=_("Photos and videos of the library"), criteria=specs,
        spread_alert=spread_alert, rubric=row.rubric if row else None, actor=actor,
    )  # fmt: skip
    row = row or LibraryPolicy(organisation=organisation)
    row.rubric, row.judges, row.pass_points = rubric, judges, pass_points
    row.save()
    record_subject(organisation.subject)
    record(judges=judges, pass_points=pass_points)
    return row


def five_levels() -> tuple[tuple[str, int], ...]:
    words = [_("Not usable"), _("Weak"), _("Sufficient"), _("Good"), _("Excellent")]
    return tuple(zip(words, (0, 30, 60, 80, 100), strict=True))


def _policy(organisation: Organisation, actor: Actor) -> LibraryPolicy:
    """The agency's own, or the usual one: one question, one judge."""
    found = policy_of(organisation)
    if found is not None and found.rubric.replaced_by_id is None:
        return found
    return keep_policy(
        organisation=organisation, criteria=[(_("Overall impression"), 1)], judges=1, pass_points=PASS_POINTS,
        actor=actor,
    )  # fmt: skip


@act("media.start_review")
def start_review(*, assets: Sequence[Asset], actor: Actor) -> list[Asset]:
    """Put submitted works before the judges of their agency. Raises Conflict when one of them is not submitted."""
    policies: dict[int, LibraryPolicy] = {}
    for asset in assets:
        require(rules.may_keep(actor, asset.organisation))
        if asset.organisation_id not in policies:
            policies[asset.organisation_id] = _policy(asset.organisation, actor)
        _begin(asset, policies[asset.organisation_id], actor)
    record(count=len(assets))
    return list(assets)


def _begin(asset: Asset, policy: LibraryPolicy, actor: Actor) -> None:
    if asset.state == AssetState.DRAFT:
        raise Conflict(_("It is still a draft. Open it and submit it, then put it before the judges."))
    move(asset, AssetState.IN_REVIEW, moves=ASSET_MOVES)
    last = asset.assessments.aggregate(last=Max("number"))["last"] or 0
    subject = Assessment.new_subject(asset.organisation.code)
    review = open_review(
        rubric=policy.rubric, subject=subject, organisation=asset.organisation, mode=Mode.BLIND, wanted=policy.judges,
        actor=actor,
    )  # fmt: skip
    Assessment.objects.create(
        subject=subject, asset=asset, review=review, number=last + 1, pass_points=policy.pass_points
    )


@act("media.judge_asset")
def judge_asset(
    *, assessment: Assessment, levels: Mapping[int, int], actor: Actor, feedback: str = "",
    notes: Mapping[int, str] | None = None,
) -> Assessment:  # fmt: skip
    """Keep a judge's sheet. The last one that was awaited decides: accepted, or back to the author."""
    asset = assessment.asset
    require(rules.may_judge(actor, asset))
    record_subject(asset.subject)
    if asset.state != AssetState.IN_REVIEW:
        raise Conflict(_("This work is not being judged now."))
    review = submit_sheet(review=assessment.review, levels=levels, feedback=feedback, notes=notes, actor=actor)
    assessment.review = review
    if review.is_decided:
        _conclude(assessment, actor)
    return assessment


def _conclude(assessment: Assessment, actor: Actor) -> None:
    to = AssetState.ACCEPTED if assessment.is_passed else AssetState.REVISE
    move(assessment.asset, to, moves=ASSET_MOVES)
    _tell(assessment, to, actor)


def _tell(assessment: Assessment, to: AssetState, actor: Actor) -> None:
    """To whoever made it and has an account."""
    author = assessment.asset.author
    user = User.objects.filter(pk=author.user_id).first() if author and author.user_id else None
    if user is None:
        return
    send(
        to=Recipient.of(user), template="media/messages/judged", actor=actor, subject=assessment.asset.subject,
        context={"asset": assessment.asset, "accepted": to == AssetState.ACCEPTED, "note": assessment.note},
        href=reverse("media:asset", args=[assessment.asset.code]),
    )  # fmt: skip


@act("media.take_back_judgement")
def take_back_judgement(*, assessment: Assessment, actor: Actor) -> Assessment:
    """Undo one's own sheet: the work waits for it again, unless it has gone further meanwhile."""
    asset = Asset.objects.select_related("subject", "organisation", "author").get(pk=assessment.asset_id)
    require(rules.may_judge(actor, asset))
    record_subject(asset.subject)
    if asset.state not in {AssetState.IN_REVIEW, AssetState.ACCEPTED, AssetState.REVISE}:
        raise Conflict(_("This work has gone further, so the judgement stays."))
    review = Review.objects.get(pk=assessment.review_id)
    if review.is_decided:
        move(asset, AssetState.IN_REVIEW, moves=ASSET_MOVES)
        review = reopen_review(review=review, actor=actor)
    take_back_sheet(review=review, actor=actor)
    return assessment


@act("media.decide_asset")
def decide_asset(*, asset: Asset, accept: bool, actor: Actor, note: str = "") -> Asset:
    """The curator's decision, where judges are far apart or missing, or against theirs; then with words to the author."""
    require(rules.may_keep(actor, asset.organisation))
    assessment = current_assessment(asset)
    if assessment is None or asset.state not in {AssetState.IN_REVIEW, AssetState.ACCEPTED, AssetState.REVISE}:
        raise Conflict(_("This work is not being judged now."))
    to = AssetState.ACCEPTED if accept else AssetState.REVISE
    if asset.state == to:
        raise Conflict(_("This was decided already."))
    if not accept and not note.strip():
        raise Conflict(_("Say what is to be revised."))
    if asset.state != AssetState.IN_REVIEW:
        move(asset, AssetState.IN_REVIEW, moves=ASSET_MOVES)
    if not assessment.review.is_decided and assessment.review.sheets.exists():
        close_review(review=assessment.review, actor=actor)
    move(asset, to, moves=ASSET_MOVES)
    assessment.note, assessment.decided_by_key, assessment.asset = note.strip()[:1000], actor.key, asset
    assessment.save(update_fields=["note", "decided_by_key"])
    record(accept=accept)
    _tell(assessment, to, actor)
    return asset
