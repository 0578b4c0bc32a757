from __future__ import annotations

from django.urls import path

from enggang.budgets.views import budgets, lines, plans, rules
from enggang.core.addresses import for_signed_in

app_name = "budgets"
urlpatterns = for_signed_in(
    path("", budgets.budget_list, name="list"),
    path("acuan/<slug:word>/", rules.rule_list, name="rules"),
    path("acuan/<slug:word>/baru/", rules.rule_new, name="rule_new"),
    path("acuan/<slug:word>/<int:row_id>/", rules.rule_edit, name="rule"),
    path("<slug:code>/", budgets.budget_detail, name="budget"),
    path("<slug:code>/ubah/", budgets.budget_edit, name="budget_edit"),
    path("<slug:code>/langkah/<slug:step>/", budgets.budget_step, name="budget_step"),
    path("<slug:code>/ekspor/", budgets.budget_export, name="export"),
    path("<slug:code>/sumber/", budgets.source_add, name="source_add"),
    path("<slug:code>/sumber/<int:source_id>/hapus/", budgets.source_drop, name="source_drop"),
    path("<slug:code>/impor/", plans.plan_upload, name="plan_upload"),
    path("<slug:code>/impor/<int:import_id>/", plans.plan_preview, name="plan"),
    path("<slug:code>/impor/<int:import_id>/terima/", plans.plan_accept, name="plan_accept"),
    path("<slug:code>/impor/<int:import_id>/ditolak/", plans.plan_rejects, name="plan_rejects"),
    path("<slug:code>/rincian/baru/", budgets.line_new, name="line_new"),
    path("<slug:code>/rincian/<int:line_id>/", lines.line_detail, name="line"),
    path("<slug:code>/rincian/<int:line_id>/ubah/", budgets.line_edit, name="line_edit"),
    path("<slug:code>/rincian/<int:line_id>/hapus/", budgets.line_drop, name="line_drop"),
    path("<slug:code>/rincian/<int:line_id>/kontrak/", lines.contract_add, name="contract_add"),
    path("<slug:code>/rincian/<int:line_id>/kontrak/<int:row_id>/batal/", lines.contract_void, name="contract_void"),
    path("<slug:code>/rincian/<int:line_id>/bayar/", lines.payment_add, name="payment_add"),
    path(
        "<slug:code>/rincian/<int:line_id>/bayar/<int:row_id>/perbaiki/", lines.payment_correct, name="payment_correct"
    ),
    path("<slug:code>/rincian/<int:line_id>/bayar/<int:row_id>/batal/", lines.payment_void, name="payment_void"),
    path("<slug:code>/rincian/<int:line_id>/bukti/", lines.evidence_add, name="evidence_add"),
    path("<slug:code>/rincian/<int:line_id>/bukti/<int:row_id>/", lines.evidence_download, name="evidence"),
    path("<slug:code>/rincian/<int:line_id>/bukti/<int:row_id>/hapus/", lines.evidence_drop, name="evidence_drop"),
)
