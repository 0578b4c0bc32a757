"""What rights, curation and the gallery bring to the registries: their nouns, private addresses, navigation."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from enggang.core import registries
from enggang.core.registries import HomeCard, NavEntry, SubjectKind
from enggang.media import rules
from enggang.media.queries import counted, figures
from enggang.media.queries.home import curation_cards, jury_cards
from enggang.media.queries.proofs import proofs_of_works


def _page(name: str) -> Callable[[str], str]:
    return lambda code: reverse(f"media:{name}", args=[code])


def enrol() -> None:
    kinds = registries.subject_kinds
    kinds.register("consent", SubjectKind(_("Consent of a person"), _page("consent")))
    kinds.register("assessment", SubjectKind(_("Judgement of a work")))
    kinds.register("contest_entry", SubjectKind(_("Entry of a contest")))
    kinds.register("collection", SubjectKind(_("Collection of works"), _page("collection")))
    kinds.register("contest", SubjectKind(_("Contest"), _page("contest")))
    registries.link_pages.register("consent", lambda token: reverse("media:consent_by_link", args=[token]))
    judging = NavEntry(_("Judge works"), "media:review", "check", rules.judges, order=49)
    registries.nav.register("media.review", judging)
    registries.home_cards.register("media.curation_cards", HomeCard(curation_cards, order=22))
    registries.home_cards.register("media.jury_cards", HomeCard(jury_cards, order=22))
    gallery = NavEntry(_("Gallery"), "gallery:list", "image", lambda actor: not actor.is_signed_in, order=20)
    registries.nav.register("media.gallery", gallery)
    registries.proofs.register("media", proofs_of_works)
    for name, source in counted.SOURCES.items():
        registries.indicator_sources.register(name, source)
    for name, figure in figures.FIGURES.items():
        registries.day_figures.register(name, figure)
