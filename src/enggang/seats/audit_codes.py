from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CODES = {
    "seats.open_offer": _("Offered seats"),
    "seats.add_pool": _("Added a quota"),
    "seats.resize_pool": _("Changed a quota"),
    "seats.change_window": _("Changed the registration window"),
    "seats.close_offer": _("Closed registration"),
    "seats.end_offer": _("Ended an offer of seats"),
    "seats.reopen_offer": _("Opened registration again"),
    "seats.restore_offer": _("Took back that an offer was withdrawn"),
    "seats.rename_pool": _("Corrected the name of a quota"),
    "seats.withdraw_offer": _("Withdrew an offer of seats"),
    "seats.claim_seats": _("Claimed a seat"),
    "seats.release_claim": _("Released a seat"),
    "seats.reduce_claim": _("Gave some of several seats back"),
    "seats.confirm_claim": _("Confirmed a held seat"),
    "seats.remind_holder": _("Reminded of a held seat"),
    "seats.expire_claim": _("Released a seat that was not confirmed in time"),
    "seats.substitute_holder": _("Gave a seat to a substitute"),
    "seats.accept_proposal": _("Accepted who is next on the waiting list"),
    "seats.skip_proposal": _("Passed over somebody on the waiting list"),
    "seats.seat_by_hand": _("Seated somebody from the waiting list by hand"),
    "seats.change_promotion": _("Changed how the waiting list moves"),
    "seats.divide_pool": _("Divided a quota"),
    "seats.promote_claim": _("Moved up from the waiting list"),
}
