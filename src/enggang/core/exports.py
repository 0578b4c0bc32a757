"""A list of any shape as a file: its columns are declared once, the view says which rows, everything else is here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor, actor_of
from enggang.core.acts import Conflict, act, record, record_subject
from enggang.core.spreadsheets import WRITERS

LARGEST_EXPORT = 50_000  # rows
LIST_METHODS = ["GET", "HEAD", "POST"]  # a list is posted to when it is wanted as a file
Rows = Collection[Any] | QuerySet[Any] | Callable[[], Collection[Any] | QuerySet[Any]]


class Column(NamedTuple):
    """``value`` is a path from the row ("person.name", "get_state_display") or a function of the row."""

    name: str
    header: Any
    value: str | Callable[[Any], Any]

    def of(self, row: Any) -> Any:
        return self.value(row) if callable(self.value) else _along(row, self.value)


@dataclass(frozen=True)
class Sheet:
    """What a list is as a file. ``code`` names it among the lists of its page and in the audit trail."""

    code: str
    title: Any
    columns: tuple[Column, ...]

    @property
    def header(self) -> list[str]:
        return [str(column.header) for column in self.columns]

    def cells(self, rows: Iterable[Any]) -> Iterator[list[Any]]:
        """Every column of every row as it is, for a workbook of several sheets."""
        return ([column.of(row) for column in self.columns] for row in rows)

    def of(self, rows: Rows, *, about: Any = None, shown: Collection[Any] | None = None) -> Export:
        """With its rows, which are asked for only when the file is. ``about`` is the Subject that the trail names,
        ``shown`` what the page shows of the rows: where it shows none, no file is offered."""
        return Export(self, rows, about, rows if shown is None and isinstance(rows, list) else shown)


@dataclass(frozen=True)
class Export:
    sheet: Sheet
    rows: Rows
    about: Any = None
    shown: Collection[Any] | None = None

    @property
    def headers(self) -> dict[str, str]:
        return {column.name: str(column.header) for column in self.sheet.columns}

    def is_offered(self, page: Any) -> bool:
        """Not where the page shows no row, as far as that is known without asking the database once more."""
        if self.shown is not None:
            return bool(self.shown)
        return page is None or page.paginator.object_list is not self.rows or bool(page.paginator.count)

    def file(self, request: HttpRequest) -> HttpResponse:
        rows = self.rows() if callable(self.rows) else self.rows
        columns = chosen_columns(request, self.headers)
        picked = [column for column in self.sheet.columns if column.name in columns]
        note_export(
            name=self.sheet.code,
            count=rows.count() if isinstance(rows, QuerySet) else len(rows),
            columns=columns,
            about=self.about,
            actor=actor_of(request),
        )
        lines = ([_cell(column.of(row)) for column in picked] for row in _each(rows))
        return file_of(request, str(self.sheet.title), [self.headers[name] for name in columns], lines)


def wants_file(request: HttpRequest) -> bool:
    """Whether a page that is posted to for other reasons too is asked for one of its lists."""
    return request.method == "POST" and bool(request.POST.get("list"))


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form of the page is bound to: nothing when the page was not posted to, or for a list of its."""
    return request.POST if request.method == "POST" and not wants_file(request) else None


def answer_page(
    request: HttpRequest, template: str, context: Mapping[str, Any], *exports: Export, status: int = 200
) -> HttpResponse:
    """The page with its lists to be downloaded, or on POST the one that is asked for.

    A page that comes back with errors offers none: it may stand at the address of another act.
    """
    if wants_file(request):
        for each in exports:
            if each.sheet.code == request.POST["list"]:
                return each.file(request)
    offered = [each for each in exports if status == 200 and each.is_offered(context.get("page_obj"))]
    return render(request, template, {**context, "exports": offered}, status=status)


def chosen_columns(request: HttpRequest, offered: Mapping[str, str]) -> list[str]:
    """Those that were ticked, in the order of the list; without a ticked one all of them."""
    asked = request.POST.getlist("column")
    return [column for column in offered if column in asked] or list(offered)


def file_of(request: HttpRequest, name: str, header: list[str], rows: Iterable[list[Any]]) -> HttpResponse:
    form = "csv" if request.POST.get("form") == "csv" else "xlsx"
    write, media_type = WRITERS[form]
    response = HttpResponse(write(name, header, rows), content_type=media_type)
    file_name = f"{name} {clock.today():%Y-%m-%d}.{form}"
    response["Content-Disposition"] = content_disposition_header(True, file_name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


@act("core.export_list")
def note_export(*, name: str, count: int, columns: list[str], actor: Actor, about: Any = None) -> None:
    """Keep in the trail that a list left the house. Raises Conflict when it is too long for one file."""
    if count > LARGEST_EXPORT:
        message = _("This list has %(count)d rows; a file holds %(limit)d. Narrow it with the filter first.")
        raise Conflict(message % {"count": count, "limit": LARGEST_EXPORT})
    record_subject(about)
    record(list=slugify(name), rows=count, columns=columns)


def _along(row: Any, path: str) -> Any:
    for step in path.split("."):
        if row is None:
            return None
        row = getattr(row, step)
        if callable(row):
            row = row()
    return row


def _each(rows: Collection[Any] | QuerySet[Any]) -> Iterator[Any]:
    return rows.iterator(chunk_size=1000) if isinstance(rows, QuerySet) else iter(rows)


def _cell(value: Any) -> Any:
    """Numbers stay numbers; what is unknown is empty, never a 0; moments are told in the zone of the page."""
    if value is None or isinstance(value, bool):
        return (_("yes") if value else _("no")) if value is not None else ""
    if isinstance(value, Decimal):
        return float(value) if value.is_finite() else ""
    if isinstance(value, int | float):
        return value
    if isinstance(value, datetime):
        return f"{timezone.localtime(value) if timezone.is_aware(value) else value:%Y-%m-%d %H:%M}"
    if isinstance(value, list | tuple | set | frozenset):
        return "; ".join(str(_cell(each)) for each in value)
    return " ".join(strip_tags(value).split()) if isinstance(value, SafeString) else str(value)
