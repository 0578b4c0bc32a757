"""Collections: made, told, put in order, shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import Max
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, require
from enggang.core.models import Subject
from enggang.core.states import keep_version
from enggang.media import rules
from enggang.media.enums_words import Language
from enggang.media.models import Asset, Collection, CollectionItem, CollectionText
from enggang.places.models import Organisation, Region

MOST_ITEMS = 500


@act("media.keep_collection")
def keep_collection(
    *, organisation: Organisation, texts: Mapping[str, tuple[str, str]], kind: str, actor: Actor,
    collection: Collection | None = None, version: int | None = None, about: Subject | None = None,
    region: Region | None = None,
) -> Collection:  # fmt: skip
    """Begin a collection or change its words: ``texts`` are title and story by language, the Indonesian title needed."""
    require(rules.may_keep(actor, collection.organisation if collection else organisation))
    if not texts.get(Language.INDONESIAN, ("", ""))[0].strip():
        raise Conflict(_("Give the collection a title in Indonesian."))
    row = collection or Collection(organisation=organisation, made_at=clock.now())
    if collection is None:
        row.subject = Collection.new_subject(organisation.code)
    elif version is not None:
        keep_version(collection, version)
    row.kind, row.about, row.region = kind, about, region
    row.clean_fields(exclude=["subject"])
    row.save()
    for language, (title, story) in texts.items():
        _keep_text(row, language, title.strip(), story.strip())
    row._prefetched_objects_cache = {}  # type: ignore[attr-defined]
    return row


def _keep_text(row: Collection, language: str, title: str, story: str) -> None:
    if not title:
        row.texts.filter(language=language).delete()
        return
    text = row.texts.filter(language=language).first() or CollectionText(collection=row, language=language)
    text.title, text.story = title, story
    text.full_clean()
    text.save()


@act("media.collect")
def collect(*, collection: Collection, assets: Sequence[Asset], actor: Actor) -> Collection:
    """Put works at the end; those that are there already stay where they are. The first work is the cover."""
    require(rules.may_keep(actor, collection.organisation))
    if any(each.organisation_id != collection.organisation_id for each in assets):
        raise Conflict(_("A collection holds works of its own agency."))
    locked = Collection.objects.select_for_update().get(pk=collection.pk)
    there = set(locked.items.values_list("asset", flat=True))
    fresh = [each for each in assets if each.pk not in there]
    if len(there) + len(fresh) > MOST_ITEMS:
        raise Conflict(_("A collection holds at most %(most)s works.") % {"most": MOST_ITEMS})
    last = locked.items.aggregate(last=Max("position"))["last"] or 0
    CollectionItem.objects.bulk_create(
        CollectionItem(collection=locked, asset=each, position=last + number) for number, each in enumerate(fresh, 1)
    )
    if locked.cover_id is None and assets:
        Collection.objects.filter(pk=locked.pk).update(cover=assets[0])
    record(added=len(fresh))
    return collection


@act("media.drop_from_collection")
def drop_from_collection(*, collection: Collection, asset: Asset, actor: Actor) -> Collection:
    require(rules.may_keep(actor, collection.organisation))
    if not collection.items.filter(asset=asset).delete()[0]:
        raise Conflict(_("This was done already."))
    Collection.objects.filter(pk=collection.pk, cover=asset).update(cover=None)
    return collection


@act("media.order_collection")
def order_collection(*, collection: Collection, codes: Sequence[str], actor: Actor) -> Collection:
    """Set the order by the works' codes. Works that are not named stay behind them, as they were."""
    require(rules.may_keep(actor, collection.organisation))
    rows = list(collection.items.select_related("asset__subject").select_for_update(of=("self",)))
    wanted = {code: number for number, code in enumerate(codes)}
    rows.sort(key=lambda row: (wanted.get(row.asset.code, len(wanted)), row.position))
    for number, row in enumerate(rows, 1):
        row.position = number
    CollectionItem.objects.bulk_update(rows, ["position"])
    return collection


@act("media.choose_cover")
def choose_cover(*, collection: Collection, asset: Asset, actor: Actor) -> Collection:
    require(rules.may_keep(actor, collection.organisation))
    if not collection.items.filter(asset=asset).exists():
        raise Conflict(_("Put the work into the collection first."))
    Collection.objects.filter(pk=collection.pk).update(cover=asset)
    return collection


@act("media.show_collection")
def show_collection(*, collection: Collection, shown: bool, actor: Actor) -> Collection:
    """Show a collection to everybody, or no longer. Which of its works are seen, the gate says for each."""
    require(rules.may_keep(actor, collection.organisation))
    now = clock.now()
    if not Collection.objects.filter(pk=collection.pk, published_at__isnull=shown).update(
        published_at=now if shown else None
    ):
        raise Conflict(_("This was done already."))
    if shown:
        Collection.objects.filter(pk=collection.pk, first_published_at=None).update(first_published_at=now)
    collection.refresh_from_db()
    record(shown=shown)
    return collection
