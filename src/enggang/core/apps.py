from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "enggang.core"
    label = "core"
    verbose_name = "Core"

    def ready(self) -> None:
        from enggang.core import jobs, registries, retention  # noqa: PLC0415 -- models are ready only now
        from enggang.core.privacy import PERSONAL  # noqa: PLC0415

        registries.audit_codes.register("core.cancel_job", _("Cancelled a background job"))
        registries.audit_codes.register("core.retry_job", _("Started a background job again"))
        registries.audit_codes.register("core.apply_retention", _("Deleted what is over its time"))
        registries.doctor_checks.register("queue", jobs.check_queue)
        registries.retention.register("core.jobs", retention.old_jobs)
        registries.retention.register("core.sessions", retention.old_sessions)
        for line in PERSONAL:
            registries.privacy.register(line.field, line)
