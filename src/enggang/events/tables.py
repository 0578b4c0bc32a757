from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from enggang.core.templatetags.ui import badge_html
from enggang.events.enums import PartnershipState, PermitState, PublicationState, RoundState, Stage
from enggang.events.enums_stalls import ApplicationState, StallCallState
from enggang.events.models import Business, Event, Partner
from enggang.events.queries.dates import rule_in_words
from enggang.people.phones import shown_phone

NO_WRAP = {"td": {"class": "nowrap"}}

STAGE_TONES = {
    Stage.IDEA: "neutral",
    Stage.PROPOSED: "neutral",
    Stage.CURATED: "neutral",
    Stage.APPROVED: "info",
    Stage.PLANNED: "info",
    Stage.PUBLISHED: "good",
    Stage.RUNNING: "good",
    Stage.EVALUATED: "good",
    Stage.CLOSED: "neutral",
    Stage.CANCELLED: "bad",
}

PERMIT_TONES = {
    PermitState.NEEDED: "warn",
    PermitState.PREPARING: "warn",
    PermitState.SUBMITTED: "info",
    PermitState.RETURNED: "bad",
    PermitState.ISSUED: "good",
    PermitState.REFUSED: "bad",
    PermitState.DROPPED: "neutral",
}

PARTNERSHIP_TONES = {
    PartnershipState.LISTED: "neutral",
    PartnershipState.ASKED: "info",
    PartnershipState.JOINED: "good",
    PartnershipState.DECLINED: "bad",
    PartnershipState.GIVEN: "good",
}

PUBLICATION_TONES = {
    PublicationState.PLANNED: "neutral",
    PublicationState.READY: "info",
    PublicationState.POSTED: "good",
    PublicationState.DROPPED: "neutral",
}

STALL_TONES = {
    ApplicationState.NEW: "warn",
    ApplicationState.WAITING: "info",
    ApplicationState.ACCEPTED: "good",
    ApplicationState.DECLINED: "bad",
    ApplicationState.WITHDRAWN: "neutral",
}

STALL_CALL_TONES = {
    StallCallState.DRAFT: "neutral",
    StallCallState.OPEN: "good",
    StallCallState.CLOSED: "info",
}


ROUND_TONES = {
    RoundState.CALL: "info",
    RoundState.JUDGING: "warn",
    RoundState.DECIDING: "warn",
    RoundState.CLOSED: "good",
}


class EventTable(tables.Table):
    name = tables.Column(_("Event"), order_by="name_key", linkify=("events:event", {"code": tables.A("code")}))
    region = tables.Column(_("Regency or city"), order_by="region__name")
    kind = tables.Column(_("Kind"))
    rule = tables.Column(_("Date"), empty_values=())
    organisation = tables.Column(_("Agency"), order_by="organisation__name_key")
    edition_count = tables.Column(_("Editions"))

    class Meta:
        model = Event
        fields = ("name", "region", "kind", "rule", "organisation", "edition_count")
        empty_text = _("No event yet.")

    def render_rule(self, record: Event) -> str:
        return rule_in_words(record)


class PartnerTable(tables.Table):
    name = tables.Column(_("Partner"), order_by="name_key", linkify=("events:partner", {"code": tables.A("code")}))
    kind = tables.Column(_("Kind"))
    region = tables.Column(_("Regency or city"), order_by="region__name")
    contact = tables.Column(_("Contact person"))
    phone = tables.Column(_("Phone"))
    offers = tables.Column(_("What they can give"))
    asked = tables.Column(_("Times asked"))
    joined = tables.Column(_("Times joined"))

    class Meta:
        model = Partner
        fields = ("name", "kind", "region", "contact", "phone", "offers", "asked", "joined")
        empty_text = _("No partner yet.")


class BusinessTable(tables.Table):
    name = tables.Column(_("Business"), order_by="name_key", linkify=("events:business", {"code": tables.A("code")}))
    owner = tables.Column(_("Owner of the business"))
    phone = tables.Column(_("Phone"), attrs=NO_WRAP)
    category = tables.Column(_("Kind of goods"), order_by="category__name")
    region = tables.Column(_("Regency or city"), order_by="region__name", visible=False)
    nib = tables.Column(_("NIB"), empty_values=(), attrs=NO_WRAP)
    kbli = tables.Column(_("KBLI"), visible=False)
    times = tables.Column(_("Stalls held"))

    class Meta:
        model = Business
        fields = ("name", "owner", "phone", "category", "region", "nib", "kbli", "times")
        empty_text = _("No business yet. Whoever gets a stall is entered here by itself.")

    def render_phone(self, value: str) -> str:
        return shown_phone(value)

    def render_nib(self, value: str) -> Any:
        return value or badge_html(str(_("missing")), "bad")
