from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from enggang.core.templatetags.ui import badge_html
from enggang.indicators.enums import COURSE_TONES, Course, MeasurementState
from enggang.indicators.models import Indicator, Measurement
from enggang.indicators.numbers import shown

STATE_TONES = {
    MeasurementState.ENTERED: "neutral",
    MeasurementState.VERIFIED: "info",
    MeasurementState.APPROVED: "good",
    MeasurementState.RETURNED: "bad",
}


class IndicatorTable(tables.Table):
    """Its rows are standings: an indicator with how it stands this year."""

    name = tables.Column(_("Indicator"), accessor="indicator__name")
    value = tables.Column(_("This year so far"), attrs={"td": {"class": "num"}}, empty_values=())
    target = tables.Column(_("Target of the year"), attrs={"td": {"class": "num"}}, empty_values=())
    achieved = tables.Column(_("Achieved"), attrs={"td": {"class": "num"}}, empty_values=())
    course = tables.Column(_("Against its path"))
    organisation = tables.Column(_("Agency"), accessor="indicator__organisation__short_name", visible=False)
    owner = tables.Column(_("Who answers for it"), accessor="indicator__owner", default="–", visible=False)
    unit = tables.Column(_("Unit"), accessor="indicator__unit", visible=False)
    kind = tables.Column(_("Kind"), accessor="indicator__get_kind_display", visible=False)
    state = tables.Column(_("State"), accessor="indicator__get_state_display", visible=False)

    class Meta:
        orderable = False
        empty_text = _("No indicator yet.")

    def render_name(self, value: str, record: Any) -> Any:
        """With whose it is and who answers for it, so that the numbers keep their room."""
        row = record.indicator
        said = row.organisation.short_name + (f" · {row.owner}" if row.owner else "")
        href = reverse("indicators:indicator", args=[row.code])
        return format_html('<a href="{}">{}</a><br><span class="muted">{}</span>', href, value, said)

    def value_name(self, value: str) -> str:
        return value

    def render_value(self, record: Any) -> str:
        unit = f" {record.indicator.unit}" if record.value is not None else ""
        return f"{shown(record.value, record.indicator.decimals)}{unit}"

    def value_value(self, record: Any) -> Any:
        return record.value

    def render_target(self, record: Any) -> str:
        if record.target is None:
            return "–"
        upper = f"–{shown(record.target.upper, record.indicator.decimals)}" if record.target.upper is not None else ""
        return f"{shown(record.target.value, record.indicator.decimals)}{upper}"

    def render_achieved(self, record: Any) -> str:
        return "–" if record.achieved is None else f"{shown(record.achieved, 1)} %"

    def render_course(self, value: Any) -> Any:
        return badge_html(str(Course(value).label), COURSE_TONES[Course(value)])


class MeasurementTable(tables.Table):
    """The values that wait for somebody, or all that ever stood."""

    indicator = tables.Column(_("Indicator"), linkify=("indicators:indicator", {"code": tables.A("indicator__code")}))
    period = tables.Column(_("Period"), accessor="period_label", order_by="period_end")
    value = tables.Column(_("Value"), attrs={"td": {"class": "num"}}, empty_values=())
    source = tables.Column(_("Source"))
    as_of = tables.DateColumn(format="j M Y", verbose_name=_("As it stood on"))
    state = tables.Column(_("State"))
    note = tables.Column(_("Remark"), visible=False)

    class Meta:
        model = Measurement
        fields = ("indicator", "period", "value", "source", "as_of", "state", "note")
        empty_text = _("No value waits.")

    def render_value(self, record: Measurement) -> str:
        row: Indicator = record.indicator
        return f"{shown(record.value, row.decimals)} {row.unit}" if record.value is not None else str(_("not known"))

    def render_state(self, value: Any, record: Measurement) -> Any:
        return badge_html(value, STATE_TONES[MeasurementState(record.state)])

    def value_state(self, value: Any) -> Any:
        return value
