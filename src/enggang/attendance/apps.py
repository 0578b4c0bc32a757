from __future__ import annotations

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class AttendanceConfig(AppConfig):
    name = "enggang.attendance"
    label = "attendance"
    verbose_name = _("Attendance")

    def ready(self) -> None:
        from enggang.attendance import receivers  # noqa: F401, PLC0415 -- they listen once they are imported
        from enggang.attendance.audit_codes import CODES  # noqa: PLC0415 -- models are ready only now
        from enggang.attendance.privacy import PERSONAL  # noqa: PLC0415
        from enggang.attendance.queries.figures import FIGURES  # noqa: PLC0415
        from enggang.attendance.queries.passages import presences_amiss  # noqa: PLC0415
        from enggang.core import registries  # noqa: PLC0415
        from enggang.core.registries import SubjectKind  # noqa: PLC0415

        registries.enrol(CODES, PERSONAL)
        for name, figure in FIGURES.items():
            registries.day_figures.register(name, figure)
        registries.invariants.register("attendance.presences", presences_amiss)
        kind = SubjectKind(_("Attendance session"), url=_page)
        registries.subject_kinds.register("occasion", kind)
        registries.subject_kinds.register("gate", SubjectKind(_("Gate")))
        registries.subject_kinds.register("count_point", SubjectKind(_("Counting point")))
        registries.subject_kinds.register("count_phone", SubjectKind(_("Counting phone")))


def _page(code: str) -> str:
    return reverse("attendance:occasion", args=[code])
