"""Pages that everybody reads alike. Their language stands in the address, ``/galeri/`` and ``/en/galeri/``, so nothing else decides it.

What such a view answers may be kept by whatever stands between (the portal's middleware does).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import NoReverseMatch, URLPattern, re_path, reverse
from django.utils import translation
from django.views.decorators.http import require_safe
from django.views.defaults import page_not_found

from enggang.core.actor import ANONYMOUS
from enggang.core.wordings import LANGUAGES, ORIGINAL

P = ParamSpec("P")
CATALOGUES = {"zh": "zh-hans"}  # a language of our addresses -> the name of its words
ADDRESSES = {words: language for language, words in CATALOGUES.items()}
OWN = {ORIGINAL: "Bahasa Indonesia", **LANGUAGES}
OTHER = rf"^(?P<language>{'|'.join(LANGUAGES)})/"  # Indonesian has no prefix


def words_in(language: str) -> str:
    return CATALOGUES.get(language, language)


def language_now() -> str:
    """The language of our addresses for that in which words are told now."""
    language = translation.get_language() or ORIGINAL
    return ADDRESSES.get(language, language)


def read_by_all(
    view: Callable[Concatenate[HttpRequest, str, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Give the view the language of its address, and nobody's cookies: whoever asks reads the same page."""

    @wraps(view)
    def run(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        language = str(kwargs.pop("language", "") or ORIGINAL)
        request.actor, request.COOKIES, request.public_language = ANONYMOUS, {}, language  # type: ignore[attr-defined]
        with translation.override(words_in(language)):
            try:
                response: HttpResponseBase = view(request, language, *args, **kwargs)
            except Http404:  # told here, in the language of the address and to everybody alike
                response = render(request, "404.html", status=404)
        response["Content-Language"] = language
        response.is_public = True  # type: ignore[attr-defined]
        return response

    return require_safe(run)


def nothing_here(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Where no address fits: told in the language whose prefix was asked for, else in the reader's."""
    asked = re.match(OTHER, request.path_info.removeprefix("/"))
    if asked is None:
        return page_not_found(request, exception)

    def nothing(_request: HttpRequest, _language: str, /, **_asked: str) -> HttpResponseBase:
        raise Http404

    return read_by_all(nothing)(request, language=asked["language"])


def in_each(rest: str, view: Callable[..., Any], name: str) -> list[URLPattern]:
    """An address in Indonesian, and below the prefix of every other language."""
    return [re_path(f"^{rest}$", view, name=name), re_path(f"{OTHER}{rest}$", view, name=name)]


def address_in(language: str, name: str, **kwargs: str) -> str:
    """The path of a page in a language; that of a page that is no such page has one address."""
    if language in LANGUAGES:
        try:
            return reverse(name, kwargs={**kwargs, "language": language})
        except NoReverseMatch:
            pass
    return reverse(name, kwargs=kwargs)


def front(language: str) -> str:
    return "/" if language == ORIGINAL else f"/{language}/"


def fronts() -> list[dict[str, str]]:
    """The front page in every language: where an address that is none leads on to."""
    return [
        {"code": code, "label": label, "path": front(code), "url": settings.PUBLIC_URL + front(code)}
        for code, label in OWN.items()
    ]


def alternates_of(request: HttpRequest) -> list[dict[str, str]]:
    """The page asked for in every language, with what was asked: code, own name, path and whole address."""
    match = request.resolver_match
    if match is None:
        return []
    kwargs = {name: str(value) for name, value in match.captured_kwargs.items() if name != "language"}  # type: ignore[attr-defined]
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    found = ((code, address_in(code, match.view_name, **kwargs)) for code in OWN)
    return [
        {"code": code, "label": OWN[code], "path": path + query, "url": settings.PUBLIC_URL + path}
        for code, path in found
    ]
