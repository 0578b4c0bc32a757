"""What impact brings to the registries: lines of the navigation, what people promised, pages beside the nouns of the apps below."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from enggang.core import clock, registries
from enggang.core.actor import Actor
from enggang.core.registries import Beside, HomeCard, NavEntry
from enggang.impact import rules
from enggang.impact.domain.figures import unsound_figures
from enggang.impact.enums import PromiseState
from enggang.impact.models import Promise

PROMISES_TOLD = 3


def _reads(actor: Actor) -> bool:
    return actor.holds_somewhere(*rules.READS)


def _page(name: str) -> Callable[[str], str]:
    return lambda code: reverse(f"impact:{name}", args=[code])


def _holds(*roles: str) -> Callable[[Actor, str], bool]:
    return lambda actor, path: actor.holds(*roles, at=path)


PAGES = {
    "contributions": Beside(_("What contributed"), frozenset({"indicator"}), _page("contributions"), lambda actor, _path: _reads(actor)),
    "causes": Beside(_("Cause and action"), frozenset({"indicator"}), _page("causes"), lambda actor, _path: _reads(actor)),
    "festival": Beside(_("Across the years"), frozenset({"event"}), _page("festival"), _holds(*rules.READS)),
    "portfolio": Beside(_("Portfolio"), frozenset({"person"}), _page("portfolio"), lambda actor, _path: actor.is_signed_in),
    "wave_chain": Beside(_("What came of it (level 4)"), frozenset({"wave"}), _page("wave_chain"), _holds(*rules.READS)),
    "contribution_new": Beside(
        _("Link to an indicator"), frozenset({"edition", "wave", "work", "asset", "innovation"}), _page("contribution_new"), _holds(*rules.WRITERS)
    ),
}  # fmt: skip


def _promised(_request: HttpRequest, actor: Actor) -> list[dict[str, Any]]:
    """What this person is to do: one card, however much it is."""
    rows = list(Promise.objects.own_of(actor).filter(state=PromiseState.OPEN)[:PROMISES_TOLD])
    if not rows:
        return []
    late = rows[0].due_on < clock.today()
    return [
        {
            "title": _("To be done by you, by %(day)s") % {"day": date_format(rows[0].due_on, "j F Y")},
            "text": "; ".join(row.text for row in rows),
            "href": reverse("impact:own_promises"),
            "tone": "bad" if late else "info",
        }
    ]


def enrol() -> None:
    for name, entry in PAGES.items():
        registries.beside.register(f"impact.{name}", entry)
    registries.nav.register("impact.monday", NavEntry(_("Monday page"), "impact:mondays", "calendar", _reads, order=5))
    registries.nav.register(
        "impact.dashboard", NavEntry(_("Dashboard"), "impact:dashboards", "chart", _reads, order=22)
    )
    registries.home_cards.register("impact.promised", HomeCard(_promised, order=12))
    registries.invariants.register("impact.figures", unsound_figures)
    registries.nav.register("impact.chain", NavEntry(_("Chain of results"), "impact:chains", "share", _reads, order=24))
