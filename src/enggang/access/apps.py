from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccessConfig(AppConfig):
    name = "enggang.access"
    label = "access"

    def ready(self) -> None:
        from enggang.access.domain.actors import actor_by_id  # noqa: PLC0415 -- models are ready only now
        from enggang.core import registries  # noqa: PLC0415
        from enggang.core.actor import set_user_loader  # noqa: PLC0415

        set_user_loader(actor_by_id)
        registries.audit_codes.register("access.open_link", _("Made a link"))
        registries.audit_codes.register("access.revoke_links", _("Revoked links"))
