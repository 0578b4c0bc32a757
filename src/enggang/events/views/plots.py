"""The plans of plots: drawn, given to vendors by a touch, by keyboard or from a list, printed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.exports import LIST_METHODS, answer_page, posted
from enggang.core.views.answers import attempt, press
from enggang.events import exports_stalls as sheets
from enggang.events.domain import plots as acts
from enggang.events.forms.stalls import PlotForm, RowsForm
from enggang.events.models import Edition, Plot, StallApplication
from enggang.events.models.plot import WIDEST
from enggang.events.queries.stalls import call_of, drawn, drawn_all, unplaced
from enggang.events.views.finding import find_inside, find_managed_edition, find_site
from enggang.events.views.stalls import stall_shell

ROOM = 60  # units beside what is drawn


@require_http_methods(LIST_METHODS)
def plan_list(request: HttpRequest, code: str) -> HttpResponse:
    """The places of an edition with their plans."""
    edition = find_inside(request, code)
    call = call_of(edition)
    plans = {found.site.pk: found for found in drawn_all(edition)}
    places = [(site, plans.get(site.pk)) for site in edition.sites.defer("region")]
    context = {**stall_shell(request, edition, "map", call), "places": places}
    every = [plot for found in plans.values() for plot in found.plots]
    return answer_page(request, "events/plot_plans.html", context, sheets.PLOTS.of(every, about=edition.subject))


@require_http_methods(LIST_METHODS)
def plan(request: HttpRequest, code: str, site_id: int) -> HttpResponse:
    """The plan of one place; posted to, it gets rows of stalls."""
    edition = find_inside(request, code)
    site = find_site(edition, site_id)
    data = posted(request)
    if data is None:
        return _page(request, edition, site_id)
    find_managed_edition(request, code)
    form = RowsForm(data, edition=edition)
    if attempt(form, lambda: acts.lay_out_plots(site=site, actor=actor_of(request), **form.cleaned_data)):
        messages.success(request, _("Drawn."))
        return redirect("events:plot_plan", code=code, site_id=site_id)
    return _page(request, edition, site_id, rows_form=form)


def _page(request: HttpRequest, edition: Edition, site_id: int, **bound: Any) -> HttpResponse:
    call = call_of(edition)
    shell = stall_shell(request, edition, "map", call)
    site = find_site(edition, site_id)
    found = drawn(site, room=ROOM if shell["may_manage"] else 0)
    forms = {"rows_form": RowsForm(edition=edition), "plot_form": PlotForm(edition=edition), **bound}
    context = {**shell, "plan": found, "unplaced": unplaced(call) if call else [], **forms}
    status = 422 if any(form.errors for form in forms.values()) else 200
    exports = sheets.PLOTS.of(list(found.plots), about=edition.subject)
    return answer_page(request, "events/plot_plan.html", context, exports, status=status)


@require_POST
def plot_new(request: HttpRequest, code: str, site_id: int) -> HttpResponse:
    edition = find_managed_edition(request, code)
    site = find_site(edition, site_id)
    form = PlotForm(request.POST, edition=edition)
    if attempt(form, lambda: acts.keep_plot(plot=Plot(), site=site, actor=actor_of(request), **form.facts)):
        messages.success(request, _("Drawn."))
        return redirect("events:plot_plan", code=code, site_id=site_id)
    return _page(request, edition, site_id, plot_form=form)


def _find(edition: Edition, row_id: int) -> Plot:
    plot = get_object_or_404(Plot.objects.with_names().filter(site__edition=edition), pk=row_id)
    plot.site.edition = edition
    return plot


@require_http_methods(["GET", "HEAD", "POST"])
def plot_edit(request: HttpRequest, code: str, row_id: int) -> HttpResponse:
    """One plot: its number, what it is meant for, where it lies, and who gets it from a list."""
    edition = find_managed_edition(request, code)
    plot = _find(edition, row_id)
    form = PlotForm(request.POST or None, edition=edition, instance=plot)

    def save() -> None:
        acts.keep_plot(plot=_find(edition, row_id), site=plot.site, actor=actor_of(request), **form.facts)

    if form.is_bound and attempt(form, save):
        messages.success(request, _("Saved."))
        return redirect("events:plot_plan", code=code, site_id=plot.site_id)
    call = call_of(edition)
    vendors = call.applications.accepted().select_related("plot", "category").order_by("name_key") if call else []
    context = {**stall_shell(request, edition, "map", call), "form": form, "plot": plot, "vendors": vendors}
    return render(request, "events/plot.html", context, status=422 if form.errors else 200)


@require_POST
def plot_move(request: HttpRequest, code: str, row_id: int) -> HttpResponse:
    """Where it was dragged to; the answer is where it lies now."""
    plot = _find(find_managed_edition(request, code), row_id)
    try:
        x, y = (max(0, min(WIDEST, int(request.POST.get(name, "")[:6]))) for name in ("x", "y"))
        acts.move_plot(plot=plot, x=x, y=y, actor=actor_of(request))
    except (ValueError, Refused) as why:
        return JsonResponse({"error": getattr(why, "message", _("That is no point of the plan."))}, status=409)
    return JsonResponse({"x": plot.x, "y": plot.y})


@require_POST
def plot_give(request: HttpRequest, code: str, row_id: int) -> HttpResponse:
    """Give it to the vendor ``application``; without one take it back."""
    edition = find_managed_edition(request, code)
    plot = _find(edition, row_id)
    asked = request.POST.get("application", "")
    row: StallApplication | None = None
    if asked:
        number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 12 else 0
        row = get_object_or_404(StallApplication.objects.select_related("call"), pk=number, call__edition=edition)
    said = _("%(name)s has plot %(code)s.") if row else _("Plot %(code)s is free again.")
    words = said % {"name": row, "code": plot}
    press(request, lambda: acts.give_plot(plot=plot, application=row, actor=actor_of(request)), words)
    return redirect("events:plot_plan", code=code, site_id=plot.site_id)


@require_POST
def plot_drop(request: HttpRequest, code: str, row_id: int) -> HttpResponse:
    plot = _find(find_managed_edition(request, code), row_id)
    press(request, lambda: acts.drop_plot(plot=plot, actor=actor_of(request)), _("Removed."))
    return redirect("events:plot_plan", code=code, site_id=plot.site_id)


@require_safe
def plan_print(request: HttpRequest, code: str, site_id: int) -> HttpResponse:
    """The plan with its list on paper: ``?kertas=a3``, else A4."""
    edition = find_inside(request, code)
    paper = "a3" if request.GET.get("kertas", "").lower() == "a3" else "a4"
    context = {"edition": edition, "plan": drawn(find_site(edition, site_id)), "paper": paper}
    return render(request, "events/plot_print.html", context)
