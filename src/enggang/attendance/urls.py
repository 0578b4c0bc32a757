from __future__ import annotations

from django.urls import path

from enggang.attendance.views import app, gates, hall, occasion, passes, scan
from enggang.core.addresses import for_signed_in

app_name = "attendance"
everybody = [
    path("app/sw.js", app.app_worker, name="app_worker"),
    path("app/<str:token>/", app.app_page, name="app"),
    path("app/<str:token>/daftar/", app.app_list, name="app_list"),
    path("app/<str:token>/sync/", app.app_sync, name="app_sync"),
    path("app/<str:token>/manifest.webmanifest", app.app_manifest, name="app_manifest"),
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
    path("<str:code>/gerbang/<str:gate>/cabut/", gates.gate_revoke, name="gate_revoke"),
    path("<str:code>/periksa/", gates.doubts, name="doubts"),
)
urlpatterns = [*everybody, *staff]
