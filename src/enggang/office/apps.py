from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfficeConfig(AppConfig):
    name = "enggang.office"
    label = "office"

    def ready(self) -> None:
        from enggang.access.enums import Role  # noqa: PLC0415 -- the apps are ready only now
        from enggang.core import registries  # noqa: PLC0415
        from enggang.office.views.audit import may_inspect  # noqa: PLC0415

        home = registries.NavEntry(_("Home"), "office:home", "home", lambda actor: actor.is_signed_in, order=1)
        jobs = registries.NavEntry(
            _("Background work"),
            "office:jobs",
            "history",
            lambda actor: actor.holds(Role.ADMINISTRATOR, at="/"),
            order=95,
        )
        registries.nav.register("office.home", home)
        registries.nav.register("office.jobs", jobs)
        trail = registries.NavEntry(_("Audit trail"), "office:audit", "shield", may_inspect, order=90)
        registries.nav.register("office.audit", trail)
