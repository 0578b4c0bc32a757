"""Who may, in the media library: pure functions of the actor's grants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enggang.access.enums import LinkScope, Role
from enggang.core.actor import Actor

if TYPE_CHECKING:
    from enggang.media.models import Asset, Intake
    from enggang.places.models import Organisation

KEEPERS = (Role.ADMINISTRATOR, Role.ORGANISER)
READS = (*KEEPERS, Role.LEADER, Role.INSPECTOR)
CONTRIBUTORS = (*KEEPERS, Role.COORDINATOR, Role.INSTRUCTOR, Role.PARTICIPANT)


def may_keep(actor: Actor, organisation: Organisation) -> bool:
    """Describe, decide about and give out what an agency's library holds."""
    return actor.holds(*KEEPERS, at=organisation.path)


def may_contribute(actor: Actor, organisation: Organisation) -> bool:
    """Bring photos and videos to an agency's library."""
    return actor.holds(*CONTRIBUTORS, at=organisation.path)


def may_deliver(actor: Actor, intake: Intake) -> bool:
    """By the private address made for this one contributor."""
    return actor.may_by_link(LinkScope.MEDIA, intake.code)


def contributes(actor: Actor) -> bool:
    return actor.holds_somewhere(*CONTRIBUTORS)


def reads(actor: Actor) -> bool:
    return actor.holds_somewhere(*READS)


def is_own(actor: Actor, asset: Asset) -> bool:
    """Made or brought by the actor."""
    made = asset.author is not None and asset.author.user_id is not None and asset.author.user_id == actor.user_id
    return made or (actor.is_signed_in and asset.brought_by_key == actor.key)


def may_describe(actor: Actor, asset: Asset) -> bool:
    return may_keep(actor, asset.organisation) or is_own(actor, asset)


def may_fetch_original(actor: Actor, asset: Asset) -> bool:
    """The untouched file, with everything the camera wrote into it."""
    return may_keep(actor, asset.organisation) or is_own(actor, asset)
