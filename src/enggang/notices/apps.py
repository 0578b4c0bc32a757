from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "enggang.notices"
    label = "notices"

    def ready(self) -> None:
        from enggang.core import registries  # noqa: PLC0415 -- models are ready only now
        from enggang.notices import cards, rules  # noqa: PLC0415
        from enggang.notices.audit_codes import CODES  # noqa: PLC0415
        from enggang.notices.domain import retention  # noqa: F401, PLC0415 -- its act and jobs are known from here on
        from enggang.notices.privacy import PERSONAL  # noqa: PLC0415

        registries.enrol(CODES, PERSONAL)
        entry = registries.NavEntry
        registries.nav.register(
            "notices", entry(_("Messages"), "notices:inbox", "inbox", lambda actor: actor.is_signed_in, 15)
        )
        registries.nav.register("outbox", entry(_("Outbox"), "notices:outbox", "mail", rules.may_keep_outbox, 92))
        registries.home_cards.register("notices", registries.HomeCard(cards.unread, order=40))
        registries.home_cards.register("outbox", registries.HomeCard(cards.troubles, order=60))
