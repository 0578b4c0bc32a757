from __future__ import annotations

from django.urls import path

from enggang.training.views import completion, messages, pocket, programmes, public, readiness, registrations, waves

app_name = "training"
urlpatterns = [
    path("", waves.wave_list, name="waves"),
    path("program/", programmes.programme_list, name="programmes"),
    path("program/baru/", programmes.programme_new, name="programme_new"),
    path("program/<slug:code>/", programmes.programme_detail, name="programme"),
    path("program/<slug:code>/ubah/", programmes.programme_edit, name="programme_edit"),
    path("gelombang/baru/", waves.wave_new, name="wave_new"),
    path("gelombang/<slug:code>/", waves.wave_detail, name="wave"),
    path("gelombang/<slug:code>/ubah/", waves.wave_edit, name="wave_edit"),
    path("gelombang/<slug:code>/langkah/<slug:step>/", waves.wave_step, name="wave_step"),
    path("gelombang/<slug:code>/batal/", waves.wave_cancel, name="wave_cancel"),
    path("gelombang/<slug:code>/sesi/", waves.session_add, name="session_add"),
    path("gelombang/<slug:code>/sesi/<int:session_id>/hapus/", waves.session_remove, name="session_remove"),
    path("gelombang/<slug:code>/kuota/", waves.pool_add, name="pool_add"),
    path("gelombang/<slug:code>/kuota/<int:pool_id>/", waves.pool_resize, name="pool_resize"),
    path("gelombang/<slug:code>/peserta/", registrations.participant_list, name="participants"),
    path("gelombang/<slug:code>/daftarkan/", registrations.nominate, name="nominate"),
    path("gelombang/<slug:code>/kelengkapan/", readiness.readiness_list, name="readiness"),
    path("gelombang/<slug:code>/pesan/", messages.message_list, name="messages"),
    path("gelombang/<slug:code>/pesan/<int:message_id>/", messages.message_detail, name="message"),
    path("gelombang/<slug:code>/saya-ikut/", registrations.register_me, name="register_me"),
    path("gelombang/<slug:code>/kelulusan/", completion.pass_list, name="pass_list"),
    path("gelombang/<slug:code>/kelulusan/putuskan/", completion.decide, name="decide"),
    path("gelombang/<slug:code>/kelulusan/terbitkan/", completion.issue, name="issue"),
    path("pendaftaran/<slug:code>/", pocket.pocket, name="pocket"),
    path("pendaftaran/<slug:code>/undur/", pocket.pocket_withdraw, name="withdraw"),
    path("pendaftaran/<slug:code>/nama/", pocket.pocket_name, name="confirm_name"),
    path("pendaftaran/<slug:code>/keputusan/", pocket.pocket_decide, name="override"),
    path("pendaftaran/<slug:code>/halaman/", pocket.pocket_page, name="hand_out_page"),
    path("daftar/<slug:code>/", public.public_wave, name="public_wave"),
    path("kursi/<str:token>/", public.seat, name="seat"),
    path("kursi/<str:token>/undur/", public.seat_withdraw, name="seat_withdraw"),
    path("kursi/<str:token>/nama/", public.seat_name, name="seat_name"),
    path("kursi/<str:token>/sertifikat/", public.seat_paper, name="seat_paper"),
]
