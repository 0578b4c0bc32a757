from __future__ import annotations

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "enggang.core"
    label = "core"
    verbose_name = "Core"

    def ready(self) -> None:
        from enggang.core import among, jobs, keystore, registries, retention  # noqa: PLC0415 -- models are ready only now
        from enggang.core.audit_codes import CODES  # noqa: PLC0415
        from enggang.core.forms import read_thousands  # noqa: PLC0415
        from enggang.core.privacy import PERSONAL  # noqa: PLC0415

        among.offer_among()
        read_thousands()
        registries.enrol(CODES, PERSONAL)
        registries.doctor_checks.register("queue", jobs.check_queue)
        registries.doctor_checks.register("keys", keystore.check_keys)
        registries.retention.register("core.jobs", retention.old_jobs)
        registries.retention.register("core.sessions", retention.old_sessions)
