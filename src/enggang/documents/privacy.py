from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core.registries import PersonalField

_KEPT = _("As long as the record of the activity is kept.")
_WHY_VOID = _("To explain why an official number was not used or is no longer valid.")

PERSONAL = [
    PersonalField(
        "documents.Document.data",
        _("To print an official paper for the person it names, and to prove later what it said."),
        "public_duty",
        _KEPT,
        sensitive=True,
    ),
    PersonalField("documents.Document.void_reason", _WHY_VOID, "public_duty", _KEPT),
    PersonalField("documents.Number.reason", _WHY_VOID, "public_duty", _KEPT),
]

NOT_PERSONAL: dict[str, tuple[str, ...]] = {
    "documents.Register": ("*",),
    "documents.RegisterYear": ("*",),
    "documents.Number": ("id", "register", "year", "seq", "text", "state", "reserved_at"),
    "documents.Document": (
        "id", "subject", "organisation", "number", "kind", "template", "state", "specimen",
        "issued_on", "sha256", "file", "frozen_at", "voided_at",
    ),
}  # fmt: skip
