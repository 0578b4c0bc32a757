"""What all pages for visitors have in common: one language, the same bytes for everybody, and where else the page stands."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from enggang.core import registries
from enggang.core.actor import ANONYMOUS
from enggang.core.context import NavItem
from enggang.core.wordings import LANGUAGES, ORIGINAL
from enggang.portal.languages import OWN, address, alternates, words_in

P = ParamSpec("P")
OURS = "portal:"
LONGEST = 200  # letters of a question that are looked at


def public_page(
    view: Callable[Concatenate[HttpRequest, str, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Give the view the language of its address, and nobody's cookies: whoever asks reads the same page."""

    @wraps(view)
    def run(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        language = str(kwargs.pop("language", "") or ORIGINAL)
        request.actor, request.COOKIES = ANONYMOUS, {}  # type: ignore[attr-defined]
        with translation.override(words_in(language)):
            response = view(request, language, *args, **kwargs)
        response["Content-Language"] = language
        response.is_public = True  # type: ignore[attr-defined]
        return response

    return require_safe(run)


def show(
    request: HttpRequest, template: str, context: dict[str, Any], *, language: str, name: str,
    languages: Collection[str] = OWN, own: bool = False, **kwargs: str,
) -> HttpResponse:  # fmt: skip
    """The page ``name`` in a language. ``languages`` are those it is written in; in another it says that it is not.

    ``own``: its canonical address is the one asked for, although the words are those of another language.
    """
    pretended = language in LANGUAGES and language not in languages
    shell = {
        "language": language, "alternates": alternates(name, OWN, **kwargs),
        "written": alternates(name, [code for code in OWN if code in languages], **kwargs),
        "canonical": settings.PUBLIC_URL + address(name, ORIGINAL if pretended and not own else language, **kwargs),
        "here": address(name, language, **kwargs), "untranslated": pretended, "own_name": OWN[language],
        "nav_items": nav_items(language, request.path), "messages": (), "site": settings.PUBLIC_URL,
        "home_href": address("home", language),
    }  # fmt: skip
    return render(request, template, {**shell, **context})


def nav_items(language: str, path: str) -> list[NavItem]:
    """The lines of the menu for visitors, ours in the language of the page."""
    entries = sorted((row for row in registries.nav if row.place == "main" and row.show(ANONYMOUS)), key=_order)
    found = [(row, _href(row.url_name, language)) for row in entries]
    home = address("home", language)
    best = max(
        (href for _row, href in found if path.startswith(href) and (href != home or path == home)), key=len, default=""
    )
    return [NavItem(row.label, href, row.icon, href == best) for row, href in found]


def _order(entry: registries.NavEntry) -> int:
    return entry.order


def _href(url_name: str, language: str) -> str:
    return address(url_name.removeprefix(OURS), language) if url_name.startswith(OURS) else reverse(url_name)


def whole(name: str, language: str, **kwargs: str) -> str:
    """The whole address of a page, as files, feeds and search engines are told it."""
    return settings.PUBLIC_URL + address(name, language, **kwargs)


def open_to_all(response: HttpResponse) -> HttpResponse:
    """A file that the pages of others may read too."""
    response["Access-Control-Allow-Origin"] = "*"
    return response


def clean(text: Any) -> str:
    """What was asked for in words, short and without what no database takes."""
    return str(text or "").replace("\x00", "")[:LONGEST]
