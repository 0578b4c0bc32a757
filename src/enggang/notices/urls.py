from __future__ import annotations

from django.urls import path

from enggang.notices.views import inbox, outbox

app_name = "notices"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("dibaca/", inbox.read_all, name="read_all"),
    path("keluar/", outbox.outbox, name="outbox"),
    path("keluar/kirim/", outbox.resend_waiting, name="send_waiting"),
    path("keluar/<slug:code>/kirim/", outbox.resend, name="resend"),
    path("<slug:code>/buka/", inbox.open_notice, name="open"),
]
