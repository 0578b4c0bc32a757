from __future__ import annotations

from django.urls import path, re_path

from enggang.portal.views import agenda, destinations, home

OTHER = r"^(?P<language>en|ms|zh)/"  # Indonesian has no prefix
app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("agenda/", agenda.agenda, name="agenda"),
    path("destinasi/", destinations.destination_list, name="destinations"),
    path("destinasi/<slug:slug>/", destinations.destination, name="destination"),
    re_path(OTHER + r"destinasi/$", destinations.destination_list, name="destinations"),
    re_path(OTHER + r"destinasi/(?P<slug>[-\w]+)/$", destinations.destination, name="destination"),
]
