"""Reads of the search app: ``find`` and what it answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from enggang.core.actor import Actor
from enggang.core.registries import subject_kinds
from enggang.core.text import folded
from enggang.search import fulltext
from enggang.search.models import SearchEntry

SNIPPET = 160


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found. ``url`` is empty when its kind has no page of its own."""

    kind: str
    kind_label: Any
    code: str
    title: str
    url: str
    snippet: str


def find(text: str, actor: Actor, kinds: Iterable[str] | None = None, limit: int = 50) -> list[Hit]:
    """What this actor may see of what has every word of ``text``, best first. Never an error, whatever was typed."""
    rows = SearchEntry.objects.visible_to(actor)
    if kinds is not None:
        rows = rows.filter(kind__in=list(kinds))
    found = fulltext.matching(rows, text).select_related("subject")[:limit]
    words = fulltext.words_of(text)
    return [_hit(entry, words) for entry in found]


def by_kind(hits: Iterable[Hit]) -> list[tuple[Any, list[Hit]]]:
    """Hits grouped by kind, the kind of the best hit first, as (label, hits)."""
    groups: dict[str, list[Hit]] = {}
    for hit in hits:
        groups.setdefault(hit.kind, []).append(hit)
    return [(group[0].kind_label, group) for group in groups.values()]


def _hit(entry: SearchEntry, words: list[str]) -> Hit:
    kind = subject_kinds.get(entry.kind)
    code = entry.subject.code
    url = kind.url(code) if kind and kind.url else ""
    return Hit(entry.kind, kind.label if kind else entry.kind, code, entry.title, url, _snippet(entry.text, words))


def _snippet(text: str, words: list[str]) -> str:
    """The piece of ``text`` around the first word that was asked for, on one line."""
    tokens = text.split()
    hits = (place for place, token in enumerate(tokens) if any(folded(token).startswith(word) for word in words))
    start = max(0, next(hits, 0) - 6)
    piece = " ".join(tokens[start:])
    cut = piece if len(piece) <= SNIPPET else piece[:SNIPPET].rsplit(" ", 1)[0] + " …"
    return f"… {cut}" if start and cut else cut
