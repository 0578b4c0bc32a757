from __future__ import annotations

from django.urls import path

from enggang.core.addresses import for_signed_in
from enggang.surveys.views import bank, importing, services, settings, surveys, taking, tests

app_name = "surveys"
staff = for_signed_in(
    path("soal/", bank.question_list, name="bank"),
    path("soal/baru/", bank.question_new, name="question_new"),
    path("impor/", importing.question_import, name="import"),
    path("impor/terima/", importing.import_accept, name="import_accept"),
    path("impor/batal/", importing.import_undo, name="import_undo"),
    path("impor/templat/", importing.import_template, name="import_template"),
    path("soal/<slug:code>/", bank.question_edit, name="question"),
    path("soal/<slug:code>/gambar/", bank.question_picture, name="question_picture"),
    path("soal/<slug:code>/langkah/<slug:step>/", bank.question_step, name="question_step"),
    path("aturan/", settings.setting_list, name="settings"),
    path("aturan/<int:row_id>/hapus/", settings.setting_drop, name="setting_drop"),
    path("tes/<slug:code>/", tests.test_detail, name="test"),
    path("tes/<slug:code>/ubah/", tests.edit, name="test_edit"),
    path("tes/<slug:code>/langkah/<slug:step>/", tests.step, name="test_step"),
    path("tes/<slug:code>/periksa/", tests.judge, name="judge"),
    path("tes/<slug:code>/lembar/", tests.sittings, name="sittings"),
    path("layanan/", services.service_list, name="services"),
    path("layanan/acuan/<slug:word>/", services.rule_list, name="service_rules"),
    path("layanan/acuan/<slug:word>/baru/", services.rule_new, name="service_rule_new"),
    path("layanan/acuan/<slug:word>/<int:row_id>/", services.rule_edit, name="service_rule"),
    path("survei/<slug:code>/loket/", services.counter_sheet, name="counter"),
    path("survei/<slug:code>/hapus/", services.service_drop, name="service_drop"),
    path("survei/<slug:code>/", surveys.survey_detail, name="survey"),
    path("survei/<slug:code>/ubah/", surveys.survey_edit, name="survey_edit"),
    path("survei/<slug:code>/langkah/<slug:step>/", surveys.survey_step, name="survey_step"),
    path("kerja/<slug:code>/", taking.taking, name="taking"),
    path("kerja/<slug:code>/simpan/", taking.save, name="save"),
    path("kerja/<slug:code>/gambar/<int:row>/", taking.picture, name="picture"),
)
everybody = [
    path("isi/<slug:code>/", surveys.answer, name="answer"),
    path("isi/<str:token>/<slug:code>/", surveys.answer, name="answer_by_link"),
    path("k/<str:token>/<slug:code>/", taking.taking, name="taking_by_link"),
    path("k/<str:token>/<slug:code>/simpan/", taking.save, name="save_by_link"),
    path("k/<str:token>/<slug:code>/gambar/<int:row>/", taking.picture, name="picture_by_link"),
]
urlpatterns = [*staff, *everybody]
