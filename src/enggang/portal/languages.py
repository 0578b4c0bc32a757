"""The language of a public page stands in its address, so that each has one of its own: ``/destinasi/``, ``/en/destinasi/``.

The words around the content come from the catalogues; where one language has none, from the next that its readers know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation

from enggang.core.wordings import LANGUAGES, ORIGINAL

P = ParamSpec("P")
NEXT = {"zh": "en"}  # whose words stand around a text while there is no catalogue
OWN = {ORIGINAL: "Bahasa Indonesia", **LANGUAGES}


def words_in(language: str) -> str:
    return language if language in dict(settings.LANGUAGES) else NEXT.get(language, ORIGINAL)


def in_language(
    view: Callable[Concatenate[HttpRequest, str, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Give the view the language of its address, and let its page be written in it."""

    @wraps(view)
    def run(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        language = str(kwargs.pop("language", "") or ORIGINAL)
        with translation.override(words_in(language)):
            response = view(request, language, *args, **kwargs)
            response["Content-Language"] = language
            return response

    return run


def address(name: str, language: str, **kwargs: str) -> str:
    """The path of a public page in a language."""
    return reverse(f"portal:{name}", kwargs={**kwargs, **({} if language == ORIGINAL else {"language": language})})


def alternates(name: str, languages: Iterable[str], **kwargs: str) -> list[dict[str, str]]:
    """The same page in each of ``languages``: code, own name and whole address."""
    return [
        {"code": code, "label": OWN[code], "path": address(name, code, **kwargs),
         "url": settings.PUBLIC_URL + address(name, code, **kwargs)}
        for code in languages
    ]  # fmt: skip
