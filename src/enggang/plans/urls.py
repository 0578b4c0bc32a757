from __future__ import annotations

from django.urls import path

from enggang.core.addresses import for_signed_in
from enggang.plans.views import holidays

app_name = "plans"
urlpatterns = for_signed_in(
    path("hari-libur/", holidays.holidays, name="holidays"),
    path("hari-libur/bawaan/", holidays.shipped_load, name="holidays_load"),
    path("hari-libur/daftar/baru/", holidays.list_new, name="holiday_list_new"),
    path("hari-libur/daftar/<int:list_id>/", holidays.holiday_list, name="holiday_list"),
    path("hari-libur/daftar/<int:list_id>/ubah/", holidays.list_edit, name="holiday_list_edit"),
    path("hari-libur/daftar/<int:list_id>/langkah/<slug:step>/", holidays.list_step, name="holiday_list_step"),
    path("hari-libur/daftar/<int:list_id>/hari/baru/", holidays.holiday_new, name="holiday_new"),
    path("hari-libur/daftar/<int:list_id>/hari/<int:day_id>/", holidays.holiday_edit, name="holiday"),
    path("hari-libur/daftar/<int:list_id>/hari/<int:day_id>/hapus/", holidays.holiday_drop, name="holiday_drop"),
)
