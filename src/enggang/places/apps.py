from __future__ import annotations

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    name = "enggang.places"
    label = "places"

    def ready(self) -> None:
        from enggang.core import registries  # noqa: PLC0415 -- models are ready only now
        from enggang.places import rules  # noqa: PLC0415
        from enggang.places.audit_codes import CODES  # noqa: PLC0415
        from enggang.places.queries.tree import check_paths  # noqa: PLC0415

        registries.enrol(CODES, [])
        kind, entry = registries.SubjectKind, registries.NavEntry
        registries.subject_kinds.register(
            "organisation", kind(_("Organisation"), lambda code: reverse("places:organisation", args=[code]))
        )
        registries.subject_kinds.register("venue", kind(_("Venue"), lambda code: reverse("places:venue", args=[code])))
        registries.nav.register(
            "organisations", entry(_("Organisations"), "places:tree", "building", lambda actor: actor.is_signed_in, 70)
        )
        registries.nav.register("venues", entry(_("Venues"), "places:venues", "pin", rules.may_keep_some_venue, 72))
        registries.invariants.register("organisation paths", check_paths)
