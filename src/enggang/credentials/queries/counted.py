"""What credentials count for the indicators: people who were awarded something, and the learning hours of their awards."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count as CountOf
from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Length, Substr
from django.utils.translation import gettext_lazy as _

from enggang.core.registries import Count, IndicatorSource
from enggang.credentials.models import Award
from enggang.people.models import Employment
from enggang.people.nip import LENGTH

PEOPLE, HOURS = CountOf("person", distinct=True), Sum("hours")
SEXES = {"1": "male", "2": "female"}  # the fifteenth digit of an NIP (people.nip.sex_digit)


def people(path: str, since: date, until: date) -> dict[str, Count]:
    return _by_region(path, since, until, PEOPLE)


def hours(path: str, since: date, until: date) -> dict[str, Count]:
    return _by_region(path, since, until, HOURS)


def people_by_sex(path: str, since: date, until: date) -> dict[str, Count]:
    return _by_sex(path, since, until, PEOPLE)


def hours_by_sex(path: str, since: date, until: date) -> dict[str, Count]:
    return _by_sex(path, since, until, HOURS)


def _by_region(path: str, since: date, until: date, what: Any) -> dict[str, Count]:
    """By the region of the agency that the holder worked for on the day of the certificate."""
    awards = Award.objects.counting(path, since, until).order_by()
    there = Employment.objects.filter(person=OuterRef("person"), starts_on__lte=OuterRef("issued_on"))
    there = there.filter(Q(ends_on=None) | Q(ends_on__gte=OuterRef("issued_on"))).order_by("-starts_on", "-pk")
    parts = awards.annotate(region=Subquery(there.values("organisation__region")[:1])).values("region")
    found = {row["region"]: Count(row["found"] or 0) for row in parts.annotate(found=what) if row["region"]}
    return {**found, "": Count(awards.aggregate(found=what)["found"] or 0)}


def _by_sex(path: str, since: date, until: date, what: Any) -> dict[str, Count]:
    told = (
        Award.objects.counting(path, since, until).order_by().alias(digits=Length("holder_nip")).filter(digits=LENGTH)
    )
    parts = told.annotate(digit=Substr(F("holder_nip"), 15, 1)).values("digit").annotate(found=what)
    found = {SEXES[row["digit"]]: Count(row["found"] or 0) for row in parts if row["digit"] in SEXES}
    return {sex: found.get(sex, Count(0)) for sex in SEXES.values()}


SOURCES = {
    "credentials.people": IndicatorSource(
        _("People with a certificate"), _("people"),
        _("Different people with a valid certificate issued here or below in the period, each once; erased people stay counted. Regency: of the holder's agency on that day. Sex: fifteenth digit of the NIP; unknown is in neither part."),
        people, by_region=True, sexes=people_by_sex,
    ),
    "credentials.hours": IndicatorSource(
        _("Learning hours (JP) certified"), "JP",
        _("Learning hours on valid certificates issued here or below in the period, added up. Regency: of the holder's agency on that day. Sex: fifteenth digit of the NIP; unknown is in neither part."),
        hours, by_region=True, sexes=hours_by_sex,
    ),
}  # fmt: skip
