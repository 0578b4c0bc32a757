"""The competency catalogue: shipped rows to look at, an agency's own to enter and change."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from enggang.core.exports import LIST_METHODS
from enggang.people import rules
from enggang.people.domain.catalogue import keep_catalogue_row
from enggang.people.queries.catalogue import TABLES
from enggang.places.queries.dated import Shelf
from enggang.places.views.dated import dated_list, shelf_views

SHELF = Shelf(
    space="people:catalogue_row", tables=TABLES, readers=rules.SEES_CATALOGUE, managers=rules.MANAGES_PEOPLE,
    keep=keep_catalogue_row, home=("people:catalogue", _("Competency catalogue")),
    lead=_("What a post can ask for and a person can show. Every row has a source and says how certain it is; add the technical competencies of your own field."),
)  # fmt: skip


@require_http_methods(LIST_METHODS)
@login_required
def catalogue(request: HttpRequest) -> HttpResponse:
    """The first table."""
    return dated_list(request, SHELF, "kompetensi")


row_list, row_new, row_edit = (login_required(view) for view in shelf_views(SHELF))
