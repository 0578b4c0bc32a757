from __future__ import annotations

from django.urls import path

from enggang.core.addresses import for_signed_in
from enggang.media.views import assets, uploads

app_name = "media"
urlpatterns = [
    *for_signed_in(
        path("", assets.asset_list, name="list"),
        path("unggahan-saya/", uploads.own_uploads, name="uploads"),
        path("unggahan-saya/serahkan/<slug:code>/", uploads.hand_in, name="hand_over"),
        path("<slug:code>/", assets.asset_page, name="asset"),
        path("<slug:code>/ubah/", assets.asset_edit, name="asset_edit"),
        path("<slug:code>/asli/", assets.original, name="original"),
        path("<slug:code>/tampilan/<slug:kind>.<slug:form>", assets.rendition, name="rendition"),
    ),
]
