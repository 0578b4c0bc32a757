from __future__ import annotations

from django.urls import path

from enggang.office.views import audit, home, jobs

app_name = "office"
urlpatterns = [
    path("beranda/", home.home, name="home"),
    path("jejak/", audit.trail, name="audit"),
    path("jejak/ekspor/", audit.export, name="audit_export"),
    path("pekerjaan/", jobs.job_list, name="jobs"),
]
