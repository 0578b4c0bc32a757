from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OccasionState(TextChoices):
    PLANNED = "planned", _("Planned")
    CANCELLED = "cancelled", _("Cancelled")


OCCASION_MOVES = {
    OccasionState.PLANNED: frozenset({OccasionState.CANCELLED}),
    OccasionState.CANCELLED: frozenset({OccasionState.PLANNED}),
}


class OccasionKind(TextChoices):
    """``signed``: whoever comes is marked once. ``open``: people come and go, alone or as several on one ticket."""

    SIGNED = "signed", _("People sign once")
    OPEN = "open", _("People come and go")


class Direction(TextChoices):
    IN = "in", _("In")
    OUT = "out", _("Out")


class Withheld(TextChoices):
    """Why a pass lets nobody in yet."""

    NOTHING = "", _("Nothing")
    CONSENT = "consent", _("A guardian's consent is missing")
    WAITING = "waiting", _("On the waiting list: no place yet")


class Status(TextChoices):
    PRESENT = "present", _("Present")
    EXCUSED = "excused", _("Excused")
    SICK = "sick", _("Sick")
    ABSENT = "absent", _("Absent")


class SheetKind(TextChoices):
    """What a printed list is signed for."""

    DAY = "day", _("Attendance of the day")
    BREAKFAST = "breakfast", _("Breakfast")
    SNACK = "snack", _("Snack")
    LUNCH = "lunch", _("Lunch")
    DINNER = "dinner", _("Dinner")


MEALS = (SheetKind.BREAKFAST, SheetKind.SNACK, SheetKind.LUNCH, SheetKind.DINNER)


class ProofState(TextChoices):
    PENDING = "pending", _("To be checked")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")
    REPLACED = "replaced", _("Replaced by a newer one")


class Settlement(TextChoices):
    """How somebody settled a doubtful scan."""

    RIGHT = "right", _("The list is right as it stands")
    COUNTED = "counted", _("Counted as present")
    TAKEN = "taken", _("The mark was taken back")


PROOF_MOVES = {
    ProofState.PENDING: frozenset({ProofState.ACCEPTED, ProofState.REFUSED, ProofState.REPLACED}),
    ProofState.ACCEPTED: frozenset({ProofState.PENDING}),
    ProofState.REFUSED: frozenset({ProofState.PENDING}),
    ProofState.REPLACED: frozenset(),
}


class Method(TextChoices):
    QR = "qr", _("QR code")
    LIST = "list", _("List")
    SELF = "self", _("Signed in the hall")
    IMPORT = "import", _("Imported")
    FINGER = "finger", _("Fingerprint")


class Verdict(TextChoices):
    """What came of a scan. ``held`` exists on a phone alone: the server, which knows every pass, decides it."""

    ACCEPTED = "accepted", _("Recorded")
    REPEATED = "repeated", _("Already recorded")
    HELD = "held", _("Kept, to be checked")
    REFUSED = "refused", _("Not recorded")


class Reason(TextChoices):
    NONE = "", _("Nothing to note")
    UNREADABLE = "unreadable", _("No pass of ours")
    GATE_REVOKED = "gate_revoked", _("The gate link was revoked")
    GATE_ENDED = "gate_ended", _("Scanned after the gate link had ended")
    GATE_EARLY = "gate_early", _("Scanned before the gate was opened, by the phone's clock")
    NO_OCCASION = "no_occasion", _("No session chosen, or it is not of this group")
    CANCELLED = "cancelled", _("The session is cancelled")
    UNKNOWN = "unknown", _("The pass is not of this group")
    UNLISTED = "unlisted", _("Not on the phone's list; the server checks the pass")
    REVOKED = "revoked", _("The pass has been revoked")
    AGAIN = "again", _("Scanned again at the same gate")
    ALREADY = "already", _("Marked before in another way")
    TWO_DEVICES = "two_devices", _("The same pass at two gates")
    OVERRULED = "overruled", _("Marked otherwise on the list afterwards")
    CLOCK = "clock", _("The phone's clock was changed")
    ODD_TIME = "odd_time", _("Far from the time of the session")
    SAME_PHONE = "same_phone", _("The same phone, two people")
    ALL_IN = "all_in", _("Everybody on this ticket is in already")
    OTHER_TIME = "other_time", _("The ticket is for another time or place")
    CONSENT = "consent", _("A guardian's consent is missing")
    WAITING = "waiting", _("On the waiting list: no place yet")
    FULL = "full", _("There is no room inside now")
    OVERRIDE = "override", _("Let in by a supervisor")
    UNSEEN = "unseen", _("Went out without having been seen coming in")


# What a reason is called where people come with tickets and nobody signs.
DOOR_REASONS = {
    Reason.UNREADABLE: _("No ticket of ours"),
    Reason.UNKNOWN: _("The ticket is not of this event"),
    Reason.CANCELLED: _("This time is called off"),
    Reason.REVOKED: _("The ticket has been cancelled"),
    Reason.TWO_DEVICES: _("The same ticket at two gates"),
    Reason.UNLISTED: _("Not on the phone's list; the server checks the ticket"),
}

# What the people at the desk have to look at after a synchronisation.
CONFLICTS = frozenset(
    {
        Reason.GATE_REVOKED, Reason.GATE_ENDED, Reason.GATE_EARLY, Reason.NO_OCCASION, Reason.CANCELLED,
        Reason.UNKNOWN, Reason.REVOKED, Reason.TWO_DEVICES, Reason.OVERRULED, Reason.CLOCK, Reason.ODD_TIME,
        Reason.SAME_PHONE, Reason.UNREADABLE, Reason.OVERRIDE, Reason.OTHER_TIME, Reason.CONSENT,
        Reason.WAITING,
    }
)  # fmt: skip


class CountMethod(TextChoices):
    """How people without a ticket are counted at a point."""

    EVERY = "every", _("Everybody who passes")
    SAMPLED = "sampled", _("Some minutes at a time, at equal distances")
    DENSITY = "density", _("People in marked squares, at stated moments")


class CountDoubt(TextChoices):
    """What speaks against a count as it came; as long as nobody has settled it, it is left out of the number."""

    RATE = "rate", _("More people a minute than can pass")
    OVERLAP = "overlap", _("The same counter brought this time before")
    TIME = "time", _("A time at which this link counted nothing")


class CountStep(TextChoices):
    CORRECTED = "corrected", _("Corrected")
    VOIDED = "voided", _("Taken out")
    RESTORED = "restored", _("Put back")
    ACCEPTED = "accepted", _("Taken as it is")


class NoRange(TextChoices):
    """Why a figure bears no range."""

    NOTHING = "nothing", _("Nothing was counted.")
    SINGLE = "single", _("Only one person counted at a time, so nobody knows by how much they miscount. Let two count the same stream for an hour.")  # fmt: skip
    FEW = "few", _("Fewer than two intervals or squares were counted, so nothing shows how much they vary.")
    PART = "part", _("A part of it bears no range.")
