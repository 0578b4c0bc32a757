"""Our own pages, and the pages of allauth that we offer: under Indonesian addresses, and no others."""

from __future__ import annotations

from allauth.account import views as library
from allauth.mfa.base import views as second
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import path, re_path

from enggang.accounts.views import desk, email, passwords

app_name = "accounts"
urlpatterns = [
    path("kode/<str:token>/", desk.enter_code, name="desk"),
    path("surel/hapus/", email.remove_address, name="remove_email"),
    path("surel/<str:token>/", email.confirm_address, name="confirm_email"),
]

# Names without a namespace: allauth itself asks for them.
sign_in = [
    path("masuk/", library.login, name="account_login"),
    path("keluar/", library.logout, name="account_logout"),
    path("diblokir/", library.account_inactive, name="account_inactive"),
    path("pastikan/", library.reauthenticate, name="account_reauthenticate"),
    path("surel/", email.addresses, name="account_email"),
    path("kata-sandi/", library.password_change, name="account_change_password"),
    path("kata-sandi/baru/", passwords.new_password, name="account_set_password"),
    path("kata-sandi/lupa/", library.password_reset, name="account_reset_password"),
    path("kata-sandi/lupa/terkirim/", library.password_reset_done, name="account_reset_password_done"),
    path("kata-sandi/lupa/selesai/", library.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^kata-sandi/lupa/(?P<uidb36>[0-9A-Za-z]{1,13})-(?P<key>[-0-9A-Za-z]{1,200})/$",
        library.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("langkah-kedua/", second.index, name="mfa_index"),
    path("langkah-kedua/masuk/", second.authenticate, name="mfa_authenticate"),
    path("langkah-kedua/pastikan/", second.reauthenticate, name="mfa_reauthenticate"),
    path("langkah-kedua/pasang/", totp.activate_totp, name="mfa_activate_totp"),
    path("langkah-kedua/lepas/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("langkah-kedua/kode-cadangan/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("langkah-kedua/kode-cadangan/baru/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("langkah-kedua/kode-cadangan/unduh/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
]
