from __future__ import annotations

from django.urls import path

from enggang.impact.views import causes, chain, dashboard, festival, monday, portfolio, promises

app_name = "impact"
urlpatterns = [
    path("senin/", monday.monday, name="mondays"),
    path("senin/<slug:code>/", monday.monday, name="monday"),
    path("senin/<slug:code>/simpan/", monday.monday_keep, name="monday_keep"),
    path("senin/<slug:code>/janji/", monday.promise_new, name="promise_new"),
    path("senin/<slug:code>/janji/<int:number>/", promises.promise_move, name="monday_promise"),
    path("senin/<slug:code>/pdf/", monday.paper, name="monday_paper"),
    path("senin/<slug:code>/putus/<slug:kind>/<slug:item>/", monday.decide, name="decide"),
    path("senin/<slug:code>/<slug:day>/<int:number>/", monday.earlier, name="monday_kept"),
    path("senin/<slug:code>/<slug:day>/<int:number>/pdf/", monday.paper, name="monday_kept_paper"),
    path("sebab/<slug:code>/", causes.causes, name="causes"),
    path("sebab/<int:number>/cabut/", causes.cause_withdraw, name="cause_withdraw"),
    path("janji/", promises.own_promises, name="own_promises"),
    path("janji/<int:number>/", promises.promise_move, name="promise_move"),
    path("dasbor/", dashboard.dashboard, name="dashboards"),
    path("dasbor/<slug:code>/", dashboard.dashboard, name="dashboard"),
    path("dasbor/<slug:code>/wilayah/<str:region>/", dashboard.region, name="dashboard_region"),
    path("festival/<slug:code>/", festival.festival, name="festival"),
    path("portofolio/", portfolio.portfolio, name="own_portfolio"),
    path("portofolio/<slug:code>/", portfolio.portfolio, name="portfolio"),
    path("rantai/", chain.chain, name="chains"),
    path("rantai/<slug:code>/", chain.chain, name="chain"),
    path("rantai/gelombang/<slug:code>/", chain.wave_chain, name="wave_chain"),
    path("kontribusi/<slug:code>/baru/", chain.contribution_new, name="contribution_new"),
    path("kontribusi/<slug:code>/", chain.contributions, name="contributions"),
    path("kontribusi/<int:number>/cabut/", chain.contribution_withdraw, name="contribution_withdraw"),
]
