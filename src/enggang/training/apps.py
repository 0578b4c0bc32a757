from __future__ import annotations

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class TrainingConfig(AppConfig):
    name = "enggang.training"
    label = "training"

    def ready(self) -> None:
        from enggang.core import registries  # noqa: PLC0415 -- models are ready only now
        from enggang.core.registries import HomeCard, NavEntry, SubjectKind  # noqa: PLC0415
        from enggang.training import audit_codes, merging, privacy, receivers, rules  # noqa: F401, PLC0415
        from enggang.training.queries import home  # noqa: PLC0415

        registries.enrol(audit_codes.CODES, privacy.PERSONAL)
        kinds = registries.subject_kinds
        kinds.register(
            "programme", SubjectKind(_("Programme"), lambda code: reverse("training:programme", args=[code]))
        )
        kinds.register("wave", SubjectKind(_("Wave"), lambda code: reverse("training:wave", args=[code])))
        kinds.register(
            "registration", SubjectKind(_("Registration"), lambda code: reverse("training:pocket", args=[code]))
        )
        signed_in = NavEntry(_("Waves"), "training:waves", "calendar", lambda actor: actor.is_signed_in, order=20)
        registries.nav.register("training.waves", signed_in)
        staff = NavEntry(
            _("Programmes"), "training:programmes", "book",
            lambda actor: actor.holds_somewhere(*rules.SEES_PROGRAMMES), order=25,
        )  # fmt: skip
        registries.nav.register("training.programmes", staff)
        cards = (home.participant_cards, home.coordinator_cards, home.instructor_cards, home.organiser_cards)
        for order, build in enumerate((*cards, home.superior_cards, home.watcher_cards), 10):
            registries.home_cards.register(f"training.{build.__name__}", HomeCard(build, order=order))
