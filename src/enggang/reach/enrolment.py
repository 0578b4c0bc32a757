"""What the figures of public pages bring to the registries: navigation, a page beside nouns, sources of indicators."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from enggang.core import registries
from enggang.core.registries import Beside, NavEntry
from enggang.reach import rules
from enggang.reach.queries import counted

KINDS = frozenset({"event", "edition", "destination", "story", "wave"})


def enrol() -> None:
    readers = NavEntry(_("Readers"), "reach:figures", "chart", rules.reads_somewhere, order=26)
    registries.nav.register("reach.figures", readers)
    beside = Beside(
        _("Short link, poster and readers"), KINDS, lambda code: reverse("reach:noun", args=[code]), rules.may_read
    )
    registries.beside.register("reach.noun", beside)
    for name, source in counted.SOURCES.items():
        registries.indicator_sources.register(name, source)
