from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CODES = {
    "seats.open_offer": _("Offered seats"),
    "seats.add_pool": _("Added a quota"),
    "seats.resize_pool": _("Changed a quota"),
    "seats.change_window": _("Changed the registration window"),
    "seats.close_offer": _("Closed registration"),
    "seats.reopen_offer": _("Opened registration again"),
    "seats.withdraw_offer": _("Withdrew an offer of seats"),
    "seats.claim_seats": _("Claimed a seat"),
    "seats.release_claim": _("Released a seat"),
    "seats.promote_claim": _("Moved up from the waiting list"),
}
