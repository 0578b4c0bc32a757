"""Tables on a page, as the address asks for them, and as a file with the columns that were chosen."""

from __future__ import annotations

from typing import Any

import django_tables2
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import strip_tags

from enggang.core.actor import actor_of
from enggang.core.exports import LIST_METHODS, chosen_columns, file_of, note_export

__all__ = ["LIST_METHODS", "RequestConfig", "answer_list"]


class RequestConfig(django_tables2.RequestConfig):
    """The library's, but for the number of rows on a page: that is not for the address to say.

    The library takes ``per_page`` from it: zero ends in a server error, and a large number asks for everybody at once.
    """

    def configure(self, table: Any) -> Any:
        table.request = self.request
        if order := self.request.GET.getlist(table.prefixed_order_by_field):
            table.order_by = order
        table.paginate(per_page=self.paginate["per_page"])
        table.page = table.paginator.get_page(self.request.GET.get(table.prefixed_page_field))
        return table


def answer_list(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    name: str,
    per_page: int = 50,
    status: int = 200,
    exports: bool = True,
) -> HttpResponse:
    """The page of ``context["table"]``, or on POST the whole of it as a file. ``name`` is that of the file.

    ``exports`` is whether this reader may take it away. Columns that are not visible stand in the file alone.
    """
    table = context["table"]
    every = table.columns.iterall()
    chosen = {column.name: str(column.header) for column in every if not column.column.exclude_from_export}
    if request.method == "POST" and exports:
        return _as_file(request, table, chosen, name)
    RequestConfig(request, paginate={"per_page": per_page}).configure(table)
    table.export_columns = chosen if exports else {}
    return render(request, template, context, status=status)


def _as_file(request: HttpRequest, table: Any, offered: dict[str, str], name: str) -> HttpResponse:
    """What the list shows under the same question, in the same order."""
    columns = chosen_columns(request, offered)
    if order := request.GET.getlist(table.prefixed_order_by_field):
        table.order_by = order
    note_export(name=name, count=len(table.rows), columns=columns, actor=actor_of(request))
    rows = [[_plain(row.get_cell_value(column)) for column in columns] for row in table.rows]
    return file_of(request, name, [offered[column] for column in columns], rows)


def _plain(value: Any) -> Any:
    """A cell without its dress: a badge is its words, an empty cell is empty."""
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return "" if value is None else value
    return " ".join(strip_tags(str(value)).split())
