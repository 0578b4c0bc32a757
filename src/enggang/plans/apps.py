from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    name = "enggang.plans"
    label = "plans"
    verbose_name = _("Plans")

    def ready(self) -> None:
        from enggang.core import registries
        from enggang.core.registries import NavEntry
        from enggang.plans import rules
        from enggang.plans.audit_codes import CODES
        from enggang.plans.privacy import PERSONAL

        registries.enrol(CODES, PERSONAL)
        entry = NavEntry(
            _("Holidays and deadlines"), "plans:holidays", "calendar", lambda actor: actor.holds_somewhere(*rules.READS),
            order=46,
        )  # fmt: skip
        registries.nav.register("plans.holidays", entry)
