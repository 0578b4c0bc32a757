from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class BudgetState(TextChoices):
    DRAFT = "draft", _("Draft")
    APPROVED = "approved", _("Approved")
    CLOSED = "closed", _("Closed")


BUDGET_MOVES = {
    BudgetState.DRAFT: frozenset({BudgetState.APPROVED}),
    BudgetState.APPROVED: frozenset({BudgetState.DRAFT, BudgetState.CLOSED}),
    BudgetState.CLOSED: frozenset({BudgetState.APPROVED}),
}


class OverPlan(TextChoices):
    """What happens when more is contracted or paid than a line plans."""

    REASON = "reason", _("Allowed with a reason")
    REFUSE = "refuse", _("Refused")


class SourceKind(TextChoices):
    APBD = "apbd", _("Regional budget (APBD)")
    APBN = "apbn", _("State budget (APBN)")
    SPONSOR = "sponsor", _("Sponsor")
    GRANT = "grant", _("Grant")
    OTHER = "other", _("Other")


class Category(TextChoices):
    HONORARIUM = "honorarium", _("Honorarium")
    MEALS = "meals", _("Meals")
    TRAVEL = "travel", _("Travel")
    GOODS = "goods", _("Goods")
    SERVICES = "services", _("Services and rent")
    VENUE = "venue", _("Venue")
    STAGE = "stage", _("Stage, sound and light")
    PERFORMERS = "performers", _("Performers and judges")
    PUBLICITY = "publicity", _("Publicity and documentation")
    SAFETY = "safety", _("Security and health")
    PRIZES = "prizes", _("Prizes")
    PERMITS = "permits", _("Permits")
    OTHER = "other", _("Other")


class CeilingKind(TextChoices):
    CEILING = "ceiling", _("May not be exceeded")
    ESTIMATE = "estimate", _("May be exceeded with a reason")


class TeacherOrigin(TextChoices):
    OWN = "own", _("From the organising unit")
    OUTSIDE = "outside", _("From outside")


class RankGroup(TextChoices):
    ANY = "", _("Any")
    IV = "IV", _("Grade IV")
    III = "III", _("Grade III")
    II = "II", _("Grade II")
    I = "I", _("Grade I")  # noqa: E741 -- the grade is called so
    ECHELON_1 = "E1", _("Echelon I or equal")
    ECHELON_2 = "E2", _("Echelon II or equal")
    ECHELON_3 = "E3", _("Echelon III or below")


class TaxStatus(TextChoices):
    ANY = "", _("Any")
    ASN = "asn", _("Civil servant")
    OTHER = "other", _("Not a civil servant")


class TaxKind(TextChoices):
    PPH21 = "pph21", _("Income tax article 21")
    PPH22 = "pph22", _("Income tax article 22")
    PPH23 = "pph23", _("Income tax article 23")
    PPN = "ppn", _("Value added tax")
    LOCAL = "local", _("Regional tax")


class Counts(TextChoices):
    MINUTES = "minutes", _("Minutes taught")
    JP = "jp", _("JP of the session")


class ReceiptKind(TextChoices):
    """What the number of a payment is the number of."""

    RECEIPT = "receipt", _("Receipt (kuitansi)")
    SPM = "spm", _("Order to pay (SPM)")
    SP2D = "sp2d", _("Disbursement order (SP2D)")
    OTHER = "other", _("Other")
