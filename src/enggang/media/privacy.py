from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core.registries import PersonalField

_WHO = _("To name the author of a work, as the law on copyright asks.")
_KEPT = _("As long as the work is in the library.")
_PLACE = _("To know where a picture was taken; the public sees it only as exactly as was decided.")

_CONSENT = _("To show people only as they agreed to, and to prove it.")
_CREDITED = _("To name the holder of the rights, as the law on copyright asks.")
_SHOWN = _("As long as the work is in the library; a withdrawal stays on record so that it is honoured.")
_DECIDED = _("To show who decided.")

PERSONAL = [
    PersonalField("media.RightsStatement.holder", _CREDITED, "legal_obligation", _KEPT),
    PersonalField("media.RightsStatement.credit", _CREDITED, "legal_obligation", _KEPT),
    PersonalField("media.RightsStatement.proof", _CREDITED, "contract", _KEPT),
    PersonalField("media.RightsStatement.stated_by_key", _DECIDED, "public_duty", _KEPT),
    PersonalField("media.Consent.person", _CONSENT, "consent", _SHOWN, sensitive=True),
    PersonalField("media.Consent.contact", _CONSENT, "consent", _SHOWN),
    PersonalField("media.Consent.is_minor", _CONSENT, "consent", _SHOWN),
    PersonalField("media.Consent.guardian", _CONSENT, "consent", _SHOWN),
    PersonalField("media.Consent.guardian_is", _CONSENT, "consent", _SHOWN),
    PersonalField("media.Consent.evidence", _CONSENT, "consent", _SHOWN, sensitive=True),
    PersonalField("media.Consent.withdrawal_note", _CONSENT, "legal_obligation", _SHOWN),
    PersonalField("media.Consent.withdrawal_evidence", _CONSENT, "legal_obligation", _SHOWN, sensitive=True),
    PersonalField("media.Consent.withdrawn_by_key", _DECIDED, "legal_obligation", _SHOWN),
    PersonalField("media.Consent.kept_by_key", _DECIDED, "public_duty", _SHOWN),
    PersonalField("media.Caption.kept_by_key", _DECIDED, "public_duty", _KEPT),
    PersonalField("media.Likeness.where", _CONSENT, "consent", _SHOWN),
    PersonalField("media.Release.published_by_key", _DECIDED, "public_duty", _KEPT),
    PersonalField("media.BulkChange.by_key", _DECIDED, "public_duty", _KEPT),
    PersonalField("media.BulkChange.before", _("To undo a change of several works."), "public_duty", _KEPT),
    PersonalField("media.Assessment.decided_by_key", _DECIDED, "public_duty", _KEPT),
    PersonalField("media.Assessment.note", _("To tell an author what to revise."), "public_duty", _KEPT),
    PersonalField("media.Usage.by_key", _("To know where works went."), "public_duty", _KEPT),
    PersonalField("media.Usage.purpose", _("To know where works went."), "public_duty", _KEPT),
    PersonalField("media.Posting.noted_by_key", _DECIDED, "public_duty", _KEPT),
    PersonalField("media.Juror.user", _("To judge blind and to show who judged."), "public_duty", _KEPT),
    PersonalField("media.Juror.name", _("To judge blind and to show who judged."), "public_duty", _KEPT),
    PersonalField("media.Entry.entered_by_key", _("To know whose entry it is."), "consent", _KEPT),
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
    "media.Twin": ("*",),
    "media.Intake": ("id", "subject", "organisation", "about", "note", "opened_at", "expires_at", "closed_at"),
    "media.Delivery": (
        "id", "code", "organisation", "upload", "intake", "owner_key", "about", "state", "refusal", "asset", "at",
    ),
    "media.RightsStatement": (
        "id", "version", "asset", "own_work", "people", "licence", "terms", "valid_from", "valid_to", "stated_at", "source",
    ),
    "media.Consent": (
        "id", "subject", "version", "organisation", "scopes", "given_on", "expires_on", "withdrawn_at", "kept_at",
    ),
    "media.Caption": ("id", "version", "asset", "language", "text", "kept_at"),
    "media.Likeness": ("id", "asset", "consent"),
    "media.Release": ("id", "asset", "first_at", "published_at", "withdrawn_at", "note", "reasons"),
    "media.LibraryPolicy": ("*",),
    "media.BulkChange": ("id", "organisation", "what", "at", "count", "undone_at"),
    "media.Assessment": ("id", "subject", "asset", "review", "number", "pass_points"),
    "media.Tag": ("*",),
    "media.AssetTag": ("*",),
    "media.Collection": ("*",),
    "media.CollectionText": ("*",),
    "media.CollectionItem": ("*",),
    "media.Usage": ("id", "asset", "kind", "where", "on", "count"),
    "media.Posting": (
        "id", "organisation", "asset", "collection", "channel", "account", "url", "posted_on", "note", "reach",
        "reached_on", "noted_at", "removed_at",
    ),
    "media.Reading": ("*",),
    "media.Contest": ("*",),
    "media.Juror": ("id", "contest", "link"),
    "media.Entry": ("id", "subject", "contest", "asset", "review", "entered_at", "rank", "prize"),
}  # fmt: skip
