"""The number of visitors: how it stands, what it rests on, its closed versions; and counts that come from paper or a file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from enggang.attendance.domain.counts import take_in_counts
from enggang.attendance.forms.counts import SavedCounts, read_saved_counts
from enggang.attendance.forms.saved import MAX_BYTES, NoSavedFile, SavedForm
from enggang.attendance.models import CountPoint, CountResult
from enggang.attendance.queries.tally import tally_of
from enggang.attendance.queries.tally_facts import changes_between, facts_of, results_of
from enggang.core.actor import actor_of
from enggang.core.exports import LIST_METHODS, answer_page, posted
from enggang.core.models.closed import Facts
from enggang.core.rows import fresh_rows, is_to_be_saved
from enggang.core.views.answers import attempt
from enggang.events import exports_counting as sheets
from enggang.events.domain import counting as acts
from enggang.events.domain.standing import keep_open
from enggang.events.forms.counting import (
    CloseForm,
    LineFormSet,
    SheetForm,
    SquareFormSet,
    lines_of,
    written_lines,
)
from enggang.events.models import Edition
from enggang.events.queries.counting import changed_in_words, told
from enggang.events.views.counting import find_point
from enggang.events.views.finding import find_inside, find_managed_edition, shell_of

SHOWN = 200


@require_http_methods(LIST_METHODS)
def result(request: HttpRequest, code: str) -> HttpResponse:
    """The number as it stands; posted to, it is closed as the next version."""
    edition = find_inside(request, code)
    shell = shell_of(request, edition, "counting")
    form = CloseForm(posted(request) if shell["may_manage"] else None)
    made: list[CountResult] = []
    if form.is_bound and attempt(
        form, lambda: made.append(acts.close_counting(edition, actor=actor_of(request), **form.cleaned_data))
    ):
        messages.success(request, _("Closed as version %(number)s.") % {"number": made[0].number})
        return redirect("events:counting_version", code=code, number=made[0].number)
    facts = facts_of(tally_of(edition.subject, edition.organisation))
    results = results_of(edition.subject)
    since = _changes(results[0], facts) if results else []
    return _result_page(request, edition, facts, form=form, results=results, since=since)


@require_http_methods(LIST_METHODS)
def version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A closed result, as it was, beside what it changed of the version before."""
    edition = find_inside(request, code)
    results = results_of(edition.subject)
    frozen = get_object_or_404(CountResult, group=edition.subject, number=number)
    before = next((row for row in results if row.number == number - 1), None)
    facts = frozen.read()
    since = _changes(before, facts) if before else []
    return _result_page(
        request, edition, facts, frozen=frozen, whole=frozen.is_whole, results=results, since=since
    )  # fmt: skip


def _changes(before: CountResult, facts: Facts) -> list[dict[str, str]]:
    return [changed_in_words(row) for row in changes_between(before.read(), facts)]


def _result_page(request: HttpRequest, edition: Edition, facts: Facts, **more: Any) -> HttpResponse:
    found = told(facts)
    context = {**shell_of(request, edition, "counting"), "told": found, **more}
    form = more.get("form")
    with timezone.override(edition.time_zone):
        exports = sheets.POINTS.of(found.points, about=edition.subject)
        status = 422 if form is not None and form.errors else 200
        return answer_page(request, "events/counting_result.html", context, exports, status=status)


# -- from paper --------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_enter(request: HttpRequest, code: str, point: str) -> HttpResponse:
    """A printed tally sheet, typed in line by line; what is empty counts nothing."""
    edition = find_managed_edition(request, code)
    found = find_point(edition, point)
    sheet = SheetForm(request.POST or None, point=found)
    kind = SquareFormSet if found.is_density else LineFormSet
    data = fresh_rows(request, "rows")
    rows = kind(data, prefix="rows", initial=None if data is not None else lines_of(found))
    if is_to_be_saved(request) and _kept(request, edition, found, sheet, rows):
        return redirect("events:counting_point", code=code, point=point)
    bad = is_to_be_saved(request) and bool(sheet.errors or rows.total_error_count())
    context = {"edition": edition, "point": found, "sheet": sheet, "formset": rows}
    return render(request, "events/counting_enter.html", context, status=422 if bad else 200)


def _kept(request: HttpRequest, edition: Edition, point: CountPoint, sheet: SheetForm, rows: Any) -> bool:
    """Whether the sheet could be entered; all lines or none."""
    if not (sheet.is_valid() and rows.is_valid()):
        return False
    lines = written_lines(point, sheet, rows.cleaned_data)
    person = sheet.cleaned_data["person"]
    if not attempt(
        sheet, lambda: acts.enter_counts(edition, point, person=person, lines=lines, actor=actor_of(request))
    ):  # fmt: skip
        return False
    messages.success(request, ngettext("%(n)s line entered.", "%(n)s lines entered.", len(lines)) % {"n": len(lines)})
    return True


# -- from the file of a dead phone -------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def saved(request: HttpRequest, code: str, point: str) -> HttpResponse:
    """Read twice, the same file answers the same: the report stands on this page alone."""
    edition = find_managed_edition(request, code)
    found = find_point(edition, point)
    form = SavedForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    form.fields["file"].help_text = _("hitungan-belum-terkirim.csv, as the phone saved it; at most 5 MB.")
    report: list[dict[str, Any]] = []
    if form.is_bound:
        attempt(form, lambda: report.append(_take_in(request, edition, found, form)))
    context = {"edition": edition, "point": found, "form": form, "report": report[0] if report else None}
    return render(request, "events/counting_saved.html", context, status=422 if form.errors else 200)


def _take_in(request: HttpRequest, edition: Edition, point: CountPoint, form: SavedForm) -> dict[str, Any]:
    keep_open(edition)
    phones = {row.code: row for row in point.phones.select_related("link", "subject", "point__organisation")}
    try:
        found: SavedCounts = read_saved_counts(form.cleaned_data["file"].read(MAX_BYTES + 1), set(phones))
    except NoSavedFile as wrong:
        form.add_error("file", str(wrong))
        return {}
    new = sum(
        take_in_counts(phone=phones[code], saved=arrivals, actor=actor_of(request))
        for code, arrivals in found.arrivals.items()
    )
    read = sum(len(rows) for by_device in found.arrivals.values() for rows in by_device.values())
    return {
        "new": new, "known": read - new, "rejected": found.rejected[:SHOWN], "rejected_count": len(found.rejected),
    }  # fmt: skip
