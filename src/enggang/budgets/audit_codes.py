from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CODES = {
    "budgets.copy_plan": _("Took a plan of money over"),
    "budgets.open_budget": _("Opened a budget"),
    "budgets.change_budget": _("Changed a budget"),
    "budgets.approve_budget": _("Approved a budget"),
    "budgets.revise_budget": _("Reopened the plan of a budget"),
    "budgets.close_budget": _("Closed a budget"),
    "budgets.reopen_budget": _("Reopened a closed budget"),
    "budgets.add_source": _("Added a source of money"),
    "budgets.drop_source": _("Removed a source of money"),
    "budgets.add_line": _("Added a budget line"),
    "budgets.change_line": _("Changed a budget line"),
    "budgets.drop_line": _("Removed a budget line"),
    "budgets.add_contract": _("Recorded a contract"),
    "budgets.void_contract": _("Voided a contract"),
    "budgets.record_payment": _("Recorded a payment"),
    "budgets.correct_payment": _("Corrected a payment"),
    "budgets.void_payment": _("Voided a payment"),
    "budgets.add_evidence": _("Added evidence to a budget line"),
    "budgets.drop_evidence": _("Took evidence off a budget line"),
    "budgets.bring_plan": _("Uploaded a budget workbook"),
    "budgets.accept_plan": _("Took the lines of a budget workbook"),
    "budgets.keep_rule": _("Added or changed a reference row"),
    "budgets.load_reference": _("Loaded the shipped reference rows of budgets"),
}
