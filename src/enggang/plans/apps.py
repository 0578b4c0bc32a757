from __future__ import annotations

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    name = "enggang.plans"
    label = "plans"
    verbose_name = _("Plans")

    def ready(self) -> None:
        from enggang.core import registries
        from enggang.core.registries import HomeCard, NavEntry, SubjectKind
        from enggang.plans import merging, rules  # noqa: F401 -- receivers listen once they are imported
        from enggang.plans.audit_codes import CODES
        from enggang.plans.cards import own_tasks
        from enggang.plans.privacy import PERSONAL

        registries.enrol(CODES, PERSONAL)
        kinds = registries.subject_kinds
        kinds.register("plan", SubjectKind(_("Plan"), lambda code: reverse("plans:plan", args=[code])))
        kinds.register("plan_member", SubjectKind(_("Committee member")))
        for name, label, url, icon, order in (
            ("plans.list", _("Plans"), "plans:list", "check", 45),
            ("plans.holidays", _("Holidays and deadlines"), "plans:holidays", "calendar", 46),
        ):
            entry = NavEntry(label, url, icon, lambda actor: actor.holds_somewhere(*rules.READS), order=order)
            registries.nav.register(name, entry)
        registries.home_cards.register("plans.mine", HomeCard(own_tasks, order=15))
