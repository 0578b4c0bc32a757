from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core.registries import PersonalField

_WHO = _("To name the author of a work, as the law on copyright asks.")
_KEPT = _("As long as the work is in the library.")
_PLACE = _("To know where a picture was taken; the public sees it only as exactly as was decided.")

PERSONAL = [
    PersonalField("media.Asset.author", _WHO, "legal_obligation", _KEPT),
    PersonalField("media.Asset.author_name", _WHO, "legal_obligation", _KEPT),
    PersonalField("media.Asset.latitude", _PLACE, "public_duty", _KEPT),
    PersonalField("media.Asset.longitude", _PLACE, "public_duty", _KEPT),
    PersonalField("media.Intake.author_name", _WHO, "legal_obligation", _KEPT),
    PersonalField("media.Delivery.author_name", _WHO, "legal_obligation", _KEPT),
    PersonalField("media.Delivery.name", _("To tell whoever brought a file what became of it."), "public_duty", _KEPT),
]

NOT_PERSONAL: dict[str, tuple[str, ...]] = {
    "media.Asset": (
        "id", "subject", "version", "organisation", "original", "kind", "state", "title", "name_key", "caption",
        "alt_id", "alt_en", "about", "venue", "region", "sensitivity", "precision", "taken_at", "taken_zone", "camera",
        "width", "height", "duration_ms", "orientation", "focal_x", "focal_y", "sha256", "phash", "brought_at",
        "brought_by_key",
    ),
    "media.Rendition": ("*",),
    "media.Intake": ("id", "subject", "organisation", "about", "note", "opened_at", "expires_at", "closed_at"),
    "media.Delivery": (
        "id", "code", "organisation", "upload", "intake", "owner_key", "about", "state", "refusal", "asset", "at",
    ),
}  # fmt: skip
