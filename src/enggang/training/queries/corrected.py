"""Which papers still say the learning hours of a registration as they were before somebody corrected them."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from enggang.training.models import Registration


@dataclass(frozen=True, slots=True)
class StalePaper:
    """``can_be_issued_again``: the certificate, whose badge goes with it. The activity report lists nobody's hours."""

    name: str
    says: str
    href: str
    can_be_issued_again: bool = False


def stale_papers(registration: Registration) -> list[StalePaper]:
    """Nothing before a correction, nor once the papers say what was corrected."""
    award, jp = registration.award, registration.jp_credited
    if not registration.jp_reason or jp is None or award is None or award.is_void or award.hours == jp:
        return []
    href, said = reverse("credentials:award", args=[award.code]), _("%(hours)s JP") % {"hours": award.hours}
    found = [StalePaper(_("Certificate %(number)s") % {"number": award.number}, said, href, award.is_issued)]
    if award.has_badge:
        found.append(StalePaper(_("Digital badge of this certificate"), said, href))
    return found
