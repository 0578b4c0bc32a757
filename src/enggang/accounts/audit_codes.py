from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CODES = {
    "accounts.create_account": _("Made an account"),
    "accounts.rename_account": _("Changed an account's name"),
    "accounts.set_language": _("Chose a language"),
    "accounts.sign_out_everywhere": _("Signed out everywhere"),
    "accounts.note_event": _("Signed in, or changed the second step"),
    "accounts.set_nip_handle": _("Set the NIP that signs in"),
    "accounts.ask_email": _("Asked to confirm an e-mail address"),
    "accounts.confirm_email": _("Confirmed an e-mail address"),
    "accounts.remove_email": _("Took off an e-mail address"),
    "accounts.set_password": _("Set a password"),
    "accounts.forget_credentials": _("Took away password and addresses because the account gained power"),
    "accounts.issue_desk_code": _("Made a sign-in code"),
    "accounts.redeem_desk_code": _("Tried a sign-in code"),
}
