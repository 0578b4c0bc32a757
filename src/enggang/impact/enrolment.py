"""What impact brings to the registries: its lines in the navigation, and its pages beside the nouns of the apps below."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from enggang.core import registries
from enggang.core.actor import Actor
from enggang.core.registries import Beside, NavEntry
from enggang.impact import rules
from enggang.impact.domain.figures import unsound_figures


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


def enrol() -> None:
    for name, entry in PAGES.items():
        registries.beside.register(f"impact.{name}", entry)
    registries.nav.register("impact.monday", NavEntry(_("Monday page"), "impact:mondays", "calendar", _reads, order=5))
    registries.nav.register(
        "impact.dashboard", NavEntry(_("Dashboard"), "impact:dashboards", "chart", _reads, order=22)
    )
    registries.invariants.register("impact.figures", unsound_figures)
    registries.nav.register("impact.chain", NavEntry(_("Chain of results"), "impact:chains", "share", _reads, order=24))
