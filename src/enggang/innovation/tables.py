from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from enggang.core.templatetags.ui import badge_html
from enggang.innovation.enums import Stage
from enggang.innovation.models import Innovation

STAGE_TONES = {
    Stage.IDEA: "neutral",
    Stage.SCREENING: "info",
    Stage.DESIGN: "info",
    Stage.TRIAL: "warn",
    Stage.ADOPTED: "good",
    Stage.SUSTAINED: "good",
    Stage.STOPPED: "bad",
}


class InnovationTable(tables.Table):
    title = tables.Column(
        _("Innovation"), order_by="name_key", linkify=("innovation:innovation", {"code": tables.A("code")})
    )
    organisation = tables.Column(_("Agency"), order_by="organisation__name")
    stage = tables.Column(_("Stage"))
    owner = tables.Column(_("Owner"), order_by="owner__name_key")
    facet = tables.Column(_("Facet"), visible=False)
    form = tables.Column(_("Form"), visible=False)
    kind = tables.Column(_("Kind"), visible=False)
    affair = tables.Column(_("Affair of government"), visible=False)
    handed_in_on = tables.DateColumn(format="j M Y", verbose_name=_("Handed in"), visible=False)
    trial_on = tables.DateColumn(format="j M Y", verbose_name=_("Trial since"), visible=False)
    adopted_on = tables.DateColumn(format="j M Y", verbose_name=_("Adopted on"))

    class Meta:
        model = Innovation
        fields = (
            "title", "organisation", "stage", "owner", "facet", "form", "kind", "affair", "handed_in_on", "trial_on", "adopted_on",
        )  # fmt: skip
        empty_text = _("No innovation yet.")

    def render_stage(self, value: Any, record: Innovation) -> Any:
        return badge_html(value, STAGE_TONES[Stage(record.stage)])

    def value_stage(self, value: Any) -> Any:
        return value
