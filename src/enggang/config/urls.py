"""Where each app's addresses begin. Indonesian words: the addresses are read by people, and printed."""

from __future__ import annotations

from django.urls import include, path

from enggang.accounts.urls import sign_in

handler404 = "enggang.core.public.nothing_here"
urlpatterns = [
    path("hadir/", include("enggang.attendance.urls")),  # asked for by many at once, so looked at first
    path("pelatihan/", include("enggang.training.urls")),
    path("acara/", include("enggang.events.urls")),
    path("inovasi/", include("enggang.innovation.urls")),
    path("hasil/", include("enggang.impact.urls")),
    path("cerita/", include("enggang.stories.urls")),
    path("", include("enggang.portal.urls")),
    path("", include("enggang.reach.urls")),
    path("", include("enggang.core.urls")),
    path("", include("enggang.office.urls")),
    path("", include("enggang.credentials.urls")),
    path("uji/", include("enggang.surveys.urls")),
    path("anggaran/", include("enggang.budgets.urls")),
    path("indikator/", include("enggang.indicators.urls")),
    path("rencana-kerja/", include("enggang.plans.urls")),
    path("pustaka-media/", include("enggang.media.urls")),
    path("", include("enggang.media.urls_public")),
    path("surat/", include("enggang.documents.urls")),
    path("pegawai/", include("enggang.people.urls")),
    path("berkas/", include("enggang.files.urls")),
    path("pesan/", include("enggang.notices.urls")),
    path("cari/", include("enggang.search.urls")),
    path("instansi/", include("enggang.places.urls")),
    path("", include("enggang.access.urls")),
    path("akun/", include("enggang.accounts.urls")),
    path("akun/", include(sign_in)),
    path("i18n/", include("django.conf.urls.i18n")),
]
