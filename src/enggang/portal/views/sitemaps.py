"""For search engines: what pages there are in each language, with their pictures, and where that is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from enggang.core.enums import WordingState
from enggang.core.models import Wording
from enggang.core.wordings import ORIGINAL
from enggang.events.models import Event, EventPage
from enggang.events.queries.pages import shown_editions, slug_of
from enggang.indicators.models import Indicator
from enggang.innovation.queries.innovations import public_innovations
from enggang.portal.languages import OWN
from enggang.portal.pages import public_page, whole
from enggang.portal.views.agencies import shown_agencies
from enggang.stories.models import Destination, Story
from enggang.stories.models.destination import NEEDED
from enggang.stories.queries.stories import needed_of, originals_of

MOST = 20_000
LISTS = ("home", "agenda", "destinations", "stories", "innovations", "agencies", "releases", "about")
CLOSED = ("/akun/", "/cari/", "/acara/t/", "/beranda/", "/i18n/", "/keluar/", "/cerita/usul/")


class Line(NamedTuple):
    """A page with the languages in which it is written."""

    name: str
    kwargs: dict[str, str]
    languages: list[str]
    changed_at: datetime | None = None
    images: tuple[str, ...] = ()


@public_page
def robots(request: HttpRequest, language: str) -> HttpResponse:
    closed = "".join(f"Disallow: {path}\n" for path in CLOSED)
    maps = [whole("sitemap", ORIGINAL), f"{settings.PUBLIC_URL}{reverse('gallery:sitemap')}"]
    text = f"User-agent: *\n{closed}\n" + "".join(f"Sitemap: {href}\n" for href in maps)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@public_page
def sitemap(request: HttpRequest, language: str) -> HttpResponse:
    """The index: one map for each language."""
    rows = "".join(
        f"<sitemap><loc>{escape(settings.PUBLIC_URL + reverse('portal:sitemap_of', args=[code]))}</loc></sitemap>"
        for code in OWN
    )
    return _xml(f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</sitemapindex>')


@public_page
def sitemap_of(request: HttpRequest, language: str, code: str) -> HttpResponse:
    if code not in OWN:
        raise Http404
    urls = "".join(_url(line, code) for line in lines() if code in line.languages)
    return _xml(
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
        f' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">{urls}</urlset>'
    )


def lines() -> Iterator[Line]:
    for name in LISTS:
        yield Line(name, {}, list(OWN))
    yield from _events()
    yield from _destinations()
    yield from _stories()
    yield from _data()
    for row in public_innovations()[:MOST]:
        yield Line("innovation", {"code": row.code}, [ORIGINAL], row.changed_at)
    for agency in shown_agencies()[:MOST]:
        yield Line("agency", {"code": agency.code}, list(OWN))


def _data() -> Iterator[Line]:
    """Written in Indonesian alone."""
    yield Line("data", {}, [ORIGINAL])
    for row in Indicator.objects.published().select_related("subject")[:MOST]:
        yield Line("data_page", {"code": row.code}, [ORIGINAL], row.changed_at)


def _events() -> Iterator[Line]:
    events = Event.objects.filter(pk__in=shown_editions().values("event")).select_related("subject", "page")
    for event in events.prefetch_related(_checked())[:MOST]:
        page: EventPage | None = getattr(event, "page", None)
        needed = [name for name in ("name", "summary", "story") if name == "name" or (page and getattr(page, name))]
        yield Line(
            "event", {"slug": slug_of(event)}, _written(event.subject.wordings.all(), needed),
            page.changed_at if page else None,
        )  # fmt: skip


def _destinations() -> Iterator[Line]:
    rows = Destination.objects.published().select_related("subject").prefetch_related(_checked())
    for row in rows[:MOST]:
        yield Line("destination", {"slug": row.slug}, _written(row.subject.wordings.all(), NEEDED), row.changed_at)


def _stories() -> Iterator[Line]:
    rows = Story.objects.released().select_related("subject", "cover__subject").prefetch_related(_checked())
    for row in rows[:MOST]:
        names = needed_of(originals_of(row))
        yield Line(row.page_name, {"slug": row.slug}, _written(row.subject.wordings.all(), names), row.changed_at)


def _checked() -> Prefetch[str]:
    rows = Wording.objects.filter(state=WordingState.CHECKED).only("subject_id", "field", "language")
    return Prefetch("subject__wordings", rows)


def _written(wordings: Iterable[Wording], needed: Iterable[str]) -> list[str]:
    fields: dict[str, set[str]] = {}
    for row in wordings:
        fields.setdefault(row.language, set()).add(row.field)
    return [code for code in OWN if code == ORIGINAL or fields.get(code, set()) >= set(needed)]


def _url(line: Line, code: str) -> str:
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{other}" href={quoteattr(whole(line.name, other, **line.kwargs))}/>'
        for other in line.languages
    )
    images = "".join(f"<image:image><image:loc>{escape(href)}</image:loc></image:image>" for href in line.images)
    changed = f"<lastmod>{line.changed_at.isoformat()}</lastmod>" if line.changed_at else ""
    return f"<url><loc>{escape(whole(line.name, code, **line.kwargs))}</loc>{changed}{others}{images}</url>"


def _xml(body: str) -> HttpResponse:
    return HttpResponse(f'<?xml version="1.0" encoding="utf-8"?>{body}', content_type="application/xml; charset=utf-8")
