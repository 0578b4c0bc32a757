from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccessConfig(AppConfig):
    name = "enggang.access"
    verbose_name = _("Access")
    label = "access"

    def ready(self) -> None:
        from enggang.access import (
            receivers,  # noqa: F401, PLC0415 -- connects the receivers
            rules,  # noqa: PLC0415 -- models are ready only now
        )
        from enggang.access.audit_codes import CODES  # noqa: PLC0415
        from enggang.access.domain.actors import actor_by_id  # noqa: PLC0415
        from enggang.access.domain.retention import old_links, old_roles  # noqa: PLC0415
        from enggang.access.privacy import PERSONAL  # noqa: PLC0415
        from enggang.core import registries  # noqa: PLC0415
        from enggang.core.actor import set_user_loader  # noqa: PLC0415
        from enggang.core.registries import NavEntry  # noqa: PLC0415

        set_user_loader(actor_by_id)
        registries.retention.register("access.links", old_links)
        registries.retention.register("access.roles", old_roles)
        registries.enrol(CODES, PERSONAL)
        registries.nav.register("roles", NavEntry(_("Roles"), "access:roles", "shield", rules.may_see_roles, 80))
        registries.nav.register(
            "privacy",
            NavEntry(_("Privacy register"), "access:privacy_register", "lock", rules.may_read_privacy_register, 85),
        )
        registries.nav.register(
            "account", NavEntry(_("My account"), "access:account", "user", lambda actor: actor.is_signed_in, 10, "user")
        )
        registries.nav.register(
            "sign_out",
            NavEntry(_("Sign out"), "account_logout", "sign-out", lambda actor: actor.is_signed_in, 90, "user"),
        )
        registries.nav.register(
            "sign_in",
            NavEntry(_("Sign in"), "account_login", "sign-in", lambda actor: not actor.is_signed_in, 10, "user"),
        )
