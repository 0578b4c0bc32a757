"""What innovation counts for the indicators: innovations adopted, and replications with a proof."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from enggang.core.registries import Count, IndicatorSource
from enggang.innovation.models import Innovation, Replication
from enggang.places.models.organisation import below


def adopted(path: str, since: date, until: date) -> dict[str, Count]:
    """By the region of the agency. What was returned or stopped since is not counted."""
    rows = Innovation.objects.in_use().filter(below(path, "organisation__path"), adopted_on__range=(since, until))
    return _by_region(rows.values_list("organisation__region", flat=True))


def replicated(path: str, since: date, until: date) -> dict[str, Count]:
    """By the region to which it was copied."""
    rows = Replication.objects.standing().filter(below(path, "origin__organisation__path"), on__range=(since, until))
    return _by_region(rows.exclude(proof=None).values_list("region", flat=True))


def _by_region(codes: Iterable[str | None]) -> dict[str, Count]:
    found = Counter(code or "" for code in codes)
    whole = Count(sum(found.values()))
    return {**{code: Count(number) for code, number in found.items() if code}, "": whole}


SOURCES = {
    "innovation.adopted": IndicatorSource(
        _("Innovations adopted"), _("innovations"),
        _("Innovations of the agency and of those below it whose gate to adoption was passed in the period and that are still in use."),
        adopted, by_region=True,
    ),
    "innovation.replicated": IndicatorSource(
        _("Replications with a proof"), _("replications"),
        _("Copies of innovations of the agency and of those below it, made in the period and shown by a paper; voided ones are left out."),
        replicated, by_region=True,
    ),
}  # fmt: skip
