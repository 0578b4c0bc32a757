"""Which limits of learning hours hold for whom: the agency's own rows before those from above, those before the shipped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enggang.people.models import Employment
from enggang.places.queries.dated import DatedTable, closest, serves
from enggang.training.enums import LimitBound, LimitPeriod
from enggang.training.models import JpLimit, OutsideCertificate

TABLES = {
    "jp": DatedTable(
        "jp", JpLimit, gettext_lazy("Limits of learning hours"),
        ("kind", "bound", "jp", "period", "valid_from", "valid_to", "source", "standing"),
    )
}  # fmt: skip


def all_limits() -> list[JpLimit]:
    """Every row, in one question; there are few, and a list of people asks them all."""
    return list(JpLimit.objects.select_related("organisation"))


def limits_for(employment: Employment, day: date, known: Iterable[JpLimit]) -> list[JpLimit]:
    """What holds on a day for somebody at their agency, one row for each period and bound."""
    path = employment.organisation.path
    rows = (row for row in known if row.kind == employment.kind and row.holds_on(day) and serves(row, path))
    found = closest(rows, lambda row: (row.period, row.bound))
    return [found[key] for key in sorted(found)]


def limit_words(limit: JpLimit) -> str:
    least = limit.bound == LimitBound.AT_LEAST
    return (_("at least %(jp)s JP") if least else _("at most %(jp)s JP")) % {"jp": limit.jp}


def certificate_flags(rows: Sequence[OutsideCertificate]) -> dict[int, str]:
    """By certificate (id) what its JP miss of the limits for one certificate; two questions for any number."""
    known = [row for row in all_limits() if row.period == LimitPeriod.CERTIFICATE]
    if not known:
        return {}
    people = {row.person_id for row in rows}
    work = Employment.objects.present().filter(person__in=people).select_related("organisation")
    works = {each.person_id: each for each in work}
    found = {}
    for row in rows:
        if row.person_id in works:
            limits = limits_for(works[row.person_id], row.ends_on, known)
            missed = [limit_words(limit) for limit in limits if limit.missed_by(row.jp)]
            found[row.pk] = _("limit of one certificate: %(limits)s") % {"limits": ", ".join(missed)} if missed else ""
    return found
