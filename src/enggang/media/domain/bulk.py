"""Changing many works together, and undoing it: what they were like is kept with the change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.text import folded, one_line
from enggang.media import rules
from enggang.media.domain.consents import add_likeness, drop_likeness
from enggang.media.domain.describing import describe_asset
from enggang.media.domain.ingest import index_asset
from enggang.media.domain.rights import state_rights
from enggang.media.models import Asset, AssetTag, BulkChange, Consent, Tag
from enggang.media.queries.gate import rights_of, with_gate

MOST = 500
NUMBER = "{n}"


@dataclass(frozen=True, slots=True)
class Part:
    """What can be changed together: how it reads, and how it is set. ``read`` answers what JSON can hold."""

    read: Callable[[Asset], Any]
    write: Callable[[Asset, Any, Actor], Any]


def _field(name: str) -> Part:
    def write(asset: Asset, value: Any, actor: Actor) -> None:
        describe_asset(asset=asset, version=asset.version, actor=actor, **{name: value})

    return Part(lambda asset: getattr(asset, name), write)


def _write_region(asset: Asset, value: Any, actor: Actor) -> None:
    describe_asset(asset=asset, version=asset.version, actor=actor, region_id=value)


def _write_credit(asset: Asset, value: Any, actor: Actor) -> None:
    state_rights(asset=asset, credit=value, actor=actor)


def _read_credit(asset: Asset) -> str:
    rights = rights_of(asset)
    return rights.credit if rights else ""


def _read_people(asset: Asset) -> list[int]:
    return sorted(each.consent_id for each in asset.likenesses.all())


def _write_people(asset: Asset, value: Any, actor: Actor) -> None:
    there = {each.consent_id: each for each in asset.likenesses.all()}
    for consent in Consent.objects.filter(pk__in=set(value) - there.keys()).select_related("organisation", "subject"):
        add_likeness(asset=asset, consent=consent, actor=actor)
    for gone in there.keys() - set(value):
        drop_likeness(asset=asset, likeness_id=there[gone].pk, actor=actor)


def tags_of(asset: Asset) -> list[str]:
    return [each.tag.name for each in asset.tagged.select_related("tag")]


PARTS: dict[str, Part] = {
    "title": _field("title"),
    "caption": _field("caption"),
    "alt_id": _field("alt_id"),
    "region": Part(lambda asset: asset.region_id, _write_region),
    "credit": Part(_read_credit, _write_credit),
    "tags": Part(tags_of, lambda asset, value, _actor: set_tags(asset, value)),
    "people": Part(_read_people, _write_people),
}
ADDED = {"tags", "people"}  # what is given comes to what is there


def set_tags(asset: Asset, names: Sequence[str]) -> None:
    """Call inside an act. Tags that fold to the same are one; empty ones are none."""
    wanted: dict[str, str] = {}
    for name in names:
        if key := folded(name)[:60]:
            wanted.setdefault(key, one_line(name, 60))  # the first spelling
    tags = [Tag.objects.get_or_create(key=key, defaults={"name": name})[0] for key, name in wanted.items()]
    asset.tagged.exclude(tag__in=tags).delete()
    there = set(asset.tagged.values_list("tag", flat=True))
    AssetTag.objects.bulk_create(AssetTag(asset=asset, tag=tag) for tag in tags if tag.pk not in there)
    index_asset(asset)


@act("media.tag_asset")
def tag_asset(*, asset: Asset, names: Sequence[str], actor: Actor) -> Asset:
    require(rules.may_describe(actor, asset))
    set_tags(asset, names)
    record(tags=len(names))
    return asset


@act("media.describe_with_tags")
def describe_with_tags(*, asset: Asset, facts: dict[str, Any], tags: list[str], actor: Actor) -> Asset:
    """Words and tags together, or neither; ``facts`` with the version that was edited."""
    describe_asset(asset=asset, actor=actor, **facts)
    return tag_asset(asset=asset, names=tags, actor=actor)


@act("media.change_together")
def change_together(*, assets: Sequence[Asset], what: str, value: Any, actor: Actor) -> BulkChange:
    """Set title, caption, alt_id, region, credit, tags or people of many works, all or none. In a title ``{n}`` counts.

    Tags and people come to those that are there. Works are told apart by their own acts in the trail.
    """
    part = PARTS.get(what)
    if part is None or not assets:
        raise Conflict(_("Choose what is to be changed, and at least one work."))
    if len(assets) > MOST:
        raise Conflict(_("At most %(most)s works are changed together.") % {"most": MOST})
    organisation = assets[0].organisation
    if any(each.organisation_id != organisation.pk for each in assets):
        raise Conflict(_("Works of several agencies are changed one agency after the other."))
    before = []
    for number, asset in enumerate(_fresh(assets), 1):
        require(rules.may_describe(actor, asset))
        old = part.read(asset)
        new = _value(what, value, old, number)
        if old != new:
            part.write(asset, new, actor)
            before.append({"asset": asset.pk, "before": old, "after": part.read(_fresh([asset])[0])})
    row = BulkChange.objects.create(
        organisation=organisation, what=what, at=clock.now(), by_key=actor.key, count=len(before), before=before
    )
    record_subject(organisation.subject)
    record(what=what, count=len(before))
    return row


def _fresh(assets: Sequence[Asset]) -> list[Asset]:
    found = {row.pk: row for row in with_gate(Asset.objects.with_names()).filter(pk__in=[each.pk for each in assets])}
    return [found[each.pk] for each in assets if each.pk in found]


def _value(what: str, value: Any, old: Any, number: int) -> Any:
    if what in ADDED:
        both = [*old, *(each for each in value if each not in old)]
        return sorted(both) if what == "people" else both
    return value.replace(NUMBER, str(number)).strip() if isinstance(value, str) else value


@act("media.undo_together")
def undo_together(*, change: BulkChange, actor: Actor) -> tuple[int, int]:
    """Give many works back what they had. Answers how many, and how many were changed by somebody since and stay."""
    if not BulkChange.objects.filter(pk=change.pk, by_key=actor.key, undone_at=None).update(undone_at=clock.now()):
        raise Conflict(_("This was undone already, or somebody else did it."))
    kept = {row["asset"]: row for row in change.before}
    undone = stayed = 0
    part = PARTS[change.what]
    for asset in _fresh(list(Asset.objects.filter(pk__in=kept).order_by("pk"))):
        row = kept[asset.pk]
        require(rules.may_describe(actor, asset))
        if part.read(asset) != row["after"]:
            stayed += 1
            continue
        part.write(asset, row["before"], actor)
        undone += 1
    record_subject(change.organisation.subject)
    record(what=change.what, undone=undone, stayed=stayed)
    return undone, stayed
