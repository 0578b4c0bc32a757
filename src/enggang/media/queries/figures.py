"""What the media library adds up by day for the dashboards: works that the public can see."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from enggang.core.figures import exact, on_days
from enggang.core.registries import DayFigures, DayKey, DaySum, Touch
from enggang.media.models import Asset, Release

ACTS = frozenset({
    "media.publish_asset", "media.withdraw_asset", "media.unpublish_asset", "media.shut_gate", "media.describe_asset", "media.aim_asset",
})  # fmt: skip


def _days(touches: Sequence[Touch]) -> set[DayKey]:
    rows = Asset.objects.filter(subject__code__in={each.subject_code for each in touches})
    return {DayKey(pk) for pk in rows.values_list("organisation", flat=True).distinct()}


def published(keys: Collection[DayKey] | None) -> Iterable[DaySum]:
    rows = Release.objects.filter(withdrawn_at=None).annotate(
        day=TruncDate("first_at", tzinfo=ZoneInfo(settings.TIME_ZONE))
    )
    rows = rows.filter(on_days(keys, "asset__organisation", "day")).order_by()
    return exact(rows.values_list("asset__organisation", "asset__region", "day").annotate(total=Count("pk")))


FIGURES = {
    "media.published": DayFigures(
        _("Works published"), _("works"), _("Photos and videos by the day they were first shown, as far as the public still sees them."),
        ACTS, _days, published, order=30,
    ),
}  # fmt: skip
