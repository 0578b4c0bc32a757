from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CODES = {
    "access.open_link": _("Made a link"),
    "access.revoke_links": _("Revoked links"),
    "access.grant_role": _("Gave a role"),
    "access.end_role": _("Ended a role"),
    "access.invite_user": _("Invited a person to set a password"),
    "access.accept_invitation": _("Accepted an invitation"),
}
