"""Showing a work to everybody, and no longer: by somebody's decision, or because the gate has shut."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from enggang.access.enums import Role
from enggang.access.queries.grants import holders_at
from enggang.core import clock
from enggang.core.actor import SYSTEM, Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.jobs import JobRun, enqueue, job
from enggang.core.states import move
from enggang.media import rules
from enggang.media.domain.capability import missing_tools
from enggang.media.domain.marking import mark_asset
from enggang.media.enums import ASSET_MOVES, AssetState
from enggang.media.enums_rights import Reason
from enggang.media.models import Asset, Release
from enggang.media.queries.credit import marks_of
from enggang.media.queries.gate import reasons_of, shown, told, with_gate
from enggang.notices.domain.messages import Recipient, send

BATCH = 500


@act("media.publish_asset")
def publish_asset(*, asset: Asset, actor: Actor) -> Asset:
    """Show an accepted work to everybody. Raises Conflict with the reasons while the gate is shut."""
    require(rules.may_keep(actor, asset.organisation))
    asset = with_gate(Asset.objects.with_names()).get(pk=asset.pk)
    if asset.state == AssetState.PUBLISHED:
        raise Conflict(_("This is published already."))
    if found := reasons_of(asset):
        raise Conflict(told(found))
    move(asset, AssetState.PUBLISHED, moves=ASSET_MOVES)
    now = clock.now()
    facts = {"published_at": now, "published_by_key": actor.key, "withdrawn_at": None, "note": "", "reasons": []}
    Release.objects.update_or_create(asset=asset, defaults=facts, create_defaults={**facts, "first_at": now})
    mark(asset)
    return asset


def mark(asset: Asset) -> None:
    """Have the cuts for channels and the smaller forms made, with the credit in them. Call inside an act."""
    if not missing_tools():
        mark_asset(asset, marks_of(asset))


@act("media.withdraw_asset")
def withdraw_asset(*, asset: Asset, actor: Actor, note: str = "") -> Asset:
    """Take a work away from everybody; it comes back only through a new review. ``note`` says why."""
    require(rules.may_keep(actor, asset.organisation))
    move(asset, AssetState.WITHDRAWN, moves=ASSET_MOVES)
    Release.objects.filter(asset=asset).update(withdrawn_at=clock.now(), note=note.strip()[:500], reasons=[])
    return asset


@act("media.unpublish_asset")
def unpublish_asset(*, asset: Asset, actor: Actor) -> Asset:
    """Undo publishing: it stays accepted, and can be published again."""
    require(rules.may_keep(actor, asset.organisation))
    if asset.state != AssetState.PUBLISHED:
        raise Conflict(_("This is not published."))
    move(asset, AssetState.ACCEPTED, moves=ASSET_MOVES)
    Release.objects.filter(asset=asset).update(withdrawn_at=clock.now(), reasons=[])
    return asset


def settle_gate(*, asset: Asset, actor: Actor) -> bool:
    """Shut a published work whose gate has closed; whether it was shut. Call inside the act that changed a fact of it."""
    asset = with_gate(Asset.objects.with_names()).get(pk=asset.pk)
    if asset.state != AssetState.PUBLISHED or not reasons_of(asset):
        return False
    shut_gate(asset=asset, actor=actor)
    return True


@act("media.shut_gate")
def shut_gate(*, asset: Asset, actor: Actor) -> Asset:
    """Take a published work back to «accepted» because the gate has shut, and tell its keepers why."""
    found = reasons_of(asset)
    if not found:
        raise Conflict(_("Everything is in order, so it stays published."))
    move(asset, AssetState.ACCEPTED, moves=ASSET_MOVES)
    reasons = [str(each) for each in found]
    Release.objects.filter(asset=asset).update(withdrawn_at=clock.now(), reasons=reasons)
    record_subject(asset.subject)
    record(reasons=reasons)
    _tell(asset, found, actor)
    return asset


def _tell(asset: Asset, found: list[Reason], actor: Actor) -> None:
    for user in holders_at(asset.organisation, Role.ORGANISER, Role.ADMINISTRATOR):
        send(
            to=Recipient.of(user), template="media/messages/gate_shut", context={"asset": asset, "reasons": [each.label for each in found]},
            actor=actor, subject=asset.subject, href=reverse("media:rights", args=[asset.code]),
        )  # fmt: skip


@job("media.recheck_gates")
def recheck_gates(run: JobRun) -> None:
    """Every published work whose licence or consent has ended since is shut. Safe to run twice."""
    published = Asset.objects.filter(state=AssetState.PUBLISHED)
    closed = with_gate(Asset.objects.with_names()).filter(
        pk__in=published.exclude(pk__in=shown(published).values("pk")).values("pk")
    )
    count = 0
    for asset in closed.order_by("pk")[:BATCH]:
        if reasons_of(asset):
            shut_gate(asset=asset, actor=run.actor)
            count += 1
    run.outcome(shut=count)


def queue_recheck() -> None:
    """Called by the daily schedule, soon after midnight of the agencies."""
    enqueue(recheck_gates, actor=SYSTEM)
