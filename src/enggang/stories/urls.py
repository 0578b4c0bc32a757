from __future__ import annotations

from django.urls import path

from enggang.stories.views import destinations as views
from enggang.stories.views import press, stories, suggest, suggestions

app_name = "stories"
urlpatterns = [
    path("destinasi/", views.destination_list, name="destinations"),
    path("destinasi/baru/", views.destination_new, name="destination_new"),
    path("destinasi/<slug:code>/", views.destination, name="destination"),
    path("destinasi/<slug:code>/ubah/", views.destination_edit, name="destination_edit"),
    path("destinasi/<slug:code>/langkah/", views.destination_move, name="destination_move"),
    path("destinasi/<slug:code>/bahasa/<slug:language>/", views.destination_wording, name="destination_wording"),
    path("destinasi/<slug:code>/versi/<int:number>/", views.destination_revision, name="destination_revision"),
    path("kisah/", stories.story_list, name="stories"),
    path("kisah/baru/", stories.story_new, name="story_new"),
    path("kisah/<slug:code>/", stories.story, name="story"),
    path("kisah/<slug:code>/ubah/", stories.story_edit, name="story_edit"),
    path("kisah/<slug:code>/langkah/", stories.story_move, name="story_move"),
    path("kisah/<slug:code>/pratinjau/", stories.story_preview, name="story_preview"),
    path("kisah/<slug:code>/bahasa/<slug:language>/", stories.story_wording, name="story_wording"),
    path("kisah/<slug:code>/versi/<int:number>/", stories.story_revision, name="story_revision"),
    path("siaran/baru/<slug:code>/", press.release_new, name="release_new"),
    path("kisah/<slug:code>/siaran-<slug:language>.docx", press.release_file, name="release_file"),
    path("usul/saya/<str:token>/", suggest.suggestion_own, name="suggestion_own"),
    path("usul/saya/<str:token>/tarik/", suggest.suggestion_withdraw, name="suggestion_withdraw"),
    path("usul/saya/<str:token>/<str:key>/", suggest.suggestion_confirm, name="suggestion_confirm"),
    path("usul/<slug:what>/", suggest.suggest, name="suggest"),
    path("usulan/", suggestions.suggestion_list, name="suggestions"),
    path("usulan/penerima/", suggestions.desks, name="desks"),
    path("usulan/penerima/<slug:code>/", suggestions.desk, name="desk"),
    path("usulan/<slug:code>/", suggestions.suggestion, name="suggestion"),
    path("usulan/<slug:code>/foto/", suggestions.suggestion_photo, name="suggestion_photo"),
    path("usulan/<slug:code>/langkah/<slug:step>/", suggestions.suggestion_step, name="suggestion_step"),
    path("usulan/<slug:code>/putuskan/<slug:way>/", suggestions.suggestion_decide, name="suggestion_decide"),
    path("pratinjau/<str:token>/", stories.preview, name="preview"),
]
