from __future__ import annotations

from django.urls import path

from enggang.innovation.urls_iid import OWN, REGION
from enggang.innovation.views import gates, ideas, innovations, portfolio, reference, ties, trial, voices

app_name = "innovation"
urlpatterns = [
    *REGION,
    *OWN,
    path("", innovations.innovation_list, name="innovations"),
    path("baru/", innovations.innovation_new, name="innovation_new"),
    path("portofolio/", portfolio.portfolio, name="portfolio"),
    path("gagasan/", ideas.idea_new, name="idea_new"),
    path("gagasan/serupa/", ideas.idea_similar, name="idea_similar"),
    path("gagasan/<str:token>/", ideas.idea_by_link, name="idea_by_link"),
    path("acuan/<slug:word>/", reference.rule_list, name="rules"),
    path("acuan/<slug:word>/baru/", reference.rule_new, name="rule_new"),
    path("acuan/<slug:word>/<int:row_id>/", reference.rule_edit, name="rule"),
    path("milik/<slug:code>/", ties.belonging, name="belonging"),
    path("milik/<slug:code>/<int:number>/lepas/", ties.belonging_drop, name="belonging_drop"),
    path("<slug:code>/", innovations.innovation, name="innovation"),
    path("<slug:code>/ubah/", innovations.innovation_edit, name="innovation_edit"),
    path("<slug:code>/pemilik/", innovations.innovation_owner, name="innovation_owner"),
    path("<slug:code>/terbit/", innovations.innovation_publish, name="innovation_publish"),
    path("<slug:code>/komentar/", voices.comment_add, name="comment_add"),
    path("<slug:code>/komentar/<int:number>/tarik/", voices.comment_hide, name="comment_hide"),
    path("<slug:code>/dukungan/", voices.support, name="support"),
    path("<slug:code>/gerbang/", gates.gates, name="gates"),
    path("<slug:code>/gerbang/lulus/", gates.gate_pass, name="gate_pass"),
    path("<slug:code>/gerbang/tenggat/", gates.gate_deadline, name="gate_deadline"),
    path("<slug:code>/gerbang/butir/<int:item_id>/", gates.gate_item, name="gate_item"),
    path("<slug:code>/gerbang/<slug:step>/", gates.gate_step, name="gate_step"),
    path("<slug:code>/penilai/", gates.scorer_ask, name="scorer_ask"),
    path("<slug:code>/penilai/<int:number>/lepas/", gates.scorer_release, name="scorer_release"),
    path("<slug:code>/penilai/buka/", gates.score_again, name="score_again"),
    path("<slug:code>/nilai/", gates.sheet, name="sheet"),
    path("<slug:code>/uji-coba/", trial.trial, name="trial"),
    path("<slug:code>/uji-coba/rencana/", trial.trial_plan, name="trial_plan"),
    path("<slug:code>/uji-coba/ukuran/", trial.measure_add, name="measure_add"),
    path("<slug:code>/uji-coba/ukuran/<int:number>/keluarkan/", trial.measure_drop, name="measure_drop"),
    path("<slug:code>/uji-coba/ukuran/<int:number>/nilai/", trial.reading_add, name="reading_add"),
    path("<slug:code>/uji-coba/nilai/<int:number>/batal/", trial.reading_void, name="reading_void"),
    path("<slug:code>/pemantauan/", trial.monitoring_page, name="monitoring"),
    path("<slug:code>/pemantauan/isi/", trial.checkup_add, name="checkup_add"),
    path("<slug:code>/replikasi/", voices.replication_list, name="replications"),
    path("<slug:code>/replikasi/catat/", voices.replication_add, name="replication_add"),
    path("<slug:code>/replikasi/<int:number>/bukti/", voices.replication_proof, name="replication_proof"),
    path("<slug:code>/replikasi/<int:number>/lampirkan/", voices.replication_prove, name="replication_prove"),
    path("<slug:code>/replikasi/<int:number>/batal/", voices.replication_void, name="replication_void"),
]
