from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from enggang.core.templatetags.ui import badge_html
from enggang.stories.enums import PageState
from enggang.stories.enums_suggestions import SuggestionState
from enggang.stories.models import Destination, Story, Suggestion

STATE_TONES = {
    PageState.DRAFT: "neutral",
    PageState.REVIEW: "warn",
    PageState.PUBLISHED: "good",
    PageState.WITHDRAWN: "bad",
}


class DestinationTable(tables.Table):
    name = tables.Column(
        _("Destination"), order_by="name_key", linkify=("stories:destination", {"code": tables.A("code")})
    )
    kind = tables.Column(_("Kind"))
    region = tables.Column(_("Regency or city"), order_by="region__name")
    state = tables.Column(_("State"))
    checked_on = tables.DateColumn(format="j M Y", verbose_name=_("Facts checked on"))
    source = tables.Column(_("Source"), visible=False)

    class Meta:
        model = Destination
        fields = ("name", "kind", "region", "state", "checked_on", "source")
        empty_text = _("No destination yet.")

    def render_state(self, value: Any, record: Destination) -> Any:
        return badge_html(value, STATE_TONES[PageState(record.state)])

    def value_state(self, value: Any) -> Any:
        return value


class StoryTable(tables.Table):
    title = tables.Column(_("Story"), order_by="name_key", linkify=("stories:story", {"code": tables.A("code")}))
    genre = tables.Column(_("Kind"))
    region = tables.Column(_("Regency or city"), order_by="region__name")
    state = tables.Column(_("State"))
    published_at = tables.DateTimeColumn(format="j M Y, H.i", verbose_name=_("Published"))
    organisation = tables.Column(_("Agency"), order_by="organisation__name")

    class Meta:
        model = Story
        fields = ("title", "genre", "region", "state", "published_at", "organisation")
        empty_text = _("No story yet.")

    def render_state(self, value: Any, record: Story) -> Any:
        return badge_html(
            str(_("Released for later")) if record.is_ahead else value, STATE_TONES[PageState(record.state)]
        )

    def value_state(self, value: Any) -> Any:
        return value


SUGGESTION_TONES = {
    SuggestionState.SENT: "neutral",
    SuggestionState.CONFIRMED: "warn",
    SuggestionState.ACCEPTED: "good",
    SuggestionState.REFUSED: "bad",
    SuggestionState.WITHDRAWN: "bad",
}


class SuggestionTable(tables.Table):
    """Without name and number of whoever proposed it: they stand on its own page."""

    name = tables.Column(_("Proposal"), order_by="name_key", linkify=("stories:suggestion", {"code": tables.A("code")}))
    what = tables.Column(_("What is proposed"))
    region = tables.Column(_("Regency or city"), order_by="region__name")
    state = tables.Column(_("State"))
    sent_at = tables.DateTimeColumn(format="j M Y, H.i", verbose_name=_("Arrived"))

    class Meta:
        model = Suggestion
        fields = ("name", "what", "region", "state", "sent_at")
        empty_text = _("No proposal yet.")

    def render_state(self, value: Any, record: Suggestion) -> Any:
        return badge_html(value, SUGGESTION_TONES[SuggestionState(record.state)])

    def value_state(self, value: Any) -> Any:
        return value
