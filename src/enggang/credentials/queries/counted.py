"""What credentials count for the indicators: people who were awarded something, and the learning hours of their awards."""

from __future__ import annotations

from datetime import date

from django.db.models import Count as CountOf
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from enggang.core.registries import Count, IndicatorSource
from enggang.core.specimens import counting
from enggang.credentials.enums import AwardState
from enggang.credentials.models import Award
from enggang.credentials.models.award import AwardQuerySet
from enggang.places.models.organisation import below


def _valid(path: str, since: date, until: date) -> AwardQuerySet:
    """One for each person and basis: what a re-issue has replaced is void, and a specimen is nobody's."""
    rows = Award.objects.filter(below(path, "organisation__path"), state=AwardState.ISSUED)
    return rows.filter(counting(), issued_on__range=(since, until))


def people(path: str, since: date, until: date) -> dict[str, Count]:
    return {"": Count(_valid(path, since, until).aggregate(found=CountOf("person", distinct=True))["found"])}


def hours(path: str, since: date, until: date) -> dict[str, Count]:
    return {"": Count(_valid(path, since, until).aggregate(found=Sum("hours"))["found"] or 0)}


SOURCES = {
    "credentials.people": IndicatorSource(
        _("People with a certificate"), _("people"),
        _("Different people who hold a valid certificate that this agency or one below it issued in the period; whoever holds several counts once. An erased person stays counted."),
        people,
    ),
    "credentials.hours": IndicatorSource(
        _("Learning hours (JP) certified"), "JP",
        _("The sum of the learning hours on valid certificates that this agency or one below it issued in the period."), hours,
    ),
}  # fmt: skip
