from __future__ import annotations

from django.urls import path

from enggang.search.views import finding

app_name = "search"
urlpatterns = [path("", finding.find_page, name="find")]
