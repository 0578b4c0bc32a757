from __future__ import annotations

from django.urls import path

from enggang.office.views import home, jobs

app_name = "office"
urlpatterns = [
    path("beranda/", home.home, name="home"),
    path("pekerjaan/", jobs.job_list, name="jobs"),
]
