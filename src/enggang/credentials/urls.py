from __future__ import annotations

from django.urls import path

from enggang.credentials.views import award, verify

app_name = "credentials"
urlpatterns = [
    path("verify/", verify.verify_form, name="verify_form"),
    path("verify/<str:code>", verify.verify_code, name="verify"),
    path("verify/<str:code>/", verify.verify_code),
    path("sertifikat/<slug:code>/", award.award_detail, name="award"),
    path("sertifikat/<slug:code>/berkas", award.award_paper, name="paper"),
    path("sertifikat/<slug:code>/batalkan", award.award_void, name="void"),
]
