from __future__ import annotations

from django.urls import path

from enggang.access.views import account, invitation, privacy, roles

app_name = "access"
urlpatterns = [
    path("akun/", account.my_account, name="account"),
    path("akun/bahasa/", account.choose_language, name="language"),
    path("akun/keluar-semua/", account.end_sessions, name="end_sessions"),
    path("undangan/<str:token>/", invitation.accept, name="invitation"),
    path("akses/peran/", roles.grant_list, name="roles"),
    path("akses/peran/beri/", roles.grant_new, name="grant_new"),
    path("akses/peran/<slug:code>/akhiri/", roles.grant_end, name="grant_end"),
    path("akses/undang/<slug:code>/", roles.invite, name="invite"),
    path("akses/privasi/", privacy.privacy_register, name="privacy_register"),
]
