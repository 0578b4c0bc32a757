from __future__ import annotations

from django.urls import path

from enggang.people.views import catalogue, desk, mappings, persons, rosters

app_name = "people"
urlpatterns = [
    path("", persons.person_list, name="list"),
    path("tambah/", persons.person_new, name="new"),
    path("unduh/", persons.person_export, name="export"),
    path("unduh/semua/", persons.export_all, name="export_all"),
    path("satu/<slug:code>/pisahkan/", persons.person_part, name="part"),
    path("daftar/", rosters.roster_list, name="rosters"),
    path("daftar/unggah/", rosters.roster_upload, name="roster_upload"),
    path("daftar/contoh.xlsx", rosters.roster_template, name="roster_template"),
    path("daftar/kolom/", mappings.mapping_list, name="mappings"),
    path("daftar/kolom/<int:pk>/lupakan/", mappings.mapping_forget, name="mapping_forget"),
    path("daftar/<slug:code>/", rosters.roster_detail, name="roster"),
    path("daftar/<slug:code>/kolom/", rosters.roster_map, name="roster_map"),
    path("daftar/<slug:code>/tarik/", rosters.roster_undo, name="roster_undo"),
    path("daftar/<slug:code>/masukkan/", rosters.roster_accept, name="roster_accept"),
    path("kompetensi/", catalogue.catalogue, name="catalogue"),
    path("kompetensi/<slug:word>/", catalogue.row_list, name="catalogue_rows"),
    path("kompetensi/<slug:word>/baru/", catalogue.row_new, name="catalogue_row_new"),
    path("kompetensi/<slug:word>/<int:row_id>/", catalogue.row_edit, name="catalogue_row"),
    path("<slug:code>/", persons.person_detail, name="detail"),
    path("<slug:code>/nip/", persons.person_nip, name="nip"),
    path("<slug:code>/lengkapi-nip/", persons.person_complete, name="complete_nip"),
    path("<slug:code>/satukan/", persons.person_merge, name="merge"),
    path("<slug:code>/ubah/", persons.person_edit, name="edit"),
    path("<slug:code>/jabatan/", persons.person_employment, name="employment"),
    path("<slug:code>/atasan/", persons.person_superior, name="superior"),
    path("<slug:code>/riwayat/", persons.past_new, name="past_new"),
    path("<slug:code>/riwayat/<int:row_id>/", persons.past_edit, name="past"),
    path("<slug:code>/riwayat/<int:row_id>/hapus/", persons.past_drop, name="past_drop"),
    path("<slug:code>/lepas/", persons.person_release, name="release"),
    path("<slug:code>/batalkan-rencana/", persons.person_drop_plans, name="drop_plans"),
    path("<slug:code>/benar/", persons.person_confirm, name="is_ours"),
    path("<slug:code>/bukan/", persons.person_deny, name="not_ours"),
    path("<slug:code>/tanya-lagi/", persons.person_ask, name="ask_again"),
    path("<slug:code>/kode-masuk/", desk.desk_code, name="desk_code"),
]
