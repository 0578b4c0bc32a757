from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core.registries import PersonalField

_KEPT = _("As long as the record of the activity is kept.")
_WHY_VOID = _("To explain why an official number was not used or is no longer valid.")
_WHO_SIGNS = _("To print under an official letter who signed it, and by which right.")

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
    PersonalField(
        "documents.Letter.data", _("To print an official letter, and to prove later what it said."), "public_duty",
        _KEPT, sensitive=True,
    ),
    PersonalField("documents.Letter.void_reason", _WHY_VOID, "public_duty", _KEPT),
    PersonalField("documents.Signatory.name", _WHO_SIGNS, "public_duty", _KEPT),
    PersonalField("documents.Signatory.nip", _WHO_SIGNS, "public_duty", _KEPT, sensitive=True),
    PersonalField("documents.Signatory.rank", _WHO_SIGNS, "public_duty", _KEPT),
    PersonalField("documents.Signatory.post", _WHO_SIGNS, "public_duty", _KEPT),
    PersonalField("documents.Signature.holder", _WHO_SIGNS, "public_duty", _KEPT),
    PersonalField("documents.Signature.difference", _("To judge whether a signed file is the paper that was issued."), "public_duty", _KEPT, sensitive=True),
    PersonalField("documents.SigningMethod.holder", _WHO_SIGNS, "public_duty", _KEPT),
    PersonalField("documents.SigningMethod.login", _("To sign in to the e-sign client."), "public_duty", _KEPT),
]  # fmt: skip

NOT_PERSONAL: dict[str, tuple[str, ...]] = {
    "documents.Register": ("*",),
    "documents.RegisterYear": ("*",),
    "documents.Number": ("id", "register", "year", "seq", "text", "state", "reserved_at"),
    "documents.Letterhead": ("*",),
    "documents.SigningMethod": (
        "id", "organisation", "paper", "valid_from", "valid_to", "source", "backend", "name", "sealed_key", "certificates",
        "fingerprint", "expires_at", "self_made", "timestamp_url", "address", "sealed_password",
    ),
    "documents.Signature": (
        "id", "document", "method", "state", "file", "sha256", "fingerprint", "level", "signed_at", "attached_at",
        "accepted_by_key",
    ),
    "documents.LetterTemplate": ("*",),
    "documents.TemplateVersion": ("*",),
    "documents.NumberBlock": ("*",),
    "documents.Signatory": (
        "id", "organisation", "paper", "valid_from", "valid_to", "source", "form", "on_behalf",
    ),
    "documents.Letter": (
        "id", "version", "subject", "organisation", "about", "kind", "wording", "drawing", "signatory", "title",
        "specimen", "state", "number", "dated", "block", "written_at", "sha256", "file", "frozen_at", "scan", "voided_at",
    ),
    "documents.Document": (
        "id", "subject", "organisation", "number", "kind", "template", "state", "specimen",
        "issued_on", "sha256", "file", "frozen_at", "voided_at", "erased_at",
    ),
}  # fmt: skip
