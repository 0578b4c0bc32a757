from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilesConfig(AppConfig):
    name = "enggang.files"
    label = "files"

    def ready(self) -> None:
        from enggang.core import registries  # noqa: PLC0415 -- models are ready only now
        from enggang.files.audit_codes import CODES  # noqa: PLC0415
        from enggang.files.domain import retention, soundness  # noqa: PLC0415
        from enggang.files.privacy import PERSONAL  # noqa: PLC0415

        registries.enrol(CODES, PERSONAL)
        # Without an address: a file is reached from what it belongs to, where it is known who may read it.
        registries.subject_kinds.register("file", registries.SubjectKind(_("File")))
        registries.invariants.register("files", retention.check_contents)
        registries.doctor_checks.register("store", soundness.check_store)
