"""What belongs to an innovation, by its name: the index of what can be found knows every noun of the apps beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from enggang.core import registries
from enggang.core.models import Subject
from enggang.innovation.models import Innovation, Tie
from enggang.search.models import SearchEntry

TIED = frozenset({"wave", "edition", "asset"})  # whose pages offer it; by address whatever has a page may be tied


@dataclass(frozen=True, slots=True)
class Tied:
    """``href`` is empty for what has no page; ``title`` falls back on the public code."""

    tie: Tie
    label: str
    title: str
    href: str


def tied_to(innovation: Innovation) -> list[Tied]:
    """In the order in which they were tied. Two questions to the database."""
    ties = list(innovation.ties.select_related("subject"))
    titles = titles_of([tie.subject for tie in ties])
    return [_tied(tie, titles.get(tie.subject_id, tie.subject.code)) for tie in ties]


def ties_of(subject: Subject) -> list[Tie]:
    """The innovations that it belongs to, with their names."""
    rows = Tie.objects.filter(subject=subject).select_related(
        "innovation__subject", "innovation__organisation__subject", "innovation__owner"
    )
    return list(rows.order_by("innovation__name_key", "pk"))


def titles_of(subjects: Sequence[Subject]) -> dict[int, str]:
    rows = SearchEntry.objects.filter(subject__in=subjects)
    return dict(rows.values_list("subject_id", "title"))


def _tied(tie: Tie, title: str) -> Tied:
    kind = registries.subject_kinds.get(tie.subject.kind)
    href = kind.url(tie.subject.code) if kind and kind.url else ""
    return Tied(tie, str(kind.label) if kind else "", title, href)
