from __future__ import annotations

from django.urls import path

from enggang.credentials.views import award, badge, verify

app_name = "credentials"
urlpatterns = [
    path("verify/", verify.verify_form, name="verify_form"),
    path("verify/berkas/", verify.verify_file, name="verify_file"),
    path("verify/<str:code>", verify.verify_code, name="verify"),
    path("verify/<str:code>/", verify.verify_code),
    path("sertifikat/<slug:code>/", award.award_detail, name="award"),
    path("sertifikat/<slug:code>/berkas", award.award_paper, name="paper"),
    path("sertifikat/<slug:code>/lencana/<slug:form>", badge.award_badge, name="badge"),
    path(".well-known/did.json", badge.did, name="did"),
    path("badges/status/<int:number>", badge.status, name="badge_status"),
    path("sertifikat/<slug:code>/terbitkan-ulang", award.award_reissue, name="reissue"),
    path("sertifikat/<slug:code>/hapus-nama", award.award_remove_name, name="remove_name"),
    path("sertifikat/<slug:code>/batalkan", award.award_void, name="void"),
]
