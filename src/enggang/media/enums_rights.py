"""Licences, what people agreed to, how much of a place is told, and why something is not shown."""

from __future__ import annotations

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Licence(TextChoices):
    BY = "cc-by-4.0", _("CC BY 4.0: use freely, name the author")
    BY_SA = "cc-by-sa-4.0", _("CC BY-SA 4.0: name the author, share alike")
    BY_NC = "cc-by-nc-4.0", _("CC BY-NC 4.0: name the author, not for profit")
    BY_ND = "cc-by-nd-4.0", _("CC BY-ND 4.0: name the author, change nothing")
    BY_NC_SA = "cc-by-nc-sa-4.0", _("CC BY-NC-SA 4.0: name the author, not for profit, share alike")
    BY_NC_ND = "cc-by-nc-nd-4.0", _("CC BY-NC-ND 4.0: name the author, not for profit, change nothing")
    ZERO = "cc0-1.0", _("CC0 1.0: given to everybody without conditions")
    PUBLIC_DOMAIN = "pdm-1.0", _("Public domain: no longer protected")
    RESERVED = "reserved", _("All rights reserved: ask before using it")
    CUSTOM = "custom", _("Another agreement, with its proof")


_CC = "https://creativecommons.org/licenses/"
LICENCE_URLS: dict[str, str] = {
    Licence.BY: f"{_CC}by/4.0/",
    Licence.BY_SA: f"{_CC}by-sa/4.0/",
    Licence.BY_NC: f"{_CC}by-nc/4.0/",
    Licence.BY_ND: f"{_CC}by-nd/4.0/",
    Licence.BY_NC_SA: f"{_CC}by-nc-sa/4.0/",
    Licence.BY_NC_ND: f"{_CC}by-nc-nd/4.0/",
    Licence.ZERO: "https://creativecommons.org/publicdomain/zero/1.0/",
    Licence.PUBLIC_DOMAIN: "https://creativecommons.org/publicdomain/mark/1.0/",
}
LICENCE_NAMES: dict[str, str] = {
    Licence.BY: "CC BY 4.0",
    Licence.BY_SA: "CC BY-SA 4.0",
    Licence.BY_NC: "CC BY-NC 4.0",
    Licence.BY_ND: "CC BY-ND 4.0",
    Licence.BY_NC_SA: "CC BY-NC-SA 4.0",
    Licence.BY_NC_ND: "CC BY-NC-ND 4.0",
    Licence.ZERO: "CC0 1.0",
    Licence.PUBLIC_DOMAIN: "Public Domain Mark 1.0",
}
# To strangers an agreement says nothing of what they may do.
LICENCE_TOLD: dict[str, Any] = {Licence.CUSTOM: _("Shown by agreement with the holder: ask before using it")}
# Somebody's agreement stands behind these, so a paper must too, unless it is one's own work.
WITH_PROOF = frozenset({Licence.CUSTOM})
# The rest of the world may do nothing without asking.
TO_BE_ASKED = frozenset({Licence.RESERVED, Licence.CUSTOM})
WITHOUT_CREDIT = frozenset({Licence.ZERO, Licence.PUBLIC_DOMAIN})


class People(TextChoices):
    NOBODY = "nobody", _("Nobody can be recognised")
    SOME = "some", _("Somebody can be recognised")


class Scope(TextChoices):
    """What a person agreed to be shown in."""

    WEB = "web", _("The agency's own site")
    SOCIAL = "social", _("The agency's social media")
    PRINT = "print", _("Printed matter")
    PRESS = "press", _("The press")
    TRADE = "trade", _("Advertising with a partner")


class Reason(TextChoices):
    """Why the gate is shut, in the words of whoever can open it."""

    NO_RIGHTS = "no_rights", _("Nobody has said under which licence it may be shown.")
    NO_HOLDER = "no_holder", _("Whose work it is has not been said.")
    NO_CREDIT = "no_credit", _("The licence asks for a credit line, and there is none.")
    NO_PROOF = "no_proof", _("The agreement with the holder has no file that proves it.")
    NOT_YET = "not_yet", _("The licence begins on a later day.")
    EXPIRED = "expired", _("The licence is over.")
    PEOPLE_UNKNOWN = "people_unknown", _("Nobody has said whether people can be recognised.")
    NO_CONSENT = "no_consent", _("People can be recognised, and no consent is on record.")
    CONSENT_WITHDRAWN = "consent_withdrawn", _("Somebody in it has withdrawn their consent.")
    CONSENT_EXPIRED = "consent_expired", _("The consent of somebody in it is over.")
    CONSENT_SCOPE = "consent_scope", _("Somebody in it did not agree to the agency's site.")
    NO_GUARDIAN = "no_guardian", _("A minor is in it, and no guardian has agreed.")
    NOT_ACCEPTED = "not_accepted", _("Its review has not ended with “accepted”.")
    NO_ALT = "no_alt", _("It has no description in Indonesian for people who cannot see it.")
