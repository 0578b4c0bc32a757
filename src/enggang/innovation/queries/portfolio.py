"""The innovations of an agency as a portfolio: facets against stages, and what has no facet yet."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from enggang.innovation.enums import Facet, Stage
from enggang.innovation.models.innovation import InnovationQuerySet

COLUMNS = tuple(stage for stage in Stage if stage != Stage.STOPPED)


class Line(NamedTuple):
    """A facet with its count at each stage; ``facet`` is empty for those that have none."""

    facet: str
    label: str
    counts: list[int]

    @property
    def total(self) -> int:
        return sum(self.counts)


class Portfolio(NamedTuple):
    stages: list[str]
    lines: list[Line]

    @property
    def total(self) -> int:
        return sum(line.total for line in self.lines)

    @property
    def missing(self) -> list[str]:
        """Facets of which there is none at all."""
        return [line.label for line in self.lines if line.facet and not line.total]


def portfolio_of(rows: InnovationQuerySet, no_facet: str) -> Portfolio:
    """What is stopped is left out. One question."""
    found = Counter(rows.exclude(stage=Stage.STOPPED).order_by().values_list("facet", "stage"))
    names = [*((facet.value, str(facet.label)) for facet in Facet), ("", no_facet)]
    lines = [Line(facet, label, [found[facet, stage.value] for stage in COLUMNS]) for facet, label in names]
    return Portfolio([str(stage.label) for stage in COLUMNS], lines)
