from __future__ import annotations

from django.urls import path

from enggang.files.views import download

app_name = "files"
urlpatterns = [path("<slug:code>/", download.download, name="download")]
