from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core.registries import PersonalField

_ASKED = _("To ask whoever stood behind a number.")
_KEPT = _("As long as the number is kept.")

PERSONAL = [
    PersonalField(
        "indicators.Indicator.owner",
        _("To know who answers for a number."),
        "public_duty",
        _("As long as the person answers for it."),
    ),
    PersonalField("indicators.Target.set_by_key", _ASKED, "public_duty", _KEPT),
    PersonalField("indicators.Measurement.entered_by_key", _ASKED, "public_duty", _KEPT),
    PersonalField("indicators.Measurement.verified_by_key", _ASKED, "public_duty", _KEPT),
    PersonalField("indicators.Measurement.decided_by_key", _ASKED, "public_duty", _KEPT),
]

NOT_PERSONAL: dict[str, tuple[str, ...]] = {
    "indicators.Indicator": (
        "id", "version", "subject", "organisation", "name", "name_key", "kind", "ministry_code", "serves", "definition", "reason",
        "numerator", "denominator", "factor", "unit", "decimals", "polarity", "cumulation", "frequency", "due_days", "by_region",
        "by_sex", "source", "method", "automatic", "is_public", "state", "changed_at",
    ),
    "indicators.Target": ("id", "indicator", "year", "quarter", "value", "upper", "source", "set_at", "replaced_at"),
    "indicators.Measurement": (
        "id", "indicator", "period_start", "period_end", "region", "sex", "value", "numerator", "denominator", "low", "high", "as_of",
        "source", "method", "note", "file", "is_counted", "state", "entered_at", "decided_at", "return_reason", "replaced_at",
    ),
    "indicators.SeriesBreak": ("*",),
    "indicators.ScaleStep": ("*",),
}  # fmt: skip
