"""Who may, in the media library: pure functions of the actor's grants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enggang.access.enums import LinkScope, Role
from enggang.core.actor import Actor

if TYPE_CHECKING:
    from enggang.media.models import Asset, Consent, Entry, Intake
    from enggang.places.models import Organisation

KEEPERS = (Role.ADMINISTRATOR, Role.ORGANISER)
JUDGES = (*KEEPERS, Role.GRADER)
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


def may_keep_consent(actor: Actor, consent: Consent) -> bool:
    """The agency's keepers, and whoever put it on record."""
    own = actor.is_signed_in and consent.kept_by_key == actor.key
    return own or may_keep(actor, consent.organisation)


def may_judge(actor: Actor, asset: Asset) -> bool:
    """Works for the library: whoever judges for its agency, but nobody the own ones."""
    return actor.holds(*JUDGES, at=asset.organisation.path) and not is_own(actor, asset)


def judges(actor: Actor) -> bool:
    return actor.holds_somewhere(*JUDGES)


def is_juror(actor: Actor, entry: Entry) -> bool:
    """Of the contest, and not for the own work."""
    jurors = {each.user_id for each in entry.contest.jurors.all()}
    return actor.user_id in jurors and not is_own(actor, entry.asset)
