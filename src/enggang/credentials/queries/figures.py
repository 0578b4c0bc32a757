"""What credentials add up by day for the dashboards: learning hours, and certificates."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db.models import Count, Sum
from django.utils.translation import gettext_lazy as _

from enggang.core.figures import exact, on_days
from enggang.core.registries import DayFigures, DayKey, DaySum, Touch
from enggang.core.specimens import counting
from enggang.credentials.enums import AwardState
from enggang.credentials.models import Award

ACTS = frozenset({"credentials.finish_award", "credentials.void_award", "credentials.reissue_award"})


def _days(touches: Sequence[Touch]) -> set[DayKey]:
    rows = Award.objects.filter(subject__code__in={each.subject_code for each in touches})
    return {DayKey(*row) for row in rows.values_list("organisation", "issued_on").distinct()}


def _sums(what: Any, keys: Collection[DayKey] | None) -> Iterable[DaySum]:
    rows = Award.objects.filter(counting(), on_days(keys, "organisation", "issued_on"), state=AwardState.ISSUED)
    found = rows.order_by().values_list("organisation", "organisation__region", "issued_on").annotate(sum=what)
    return exact(found)


FIGURES = {
    "credentials.hours": DayFigures(
        _("Learning hours (JP)"), "JP", _("Learning hours on valid certificates, by the day of issue."), ACTS, _days,
        lambda keys: _sums(Sum("hours"), keys), order=10,
    ),
    "credentials.awards": DayFigures(
        _("Certificates"), _("certificates"), _("Valid certificates by the day of issue; whoever holds two counts twice."), ACTS,
        _days, lambda keys: _sums(Count("pk"), keys), order=11,
    ),
}  # fmt: skip
