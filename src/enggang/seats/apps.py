from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SeatsConfig(AppConfig):
    name = "enggang.seats"
    label = "seats"
    verbose_name = _("Seats")

    def ready(self) -> None:
        from enggang.core import registries  # noqa: PLC0415 -- models are ready only now
        from enggang.core.registries import SubjectKind  # noqa: PLC0415
        from enggang.seats import receivers  # noqa: F401, PLC0415 -- they listen once they are imported
        from enggang.seats.audit_codes import CODES  # noqa: PLC0415
        from enggang.seats.domain import holds  # noqa: F401, PLC0415 -- a job must be known to the worker
        from enggang.seats.privacy import PERSONAL  # noqa: PLC0415
        from enggang.seats.queries.offers import idle_seats, stray_claims, unsound_pools  # noqa: PLC0415

        registries.enrol(CODES, PERSONAL)
        registries.subject_kinds.register("offer", SubjectKind(_("Offer of seats")))
        registries.subject_kinds.register("claim", SubjectKind(_("Claim to a seat")))
        registries.invariants.register("seats.taken", unsound_pools)
        registries.invariants.register("seats.idle", idle_seats)
        registries.invariants.register("seats.stray", stray_claims)
