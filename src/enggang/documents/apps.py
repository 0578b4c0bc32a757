from __future__ import annotations

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "enggang.documents"
    label = "documents"
    verbose_name = _("Documents")

    def ready(self) -> None:
        from enggang.core import registries  # noqa: PLC0415 -- models are ready only now
        from enggang.documents.audit_codes import CODES  # noqa: PLC0415
        from enggang.documents.kinds import KINDS  # noqa: PLC0415
        from enggang.documents.privacy import PERSONAL  # noqa: PLC0415
        from enggang.documents.queries.soundness import (  # noqa: PLC0415
            changed_letters,
            changed_papers,
            changed_signed_papers,
            check_drawing,
            check_signing_keys,
            mismatched_numbers,
            registers_with_gaps,
        )
        from enggang.documents.rules import READS  # noqa: PLC0415

        registries.enrol(CODES, PERSONAL)
        for name, kind in KINDS.items():
            registries.document_kinds.register(name, kind)
        registries.subject_kinds.register("register", registries.SubjectKind(_("Number register")))
        registries.subject_kinds.register("document", registries.SubjectKind(_("Document")))
        registries.invariants.register("documents.gaps", registers_with_gaps)
        registries.invariants.register("documents.numbers", mismatched_numbers)
        registries.invariants.register("documents.papers", changed_papers)
        registries.invariants.register("documents.signed", changed_signed_papers)
        registries.doctor_checks.register("fonts", check_drawing)
        registries.doctor_checks.register("signing", check_signing_keys)
        registries.subject_kinds.register(
            "letter", registries.SubjectKind(_("Letter"), lambda code: reverse("documents:letter", args=[code]))
        )
        registries.subject_kinds.register(
            "letter_template",
            registries.SubjectKind(_("Letter template"), lambda code: reverse("documents:template", args=[code])),
        )
        writes = registries.NavEntry(
            _("Letters"), "documents:offices", "mail", lambda actor: actor.holds_somewhere(*READS), order=45
        )
        registries.nav.register("documents.letters", writes)
        registries.invariants.register("documents.letters", changed_letters)
