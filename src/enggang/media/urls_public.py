"""What everybody sees of the library."""

from __future__ import annotations

from django.urls import path

from enggang.media.views import collections_public, outside, public

app_name = "gallery"
urlpatterns = [
    path("galeri/", public.gallery_list, name="list"),
    path("galeri/peta/", public.map_page, name="map"),
    path("galeri/umpan.xml", outside.feed, name="feed"),
    path("galeri/peta-situs.xml", outside.sitemap, name="sitemap"),
    path("galeri/pembuat/<slug:code>/", public.maker_page, name="maker"),
    path("galeri/koleksi/", collections_public.collection_list, name="collections"),
    path("galeri/koleksi/<slug:code>/", collections_public.collection, name="collection"),
    path("galeri/lomba/", collections_public.contest_list, name="contests"),
    path("galeri/lomba/<slug:code>/", collections_public.contest, name="contest"),
    path("galeri/<slug:code>/", public.work, name="work"),
    path("galeri/<slug:code>/unduh/", public.download, name="download"),
    path("galeri/<slug:code>/teks-<slug:language>.vtt", public.captions, name="captions"),
    path("galeri/<slug:code>/<slug:kind>.<slug:form>", public.rendition, name="rendition"),
    path("embed/<slug:code>/", outside.embed, name="embed"),
    path("oembed/", outside.oembed, name="oembed"),
]
