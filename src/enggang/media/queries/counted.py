"""What the media library counts for the indicators: works that the public can see."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from enggang.core.registries import Count, IndicatorSource
from enggang.media.models import Release
from enggang.places.models.organisation import below


def published(path: str, since: date, until: date) -> dict[str, Count]:
    zone = ZoneInfo(settings.TIME_ZONE)
    first = datetime.combine(since, time.min, zone)
    after = datetime.combine(until + timedelta(days=1), time.min, zone)
    rows = Release.objects.filter(below(path, "asset__organisation__path"), withdrawn_at=None)
    return {"": Count(rows.filter(first_at__gte=first, first_at__lt=after).count())}


SOURCES = {
    "media.published": IndicatorSource(
        _("Works published"), _("works"),
        _("Photos and videos of this agency or of one below it that were first published in the period and that the public can still see."),
        published,
    ),
}  # fmt: skip
