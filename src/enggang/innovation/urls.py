from __future__ import annotations

from django.urls import path

from enggang.innovation.views import gates, innovations

app_name = "innovation"
urlpatterns = [
    path("", innovations.innovation_list, name="innovations"),
    path("baru/", innovations.innovation_new, name="innovation_new"),
    path("<slug:code>/", innovations.innovation, name="innovation"),
    path("<slug:code>/ubah/", innovations.innovation_edit, name="innovation_edit"),
    path("<slug:code>/pemilik/", innovations.innovation_owner, name="innovation_owner"),
    path("<slug:code>/terbit/", innovations.innovation_publish, name="innovation_publish"),
    path("<slug:code>/gerbang/", gates.gates, name="gates"),
    path("<slug:code>/gerbang/lulus/", gates.gate_pass, name="gate_pass"),
    path("<slug:code>/gerbang/<slug:step>/", gates.gate_step, name="gate_step"),
]
