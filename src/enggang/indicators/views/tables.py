"""A table of values: uploaded, looked at, taken; rejected cells go back as a workbook."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from enggang.core import clock
from enggang.core.actor import actor_of
from enggang.core.exports import answer_page, wants_file
from enggang.core.tables import LIST_METHODS
from enggang.core.views.answers import attempt
from enggang.files.enums import Purpose
from enggang.files.models import StoredFile
from enggang.indicators.domain import importing as acts
from enggang.indicators.exports import REJECTED
from enggang.indicators.forms.indicators import TableForm, TakeForm
from enggang.indicators.models import Indicator
from enggang.indicators.views.indicators import find_indicator
from enggang.people.roster.sheet import MAX_BYTES

SHOWN = 200  # cells of a preview


def table_new(request: HttpRequest, code: str) -> HttpResponse:
    row, actor = find_indicator(request, code, measured=True), actor_of(request)
    form = TableForm(request.POST or None, request.FILES or None)
    kept: list[StoredFile] = []

    def bring() -> None:
        file = form.cleaned_data["file"]
        kept.append(acts.bring_table(indicator=row, content=file.read(MAX_BYTES + 1), name=file.name, actor=actor))

    if form.is_bound and attempt(form, bring):
        return redirect("indicators:table", code=code, file=kept[0].code)
    context = {"row": row, "form": form, "heading": _("Take values from a table")}
    return render(request, "indicators/form.html", context, status=422 if form.errors else 200)


@require_http_methods(LIST_METHODS)
def table(request: HttpRequest, code: str, file: str) -> HttpResponse:
    """What would be taken; posted to, it is."""
    row, actor = find_indicator(request, code, measured=True), actor_of(request)
    kept = _find(row, file)
    found = acts.table_of(row, kept)
    if wants_file(request) or request.method != "POST":
        form = TakeForm(initial={"source": row.source, "as_of": clock.today()})
        return _page(request, row, kept, found, form)
    form = TakeForm(request.POST)
    done: list[acts.Brought] = []
    if attempt(
        form, lambda: done.append(acts.accept_table(indicator=row, file=kept, actor=actor, **form.cleaned_data))
    ):
        words = {"taken": done[0].taken, "same": done[0].unchanged, "rejected": done[0].rejected}
        messages.success(request, _("%(taken)d values entered, %(same)d stood already, %(rejected)d rejected.") % words)
        return redirect("indicators:indicator", code=code)
    return _page(request, row, kept, found, form, status=422)


def _page(
    request: HttpRequest, row: Indicator, kept: StoredFile, found: Any, form: Any, *, status: int = 200
) -> HttpResponse:
    context = {
        "row": row,
        "kept": kept,
        "taken": found.taken[:SHOWN],
        "count": len(found.taken),
        "rejected": found.rejected[:SHOWN],
        "form": form,
    }
    return answer_page(
        request, "indicators/table.html", context, REJECTED.of(found.rejected, about=row.subject), status=status
    )  # fmt: skip


def _find(row: Indicator, code: str) -> StoredFile:
    rows = StoredFile.objects.filter(purpose=Purpose.EVIDENCE, organisation=row.organisation, erased_at=None)
    return get_object_or_404(rows, subject__code=code)
