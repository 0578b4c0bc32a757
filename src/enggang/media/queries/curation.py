"""What waits for whom on the way from a draft to a published work."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from enggang.core.actor import Actor
from enggang.media import rules
from enggang.media.enums import AssetState
from enggang.media.models import Assessment, Asset, LibraryPolicy
from enggang.places.models import Organisation
from enggang.places.models.organisation import below_any
from enggang.reviews.enums import ReviewState
from enggang.reviews.models import Sheet


def policy_of(organisation: Organisation) -> LibraryPolicy | None:
    return LibraryPolicy.objects.filter(organisation=organisation).select_related("rubric").first()


def judgeable(actor: Actor) -> QuerySet[Assessment]:
    """Works in review that the actor may judge: of the agencies where they judge, without their own."""
    rows = Assessment.objects.with_names().filter(
        below_any(actor.paths(*rules.JUDGES), "asset__organisation__path"),
        asset__state=AssetState.IN_REVIEW,
        review__state__in=[ReviewState.OPEN, ReviewState.DISPUTED],
    )
    if actor.user_id is None:
        return rows
    return rows.exclude(asset__brought_by_key=actor.key).exclude(asset__author__user_id=actor.user_id)


def waiting_for(actor: Actor) -> QuerySet[Assessment]:
    """Those of them that the actor has not judged yet, the oldest first."""
    own = Sheet.objects.filter(review=OuterRef("review"), judge_key=actor.key)
    return judgeable(actor).exclude(Exists(own)).order_by("pk")


def current_assessment(asset: Asset) -> Assessment | None:
    return asset.assessments.with_names().first()


def submitted(actor: Actor) -> QuerySet[Asset]:
    rows = Asset.objects.kept_by(actor).with_names()
    return rows.filter(state=AssetState.SUBMITTED).order_by("pk")
