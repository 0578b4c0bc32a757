from __future__ import annotations

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class CredentialsConfig(AppConfig):
    name = "enggang.credentials"
    verbose_name = _("Certificates")
    label = "credentials"

    def ready(self) -> None:
        from enggang.core import registries  # noqa: PLC0415 -- models are ready only now
        from enggang.credentials import audit_codes, privacy, receivers  # noqa: F401, PLC0415 -- receivers listen once imported
        from enggang.credentials.queries import counted, exporting, figures, soundness  # noqa: PLC0415

        registries.enrol(audit_codes.CODES, privacy.PERSONAL)
        kind = registries.SubjectKind(_("Certificate"), lambda code: reverse("credentials:award", args=[code]))
        registries.subject_kinds.register("award", kind)
        registries.invariants.register("credentials.awards", soundness.awards_without_badge)
        registries.invariants.register("credentials.badges", soundness.changed_badges)
        for name, source in counted.SOURCES.items():
            registries.indicator_sources.register(name, source)
        for name, figure in figures.FIGURES.items():
            registries.day_figures.register(name, figure)
        header = (
            _("Code"), _("Person"), _("Name"), _("Certificate"), _("Number"), _("Issued by"), _("JP"), _("Date of issue"),
            _("State"), _("Reason"), _("Specimen"), _("Code for checking"),
        )  # fmt: skip
        sheet = registries.ExportSheet(_("Certificates"), header, exporting.award_rows, order=20)
        registries.export_sheets.register("credentials.awards", sheet)
