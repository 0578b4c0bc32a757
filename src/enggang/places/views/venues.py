"""Venues."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from enggang.core.actor import Actor, actor_of
from enggang.core.acts import Refused
from enggang.core.tables import LIST_METHODS, answer_list
from enggang.places import rules
from enggang.places.domain.venues import change_venue, open_venue
from enggang.places.filters import VenueFilter
from enggang.places.forms.venues import NewVenueForm, VenueForm
from enggang.places.models import Venue
from enggang.places.tables import VenueTable


@login_required
@require_http_methods(LIST_METHODS)
def venues(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    chosen = VenueFilter(request.GET, queryset=_rows(actor))
    context = {"table": VenueTable(chosen.qs), "filter": chosen, "may_add": rules.may_keep_some_venue(actor)}
    return answer_list(request, "places/venues.html", context, name=_("Venues"), per_page=25)


@login_required
@require_GET
def venue(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    row = _find(actor, code)
    may_keep = rules.may_keep_venue(actor, row.organisation.path)
    return render(request, "places/venue.html", {"venue": row, "may_keep": may_keep})


@login_required
@require_http_methods(["GET", "POST"])
def new_venue(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not rules.may_keep_some_venue(actor):
        raise Http404
    form = NewVenueForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        try:
            row = open_venue(actor=actor, **form.values)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("{name} has been added.").format(name=row.name))
            return HttpResponseRedirect(reverse("places:venue", args=[row.code]))
    return _form(request, form, back=reverse("places:venues"))


@login_required
@require_http_methods(["GET", "POST"])
def edit_venue(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    row = _kept(actor, code)
    form = VenueForm(request.POST or None, instance=row, initial={"version": row.version})
    back = reverse("places:venue", args=[row.code])
    if request.method == "POST" and form.is_valid():
        fresh = _kept(actor, code)  # the form has already written into its own instance
        version = form.cleaned_data["version"] or 0
        try:
            change_venue(venue=fresh, version=version, actor=actor, **form.values)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(back)
    return _form(request, form, venue=row, back=back)


def _rows(actor: Actor) -> Any:
    return Venue.objects.visible_to(actor).select_related("subject", "region", "organisation").defer("region__outline")


def _find(actor: Actor, code: str) -> Venue:
    row: Venue = get_object_or_404(_rows(actor).select_related("organisation__subject"), subject__code=code)
    return row


def _kept(actor: Actor, code: str) -> Venue:
    row = _find(actor, code)
    if not rules.may_keep_venue(actor, row.organisation.path):
        raise Http404
    return row


def _form(request: HttpRequest, form: VenueForm, **context: Any) -> HttpResponse:
    status = 200 if not form.errors else 422
    return render(request, "places/venue_form.html", {"form": form, **context}, status=status)
