from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class StaffKind(TextChoices):
    PNS = "pns", _("Permanent civil servant (PNS)")
    PPPK = "pppk", _("Contract civil servant (PPPK)")
    HONORARY = "honorary", _("Honorary staff")
    OUTSIDE = "outside", _("From outside the government")


SHORT_KINDS = {
    StaffKind.PNS: "PNS",
    StaffKind.PPPK: "PPPK",
    StaffKind.HONORARY: _("Honorary"),
    StaffKind.OUTSIDE: _("Outside"),
}


class Standing(TextChoices):
    """Whether the agency itself has said that somebody works there."""

    STANDS = "", _("On the agency's list")
    ASKED = "asked", _("To be confirmed by the agency")
    DENIED = "denied", _("Not theirs, says the agency")


STANDING_MOVES = {
    Standing.STANDS: frozenset[Standing](),
    Standing.ASKED: frozenset({Standing.STANDS, Standing.DENIED}),
    Standing.DENIED: frozenset({Standing.ASKED}),
}


class RosterState(TextChoices):
    UPLOADED = "uploaded", _("Uploaded")
    CHECKED = "checked", _("To be looked at")
    IMPORTED = "imported", _("Imported")
    FAILED = "failed", _("Failed")
    UNDONE = "undone", _("Taken back")


ROSTER_MOVES = {
    RosterState.UPLOADED: frozenset({RosterState.CHECKED, RosterState.IMPORTED, RosterState.FAILED}),
    RosterState.CHECKED: frozenset(
        {RosterState.UPLOADED, RosterState.CHECKED, RosterState.IMPORTED, RosterState.FAILED}
    ),
    RosterState.FAILED: frozenset({RosterState.UPLOADED, RosterState.IMPORTED}),
    RosterState.IMPORTED: frozenset({RosterState.UNDONE}),
    RosterState.UNDONE: frozenset(),
}


class CompetencyKind(TextChoices):
    TECHNICAL = "technical", _("Technical")
    MANAGERIAL = "managerial", _("Managerial")
    SOCIOCULTURAL = "social", _("Sociocultural")
    VALUE = "value", _("Core value (BerAKHLAK)")


class PostGroup(TextChoices):
    """How posts are grouped where a table of scores asks for it."""

    MANAGERIAL = "managerial", _("Managerial post (JPT, administrator, pengawas)")
    FUNCTIONAL = "functional", _("Functional post")
    EXECUTOR = "executor", _("Executor (pelaksana)")
