"""Every kind of page that anybody can read, filled so that there is something on it: for what is measured and checked on all."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from enggang.core.models import Subject
from enggang.core.text import folded
from enggang.events.models import Edition, Event
from enggang.media.models import Asset
from enggang.search.domain.indexing import Findable, index_many
from enggang.stories.models import Story
from tests.events.factories import make_region, make_site
from tests.media.rights import published
from tests.portal.showing import in_all_languages, moved, page_at, show_festival, written
from tests.stories_app.test_destinations import make_destination, publish
from tests.stories_app.test_stories import release, tell
from tests.training.factories import make_agency

LANGUAGES = ("", "/en", "/ms", "/zh")
LISTS = (
    "/", "/agenda/", "/agenda/?tampilan=bulan", "/agenda/?tampilan=peta", "/agenda/pendaftaran/", "/destinasi/",
    "/destinasi/?tampilan=peta", "/kisah/", "/inovasi-daerah/", "/galeri/", "/galeri/peta/", "/galeri/koleksi/", "/galeri/lomba/", "/perjalanan/",
    "/tentang/", "/telusur/?cari=danau", "/data/", "/tanpa-sambungan/",
)  # fmt: skip


def fill_pages(*, events: int = 25, photos: int = 6) -> Edition:
    """A festival in four languages that has moved, with photos, a destination, a story and what else comes."""
    agency = make_agency()
    edition = show_festival(agency)
    written(edition.event, story="Satu alinea. " * 300)
    in_all_languages(edition.event)
    make_site(edition)
    for number in range(photos):
        asset = published(agency, f"Foto danau {number}")
        Asset.objects.filter(pk=asset.pk).update(about=edition.event.subject)
    publish(make_destination(agency, make_region(), latitude=0.3, longitude=109.2))
    release(tell(agency, cover=published(agency, "Sampul").code))
    for number in range(events):
        show_festival(agency, f"Acara di danau dengan nama yang agak panjang {number}", ahead=number % 60 + 1)
    return moved(edition, 7)


def addresses(edition: Edition) -> list[str]:
    """Of what ``fill_pages`` made, in every language."""
    asset = Asset.objects.select_related("subject").earliest("pk")
    rest = (f"/kisah/{Story.objects.earliest('pk').slug}/", page_at(edition.event), f"/galeri/{asset.code}/")
    pages = (*LISTS, "/destinasi/riam-merasap/", *rest)
    return [f"{prefix}{page}" for prefix in LANGUAGES for page in pages]


def crowd(edition: Edition, count: int) -> None:
    """``count`` events like this one, each on a day of its own month, written as sets."""
    event, year = edition.event, edition.year
    subjects = Subject.objects.bulk_create(
        Subject(kind=kind) for kind in ("event", "edition") for _each in range(count)
    )
    events, editions = [], []
    for number in range(count):
        name = f"Festival danau dengan nama yang panjang sekali nomor {number}"
        facts = {**_plain(event), "name": name, "name_key": folded(name), "subject": subjects[number]}
        events.append(Event(**facts))
    Event.objects.bulk_create(events)
    for number, row in enumerate(events):
        days = {"starts_on": edition.starts_on, "ends_on": edition.ends_on}
        editions.append(
            Edition(**{**_plain(edition), **days, "event": row, "year": year, "subject": subjects[count + number]})
        )
    Edition.objects.bulk_create(editions)
    index_many(Findable(row.subject, row.name, "", "/") for row in events)


def _plain(row: Model) -> dict[str, Any]:
    """The values of a row, without its key and what the database works out."""
    fields = [
        field for field in row._meta.concrete_fields if not (field.primary_key or field.generated or field.unique)
    ]
    return {field.name: getattr(row, field.name) for field in fields}
