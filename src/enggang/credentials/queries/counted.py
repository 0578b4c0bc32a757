"""What credentials count for the indicators: people who were awarded something, and the learning hours of their awards."""

from __future__ import annotations

from datetime import date

from django.db.models import Count as CountOf
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from enggang.core.registries import Count, IndicatorSource
from enggang.credentials.models import Award


def people(path: str, since: date, until: date) -> dict[str, Count]:
    return {
        "": Count(Award.objects.counting(path, since, until).aggregate(found=CountOf("person", distinct=True))["found"])
    }


def hours(path: str, since: date, until: date) -> dict[str, Count]:
    return {"": Count(Award.objects.counting(path, since, until).aggregate(found=Sum("hours"))["found"] or 0)}


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
