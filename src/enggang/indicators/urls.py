from __future__ import annotations

from django.urls import path

from enggang.indicators.views import indicators, rules, tables, values

app_name = "indicators"
urlpatterns = [
    path("", indicators.indicator_list, name="list"),
    path("baru/", indicators.indicator_new, name="new"),
    path("pohon/", indicators.tree, name="tree"),
    path("menunggu/", values.values_waiting, name="waiting"),
    path("acuan/<slug:word>/", rules.rule_list, name="rules"),
    path("acuan/<slug:word>/baru/", rules.rule_new, name="rule_new"),
    path("acuan/<slug:word>/<int:row_id>/", rules.rule_edit, name="rule"),
    path("<slug:code>/", indicators.indicator, name="indicator"),
    path("<slug:code>/ubah/", indicators.indicator_edit, name="edit"),
    path("<slug:code>/langkah/", indicators.indicator_move, name="move"),
    path("<slug:code>/target/", indicators.target_set, name="target_set"),
    path("<slug:code>/target/<int:number>/cabut/", indicators.target_back, name="target_back"),
    path("<slug:code>/putus/", indicators.break_mark, name="break_mark"),
    path("<slug:code>/putus/<int:number>/hapus/", indicators.break_unmark, name="break_unmark"),
    path("<slug:code>/nilai/", values.value_new, name="value_new"),
    path("<slug:code>/nilai/<int:number>/bukti/", values.value_evidence, name="value_evidence"),
    path("<slug:code>/nilai/<int:number>/verifikasi/", values.value_verify, name="value_verify"),
    path("<slug:code>/nilai/<int:number>/setujui/", values.value_approve, name="value_approve"),
    path("<slug:code>/nilai/<int:number>/kembalikan/", values.value_return, name="value_return"),
    path("<slug:code>/tabel/", tables.table_new, name="table_new"),
    path("<slug:code>/tabel/<slug:file>/", tables.table, name="table"),
    path("<slug:code>/hitung/", values.count_now, name="count"),
]
