from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core.registries import PersonalField

_SIGN_IN = _("To let exactly this person in, and nobody else.")
_TRAIL = _("To find out after a misuse who handed a code to whom.")
_REACH = _("To send a person what concerns their own training and account.")
_ACCOUNT = _("As long as the account exists.")
_YEAR = _("One year after the code has ended.")

PERSONAL = [
    PersonalField(
        "accounts.User.name", _("To greet a person, and to show who did what."), "public_duty", _ACCOUNT, "initials"
    ),
    PersonalField("accounts.User.email", _REACH, "public_duty", _("Until the person takes it off."), "bu•••@…"),
    PersonalField("accounts.User.password", _SIGN_IN, "public_duty", _ACCOUNT, sensitive=True),
    PersonalField(
        "accounts.User.last_login", _("To notice an account that somebody else uses."), "public_duty", _ACCOUNT
    ),
    PersonalField("accounts.User.language", _("To write in the language the person reads."), "public_duty", _ACCOUNT),
    PersonalField("accounts.Handle.user", _SIGN_IN, "public_duty", _ACCOUNT),
    PersonalField("accounts.Handle.value", _SIGN_IN, "public_duty", _ACCOUNT, "••••••••201505••••", sensitive=True),
    PersonalField("accounts.DeskCode.user", _SIGN_IN, "public_duty", _YEAR),
    PersonalField("accounts.DeskCode.issued_by_key", _TRAIL, "public_duty", _YEAR),
    PersonalField("accounts.DeskCode.used_at", _TRAIL, "public_duty", _YEAR),
    PersonalField(
        "mfa.Authenticator.data", _SIGN_IN, "public_duty", _("Until the second step is switched off."), sensitive=True
    ),
    PersonalField("sessions.Session.session_data", _SIGN_IN, "public_duty", _("14 days.")),
]

NOT_PERSONAL: dict[str, tuple[str, ...]] = {
    "accounts.User": ("id", "username", "is_active", "date_joined", "session_epoch", "subject"),
    "accounts.Handle": ("id", "kind", "verified_at"),
    "accounts.DeskCode": ("id", "token_hash", "pin_hash", "expires_at", "failed_attempts", "revoked_at"),
}
