from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CODES = {
    "access.open_link": _("Made a link"),
    "access.revoke_link": _("Revoked a link"),
    "access.revoke_links": _("Revoked links"),
    "access.prolong_links": _("Let links live longer"),
    "access.grant_role": _("Gave a role"),
    "access.end_role": _("Ended a role"),
    "access.follow_agency": _("Moved a role to the successor of an agency"),
    "access.invite_user": _("Invited a person to set a password"),
    "access.accept_invitation": _("Accepted an invitation"),
}
