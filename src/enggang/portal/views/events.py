"""An event as visitors read it: the edition that is on or comes next, those that were held, photos, the way there."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.events.models import Edition, Event
from enggang.events.queries.dates import days_in_words
from enggang.events.queries.pages import (
    EventFace,
    Face,
    chosen,
    face_of,
    faces_of,
    parts_told,
    shown_editions,
    sites_told,
    slug_of,
)
from enggang.events.queries.visitors import REGISTERING
from enggang.media.queries.photos import image_object, photos_about
from enggang.portal.caching import looked_up
from enggang.portal.languages import address
from enggang.portal.linked import breadcrumbs, event_facts
from enggang.portal.pages import public_page, show, whole
from enggang.portal.queries.agenda import EARLIEST_FIRST
from enggang.portal.queries.results import held_of
from enggang.stories.models import Destination
from enggang.stories.queries.destinations import cards_of

PHOTOS, NEAR = 8, 3


class Told(NamedTuple):
    """What the page of an event is made from, and by which name and words of its address it is known."""

    context: dict[str, Any]
    name: str
    kwargs: dict[str, Any]
    languages: list[str]
    code: str


@public_page
def event(request: HttpRequest, language: str, slug: str, key: str = "") -> HttpResponse:
    told = looked_up(f"event {language} {slug} {key}", lambda: _found(language, slug, key))
    if isinstance(told, str):
        return HttpResponsePermanentRedirect(told)
    return show(
        request, "portal/event.html", told.context, language=language, name=told.name, languages=told.languages,
        about=told.code, **told.kwargs,
    )  # fmt: skip


def _found(language: str, slug: str, key: str) -> Told | str:
    """All that the page tells, read; the right address where another one was asked for."""
    row = find_event(slug)
    page = face_of(row, language)
    face, main = chosen(page.editions, clock.today(), key), chosen(page.editions, clock.today())
    if face is None:
        raise Http404
    own = slug_of(row)
    if slug != own:
        return _address(language, own, key)
    is_main = not key or face == main
    name = "event" if is_main else "edition"
    kwargs: dict[str, Any] = {"slug": own} if is_main else {"slug": own, "key": face.key}
    context = _context(page, face, language, whole(name, language, **kwargs))
    return Told(context, name, kwargs, page.languages, row.code)


def find_event(slug: str) -> Event:
    """By the code at the end of its address; 404 unless everybody may know an edition of it."""
    rows = Event.objects.with_names().filter(pk__in=shown_editions().values("event"))
    return get_object_or_404(rows, subject__code=slug.rpartition("-")[2])


def _address(language: str, slug: str, key: str) -> str:
    return address("edition", language, slug=slug, key=key) if key else address("event", language, slug=slug)


def _context(page: EventFace, face: Face, language: str, url: str) -> dict[str, Any]:
    edition, own = face.edition, slug_of(page.event)
    sites, parts = sites_told(edition), parts_told(edition)
    subjects = [page.event.subject_id, *(each.edition.subject_id for each in page.editions)]
    photos = photos_about(subjects, language, PHOTOS)
    hosts = [host.name for host in edition.organisers.all()]
    visit = reverse("events:visit", args=[edition.code]) if parts and edition.stage in REGISTERING else ""
    facts = event_facts(
        page, face, url=url, image=whole("event_card", language, slug=own, key=face.key), sites=sites,
        parts=[(part, settings.PUBLIC_URL + visit) for part in parts] if visit else [], hosts=hosts,
        photos=[image_object(each) for each in photos],
    )  # fmt: skip
    crumbs = [(_("Events"), whole("agenda", language)), (page.texts["name"].text, whole("event", language, slug=own))]
    return {
        "when": days_in_words(edition.starts_on, edition.ends_on) or _("Days to be announced"), "page": page, "face": face, "edition": edition, "event": page.event, "sites": sites, "parts": parts,
        "visit_href": visit, "photos": photos, "hosts": hosts, "facts": [facts, breadcrumbs(crumbs)],
        "held": [each for each in held_of(page.editions) if each.face != face or each.result], "own": own,
        "others": _others(face, language), "near": _near(page.event, language), "point": _point(sites),
        "card_url": whole("event_card", language, slug=own, key=face.key),
    }  # fmt: skip


def _point(sites: list[Any]) -> Any:
    return next((site for site in sites if site.latitude is not None), None)


def _others(face: Face, language: str) -> list[Face]:
    """What else comes in the same regency."""
    rows = shown_editions().coming(clock.today()).filter(event__region=face.edition.event.region_id)
    rows = rows.exclude(event=face.edition.event_id).order_by(*EARLIEST_FIRST)
    found: list[Edition] = list(rows.with_names()[:NEAR])
    return faces_of(found, language)


def _near(event: Event, language: str) -> list[Any]:
    rows = Destination.objects.published().with_names().filter(region=event.region_id)[:NEAR]
    return cards_of(list(rows), language)
