"""What a phone keeps: the manifest, the worker that keeps the last pages, the page without a line, and the journey."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.wordings import ORIGINAL
from enggang.events.models import Event
from enggang.events.queries.pages import Face, chosen, face_of, shown_editions
from enggang.portal.languages import address
from enggang.portal.pages import clean, public_page, show
from enggang.stories.models import Destination
from enggang.stories.queries.destinations import cards_of

MOST = 40  # stops of one journey


@public_page
def manifest(request: HttpRequest, language: str) -> HttpResponse:
    home = address("home", language)
    facts = {
        "name": f"Enggang · {_('West Kalimantan')}", "short_name": "Enggang", "lang": language, "start_url": home, "scope": "/",
        "id": "/", "display": "minimal-ui", "background_color": "#f7f6f2", "theme_color": "#0b3027",
        "icons": [
            {"src": static("core/enggang.svg"), "sizes": "any", "type": "image/svg+xml"},
            {"src": static("portal/icon-192.png"), "sizes": "192x192", "type": "image/png"},
            {"src": static("portal/icon-512.png"), "sizes": "512x512", "type": "image/png", "purpose": "any maskable"},
        ],
    }  # fmt: skip
    return JsonResponse(facts, content_type="application/manifest+json")


@public_page
def worker(request: HttpRequest, language: str) -> HttpResponse:
    """One for all languages, so that what was read in one stays with what was read in another."""
    facts = {"offline": address("offline", ORIGINAL)}
    return render(request, "portal/worker.js", facts, content_type="text/javascript")


@public_page
def offline(request: HttpRequest, language: str) -> HttpResponse:
    """What is shown of a page that the phone has never seen, when there is no line."""
    return show(request, "portal/offline.html", {}, language=language, name="offline")


@public_page
def journey(request: HttpRequest, language: str) -> HttpResponse:
    """What somebody has gathered: the list travels in the address, so that it can be shared and needs no script."""
    asked = clean(request.GET.get("isi")).split(".")[:MOST]
    codes = [part for part in asked if part]
    faces, cards = _faces(codes, language), _cards(codes, language)
    context = {"faces": faces, "cards": cards, "is_empty": not (faces or cards)}
    return show(request, "portal/journey.html", context, language=language, name="journey")


def _faces(codes: list[str], language: str) -> list[Face]:
    rows = Event.objects.with_names().filter(subject__code__in=codes, pk__in=shown_editions().values("event"))
    found = [chosen(face_of(row, language).editions, clock.today()) for row in rows]
    return sorted((face for face in found if face), key=lambda face: str(face.edition.starts_on or "9"))


def _cards(codes: list[str], language: str) -> list[object]:
    rows = Destination.objects.published().with_names().filter(subject__code__in=codes)
    return list(cards_of(list(rows), language))
