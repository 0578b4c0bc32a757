from __future__ import annotations

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class BudgetsConfig(AppConfig):
    name = "enggang.budgets"
    label = "budgets"
    verbose_name = _("Budgets")

    def ready(self) -> None:
        from enggang.budgets import rules  # noqa: PLC0415 -- models are ready only now
        from enggang.budgets.audit_codes import CODES  # noqa: PLC0415
        from enggang.budgets.privacy import PERSONAL  # noqa: PLC0415
        from enggang.core import registries  # noqa: PLC0415
        from enggang.core.registries import NavEntry, SubjectKind  # noqa: PLC0415

        registries.enrol(CODES, PERSONAL)
        kind = SubjectKind(_("Budget"), lambda code: reverse("budgets:budget", args=[code]))
        registries.subject_kinds.register("budget", kind)
        entry = NavEntry(
            _("Budgets"), "budgets:list", "chart", lambda actor: actor.holds_somewhere(*rules.READS), order=40
        )
        registries.nav.register("budgets.list", entry)
