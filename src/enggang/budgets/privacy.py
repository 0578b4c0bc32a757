from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core.registries import PersonalField

_KEPT = _("As long as the accounts of the year are kept.")
_WHO = _("To prove who was paid public money.")

PERSONAL = [
    PersonalField("budgets.Payment.payee", _WHO, "legal_obligation", _KEPT),
    PersonalField("budgets.Contract.partner", _WHO, "legal_obligation", _KEPT),
    PersonalField("budgets.EvidenceFile.file", _WHO, "legal_obligation", _KEPT),
]

NOT_PERSONAL: dict[str, tuple[str, ...]] = {
    "budgets.Budget": ("*",),
    "budgets.MoneySource": ("*",),
    "budgets.BudgetLine": ("*",),
    "budgets.PlanImport": ("*",),
    "budgets.PriceStandard": ("*",),
    "budgets.TeachingUnit": ("*",),
    "budgets.HonorariumRate": ("*",),
    "budgets.TaxRate": ("*",),
    "budgets.EvidenceRule": ("*",),
    "budgets.Contract": (
        "id", "line", "number", "business_number", "signed_on", "amount", "over_reason", "voided_at", "void_reason",
    ),
    "budgets.Payment": (
        "id", "line", "contract", "paid_on", "receipt", "receipt_kind", "replaces", "amount", "tax", "tax_amount", "over_reason", "recorded_at",
        "recorded_by_key", "voided_at", "void_reason",
    ),
    "budgets.EvidenceFile": ("id", "line", "rule", "name", "added_at"),
}  # fmt: skip
