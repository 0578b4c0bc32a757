"""The tables of reference rows: shipped ones to look at, an agency's own to enter and change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.exports import LIST_METHODS, Column, Sheet, answer_page
from enggang.places.forms.dated import dated_form
from enggang.places.queries.dated import DatedTable, Shelf

PER_PAGE = 50
View = Callable[..., HttpResponse]


def shelf_views(shelf: Shelf) -> tuple[View, View, View]:
    """The list, the form of a new row and that of a known one: ``<space>s``, ``<space>_new`` and ``<space>``."""

    @require_http_methods(LIST_METHODS)
    def rows(request: HttpRequest, word: str) -> HttpResponse:
        return dated_list(request, shelf, word)

    def new(request: HttpRequest, word: str) -> HttpResponse:
        return dated_new(request, shelf, word)

    def edit(request: HttpRequest, word: str, row_id: int) -> HttpResponse:
        return dated_edit(request, shelf, word, row_id)

    return rows, new, edit


def _table(request: HttpRequest, shelf: Shelf, word: str, roles: tuple[str, ...]) -> DatedTable:
    if word not in shelf.tables or not actor_of(request).holds_somewhere(*roles):
        raise Http404
    return shelf.tables[word]


def _rows(request: HttpRequest, shelf: Shelf, table: DatedTable) -> Any:
    found = table.model.objects.readable_by(actor_of(request), *shelf.readers)
    return found.select_related("organisation__subject", *table.joins)


def dated_list(request: HttpRequest, shelf: Shelf, word: str) -> HttpResponse:
    """A page of the table ``word``, for whoever reads the shelf."""
    table, actor = _table(request, shelf, word, shelf.readers), actor_of(request)
    rows = _rows(request, shelf, table)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    labels = [table.model._meta.get_field(name).verbose_name for name in table.shown]
    cells = [[shelf.cell(row, name) for name in table.shown] for row in page]
    context = {
        **_common(shelf, table),
        "labels": labels,
        "page_obj": page,
        "lines": [(row, list(zip(labels, each, strict=True))) for row, each in zip(page, cells, strict=True)],
        "may_add": actor.holds_somewhere(*shelf.managers),
    }
    return answer_page(request, "places/dated_rows.html", context, _sheet(shelf, table).of(rows))


def _sheet(shelf: Shelf, table: DatedTable) -> Sheet:
    """Every column of the table, and what all of them have: from when, until when, by which source, whose."""
    labels = {name: table.model._meta.get_field(name).verbose_name for name in table.shown}

    def value(name: str) -> Callable[[Any], Any]:
        return lambda row: shelf.cell(row, name)

    return Sheet(table.word, table.label, (
        *(Column(name, capfirst(label), value(name)) for name, label in labels.items()),
        Column("valid_from", _("Valid from"), "valid_from"),
        Column("valid_to", _("Valid until"), "valid_to"),
        Column("source", _("Source"), "source"),
        Column("doubt", _("Certainty"), "doubt"),
        Column("whose", _("Whose"), lambda row: row.organisation or _("Shipped")),
    ))  # fmt: skip


def _common(shelf: Shelf, table: DatedTable) -> dict[str, Any]:
    names = {"list_url": f"{shelf.space}s", "new_url": f"{shelf.space}_new", "row_url": shelf.space}
    return {"shelf": shelf, "table": table, "tables": shelf.tables.values(), **names}


def dated_new(request: HttpRequest, shelf: Shelf, word: str) -> HttpResponse:
    """A new row of an agency, empty or from the one that ``?dari=`` names."""
    table, actor = _table(request, shelf, word, shelf.managers), actor_of(request)
    asked = request.GET.get("dari", "")
    copied = _rows(request, shelf, table).filter(pk=int(asked)).first() if _is_id(asked) else None
    form = dated_form(shelf, table, actor, request.POST or None, copied=copied)
    return _answer(request, shelf, table, form, _("Add a row"))


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 18


def dated_edit(request: HttpRequest, shelf: Shelf, word: str, row_id: int) -> HttpResponse:
    """An agency's own row; shipped ones and those of others are not found."""
    table, actor = _table(request, shelf, word, shelf.managers), actor_of(request)
    row = get_object_or_404(_rows(request, shelf, table), pk=row_id)
    if row.organisation is None or not actor.holds(*shelf.managers, at=row.organisation.path):
        raise Http404
    form = dated_form(shelf, table, actor, request.POST or None, instance=row)
    return _answer(request, shelf, table, form, _("Change the row"))


def _answer(request: HttpRequest, shelf: Shelf, table: DatedTable, form: Any, heading: str) -> HttpResponse:
    if form.is_bound and form.is_valid():
        row = form.save(commit=False)
        version = form.cleaned_data.get("version") or 0
        organisation = form.cleaned_data.get("organisation") or row.organisation
        try:
            shelf.keep(row=row, organisation=organisation, version=version, actor=actor_of(request))
        except Refused as refused:
            form.add_error(None, refused.message)
        except ValidationError as error:
            form.add_error(None, error.messages[0])
        else:
            messages.success(request, _("Saved."))
            return redirect(f"{shelf.space}s", word=table.word)
    context = {**_common(shelf, table), "form": form, "heading": heading}
    return render(request, "places/dated_form.html", context, status=422 if form.errors else 200)
