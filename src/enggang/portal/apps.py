from __future__ import annotations

from functools import partial

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "enggang.portal"
    label = "portal"

    def ready(self) -> None:
        from enggang.core import acts, registries  # noqa: PLC0415 -- the apps are ready only now
        from enggang.portal import caching  # noqa: PLC0415
        from enggang.portal.languages import public_address  # noqa: PLC0415

        acts.add_sink(caching.changed)
        for name in ("agenda", "destinations", "destination", "event", "innovation", "release", "stories", "story"):
            registries.public_pages.register(name, partial(public_address, name))
        front = registries.NavEntry(
            _("Front page"), "portal:home", "home", lambda actor: not actor.is_signed_in, order=5
        )
        agenda = registries.NavEntry(
            _("Events"), "portal:agenda", "calendar", lambda actor: not actor.is_signed_in, order=10
        )
        places = registries.NavEntry(
            _("Destinations"), "portal:destinations", "pin", lambda actor: not actor.is_signed_in, order=11
        )
        told = registries.NavEntry(
            _("Stories"), "portal:stories", "book", lambda actor: not actor.is_signed_in, order=12
        )
        data = registries.NavEntry(
            _("Open data"), "portal:data", "chart", lambda actor: not actor.is_signed_in, order=30
        )
        new_ways = registries.NavEntry(
            _("Innovations"), "portal:innovations", "share", lambda actor: not actor.is_signed_in, order=24
        )
        registries.nav.register("portal.stories", told)
        registries.nav.register("portal.innovations", new_ways)
        registries.nav.register("portal.data", data)
        check = registries.NavEntry(
            _("Check a certificate"),
            "credentials:verify_form",
            "shield",
            lambda actor: not actor.is_signed_in,
            order=90,
        )
        registries.nav.register("portal.home", front)
        registries.nav.register("portal.agenda", agenda)
        registries.nav.register("portal.destinations", places)
        registries.nav.register("portal.verify", check)
