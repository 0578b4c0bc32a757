from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "enggang.accounts"
    verbose_name = _("Accounts")
    label = "accounts"

    def ready(self) -> None:
        from enggang.accounts import signals  # noqa: PLC0415 -- models are ready only now
        from enggang.accounts.audit_codes import CODES  # noqa: PLC0415
        from enggang.accounts.domain.retention import old_desk_codes  # noqa: PLC0415
        from enggang.accounts.privacy import PERSONAL  # noqa: PLC0415
        from enggang.core import registries  # noqa: PLC0415

        signals.connect()
        registries.retention.register("accounts.desk_codes", old_desk_codes)
        registries.enrol(CODES, PERSONAL)
        registries.subject_kinds.register("account", registries.SubjectKind(_("Account")))
