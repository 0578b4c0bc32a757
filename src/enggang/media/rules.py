"""Who may, in the media library: pure functions of the actor's grants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enggang.access.enums import LinkScope, Role
from enggang.core.actor import Actor
from enggang.core.text import folded

if TYPE_CHECKING:
    from enggang.media.models import Asset, Consent, Contest, Delivery, Entry, Intake, Juror
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


def is_own_by_link(actor: Actor, intake: Intake, asset: Asset) -> bool:
    """Brought by the private address that the actor holds."""
    return may_deliver(actor, intake) and asset.brought_by_key == actor.key


def may_look_again(actor: Actor, delivery: Delivery) -> bool:
    """Whoever brought the file, by an account or by their private address, and the keepers of the library."""
    own = actor.is_signed_in and delivery.owner_key == actor.key
    by_link = delivery.intake is not None and may_deliver(actor, delivery.intake)
    return own or by_link or may_keep(actor, delivery.organisation)


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


def may_bring_for(actor: Actor, contest: Contest) -> bool:
    """An open call is everybody's who has an account; which days it runs the act asks."""
    return actor.is_signed_in and contest.is_open


def is_juror(actor: Actor, entry: Entry) -> bool:
    """Of the contest, and not for the own work."""
    jurors = {each.user_id for each in entry.contest.jurors.all() if each.user_id is not None}
    return actor.user_id in jurors and not is_own(actor, entry.asset)


def is_guest_juror(actor: Actor, juror: Juror, entry: Entry) -> bool:
    """By the private address of this one guest, in the contest of the entry, and not for the own work."""
    same = juror.is_guest and juror.contest_id == entry.contest_id
    holds = juror.link_id is not None and actor.key == f"link:{juror.link_id}"
    return same and holds and actor.may_by_link(LinkScope.JURY, entry.contest.code) and not made_by(juror, entry)


def made_by(juror: Juror, entry: Entry) -> bool:
    """Whether somebody of the jury made or brought the work; of a guest only the name can tell."""
    if juror.is_guest:
        return folded(juror.name) == folded(entry.asset.shown_author)
    made = entry.asset.author.user_id if entry.asset.author else None
    return juror.user_id == made or entry.asset.brought_by_key == f"user:{juror.user_id}"
