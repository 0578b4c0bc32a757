"""A region of any size: one event, destination and photo made by the acts, then copied row for row inside the database.

What copies differ in is what the pages look at: name, day, regency, when they were published. Rows that no page of visitors
reads (stored originals, histories) are left out, and so keys to them are not looked at while copying.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

KINDS = "festival  pameran   lomba     pesta     pawai     ritual    gelar     pekan     karnaval  kirab     "
NATURE = (
    "danau     sungai    hutan     pantai    gunung    air terjunkampung   pulau     bukit     teluk     "
    "sawah     ladang    muara     riam      goa       taman     kebun     rimba     tanjung   lembah    "
)
HEADS = "ka  pu  sin rat mem sam ket sang lan bar ben ser jag teb mar nan pin sub tan wak "
TAILS = "wang kang  bung  pawah bas   gau   kayang dak   tu    pas   gas   ung   lok   dung  rang  "
FIRST = 1_000_000  # copies have numbers above this
EVENTS, EDITIONS, DESTINATIONS, PHOTOS = (FIRST * number for number in (1, 3, 5, 7))  # of their subjects
Span = tuple[int, int]  # numbers of the first and the last copy


def picked(words: str, length: int, number: str) -> str:
    """SQL: one of the words of ``length`` letters each."""
    return f"trim(substr('{words}', (({number}) % {len(words) // length}) * {length} + 1, {length}))"


PROPER = f"{picked(HEADS, 4, 'i * 7')} || {picked(TAILS, 6, 'i / 20')}"
TITLE = f"{picked(KINDS, 10, 'i')} || ' ' || {picked(NATURE, 10, 'i / 10')} || ' ' || {PROPER} || ' ' || i"
REGIONS = 14


class Sql:
    """What the two databases say differently."""

    def __init__(self) -> None:
        from django.db import connection

        self.lite = connection.vendor == "sqlite"

    def day(self, first: str, days: str) -> str:
        return f"date('{first}', '+' || ({days}) || ' days')" if self.lite else f"(DATE '{first}' + (({days})::int))"

    def before(self, column: str, minutes: str) -> str:
        if self.lite:
            return f"datetime({column}, '-' || ({minutes}) || ' minutes')"
        return f"({column} - ({minutes}) * interval '1 minute')"


def copy(model: Any, pk: int, span: Span, **changes: str) -> None:
    """Copies of a row, numbered by ``span``; ``changes`` are SQL by column, where ``i`` is the number and ``t`` the row."""
    from django.db import connection

    columns = [field.column for field in model._meta.local_concrete_fields if not field.generated]
    table, own = model._meta.db_table, model._meta.pk.column
    said = ", ".join(changes.get(column, f't."{column}"') for column in columns)
    first, last = span
    numbers = f"WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last})"  # noqa: S608 -- numbers
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{table}" ({names}) {numbers} SELECT {said} FROM n CROSS JOIN "{table}" t WHERE t."{own}" = {pk}'  # noqa: S608 -- our own text
        )


@contextmanager
def quickly() -> Iterator[None]:
    """Keys are not followed while rows are copied."""
    from django.db import connection

    lite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF" if lite else "SET session_replication_role = replica")
        if lite:
            cursor.execute("PRAGMA cache_size = -400000")
        yield
        cursor.execute("ANALYZE" if lite else "VACUUM ANALYZE")


def furnish() -> dict[str, str]:
    """An empty database gets what everything is copied from; answers addresses of one page of each kind."""
    from django.core.management import call_command

    from enggang.core.actor import SYSTEM
    from enggang.core.jobs import run_pending
    from enggang.media.domain.publishing import publish_asset
    from tests.events.factories import make_region
    from tests.media.factories import make_asset
    from tests.media.rights import accepted, fresh, in_order
    from tests.portal.showing import page_at, show_festival, written
    from tests.stories_app.test_destinations import make_destination, publish
    from tests.training.factories import make_agency

    call_command("setup", verbosity=0)
    agency = make_agency("Dinas Pariwisata Contoh")
    edition = show_festival(agency, ahead=40)
    written(edition.event)
    place = publish(make_destination(agency, make_region()))
    draft = in_order(make_asset(agency, SYSTEM), credit="Ibu Contoh / Dinas")
    asset = publish_asset(asset=fresh(accepted(draft)), actor=SYSTEM)
    while run_pending():
        pass
    return {
        "event": page_at(edition.event),
        "destination": f"/destinasi/{place.slug}/",
        "work": f"/galeri/{asset.code}/",
    }


def grow(events: Span, destinations: Span, photos: Span) -> dict[str, int]:
    """Copies up to these numbers."""
    from enggang.events.models import Edition
    from enggang.media.models import Asset
    from enggang.places.enums import RegionLevel
    from enggang.places.models import Region
    from enggang.stories.models import Destination

    edition = Edition.objects.select_related("event__page").earliest("pk")
    place, asset = Destination.objects.earliest("pk"), Asset.objects.select_related("rights", "release").earliest("pk")
    codes = list(
        Region.objects.filter(level=RegionLevel.REGENCY, parent="61").order_by("code").values_list("code", flat=True)
    )
    region = picked("".join(f"{code:6}" for code in codes), 6, "i / 3")
    with quickly():
        copy_events(edition, events, region, EVENTS)
        copy_destinations(place, destinations, region, DESTINATIONS)
        copy_photos(asset, photos, region, PHOTOS)
        index()
    return {
        "events": Edition.objects.count(),
        "destinations": Destination.objects.count(),
        "photos": Asset.objects.count(),
    }


def subject(row: Any, span: Span, base: int) -> None:
    from enggang.core.models import Subject

    copy(Subject, row.subject_id, span, id=f"{base} + i", code=f"'Z' || ({base} + i)")


def entry(row: Any, span: Span, base: int) -> None:
    from enggang.search.models import SearchEntry

    copy(
        SearchEntry, row.subject_id, span, subject_id=f"{base} + i", title=TITLE,
        title_key=TITLE, text_key="t.text_key",
    )  # fmt: skip


def copy_events(edition: Any, span: Span, region: str, base: int) -> None:
    from enggang.core import clock
    from enggang.events.models import Edition, Event, EventPage

    sql, event = Sql(), edition.event
    start = clock.today().replace(year=clock.today().year - 5).isoformat()
    first = "(i * 7919) % 3650"
    subject(event, span, base)
    entry(event, span, base)
    copy(
        Event,
        event.pk,
        span,
        id=f"{FIRST} + i",
        subject_id=f"{base} + i",
        name=TITLE,
        name_key=TITLE,
        region_id=region,
    )
    copy(EventPage, event.page.pk, span, id=f"{FIRST} + i", event_id=f"{FIRST} + i")
    subject(edition, span, EDITIONS)
    copy(
        Edition, edition.pk, span, id=f"{FIRST} + i", subject_id=f"{EDITIONS} + i", event_id=f"{FIRST} + i",
        starts_on=sql.day(start, first), ends_on=sql.day(start, f"{first} + i % 4"), budget_id="NULL",
        stage=f"CASE WHEN {first} < 1825 THEN 'closed' ELSE 'published' END",
    )  # fmt: skip


def copy_destinations(place: Any, span: Span, region: str, base: int) -> None:
    from enggang.stories.models import Destination

    subject(place, span, base)
    entry(place, span, base)
    copy(
        Destination, place.pk, span, id=f"{FIRST} + i", subject_id=f"{base} + i", name=TITLE, name_key=TITLE,
        slug="'tempat-' || i", region_id=region,
    )  # fmt: skip


def copy_photos(asset: Any, span: Span, region: str, base: int) -> None:
    from enggang.media.models import Asset, Release, Rendition, RightsStatement

    sql = Sql()
    own = {"id": f"{FIRST} + i", "asset_id": f"{FIRST} + i"}
    subject(asset, span, base)
    entry(asset, span, base)
    copy(
        Asset, asset.pk, span, id=f"{FIRST} + i", subject_id=f"{base} + i", title=TITLE, name_key=TITLE,
        original_id=f"{FIRST} + i", region_id=region, sha256="'copy' || i", taken_at=sql.before("t.brought_at", "i"),
    )  # fmt: skip
    copy(RightsStatement, asset.rights.pk, span, **own)
    published_at = sql.before("t.published_at", "i")
    copy(Release, asset.release.pk, span, **own, published_at=published_at, first_at=published_at)
    for number, row in enumerate(Rendition.objects.filter(asset=asset, format="jpeg", kind__in=["small", "medium"]), 1):
        copy(Rendition, row.pk, span, **{**own, "id": f"{FIRST * number * 3} + i"})


def index() -> None:
    """SQLite keeps its full-text index apart."""
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO search_fts (rowid, title, words) SELECT subject_id, title_key, text_key FROM search_searchentry"
                " WHERE subject_id NOT IN (SELECT rowid FROM search_fts)"
            )


if __name__ == "__main__":
    import django

    django.setup()
    given = json.loads(sys.stdin.read())
    print(json.dumps(grow(**given) if given else furnish()))
