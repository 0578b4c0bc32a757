"""Near copies: found when a picture comes in, decided by a person."""

from __future__ import annotations

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import act, record, record_subject, require
from enggang.core.states import move
from enggang.media import rules
from enggang.media.enums import ASSET_MOVES, AssetState, Verdict
from enggang.media.models import Asset, Twin
from enggang.media.queries.likeness import lookalikes

UNPUBLISHED = (AssetState.DRAFT, AssetState.SUBMITTED, AssetState.REVISE)


def note_twins(asset: Asset) -> int:
    """Write down which older pictures a new one looks like. Part of the act that keeps it."""
    near = lookalikes(asset)
    Twin.objects.bulk_create(
        [Twin(older_id=pk, newer=asset, distance=bits) for bits, pk in near], ignore_conflicts=True
    )
    return len(near)


@act("media.decide_twin")
def decide_twin(*, twin: Twin, verdict: Verdict, actor: Actor) -> Twin:
    """Two works, or a copy: a newer one that nobody has published is then withdrawn. May be decided anew."""
    require(rules.may_keep(actor, twin.newer.organisation))
    twin.verdict, twin.decided_by_key, twin.decided_at = verdict, actor.key, clock.now()
    twin.save(update_fields=["verdict", "decided_by_key", "decided_at"])
    if verdict == Verdict.COPY and twin.newer.state in UNPUBLISHED:
        move(twin.newer, AssetState.WITHDRAWN, moves=ASSET_MOVES)
    record_subject(twin.newer.subject)
    record(verdict=str(verdict), distance=twin.distance)
    return twin
