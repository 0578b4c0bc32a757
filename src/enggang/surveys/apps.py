from __future__ import annotations

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class SurveysConfig(AppConfig):
    name = "enggang.surveys"
    label = "surveys"
    verbose_name = _("Surveys")

    def ready(self) -> None:
        from enggang.access.enums import Role
        from enggang.core import registries
        from enggang.core.registries import NavEntry, SubjectKind
        from enggang.surveys import rules
        from enggang.surveys.audit_codes import CODES
        from enggang.surveys.privacy import PERSONAL
        from enggang.surveys.queries.proofs import proofs_of_surveys

        registries.enrol(CODES, PERSONAL)
        registries.proofs.register("surveys", proofs_of_surveys)
        kinds = registries.subject_kinds
        kinds.register("question", SubjectKind(_("Question"), lambda code: reverse("surveys:question", args=[code])))
        kinds.register("test", SubjectKind(_("Test"), lambda code: reverse("surveys:test", args=[code])))
        kinds.register("survey", SubjectKind(_("Survey"), lambda code: reverse("surveys:survey", args=[code])))
        bank = NavEntry(
            _("Question bank"),
            "surveys:bank",
            "check",
            lambda actor: actor.holds_somewhere(*rules.KEEPS_BANK),
            order=27,
        )
        registries.nav.register("surveys.bank", bank)
        services = NavEntry(
            _("Citizens on services (SKM)"), "surveys:services", "chart",
            lambda actor: actor.holds_somewhere(*rules.SURVEYS_SERVICES, Role.LEADER), order=49,
        )  # fmt: skip
        registries.nav.register("surveys.services", services)
        numbers = NavEntry(
            _("Numbers for tests"), "surveys:settings", "settings",
            lambda actor: actor.holds_somewhere(Role.ADMINISTRATOR), order=95,
        )  # fmt: skip
        registries.nav.register("surveys.settings", numbers)
