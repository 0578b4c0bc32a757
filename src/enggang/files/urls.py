from __future__ import annotations

from django.urls import path

from enggang.files.views import download, tus

app_name = "files"
urlpatterns = [
    path("unggah/<str:ticket>/", tus.uploads, name="upload"),
    path("unggah/<str:ticket>/<slug:code>/", tus.upload, name="upload_part"),
    path("<slug:code>/", download.download, name="download"),
]
