"""The gate, asked of rows: the facts of a work, and the same question put to the database for lists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Exists, OuterRef, Prefetch, Q

from enggang.core import clock
from enggang.media import gate
from enggang.media.enums import AssetState
from enggang.media.enums_rights import WITH_PROOF, WITHOUT_CREDIT, Licence, People, Reason, Scope
from enggang.media.models import Asset, Consent, Likeness, Release, RightsStatement
from enggang.media.models.asset import AssetQuerySet

ACCEPTED = frozenset({AssetState.ACCEPTED, AssetState.PUBLISHED})


def with_gate(rows: AssetQuerySet) -> AssetQuerySet:
    """With all that the gate looks at: two questions for any number of works."""
    likenesses = Likeness.objects.select_related("consent")
    return rows.select_related("rights", "release").prefetch_related(Prefetch("likenesses", likenesses))


def rights_of(asset: Asset) -> RightsStatement | None:
    try:
        return asset.rights
    except ObjectDoesNotExist:
        return None


def release_of(asset: Asset) -> Release | None:
    try:
        return asset.release
    except ObjectDoesNotExist:
        return None


def facts_of(asset: Asset) -> gate.Facts:
    rights = rights_of(asset)
    return gate.Facts(
        rights=rights.facts() if rights else None,
        consents=[each.consent.facts() for each in asset.likenesses.all()],
        is_accepted=asset.state in ACCEPTED,
        alt=asset.alt_id,
    )


def reasons_of(asset: Asset, day: date | None = None, scope: str = Scope.WEB) -> list[Reason]:
    """Why it may not be shown; empty: the gate is open. Days are those of the agency."""
    return gate.reasons(facts_of(asset), day or clock.today(asset.organisation.time_zone), scope)


def is_shown(asset: Asset) -> bool:
    """Whether everybody may see it now."""
    return asset.state == AssetState.PUBLISHED and not reasons_of(asset)


def shown(rows: AssetQuerySet, day: date | None = None) -> AssetQuerySet:
    """Those that everybody may see: ``is_shown`` in the words of the database; a test holds the two together."""
    day = day or clock.today()
    licensed = Q(rights__licence__in=list(Licence.values)) & ~Q(rights__holder="")
    credited = Q(rights__licence__in=list(WITHOUT_CREDIT)) | ~Q(rights__credit="")
    proven = ~Q(rights__licence__in=list(WITH_PROOF)) | Q(rights__proof__isnull=False)
    begun = Q(rights__valid_from=None) | Q(rights__valid_from__lte=day)
    running = Q(rights__valid_to=None) | Q(rights__valid_to__gte=day)
    likenesses = Likeness.objects.filter(asset=OuterRef("pk"))
    peopled = Q(rights__people=People.NOBODY) | Q(rights__people=People.SOME) & Exists(likenesses)
    against = likenesses.filter(consent__in=Consent.objects.against(day))
    return rows.filter(
        licensed, credited, proven, begun, running, peopled, ~Exists(against), ~Q(alt_id=""),
        state=AssetState.PUBLISHED,
    )  # fmt: skip


def told(reasons: Sequence[Reason]) -> str:
    """The reasons as one paragraph in the language of whoever reads."""
    return " ".join(str(Reason(each).label) for each in reasons)
