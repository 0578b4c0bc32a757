from __future__ import annotations

from django.urls import path

from enggang.impact.views import chain, monday

app_name = "impact"
urlpatterns = [
    path("senin/", monday.monday, name="mondays"),
    path("senin/<slug:code>/", monday.monday, name="monday"),
    path("senin/<slug:code>/simpan/", monday.monday_keep, name="monday_keep"),
    path("senin/<slug:code>/janji/", monday.promise_new, name="promise_new"),
    path("senin/<slug:code>/<slug:day>/<int:number>/", monday.earlier, name="monday_kept"),
    path("janji/<int:number>/", monday.promise_move, name="promise_move"),
    path("rantai/", chain.chain, name="chains"),
    path("rantai/<slug:code>/", chain.chain, name="chain"),
    path("rantai/gelombang/<slug:code>/", chain.wave_chain, name="wave_chain"),
    path("kontribusi/<slug:code>/baru/", chain.contribution_new, name="contribution_new"),
    path("kontribusi/<slug:code>/", chain.contributions, name="contributions"),
    path("kontribusi/<int:number>/cabut/", chain.contribution_withdraw, name="contribution_withdraw"),
]
