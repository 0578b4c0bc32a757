"""The language of a public page stands in its address, so that each has one of its own: ``/destinasi/``, ``/en/destinasi/``.

The words around the content come from the catalogues.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse

from enggang.core.public import OWN, words_in
from enggang.core.wordings import ORIGINAL

__all__ = ["OWN", "address", "alternates", "words_in"]


def address(name: str, language: str, **kwargs: str) -> str:
    """The path of a public page in a language."""
    return reverse(f"portal:{name}", kwargs={**kwargs, **({} if language == ORIGINAL else {"language": language})})


def public_address(name: str, language: str = ORIGINAL, **kwargs: str) -> str:
    """As ``address``, for storeys below that know a page by its name alone."""
    return address(name, language, **kwargs)


def alternates(name: str, languages: Iterable[str], **kwargs: str) -> list[dict[str, str]]:
    """The same page in each of ``languages``: code, own name and whole address."""
    return [
        {"code": code, "label": OWN[code], "path": address(name, code, **kwargs),
         "url": settings.PUBLIC_URL + address(name, code, **kwargs)}
        for code in languages
    ]  # fmt: skip
