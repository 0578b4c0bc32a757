"""The addresses of the index of innovation, below those of innovation."""

from __future__ import annotations

from django.urls import path

from enggang.innovation.views import entries, guide, region, vault

REGION = [
    path("iid/", region.region, name="regions"),
    path("iid/meja/", region.desk, name="desk"),
    path("iid/pedoman/beda/", guide.guide_changes, name="guide_changes"),
    path("iid/pedoman/beda/<slug:code>/", guide.guide_changes, name="guide_changes_of"),
    path("iid/pedoman/salin/<slug:code>/", guide.guide_copy, name="guide_copy"),
    path("iid/pedoman/<slug:word>/", guide.guide_rows, name="guide_rows"),
    path("iid/pedoman/<slug:word>/baru/", guide.guide_row_new, name="guide_row_new"),
    path("iid/pedoman/<slug:word>/<int:row_id>/", guide.guide_row_edit, name="guide_row"),
    path("iid/bukti/<slug:code>/", vault.evidence, name="evidence"),
    path("iid/daerah/<slug:code>/<int:year>/", region.region, name="region"),
    path("iid/daerah/<slug:code>/<int:year>/nilai/", region.region_point, name="region_point"),
    path("iid/daerah/<slug:code>/<int:year>/surat/", region.region_letter, name="region_letter"),
    path("iid/daerah/<slug:code>/surat/<int:number>/", region.letter_file, name="letter_file"),
    path("iid/isian/<slug:code>/", entries.entry, name="entry"),
    path("iid/isian/<slug:code>/atur/", entries.entry_set, name="entry_set"),
    path("iid/isian/<slug:code>/indikator/<slug:indicator>/", entries.parameter, name="parameter"),
    path(
        "iid/isian/<slug:code>/indikator/<slug:indicator>/bukti/", entries.parameter_evidence, name="parameter_evidence"
    ),
    path("iid/isian/<slug:code>/profil/", entries.profile, name="profile"),
    path("iid/isian/<slug:code>/meja/<slug:step>/", entries.entry_move, name="entry_move"),
    path("iid/isian/<slug:code>/versi/<int:number>/", entries.entry_version, name="entry_version"),
    path("iid/isian/<slug:code>/paket/", entries.pack, name="pack"),
    path("iid/isian/<slug:code>/kipp.<slug:form>", entries.kipp, name="kipp"),
    path("iid/isian/<slug:code>/bukti/", vault.vault, name="vault"),
    path("iid/isian/<slug:code>/bukti/tambah/<slug:what>/", vault.vault_bring, name="vault_bring"),
    path("iid/isian/<slug:code>/bukti/usulan/<slug:what>/", vault.proposal, name="proposal"),
    path("iid/isian/<slug:code>/bukti/lagi/<int:number>/", vault.proposal_again, name="proposal_again"),
    path("iid/isian/<slug:code>/bukti/lepas/<int:number>/", vault.tie_away, name="tie_away"),
    path("iid/isian/<slug:code>/bukti/<slug:piece>/cabut/", vault.evidence_withdraw, name="evidence_withdraw"),
]
OWN = [path("<slug:code>/iid/", entries.entries, name="entries")]
