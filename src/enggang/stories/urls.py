from __future__ import annotations

from django.urls import path

from enggang.stories.views import destinations as views

app_name = "stories"
urlpatterns = [
    path("destinasi/", views.destination_list, name="destinations"),
    path("destinasi/baru/", views.destination_new, name="destination_new"),
    path("destinasi/<slug:code>/", views.destination, name="destination"),
    path("destinasi/<slug:code>/ubah/", views.destination_edit, name="destination_edit"),
    path("destinasi/<slug:code>/langkah/", views.destination_move, name="destination_move"),
    path("destinasi/<slug:code>/bahasa/<slug:language>/", views.destination_wording, name="destination_wording"),
    path("destinasi/<slug:code>/versi/<int:number>/", views.destination_revision, name="destination_revision"),
]
