from __future__ import annotations

from django.urls import path

from enggang.attendance.views import (
    app,
    clock,
    doubts,
    gates,
    hall,
    occasion,
    passages,
    passes,
    proofs,
    saved,
    scan,
    taken,
    tally,
)
from enggang.core.addresses import for_signed_in

app_name = "attendance"
everybody = [
    path("app/sw.js", app.app_worker, name="app_worker"),
    path("app/<str:token>/", app.app_page, name="app"),
    path("app/<str:token>/daftar/", app.app_list, name="app_list"),
    path("app/<str:token>/sync/", app.app_sync, name="app_sync"),
    path("app/<str:token>/manifest.webmanifest", app.app_manifest, name="app_manifest"),
    path("hitung/sw.js", app.app_worker, name="tally_worker"),
    path("hitung/<str:token>/", tally.tally_page, name="tally"),
    path("hitung/<str:token>/titik/", tally.tally_facts, name="tally_facts"),
    path("hitung/<str:token>/sync/", tally.tally_sync, name="tally_sync"),
    path("hitung/<str:token>/manifest.webmanifest", tally.tally_manifest, name="tally_manifest"),
    path("p/<str:token>/", passes.show_pass, name="pass"),
    path("l/", hall.hall_code, name="hall_code"),
    path("l/<str:code>/", hall.hall_page, name="hall"),
]
staff = for_signed_in(
    path("<str:code>/", occasion.occasion_list, name="occasion"),
    path("<str:code>/cetak/", occasion.signature_sheet, name="print"),
    path("<str:code>/pindai/", scan.scan_passes, name="scan"),
    path("<str:code>/layar/", hall.screen, name="screen"),
    path("<str:code>/layar/kode/", hall.screen_code, name="screen_code"),
    path("<str:code>/gerbang/", gates.gate_page, name="gates"),
    path("<str:code>/gerbang/berkas/", saved.saved_scans, name="saved"),
    path("<str:code>/gerbang/daftar/", passages.written_list, name="written_list"),
    path("<str:code>/gerbang/<str:gate>/cabut/", gates.gate_revoke, name="gate_revoke"),
    path("<str:code>/bukti/", proofs.proofs, name="proofs"),
    path("<str:code>/bukti/<int:proof_id>/", proofs.proof_file, name="proof_file"),
    path("<str:code>/bukti/<int:proof_id>/putuskan/", proofs.proof_decide, name="proof_decide"),
    path("<str:code>/mesin/", clock.clock_files, name="clock_files"),
    path("<str:code>/mesin/<str:kept>/", clock.clock_file, name="clock_file"),
    path("<str:code>/mesin/<str:kept>/terapkan/", clock.clock_apply, name="clock_apply"),
    path("<str:code>/mesin/<str:kept>/ditolak/", clock.clock_rejects, name="clock_rejects"),
    path("<str:code>/mesin/<str:kept>/batal/", clock.clock_undo, name="clock_undo"),
    path("<str:code>/mesin/pengguna/<int:known_id>/lupa/", clock.clock_forget, name="clock_forget"),
    path("<str:code>/periksa/", doubts.doubts, name="doubts"),
    path("<str:code>/periksa/<int:scan_id>/", doubts.doubt_settle, name="doubt_settle"),
    path("<str:code>/periksa/<int:scan_id>/batal/", doubts.doubt_unsettle, name="doubt_unsettle"),
    path("<str:code>/tanda/<str:holder>/", taken.mark_take, name="mark_take"),
    path("<str:code>/tanda/<int:taken_id>/kembalikan/", taken.mark_give, name="mark_give"),
)
urlpatterns = [*everybody, *staff]
