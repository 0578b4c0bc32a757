"""For search engines: what pages there are in each language, in parts of a bounded size, and where that is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from enggang.core.enums import WordingState
from enggang.core.models import Wording
from enggang.core.wordings import ORIGINAL
from enggang.events.models import Event, EventPage
from enggang.events.queries.pages import shown_editions, slug_of
from enggang.indicators.models import Indicator
from enggang.innovation.models import Innovation
from enggang.portal.languages import OWN, address
from enggang.portal.pages import public_page, whole
from enggang.portal.views.agencies import shown_agencies
from enggang.stories.models import Destination, Story
from enggang.stories.models.destination import NEEDED
from enggang.stories.queries.stories import needed_of, originals_of

EACH = 5_000  # addresses in one part: a few megabytes, made in a second or two
LISTS = ("home", "agenda", "destinations", "stories", "innovations", "agencies", "releases", "about")
CLOSED = ("/akun/", "/cari/", "/acara/t/", "/beranda/", "/i18n/", "/keluar/", "/cerita/usul/")
HEAD = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">'


class Line(NamedTuple):
    """A page with the languages in which it is written."""

    name: str
    kwargs: dict[str, str]
    languages: list[str]
    changed_at: datetime | None = None


@public_page
def robots(request: HttpRequest, language: str) -> HttpResponse:
    closed = "".join(f"Disallow: {path}\n" for path in CLOSED)
    maps = [whole("sitemap", ORIGINAL), f"{settings.PUBLIC_URL}{reverse('gallery:sitemaps')}"]
    text = f"User-agent: *\n{closed}\n" + "".join(f"Sitemap: {href}\n" for href in maps)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


class Section(NamedTuple):
    """Pages of one kind: ``rows`` in a fixed order, and what is told of each."""

    rows: QuerySet[Any]
    told: Callable[[Any], Line]


Sized = list[tuple[Section, int]]  # each with how many rows it has


@public_page
def sitemap(request: HttpRequest, language: str) -> HttpResponse:
    """The index: for each language its map, in as many parts as it takes."""
    parts = (_part(code, number) for code in OWN for number in range(1, _parts(_sized(code)) + 1))
    rows = "".join(f"<sitemap><loc>{escape(settings.PUBLIC_URL + path)}</loc></sitemap>" for path in parts)
    return _xml(f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</sitemapindex>')


@public_page
def sitemap_of(request: HttpRequest, language: str, code: str, number: str = "1") -> HttpResponse:
    """A part of the map of a language; the first begins with the lists. Asks for its own rows alone."""
    sized = _sized(code) if code in OWN else []
    if not sized or not 1 <= int(number) <= _parts(sized):
        raise Http404
    lines = (line for line in _lines(sized, (int(number) - 1) * EACH) if code in line.languages)
    return _xml(f"{HEAD}{''.join(_url(line, code) for line in lines)}</urlset>")


def _part(code: str, number: int) -> str:
    more = {"number": str(number)} if number > 1 else {}
    return reverse("portal:sitemap_of", kwargs={"code": code, **more})


def _sized(code: str) -> Sized:
    return [(section, section.rows.count()) for section in _sections(code)]


def _parts(sized: Sized) -> int:
    return max(1, -(-sum(size for _section, size in sized) // EACH))


def _lines(sized: Sized, begin: int) -> Iterator[Line]:
    """``EACH`` pages from the one numbered ``begin`` on, counted over all sections; the lists are not counted."""
    if begin == 0:
        yield from (Line(name, {}, list(OWN)) for name in LISTS)
        yield Line("data", {}, [ORIGINAL])
    left = EACH
    for section, size in sized:
        rows = list(section.rows[begin : begin + left]) if begin < size and left else []
        yield from map(section.told, rows)
        left, begin = left - len(rows), max(0, begin - size)


def _sections(code: str) -> list[Section]:
    """What may be written in a language; numbers and innovations are written in Indonesian alone."""
    events = Event.objects.filter(pk__in=shown_editions().order_by().values("event"))
    shared = [
        Section(_named(events.select_related("subject", "page"), code, "name"), _event),
        Section(_named(Destination.objects.published().select_related("subject"), code, "name"), _destination),
        Section(_named(Story.objects.released().select_related("subject"), code, "title"), _story),
        Section(shown_agencies().order_by("pk"), lambda row: Line("agency", {"code": row.code}, list(OWN))),
    ]
    own = [
        Section(Indicator.objects.published().select_related("subject").order_by("pk"), _in_indonesian("data_page")),
        Section(Innovation.objects.published().select_related("subject").order_by("pk"), _in_indonesian("innovation")),
    ]
    return [*shared, *own] if code == ORIGINAL else shared


def _named(rows: QuerySet[Any], code: str, field: str) -> QuerySet[Any]:
    """With a checked name in the language: what lacks more than that is left out when it is told."""
    if code != ORIGINAL:
        named = Wording.objects.filter(language=code, field=field, state=WordingState.CHECKED)
        rows = rows.filter(subject__in=named.values("subject"))
    return rows.prefetch_related(_checked()).order_by("pk")


def _in_indonesian(name: str) -> Callable[[Any], Line]:
    return lambda row: Line(name, {"code": row.code}, [ORIGINAL], row.changed_at)


def _event(event: Event) -> Line:
    page: EventPage | None = getattr(event, "page", None)
    needed = [name for name in ("name", "summary", "story") if name == "name" or (page and getattr(page, name))]
    languages = _written(event.subject.wordings.all(), needed)
    return Line("event", {"slug": slug_of(event)}, languages, page.changed_at if page else None)


def _destination(row: Destination) -> Line:
    return Line("destination", {"slug": row.slug}, _written(row.subject.wordings.all(), NEEDED), row.changed_at)


def _story(row: Story) -> Line:
    needed = needed_of(originals_of(row))
    return Line(row.page_name, {"slug": row.slug}, _written(row.subject.wordings.all(), needed), row.changed_at)


def _checked() -> Prefetch[str]:
    rows = Wording.objects.filter(state=WordingState.CHECKED).only("subject_id", "field", "language")
    return Prefetch("subject__wordings", rows)


def _written(wordings: Iterable[Wording], needed: Iterable[str]) -> list[str]:
    fields: dict[str, set[str]] = {}
    for row in wordings:
        fields.setdefault(row.language, set()).add(row.field)
    return [code for code in OWN if code == ORIGINAL or fields.get(code, set()) >= set(needed)]


def _url(line: Line, code: str) -> str:
    path = address(line.name, ORIGINAL, **line.kwargs)
    whole_in = {each: settings.PUBLIC_URL + (path if each == ORIGINAL else f"/{each}{path}") for each in line.languages}
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{each}" href={quoteattr(href)}/>' for each, href in whole_in.items()
    )
    changed = f"<lastmod>{line.changed_at.isoformat()}</lastmod>" if line.changed_at else ""
    return f"<url><loc>{escape(whole_in[code])}</loc>{changed}{others}</url>"


def _xml(body: str) -> HttpResponse:
    return HttpResponse(f'<?xml version="1.0" encoding="utf-8"?>{body}', content_type="application/xml; charset=utf-8")
