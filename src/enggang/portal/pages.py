"""What all pages for visitors have in common: one language, the same bytes for everybody, and where else the page stands."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from enggang.core.public import OWN
from enggang.core.public import read_by_all as public_page
from enggang.core.wordings import LANGUAGES, ORIGINAL
from enggang.portal.languages import address, alternates

__all__ = ["clean", "open_to_all", "public_page", "show", "told_of", "whole"]
LONGEST = 200  # letters of a question that are looked at


def show(
    request: HttpRequest, template: str, context: dict[str, Any], *, language: str, name: str,
    languages: Collection[str] = OWN, own: bool = False, about: str = "", **kwargs: str,
) -> HttpResponse:  # fmt: skip
    """The page ``name`` in a language. ``languages`` are those it is written in; in another it says that it is not.

    ``about`` is the public code of the noun it shows, which readers are counted under. ``own``: its canonical address is the one asked for, although the words are those of another language.
    """
    pretended = language in LANGUAGES and language not in languages
    shell = {
        "language": language, "alternates": alternates(name, OWN, **kwargs),
        "written": alternates(name, [code for code in OWN if code in languages], **kwargs),
        "canonical": settings.PUBLIC_URL + address(name, ORIGINAL if pretended and not own else language, **kwargs),
        "here": address(name, language, **kwargs), "untranslated": pretended, "own_name": OWN[language],
        "messages": (), "site": settings.PUBLIC_URL,
    }  # fmt: skip
    return told_of(render(request, template, {**shell, **context}), about)


def told_of(response: HttpResponse, about: str) -> HttpResponse:
    """Readers of it are counted under the noun with this public code."""
    response.about = about  # type: ignore[attr-defined]
    return response


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
