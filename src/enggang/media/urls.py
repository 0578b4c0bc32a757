from __future__ import annotations

from django.urls import path

from enggang.core.addresses import for_signed_in
from enggang.media.views import assets, intakes, uploads

app_name = "media"
urlpatterns = [
    path("kirim/<str:token>/", intakes.intake_page, name="intake"),
    path("kirim/<str:token>/serahkan/", intakes.intake_hand_over, name="intake_hand_over"),
    *for_signed_in(
        path("", assets.asset_list, name="list"),
        path("unggahan-saya/", uploads.own_uploads, name="uploads"),
        path("unggahan-saya/serahkan/<slug:code>/", uploads.hand_in, name="hand_over"),
        path("alamat/", intakes.intake_list, name="intakes"),
        path("alamat/baru/", intakes.intake_new, name="intake_new"),
        path("alamat/<slug:code>/akhiri/", intakes.intake_close, name="intake_close"),
        path("<slug:code>/", assets.asset_page, name="asset"),
        path("<slug:code>/ubah/", assets.asset_edit, name="asset_edit"),
        path("<slug:code>/asli/", assets.original, name="original"),
        path("<slug:code>/tampilan/<slug:kind>.<slug:form>", assets.rendition, name="rendition"),
    ),
]
