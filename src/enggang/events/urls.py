from __future__ import annotations

from django.urls import path

from enggang.core.addresses import for_signed_in
from enggang.events.views import calendar, editions, events, reference, stages

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
    path("edisi/<slug:code>/penyelenggara/", editions.organisers_edit, name="organisers"),
    path("edisi/<slug:code>/tempat/baru/", editions.site_new, name="site_new"),
    path("edisi/<slug:code>/tempat/<int:site_id>/", editions.site_edit, name="site"),
    path("edisi/<slug:code>/tempat/<int:site_id>/hapus/", editions.site_drop, name="site_drop"),
    path("edisi/<slug:code>/tanggal/", editions.edition_dates, name="dates"),
    path("edisi/<slug:code>/tanggal/putuskan/", editions.dates_decide, name="dates_decide"),
    path("edisi/<slug:code>/tahap/", stages.gates, name="gates"),
    path("edisi/<slug:code>/tahap/maju/", stages.gate_forward, name="gate_forward"),
    path("edisi/<slug:code>/tahap/butir/<int:item_id>/", stages.gate_item, name="gate_item"),
    path("edisi/<slug:code>/tahap/<slug:step>/", stages.gate_step, name="gate_step"),
)
