"""The lists of stalls, of their vendors and of turnover as files."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core.exports import Column, Sheet
from enggang.people.phones import shown_phone

APPLICATIONS = Sheet("applications", _("Vendors of an edition"), (
    Column("name", _("Business"), "name"),
    Column("owner", _("Owner of the business"), "owner"),
    Column("phone", _("Phone"), lambda row: shown_phone(row.phone)),
    Column("email", _("E-mail"), "email"),
    Column("region", _("Regency or city"), "region.name"),
    Column("category", _("Kind of goods"), "category.name"),
    Column("sells", _("What is sold"), "sells"),
    Column("nib", _("NIB"), "known_nib"),
    Column("electricity", _("Electricity"), "electricity"),
    Column("water", _("Water"), "water"),
    Column("wishes", _("Anything else"), "wishes"),
    Column("state", _("State"), "get_state_display"),
    Column("reason", _("Reason"), "reason"),
    Column("plot", _("Plot"), lambda row: getattr(row, "plot", None) or ""),
    Column("contract", _("Contract"), lambda row: row.contract.number if hasattr(row, "contract") else ""),
    Column("fee", _("Agreed cost (Rp)"), lambda row: row.contract.fee if hasattr(row, "contract") else None),
    Column("paid", _("Paid (Rp)"), lambda row: row.contract.paid if hasattr(row, "contract") else None),
    Column("applied_at", _("Applied"), "applied_at"),
))  # fmt: skip
HISTORY = Sheet("stalls-of-a-business", _("Stalls over the years"), (
    Column("edition", _("Edition"), "call.edition"),
    Column("state", _("State"), "get_state_display"),
    Column("category", _("Kind of goods"), "category.name"),
    Column("plot", _("Plot"), lambda row: getattr(row, "plot", None) or ""),
    Column("turnover", _("Turnover (Rp)"), "turnover"),
))  # fmt: skip
TURNOVERS = Sheet("turnovers", _("Turnover by stall and day"), (
    Column("day", _("Day"), "day"),
    Column("name", _("Business"), "application.name"),
    Column("category", _("Kind of goods"), "application.category.name"),
    Column("amount", _("Turnover (Rp)"), "amount"),
    Column("qris", _("Of it by QRIS (Rp)"), "qris"),
    Column("sales", _("Number of sales"), "sales"),
    Column("hands", _("People who worked"), "hands"),
    Column("reported_by", _("Reported"), "get_reported_by_display"),
    Column("reported_at", _("Reported at"), "reported_at"),
))  # fmt: skip
DAYS = Sheet("turnover-days", _("Turnover by day"), (
    Column("day", _("Day"), "day"),
    Column("stalls", _("Stalls"), "stalls"),
    Column("reported", _("Have reported"), "reported"),
    Column("amount", _("Turnover (Rp)"), "amount"),
    Column("qris", _("Of it by QRIS (Rp)"), "qris"),
    Column("sales", _("Number of sales"), "sales"),
    Column("hands", _("People who worked"), "hands"),
))  # fmt: skip
PLOTS = Sheet("plots", _("Plots"), (
    Column("site", _("Place"), "site.name"),
    Column("code", _("Plot"), "code"),
    Column("kind", _("What it is"), "get_kind_display"),
    Column("category", _("Meant for"), lambda row: row.category or ""),
    Column("vendor", _("Business"), lambda row: row.application or ""),
))  # fmt: skip
