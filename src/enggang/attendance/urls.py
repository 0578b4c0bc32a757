from __future__ import annotations

from django.urls import path

from enggang.attendance.views import occasion, passes, scan

app_name = "attendance"
urlpatterns = [
    path("p/<str:token>/", passes.show_pass, name="pass"),
    path("<str:code>/", occasion.occasion_list, name="occasion"),
    path("<str:code>/cetak/", occasion.signature_sheet, name="print"),
    path("<str:code>/pindai/", scan.scan_passes, name="scan"),
]
