from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "enggang.events"
    verbose_name = _("Events")
    label = "events"

    def ready(self) -> None:
        from enggang.attendance.admissions import admissions
        from enggang.core import registries
        from enggang.events import audit_codes, enrolment, privacy, receivers  # noqa: F401
        from enggang.events.domain.forgetting import forget_visitors
        from enggang.events.domain.stall_retention import old_applications
        from enggang.events.queries.at_the_gate import admitted_with_tickets, visitors_at_gate

        registries.enrol(audit_codes.CODES, privacy.PERSONAL)
        registries.pass_holders.register("booking", visitors_at_gate)
        admissions.register("events", admitted_with_tickets)
        registries.retention.register("events.stalls", old_applications)
        enrolment.enrol()
        registries.retention.register("events.visitors", forget_visitors)
