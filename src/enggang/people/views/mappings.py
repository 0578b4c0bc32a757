"""The columns that an agency has set for its own forms: seen, and forgotten."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from enggang.core.actor import actor_of
from enggang.core.acts import require
from enggang.core.tables import LIST_METHODS, answer_list
from enggang.people import rules
from enggang.people.domain.rosters import forget_columns
from enggang.people.models import ColumnMapping
from enggang.people.tables import MappingTable


@require_http_methods(LIST_METHODS)
@login_required
def mapping_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    require(rules.may_add_people(actor))
    table = MappingTable(ColumnMapping.objects.visible_to(actor).select_related("organisation"))
    return answer_list(request, "people/mappings.html", {"table": table}, name=_("Remembered columns"), per_page=30)


@require_POST
@login_required
def mapping_forget(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    rows = ColumnMapping.objects.visible_to(actor).select_related("organisation__subject")
    organisation = forget_columns(mapping=get_object_or_404(rows, pk=pk), actor=actor)
    messages.success(
        request, _("Forgotten. The next list of {agency} is asked about again.").format(agency=organisation)
    )
    return redirect("people:mappings")
