from __future__ import annotations

from django.urls import path

from enggang.core.addresses import for_signed_in
from enggang.media.views import assets, consents, intakes, rights, uploads

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
        path("izin/", consents.consent_list, name="consents"),
        path("izin/baru/<slug:code>/", consents.consent_new, name="consent_new"),
        path("izin/<slug:code>/", consents.consent_page, name="consent"),
        path("izin/<slug:code>/ubah/", consents.consent_edit, name="consent_edit"),
        path("izin/<slug:code>/cabut/", consents.consent_withdraw, name="consent_withdraw"),
        path("izin/<slug:code>/alamat/", consents.consent_link, name="consent_link"),
        path("izin/<slug:code>/berkas/<slug:what>/", consents.consent_file, name="consent_file"),
        path("<slug:code>/", assets.asset_page, name="asset"),
        path("<slug:code>/hak/", rights.rights_page, name="rights"),
        path("<slug:code>/hak/langkah/<slug:step>/", rights.rights_step, name="rights_step"),
        path("<slug:code>/hak/orang/tambah/", rights.likeness_add, name="likeness_add"),
        path("<slug:code>/hak/orang/<int:row_id>/lepas/", rights.likeness_drop, name="likeness_drop"),
        path("<slug:code>/langkah/<slug:step>/", rights.asset_move, name="move"),
        path("<slug:code>/ubah/", assets.asset_edit, name="asset_edit"),
        path("<slug:code>/asli/", assets.original, name="original"),
        path("<slug:code>/tampilan/<slug:kind>.<slug:form>", assets.rendition, name="rendition"),
    ),
    path("izin/saya/<str:token>/", consents.consent_by_link, name="consent_by_link"),
]
