from __future__ import annotations

from django.urls import path

from enggang.portal.views import agenda, home

app_name = "portal"
urlpatterns = [path("", home.home, name="home"), path("agenda/", agenda.agenda, name="agenda")]
