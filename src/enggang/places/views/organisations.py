"""The tree of organisations."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from enggang.core.actor import ADMINISTRATOR, Actor, actor_of
from enggang.core.acts import Refused
from enggang.core.exports import answer_page
from enggang.core.tables import LIST_METHODS, answer_list
from enggang.places import rules
from enggang.places.domain.organisations import (
    change_organisation,
    end_organisation,
    open_organisation,
    succeed_organisation,
)
from enggang.places.exports import ORGANISATIONS
from enggang.places.filters import OrganisationFilter
from enggang.places.forms.organisations import EndForm, OrganisationForm, SuccessorForm
from enggang.places.models import Organisation
from enggang.places.models.organisation import below
from enggang.places.queries.tree import ancestors, forest
from enggang.places.tables import ChildTable, OrganisationTable


@login_required
@require_http_methods(LIST_METHODS)
def tree(request: HttpRequest) -> HttpResponse:
    """Everything as a tree; with a question as a list."""
    actor = actor_of(request)
    rows = (
        Organisation.objects.visible_to(actor)
        .on()
        .select_related("subject", "parent", "region")
        .defer("region__outline")
    )
    chosen = OrganisationFilter(request.GET, queryset=rows)
    context: dict[str, Any] = {"filter": chosen, "may_add": rules.may_open_root(actor)}
    if any(request.GET.get(name) for name in OrganisationFilter.Meta.fields):
        context["table"] = OrganisationTable(chosen.qs)
        return answer_list(request, "places/tree.html", context, name=_("Organisations"), per_page=25)
    context["forest"] = forest(actor)
    return answer_page(request, "places/tree.html", context, ORGANISATIONS.of(rows.order_by("path")))


@login_required
@require_http_methods(LIST_METHODS)
def organisation(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    row = _find(actor, code)
    below = row.children.on().select_related("subject", "region").defer("region__outline")
    table = ChildTable(below)
    may_keep = rules.may_keep_organisation(actor, row.path)
    context = {"organisation": row, "crumbs": _crumbs(row), "table": table, "may_keep": may_keep, "end_form": EndForm()}
    context["successions"] = row.successions.select_related("new__subject")
    context["predecessions"] = row.predecessions.select_related("old__subject")
    context["venues"] = row.venues.select_related("subject")[:50]
    return answer_list(request, "places/organisation.html", context, name=row.short_name, per_page=25)


@login_required
@require_http_methods(["GET", "POST"])
def new_organisation(request: HttpRequest, code: str = "") -> HttpResponse:
    """Below the organisation with ``code``, or a new root."""
    actor = actor_of(request)
    parent = _kept(actor, code) if code else None
    if parent is None and not rules.may_open_root(actor):
        raise Http404
    start = {"region": parent.region_id, "time_zone": parent.time_zone, "kind": "agency"} if parent else {}
    form = OrganisationForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            row = open_organisation(parent=parent, actor=actor, **form.values)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("{name} has been added.").format(name=row.name))
            return HttpResponseRedirect(reverse("places:organisation", args=[row.code]))
    back = reverse("places:organisation", args=[parent.code]) if parent else reverse("places:tree")
    return _form(request, form, parent=parent, back=back)


@login_required
@require_http_methods(["GET", "POST"])
def edit_organisation(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    row = _kept(actor, code)
    form = OrganisationForm(request.POST or None, instance=row, initial={"version": row.version})
    back = reverse("places:organisation", args=[row.code])
    if request.method == "POST" and form.is_valid():
        fresh = _kept(actor, code)  # the form has already written into its own instance
        version = form.cleaned_data["version"] or 0
        try:
            change_organisation(organisation=fresh, version=version, actor=actor, **form.values)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(back)
    return _form(request, form, organisation=row, back=back)


@login_required
@require_POST
def finish_organisation(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    row = _kept(actor, code)
    form = EndForm(request.POST)
    if form.is_valid():
        try:
            end_organisation(organisation=row, on=form.cleaned_data["on"], actor=actor)
        except Refused as refused:
            messages.error(request, refused.message)
        else:
            messages.success(request, _("Its last day is on record. Papers that name it stay as they are."))
    else:
        messages.error(request, _("Give the last day as a date."))
    return HttpResponseRedirect(reverse("places:organisation", args=[row.code]))


@login_required
@require_http_methods(["GET", "POST"])
def name_successor(request: HttpRequest, code: str) -> HttpResponse:
    """A reorganisation: another organisation stands in the place of this one from a day on."""
    actor = actor_of(request)
    row = _kept(actor, code)
    offered = Organisation.objects.held_by(actor, ADMINISTRATOR).exclude(below(row.path)).on()
    form = SuccessorForm(request.POST or None, offered=offered)
    back = reverse("places:organisation", args=[row.code])
    if request.method == "POST" and form.is_valid():
        try:
            succeed_organisation(old=row, actor=actor, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("The successor is on record, and the people have moved."))
            return HttpResponseRedirect(back)
    context = {"form": form, "organisation": row, "back": back}
    return render(request, "places/successor_form.html", context, status=422 if form.errors else 200)


def _find(actor: Actor, code: str) -> Organisation:
    rows = Organisation.objects.visible_to(actor).select_related("subject", "parent", "region")
    return get_object_or_404(rows, subject__code=code)


def _kept(actor: Actor, code: str) -> Organisation:
    """To whoever does not keep this part of the tree, the page does not exist."""
    row = _find(actor, code)
    if not rules.may_keep_organisation(actor, row.path):
        raise Http404
    return row


def _crumbs(row: Organisation) -> list[dict[str, str]]:
    up = [
        {"label": each.short_name, "href": reverse("places:organisation", args=[each.code])} for each in ancestors(row)
    ]
    return [{"label": _("Organisations"), "href": reverse("places:tree")}, *up, {"label": row.short_name, "href": ""}]


def _form(request: HttpRequest, form: OrganisationForm, **context: Any) -> HttpResponse:
    status = 200 if not form.errors else 422
    return render(request, "places/organisation_form.html", {"form": form, **context}, status=status)
