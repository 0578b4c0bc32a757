from __future__ import annotations

from django.urls import path

from enggang.core.addresses import for_signed_in
from enggang.events.views import calendar, editions, events, money, permits, planning, reference, stages

app_name = "events"
urlpatterns = for_signed_in(
    path("", calendar.calendar, name="calendar"),
    path("daftar/", events.event_list, name="events"),
    path("baru/", events.event_new, name="event_new"),
    path("acuan/<slug:word>/", reference.rule_list, name="rules"),
    path("acuan/<slug:word>/baru/", reference.rule_new, name="rule_new"),
    path("acuan/<slug:word>/<int:row_id>/", reference.rule_edit, name="rule"),
    path("<slug:code>/", events.event_detail, name="event"),
    path("<slug:code>/ubah/", events.event_edit, name="event_edit"),
    path("edisi/<slug:code>/", editions.edition_detail, name="edition"),
    path("edisi/<slug:code>/ubah/", editions.edition_edit, name="edition_edit"),
    path("edisi/<slug:code>/tahun-lain/", editions.edition_clone, name="edition_clone"),
    path("edisi/<slug:code>/penyelenggara/", editions.organisers_edit, name="organisers"),
    path("edisi/<slug:code>/tempat/baru/", editions.site_new, name="site_new"),
    path("edisi/<slug:code>/tempat/<int:site_id>/", editions.site_edit, name="site"),
    path("edisi/<slug:code>/tempat/<int:site_id>/hapus/", editions.site_drop, name="site_drop"),
    path("edisi/<slug:code>/tanggal/", editions.edition_dates, name="dates"),
    path("edisi/<slug:code>/tanggal/putuskan/", editions.dates_decide, name="dates_decide"),
    path("edisi/<slug:code>/rencana/", planning.edition_plan, name="plan"),
    path("edisi/<slug:code>/izin/", permits.permit_list, name="permits"),
    path("edisi/<slug:code>/izin/hitung/", permits.permits_renew, name="permits_renew"),
    path("edisi/<slug:code>/uang/", money.money, name="money"),
    path("edisi/<slug:code>/uang/mulai/", money.money_start, name="money_start"),
    path("izin/<slug:code>/", permits.permit_detail, name="permit"),
    path("izin/<slug:code>/ubah/", permits.permit_edit, name="permit_edit"),
    path("izin/<slug:code>/langkah/", permits.permit_move, name="permit_move"),
    path("izin/<slug:code>/dilihat/", permits.permit_seen, name="permit_seen"),
    path("izin/<slug:code>/dokumen/", permits.paper_add, name="paper_add"),
    path("izin/<slug:code>/dokumen/<int:row_id>/", permits.paper_download, name="paper"),
    path("izin/<slug:code>/dokumen/<int:row_id>/hapus/", permits.paper_drop, name="paper_drop"),
    path("izin/<slug:code>/pindaian/", permits.permit_scan, name="permit_scan"),
    path("izin/<slug:code>/surat/", permits.application_write, name="application"),
    path("izin/<slug:code>/lampiran.pdf", permits.annex, {"form": "pdf"}, name="annex_pdf"),
    path("izin/<slug:code>/lampiran.docx", permits.annex, {"form": "docx"}, name="annex_docx"),
    path("edisi/<slug:code>/tahap/", stages.gates, name="gates"),
    path("edisi/<slug:code>/tahap/maju/", stages.gate_forward, name="gate_forward"),
    path("edisi/<slug:code>/tahap/butir/<int:item_id>/", stages.gate_item, name="gate_item"),
    path("edisi/<slug:code>/tahap/<slug:step>/", stages.gate_step, name="gate_step"),
)
