"""The register of small businesses: those who had stalls, edition after edition."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from enggang.core.actor import actor_of
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.core.tables import answer_list
from enggang.core.views.answers import attempt, press
from enggang.events import exports_stalls as sheets
from enggang.events import rules
from enggang.events.domain import businesses as acts
from enggang.events.filters_stalls import BusinessFilter
from enggang.events.forms.stalls import BusinessForm
from enggang.events.models import Business, Edition
from enggang.events.tables import BusinessTable


@require_http_methods(LIST_METHODS)
def business_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not actor.holds_somewhere(*rules.SEES_EVENTS):
        raise Http404
    chosen = BusinessFilter(request.GET, queryset=Business.objects.visible_to(actor).with_names().counted())
    context = {
        "table": BusinessTable(chosen.qs), "filter": chosen, "may_add": actor.holds_somewhere(*rules.MANAGERS),
    }  # fmt: skip
    return answer_list(request, "events/businesses.html", context, name=_("Businesses"))


def _find(request: HttpRequest, code: str, *, managed: bool = False) -> Business:
    rows = Business.objects.managed_by(actor_of(request)) if managed else Business.objects.visible_to(actor_of(request))
    return get_object_or_404(rows.with_names(), subject__code=code)


@require_http_methods(LIST_METHODS)
def business_detail(request: HttpRequest, code: str) -> HttpResponse:
    business, actor = _find(request, code), actor_of(request)
    seen = Edition.objects.inside(actor)
    years = list(
        business.applications.filter(call__edition__in=seen)
        .select_related("call__edition__event", "call__edition__subject", "category", "contract", "plot")
        .annotate(turnover=Sum("turnovers__amount"))
        .order_by("-call__edition__year", "pk")
    )
    context = {"business": business, "years": years, "may_manage": rules.may_manage(actor, business.organisation)}
    return answer_page(request, "events/business.html", context, sheets.HISTORY.of(years, about=business.subject))


def business_new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not actor.holds_somewhere(*rules.MANAGERS):
        raise Http404
    form = BusinessForm(request.POST or None, actor=actor)
    made: list[Business] = []
    if form.is_bound and attempt(form, lambda: made.append(acts.open_business(actor=actor, **form.facts))):
        messages.success(request, _("Added."))
        return redirect("events:business", code=made[0].code)
    return _form(request, form, _("Enter a business"))


def business_edit(request: HttpRequest, code: str) -> HttpResponse:
    business, actor = _find(request, code, managed=True), actor_of(request)
    form = BusinessForm(request.POST or None, instance=business, actor=actor)

    def save() -> None:
        facts = {name: value for name, value in form.facts.items() if name != "organisation"}
        fresh = _find(request, code, managed=True)
        acts.change_business(business=fresh, version=form.cleaned_data["version"] or 0, actor=actor, **facts)

    if form.is_bound and attempt(form, save):
        messages.success(request, _("Saved."))
        return redirect("events:business", code=code)
    return _form(request, form, _("Change the business"), business=business)


def _form(request: HttpRequest, form: BusinessForm, heading: str, **more: Any) -> HttpResponse:
    context = {"form": form, "heading": heading, "columns": "2", **more}
    return render(request, "events/business_form.html", context, status=422 if form.errors else 200)


@require_POST
def business_stand(request: HttpRequest, code: str, word: str) -> HttpResponse:
    """Retire (``pensiun``) or restore (``pulihkan``)."""
    business, actor = _find(request, code, managed=True), actor_of(request)
    retires = word == "pensiun"
    do = acts.retire_business if retires else acts.restore_business
    said = _("Retired: nobody is offered them any more.") if retires else _("Restored.")
    press(request, lambda: do(business=business, actor=actor), said)
    return redirect("events:business", code=code)
