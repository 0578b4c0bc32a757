from __future__ import annotations

from django.urls import path, re_path

from enggang.reach.views import figures, links, ways

app_name = "reach"
urlpatterns = [
    re_path(r"^s/(?P<code>[0-9A-Za-z]{4,10})/?$", ways.short, name="short"),
    path("keluar/<slug:code>/<slug:name>/", ways.outside, name="outside"),
    path("pembaca/", figures.figures, name="figures"),
    path("pembaca/<slug:code>/", links.noun, name="noun"),
    path("pembaca/<slug:code>/tautan/<slug:link>/<slug:step>/", links.link_step, name="link_step"),
    path("pembaca/<slug:code>/tautan/<slug:link>/poster-<slug:paper>.pdf", links.poster, name="poster"),
]
