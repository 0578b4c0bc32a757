from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core.registries import PersonalField

_DUTY = _("To give everybody the rights of their duties, and to show later who held which.")
_KEPT = _("Ten years after the role has ended, like the audit trail.")
_LINK = _("To find out after a misuse who made a link.")

PERSONAL = [
    PersonalField("access.RoleGrant.user", _DUTY, "public_duty", _KEPT),
    PersonalField("access.RoleGrant.role", _DUTY, "public_duty", _KEPT, "shown"),
    PersonalField("access.RoleGrant.organisation", _DUTY, "public_duty", _KEPT, "shown"),
    PersonalField("access.RoleGrant.granted_by_key", _DUTY, "public_duty", _KEPT),
    PersonalField(
        "access.CapabilityLink.subject",
        _("To open one thing to one person."),
        "public_duty",
        _("One year after the link has ended."),
    ),
    PersonalField(
        "access.CapabilityLink.created_by_key", _LINK, "public_duty", _("One year after the link has ended.")
    ),
]

NOT_PERSONAL: dict[str, tuple[str, ...]] = {
    "access.RoleGrant": ("id", "code", "valid_from", "valid_to", "ended_at"),
    "access.CapabilityLink": (
        "id",
        "token_hash",
        "scope",
        "created_at",
        "expires_at",
        "uses_left",
        "revoked_at",
        "handed_out",
    ),
}
