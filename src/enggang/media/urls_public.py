"""What everybody sees of the library."""

from __future__ import annotations

from django.urls import path

from enggang.core.public import in_each
from enggang.media.views import collections_public, outside, public

app_name = "gallery"
urlpatterns = [
    *in_each(r"galeri/", public.gallery_list, "list"),
    *in_each(r"galeri/peta/", public.map_page, "map"),
    path("galeri/umpan.xml", outside.feed, name="feed"),
    path("galeri/peta-situs-indeks.xml", outside.sitemaps, name="sitemaps"),
    path("galeri/peta-situs.xml", outside.sitemap, name="sitemap"),
    path("galeri/peta-situs-<int:number>.xml", outside.sitemap, name="sitemap_part"),
    *in_each(r"galeri/pembuat/(?P<code>[-\w]+)/", public.maker_page, "maker"),
    *in_each(r"galeri/koleksi/", collections_public.collection_list, "collections"),
    *in_each(r"galeri/koleksi/(?P<code>[-\w]+)/", collections_public.collection, "collection"),
    *in_each(r"galeri/lomba/", collections_public.contest_list, "contests"),
    *in_each(r"galeri/lomba/(?P<code>[-\w]+)/", collections_public.contest, "contest"),
    *in_each(r"galeri/(?P<code>[-\w]+)/", public.work, "work"),
    path("galeri/<slug:code>/unduh/", public.download, name="download"),
    path("galeri/<slug:code>/teks-<slug:language>.vtt", public.captions, name="captions"),
    path("galeri/<slug:code>/<slug:kind>.<slug:form>", public.rendition, name="rendition"),
    path("embed/<slug:code>/", outside.embed, name="embed"),
    path("oembed/", outside.oembed, name="oembed"),
]
