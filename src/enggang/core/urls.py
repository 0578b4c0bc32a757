from __future__ import annotations

from django.urls import path

from enggang.core.views import jobs
from enggang.core.views.styleguide import styleguide

app_name = "core"
urlpatterns = [
    path("styleguide/", styleguide, name="styleguide"),
    path("tugas/<slug:code>/", jobs.job_detail, name="job"),
    path("tugas/<slug:code>/hasil", jobs.job_result, name="job_result"),
    path("tugas/<slug:code>/hentikan", jobs.job_cancel, name="job_cancel"),
    path("tugas/<slug:code>/ulangi", jobs.job_retry, name="job_retry"),
]
