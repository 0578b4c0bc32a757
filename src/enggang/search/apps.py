from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "enggang.search"
    label = "search"

    def ready(self) -> None:
        from enggang.core import registries  # noqa: PLC0415 -- models are ready only now
        from enggang.places.signals import places_changed  # noqa: PLC0415
        from enggang.search import fulltext  # noqa: PLC0415
        from enggang.search.domain import hearing, indexing  # noqa: PLC0415
        from enggang.search.privacy import PERSONAL  # noqa: PLC0415

        places_changed.connect(hearing.index_places, dispatch_uid="search.index_places")
        post_migrate.connect(fulltext.forget_orphans, sender=self, dispatch_uid="search.forget_orphans")
        registries.invariants.register("search", indexing.check_index)
        registries.nav.register(
            "search", registries.NavEntry(_("Search"), "search:find", "search", lambda actor: actor.is_signed_in, 80)
        )
        registries.enrol({}, PERSONAL)
