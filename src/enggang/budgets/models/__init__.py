from enggang.budgets.models.budget import Budget, BudgetLine, Contract, EvidenceFile, MoneySource, Payment, PlanImport
from enggang.budgets.models.rule import EvidenceRule, HonorariumRate, PriceStandard, TaxRate, TeachingUnit

__all__ = [
    "Budget",
    "BudgetLine",
    "Contract",
    "EvidenceFile",
    "EvidenceRule",
    "HonorariumRate",
    "MoneySource",
    "Payment",
    "PlanImport",
    "PriceStandard",
    "TaxRate",
    "TeachingUnit",
]
