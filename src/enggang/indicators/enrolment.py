"""What indicators bring to the registries: their noun, their line in the navigation, and what waits for somebody."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from enggang.core import registries
from enggang.core.actor import Actor
from enggang.core.registries import HomeCard, NavEntry, SubjectKind
from enggang.indicators import rules
from enggang.indicators.queries.waiting import returned_to, waiting_for

RETURNED_SHOWN = 3


def _reads(actor: Actor) -> bool:
    return actor.holds_somewhere(*rules.READS)


def _waiting(_request: HttpRequest, actor: Actor) -> list[dict[str, Any]]:
    """Values to verify or approve."""
    if not actor.holds_somewhere(*rules.DEFINES, *rules.APPROVES):
        return []
    count = waiting_for(actor).count()
    if not count:
        return []
    title = ngettext("%d value of an indicator waits for you", "%d values of indicators wait for you", count) % count
    return [
        {
            "title": title,
            "text": _("Compare each with its source."),
            "href": reverse("indicators:waiting"),
            "tone": "warn",
        }
    ]


def _returned(_request: HttpRequest, actor: Actor) -> list[dict[str, Any]]:
    """Values that came back to who entered them, each with what is to be done."""
    if not actor.holds_somewhere(*rules.MEASURES):
        return []
    return [
        {
            "title": _("%(period)s of «%(indicator)s» was returned")
            % {"period": row.period.label, "indicator": row.indicator},
            "text": row.return_reason,
            "href": reverse("indicators:indicator", args=[row.indicator.code]),
            "tone": "warn",
        }
        for row in returned_to(actor)[:RETURNED_SHOWN]
    ]


def enrol() -> None:
    kind = SubjectKind(_("Indicator"), lambda code: reverse("indicators:indicator", args=[code]))
    registries.subject_kinds.register("indicator", kind)
    registries.nav.register("indicators.list", NavEntry(_("Indicators"), "indicators:list", "chart", _reads, order=23))
    registries.home_cards.register("indicators.waiting", HomeCard(_waiting, order=30))
    registries.home_cards.register("indicators.returned", HomeCard(_returned, order=29))
