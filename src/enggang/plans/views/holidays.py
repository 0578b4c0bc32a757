"""Holiday lists by year, the working days they leave, and an agency's own lists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from enggang.core import clock
from enggang.core.actor import Actor, actor_of
from enggang.core.acts import Refused
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.core.views.answers import attempt, press
from enggang.people.roster.sheet import MAX_BYTES
from enggang.places.models import Organisation
from enggang.plans import exports, rules
from enggang.plans.domain import holidays as acts
from enggang.plans.enums import ListState
from enggang.plans.forms.holidays import CountForm, EditListForm, HolidayForm, NewListForm
from enggang.plans.models import Holiday, HolidayList
from enggang.plans.queries.workdays import Deadline, work_calendar
from enggang.plans.sheets import HolidayRow, read_holidays

STEPS = {"tetapkan": ListState.DECREED, "tarik": ListState.WITHDRAWN}
TONES = {ListState.EXPECTED: "warn", ListState.DECREED: "good", ListState.WITHDRAWN: "neutral"}


@require_http_methods(LIST_METHODS)
def holidays(request: HttpRequest) -> HttpResponse:
    """A year: its lists, its days, and which lists are missing for this year and the next."""
    actor = _reader(request)
    this = clock.today().year
    lists = list(HolidayList.objects.visible_to(actor).select_related("organisation"))
    years = sorted({row.year for row in lists} | {this, this + 1})
    year = _year(request, years, this)
    shown = [row for row in lists if row.year == year]
    days = list(Holiday.objects.filter(list__in=shown).select_related("region", "list"))
    form = CountForm(request.GET if "hari" in request.GET else None)
    context = {
        "years": [
            {"label": str(each), "href": f"?tahun={each}", "current": each == year, "count": ""} for each in years
        ],
        "year": year,
        "lists": [(row, TONES[ListState(row.state)]) for row in shown],
        "days": days,
        "missing": [each for each in (this, this + 1) if not _is_decreed(lists, each)],
        "form": form,
        "deadline": _counted(form, actor),
        "may_add": actor.holds_somewhere(*rules.MANAGERS),
        "may_ship": rules.may_ship(actor),
    }
    return answer_page(request, "plans/holidays.html", context, exports.HOLIDAYS.of(days), exports.LISTS.of(shown))


def _reader(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not actor.holds_somewhere(*rules.READS):
        raise Http404
    return actor


def _year(request: HttpRequest, years: Sequence[int], this: int) -> int:
    asked = request.GET.get("tahun", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 and int(asked) in years else this


def _is_decreed(lists: Sequence[HolidayList], year: int) -> bool:
    return any(row.year == year and row.state == ListState.DECREED and not row.partial for row in lists)


def _counted(form: CountForm, actor: Actor) -> Deadline | None:
    """By the lists of the first agency where the reader serves."""
    if not form.is_bound or not form.is_valid():
        return None
    organisation = Organisation.objects.held_by(actor, *rules.READS).first()
    calendar = work_calendar(organisation=organisation, at=form.cleaned_data["diketahui"])
    return calendar.before(form.cleaned_data["hari"], form.cleaned_data["jumlah"])


@require_POST
def shipped_load(request: HttpRequest) -> HttpResponse:
    actor = _reader(request)
    if not rules.may_ship(actor):
        raise Http404
    said = _("Taken in: %(lists)s lists, %(days)s days.")
    press(request, lambda: acts.load_holidays(actor=actor), lambda made: said % made)
    return redirect("plans:holidays")


def list_new(request: HttpRequest) -> HttpResponse:
    """A list with its days; ``?koreksi=`` begins one that corrects a day of a shipped list."""
    actor = _reader(request)
    if not actor.holds_somewhere(*rules.MANAGERS):
        raise Http404
    form = NewListForm(
        request.POST or None, request.FILES or None, actor=actor, initial=_begun(actor, request.GET.get("koreksi", ""))
    )
    rows: list[HolidayRow] = []
    if form.is_bound and form.is_valid():
        try:
            rows = _rows(form)
            made = _add(form, rows, actor)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            if made is not None:
                messages.success(request, _("Added. Deadlines in working days are counted with it now."))
                return redirect("plans:holiday_list", list_id=made.pk)
    context = {"form": form, "heading": _("Add a holiday list"), "wrong": [row for row in rows if row.error]}
    return render(request, "plans/holiday_paste.html", context, status=422 if form.is_bound else 200)


def _begun(actor: Actor, asked: str) -> dict[str, Any]:
    """For a correction: the day taken back, to be written again on the right day."""
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 18):
        return {}
    row = Holiday.objects.visible_to(actor).filter(pk=int(asked)).select_related("list").first()
    if row is None:
        return {}
    text = f"{row.day:%d-%m-%Y}\t{row.name}\thari kerja"
    return {
        "year": row.list.year,
        "name": _("Correction: %(name)s") % {"name": row.name},
        "partial": True,
        "text": text,
    }


def _rows(form: NewListForm) -> list[HolidayRow]:
    file = form.cleaned_data["file"]
    content = file.read(MAX_BYTES + 1) if file else b""
    return read_holidays(year=form.cleaned_data["year"], text=form.cleaned_data["text"], content=content)


def _add(form: NewListForm, rows: list[HolidayRow], actor: Actor) -> HolidayList | None:
    """None when a line cannot be taken: then nothing is, and every line says why."""
    if any(row.error for row in rows):
        form.add_error(None, _("Some lines cannot be read; nothing was saved. Correct them, then send the list again."))
        return None
    facts = {name: value for name, value in form.cleaned_data.items() if name not in {"text", "file"}}
    made: list[HolidayList] = []
    attempt(form, lambda: made.append(acts.add_holiday_list(rows=rows, actor=actor, **facts)))
    return made[0] if made else None


def _find(request: HttpRequest, list_id: int) -> HolidayList:
    rows = HolidayList.objects.visible_to(_reader(request)).select_related("organisation__subject")
    found: HolidayList = get_object_or_404(rows, pk=list_id)
    return found


def _find_managed(request: HttpRequest, list_id: int) -> HolidayList:
    rows = HolidayList.objects.managed_by(_reader(request)).select_related("organisation__subject")
    found: HolidayList = get_object_or_404(rows, pk=list_id)
    return found


@require_http_methods(LIST_METHODS)
def holiday_list(request: HttpRequest, list_id: int) -> HttpResponse:
    row, actor = _find(request, list_id), actor_of(request)
    days = list(row.days.select_related("region"))
    for day in days:
        day.list = row
    context = {
        "row": row,
        "tone": TONES[ListState(row.state)],
        "days": days,
        "may_manage": row.organisation is not None and rules.may_manage(actor, row.organisation),
        "may_add": actor.holds_somewhere(*rules.MANAGERS),
    }
    return answer_page(request, "plans/holiday_list.html", context, exports.HOLIDAYS.of(days))


def list_edit(request: HttpRequest, list_id: int) -> HttpResponse:
    row = _find_managed(request, list_id)
    form = EditListForm(request.POST or None, row=row)
    if form.is_bound and attempt(
        form, lambda: acts.change_holiday_list(row=row, actor=actor_of(request), **form.cleaned_data)
    ):
        messages.success(request, _("Saved."))
        return redirect("plans:holiday_list", list_id=row.pk)
    context = {"form": form, "row": row, "heading": _("Change the list")}
    return render(request, "plans/holiday_form.html", context, status=422 if form.errors else 200)


@require_POST
def list_step(request: HttpRequest, list_id: int, step: str) -> HttpResponse:
    row = _find_managed(request, list_id)
    if step not in STEPS:
        raise Http404
    press(
        request,
        lambda: acts.move_holiday_list(row=row, to=STEPS[step], actor=actor_of(request)),
        _("Done. Deadlines in working days are counted anew."),
    )
    return redirect("plans:holiday_list", list_id=row.pk)


def holiday_new(request: HttpRequest, list_id: int) -> HttpResponse:
    row = _find_managed(request, list_id)
    form = HolidayForm(request.POST or None, initial={"day": date(row.year, 1, 1)})
    return _day_form(request, row, Holiday(list=row), form, _("Add a day"))


def holiday_edit(request: HttpRequest, list_id: int, day_id: int) -> HttpResponse:
    row = _find_managed(request, list_id)
    day = get_object_or_404(row.days.all(), pk=day_id)
    day.list = row
    return _day_form(request, row, day, HolidayForm(request.POST or None, row=day), _("Correct the day"))


def _day_form(
    request: HttpRequest, row: HolidayList, day: Holiday, form: HolidayForm, heading: str
) -> HttpResponse:  # fmt: skip
    if form.is_bound and attempt(
        form, lambda: acts.keep_holiday(row=day, actor=actor_of(request), **form.cleaned_data)
    ):
        messages.success(request, _("Saved. Deadlines in working days are counted anew."))
        return redirect("plans:holiday_list", list_id=row.pk)
    context = {"form": form, "row": row, "heading": heading}
    return render(request, "plans/holiday_form.html", context, status=422 if form.errors else 200)


@require_POST
def holiday_drop(request: HttpRequest, list_id: int, day_id: int) -> HttpResponse:
    row = _find_managed(request, list_id)
    day = get_object_or_404(row.days.all(), pk=day_id)
    day.list = row
    press(request, lambda: acts.drop_holiday(row=day, actor=actor_of(request)), _("Removed."))
    return redirect("plans:holiday_list", list_id=row.pk)
