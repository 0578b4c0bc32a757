"""What everybody sees: works behind the gate, narrowed by words, place, day, shape, licence, event and author."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.cache import cache
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Now

from enggang.core.paging import COUNTED, bounded_count
from enggang.media.enums import Precision, Sensitivity
from enggang.media.models import Asset, Collection, CollectionItem, Release
from enggang.media.models.asset import AssetQuerySet
from enggang.media.queries.credit import public_point
from enggang.media.queries.gate import shown
from enggang.people.models import Person
from enggang.places.models import Region
from enggang.places.outline import Frame, frame_of, svg_path
from enggang.search import fulltext
from enggang.search.models import SearchEntry

Found = TypeVar("Found")
LOOKED_AT = 1_500
WIDEST = 10_000  # of the newest releases: nobody lists more of them to the database
KEPT_SECONDS = 600
PINNED = 2_000  # works at most that a map draws as dots
TOGETHER = 22  # drawing units: dots nearer to each other than this are one
SHAPES: dict[str, Q] = {
    "mendatar": Q(width__gt=F("height")),
    "tegak": Q(width__lt=F("height")),
    "persegi": Q(width=F("height")),
}


def gallery() -> AssetQuerySet:
    """Newest first, with what a tile and the gate ask for."""
    rows = shown(Asset.objects.filter(release__isnull=False)).with_names().select_related("rights", "release")
    return rows.order_by("-release__published_at", "-release__asset_id")


def told_places() -> Q:
    """Works of whose place the public may know at least the regency: the others are not found by it either."""
    return Q(sensitivity=Sensitivity.NONE) & ~Q(precision=Precision.HIDDEN)


def regions_shown() -> QuerySet[Region]:
    """Where there is something to be seen: regencies, and their provinces. Nobody looks through all of the country."""
    named = Asset.objects.filter(region__isnull=False).order_by("region").values_list("region", flat=True).distinct()
    is_large = bounded_count(Release.objects.all()) > COUNTED
    codes = _kept("media.regions", is_large, lambda: list(named))
    # One work of each is looked for by the index; EXISTS would be joined with all works by PostgreSQL.
    found = _shown_of(region=OuterRef("pk")).filter(told_places())
    there = Region.objects.filter(pk__in=codes).alias(one=Subquery(found.values("pk")[:1])).filter(one__isnull=False)
    shown_in = {code for pair in there.values_list("pk", "parent") for code in pair if code}
    return Region.objects.for_choice().filter(pk__in=shown_in)


def events_shown(asked: str) -> list[tuple[str, str]]:
    """What the newest works are of, and ``asked``: code and title."""
    found = _of_newest("about", about__code=asked)
    rows = SearchEntry.objects.filter(subject__in=found).order_by("title")
    return list(rows.values_list("subject__code", "title"))


def authors_shown(asked: str) -> list[tuple[str, str]]:
    """Who made the newest works, and ``asked``: code and name."""
    found = _of_newest("author", author__subject__code=asked)
    return list(Person.objects.filter(pk__in=found).order_by("name", "pk").values_list("subject__code", "name"))


def _of_newest(name: str, **asked: str) -> set[int]:
    """Ids of what the newest works name, and what one shown work that is ``asked`` for names."""
    newest = _shown_of(pk__in=list(_released()[:LOOKED_AT])).values_list(name, flat=True).distinct()
    wanted = _shown_of(**asked).values_list(name, flat=True)[:1] if all(asked.values()) else []
    return {each for rows in (newest, wanted) for each in rows if each}


def _shown_of(**facts: Any) -> AssetQuerySet:
    return shown(Asset.objects.filter(release__isnull=False, **facts)).order_by()


def _released() -> QuerySet[Release, int]:
    return Release.objects.order_by("-published_at", "-asset").values_list("asset", flat=True)


def narrowed(rows: AssetQuerySet, asked: dict[str, Any]) -> AssetQuerySet:
    if words := fulltext.words_of(asked.get("q") or ""):
        rows = _with_words(rows, " ".join(words))
    if region := asked.get("wilayah"):
        rows = rows.filter(told_places(), Q(region=region) | Q(region__parent=region))
    if first := asked.get("dari"):
        rows = rows.filter(taken_at__date__gte=first)
    if last := asked.get("sampai"):
        rows = rows.filter(taken_at__date__lte=last)
    form = SHAPES.get(asked.get("bentuk") or "")
    if form is not None:
        rows = rows.filter(form)
    for name, column in (("lisensi", "rights__licence"), ("acara", "about__code"), ("jenis", "kind")):
        if value := asked.get(name):
            rows = rows.filter(**{column: value})
    if author := asked.get("pembuat"):
        rows = rows.filter(author__subject__code=author)
    return rows


def _with_words(rows: AssetQuerySet, text: str) -> AssetQuerySet:
    """A frequent word is looked for among the newest ``LOOKED_AT`` that have it, if enough of these may be seen."""
    found = fulltext.newest_with("asset", text, LOOKED_AT) or []
    # Few are sorted; by the index of their order PostgreSQL would look for them among all releases.
    among = rows.filter(subject__in=found).order_by(
        Coalesce("release__published_at", Now()).desc(), "-release__asset_id"
    )
    if len(found) < LOOKED_AT or bounded_count(among) > COUNTED:
        return among
    return rows.filter(subject__in=fulltext.subjects_with("asset", text))


def newest(rows: AssetQuerySet, wanted: int) -> AssetQuerySet:
    """``rows`` of the gallery, for whoever needs its first ``wanted``: looked for among ever more of the newest releases, so
    that the database need not sort a million for a page of forty. What is rare among these is looked for among all."""
    window = wanted + 500
    while window <= WIDEST:
        found = list(_released()[:window])
        among = rows.filter(pk__in=found)
        if len(found) < window or among.order_by()[:wanted].count() == wanted:
            return among
        window *= 4
    return rows


def in_order(rows: AssetQuerySet) -> list[Asset]:
    """A slice of the gallery, read in two steps: which ones, then all that a list tells of them."""
    wanted = list(rows.values_list("pk", flat=True))
    found = {
        row.pk: row for row in Asset.objects.filter(pk__in=wanted).with_names().select_related("rights", "release")
    }
    return [found[pk] for pk in wanted if pk in found]


def maker(code: str) -> Person | None:
    """Somebody with at least one work that everybody sees."""
    person = Person.objects.filter(subject__code=code).select_related("subject").first()
    return person if person and shown(Asset.objects.filter(author=person)).exists() else None


@dataclass(frozen=True, slots=True)
class Place:
    code: str
    name: str
    path: str
    count: int


@dataclass(frozen=True, slots=True)
class Dot:
    """Works whose exact point everybody may know, those that would lie on each other as one."""

    assets: list[Asset]
    x: float
    y: float

    @property
    def radius(self) -> int:
        return 7 if len(self.assets) == 1 else min(10 + len(self.assets) // 10, 18)


@dataclass(frozen=True, slots=True)
class GalleryMap:
    """``near`` is the regency that is shown large; without one it is the whole province."""

    frame: Frame
    places: list[Place]
    dots: list[Dot]
    near: Place | None = None

    @property
    def count(self) -> int:
        return sum(place.count for place in self.places)


def gallery_map(province: str, near: str = "") -> GalleryMap | None:
    """How many works there are in each regency, and those whose exact point everybody may know; of one regency, large."""
    regions = list(Region.objects.filter(parent_id=province, outline__isnull=False).order_by("code"))
    if not regions:
        return None
    rows = shown(Asset.objects.filter(told_places(), region__code__startswith=f"{province}."))
    is_large = bounded_count(rows) > COUNTED
    counts = _kept(f"media.map.{province}", is_large, lambda: _counts(rows))
    inside = [region.outline for region in regions if region.code == near]
    frame = frame_of(inside or [region.outline for region in regions])
    places = [Place(row.code, row.name, svg_path(row.outline, frame), counts.get(row.code, 0)) for row in regions]
    exact = rows.filter(precision=Precision.EXACT, latitude__isnull=False).order_by("pk")
    pinned = _kept(f"media.dots.{province}", is_large, lambda: list(exact.values_list("pk", flat=True)[:PINNED]))
    chosen = next((place for place in places if place.code == near), None)
    return GalleryMap(
        frame, places, _dots(frame, exact.filter(pk__in=pinned).select_related("subject", "region")), chosen
    )


def _kept(key: str, is_large: bool, ask: Callable[[], Found]) -> Found:
    """Of a large library what was found within the last ten minutes: nobody sees one in ten thousand."""
    known: Found | None = cache.get(key) if is_large else None
    found = ask() if known is None else known
    if is_large and known is None:
        cache.set(key, found, KEPT_SECONDS)
    return found


def _counts(rows: AssetQuerySet) -> dict[str, int]:
    """By regency."""
    counts: Counter[str] = Counter()
    for code, count in rows.values_list("region").annotate(count=Count("pk")).order_by():
        counts[code[:5]] += count
    return dict(counts)


def _dots(frame: Frame, rows: QuerySet[Asset]) -> list[Dot]:
    found: dict[tuple[int, int], Dot] = {}
    for asset in rows:
        point = public_point(asset)
        if point is None:
            continue
        x, y = frame.place(point)
        if 0 <= x <= frame.width and 0 <= y <= frame.height:
            cell = (int(x // TOGETHER), int(y // TOGETHER))
            found.setdefault(cell, Dot([], round(x, 1), round(y, 1))).assets.append(asset)
    return list(found.values())


def public_collections() -> QuerySet[Any]:
    """With their covers where those may be seen; a collection without a visible work is not listed."""
    visible = shown(Asset.objects.all()).values("pk")
    rows = Collection.objects.public().select_related("subject", "organisation", "cover__subject", "region")
    counted = rows.prefetch_related("texts").annotate(seen=Count("items", filter=Q(items__asset__in=visible)))
    return counted.filter(seen__gt=0).order_by("-published_at", "-pk")


def works_in(collection: Collection) -> QuerySet[CollectionItem]:
    """The works of a collection that everybody sees, in its order."""
    items = CollectionItem.objects.filter(collection=collection, asset__in=shown(Asset.objects.all()).values("pk"))
    rows = items.select_related("asset__subject", "asset__rights", "asset__organisation", "asset__author")
    return rows.order_by("position", "pk")


def covers(collections: list[Collection]) -> dict[int, Asset]:
    """The picture that stands for each collection: its cover if everybody may see it, else its first such work."""
    visible = shown(Asset.objects.all()).values("pk")
    items = CollectionItem.objects.filter(collection__in=collections, asset__in=visible)
    found: dict[int, Asset] = {}
    chosen = {row.pk: row.cover_id for row in collections}
    for item in items.select_related("asset__subject").order_by("position", "pk"):
        if item.collection_id not in found or item.asset_id == chosen[item.collection_id]:
            found[item.collection_id] = item.asset
    return found
