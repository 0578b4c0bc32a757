"""The rundown: its days and items, their order, the running day, and the wall that shows it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enggang.access.enums import LinkScope
from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.calendars import PRIVATE, Entry, answer_calendar, calendar_of
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.core.views.answers import attempt, press
from enggang.plans import exports
from enggang.plans.domain import rundown as acts
from enggang.plans.forms.rundown import DayForm, EditItemForm, ItemForm, WallForm, after_last
from enggang.plans.models import Plan, RundownDay, RundownItem
from enggang.plans.queries.dates import date_changes
from enggang.plans.queries.rundown import by_track, clashes, forecast, wall
from enggang.plans.views.finding import find_by_token, find_managed_plan, find_plan, shell

SHIFTS = (-15, -5, -1, 1, 5, 15)
LIVE = {"mulai": acts.start_item, "selesai": acts.end_item, "ulang": acts.reset_item}


@require_http_methods(LIST_METHODS)
def rundown(request: HttpRequest, code: str) -> HttpResponse:
    return _days(request, find_plan(request, code))


def _days(request: HttpRequest, plan: Plan, form: DayForm | None = None) -> HttpResponse:
    days = list(plan.days.annotate(number=Count("items")))
    context = {
        **shell(request, plan, "rundown"), "days": days, "wall_form": WallForm(),
        "form": form or DayForm(initial={"day": plan.day}), "changes": len(date_changes(plan)) if plan.is_open else 0,
    }  # fmt: skip
    export = exports.DAYS.of(days, about=plan.subject)
    return answer_page(request, "plans/rundown.html", context, export, status=422 if form else 200)


@require_POST
def day_add(request: HttpRequest, code: str) -> HttpResponse:
    plan = find_managed_plan(request, code)
    form = DayForm(request.POST)
    if attempt(form, lambda: acts.add_rundown_day(plan=plan, actor=actor_of(request), **form.cleaned_data)):
        day = plan.days.get(date=form.cleaned_data["day"])
        return redirect("plans:rundown_day", code=code, day_id=day.pk)
    return _days(request, plan, form)


def find_day(plan: Plan, day_id: int) -> RundownDay:
    day = get_object_or_404(plan.days.all(), pk=day_id)
    day.plan = plan
    return day


def find_item(day: RundownDay, item_id: int) -> RundownItem:
    item = get_object_or_404(day.items.select_related("member__person", "member__subject"), pk=item_id)
    item.day = day
    return item


@require_http_methods(LIST_METHODS)
def rundown_day(request: HttpRequest, code: str, day_id: int) -> HttpResponse:
    plan = find_plan(request, code)
    return _day(request, find_day(plan, day_id))


def _items(day: RundownDay) -> list[RundownItem]:
    rows = list(day.items.select_related("member__person", "member__subject"))
    for row in rows:
        row.day = day
    return rows


def _day(request: HttpRequest, day: RundownDay, form: ItemForm | None = None) -> HttpResponse:
    items = _items(day)
    warned: dict[int, list[Any]] = defaultdict(list)
    for clash in clashes(items):
        warned[clash.item.pk].append(clash)
    for row in items:
        row.clashes = warned[row.pk]  # type: ignore[attr-defined]
    context = {
        **shell(request, day.plan, "rundown"),
        "day": day,
        "tracks": by_track(items),
        "grave": sum(clash.grave for rows in warned.values() for clash in rows),
        "shifts": SHIFTS,
        "form": form or ItemForm(plan=day.plan, initial=after_last(day, request.GET.get("jalur", "")[:60])),
    }
    export = exports.RUNDOWN.of(items, about=day.plan.subject)
    return answer_page(request, "plans/rundown_day.html", context, export, status=422 if form else 200)


@require_POST
def day_drop(request: HttpRequest, code: str, day_id: int) -> HttpResponse:
    day = find_day(find_managed_plan(request, code), day_id)
    if press(request, lambda: acts.drop_rundown_day(day=day, actor=actor_of(request)), _("Removed.")):
        return redirect("plans:rundown", code=code)
    return redirect("plans:rundown_day", code=code, day_id=day_id)


@require_POST
def item_add(request: HttpRequest, code: str, day_id: int) -> HttpResponse:
    plan = find_managed_plan(request, code)
    day = find_day(plan, day_id)
    form = ItemForm(request.POST, plan=plan)
    if attempt(
        form,
        lambda: acts.keep_rundown_item(item=RundownItem(day=day), actor=actor_of(request), **form.cleaned_data),
    ):
        messages.success(request, _("Added."))
        return redirect(_day_at(day, form.cleaned_data["track"]))
    return _day(request, day, form)


def _day_at(day: RundownDay, track: str = "", item: RundownItem | None = None) -> str:
    """The page of the day; a new item goes on in the same track."""
    address = reverse("plans:rundown_day", args=[day.plan.code, day.pk])
    if item is not None:
        return f"{address}#butir-{item.pk}"
    return f"{address}?jalur={track}#tambah" if track else f"{address}#tambah"


def item_edit(request: HttpRequest, code: str, day_id: int, item_id: int) -> HttpResponse:
    plan = find_managed_plan(request, code)
    day = find_day(plan, day_id)
    item = find_item(day, item_id)
    form = EditItemForm(request.POST or None, plan=plan, item=item)
    if form.is_bound and attempt(
        form, lambda: acts.keep_rundown_item(item=item, actor=actor_of(request), **form.cleaned_data)
    ):
        messages.success(request, _("Saved."))
        return redirect(_day_at(day, item=item))
    context = {"form": form, "plan": plan, "heading": _("Change the item"), "back": _day_at(day, item=item)}
    return render(request, "plans/plan_form.html", context, status=422 if form.errors else 200)


@require_POST
def item_drop(request: HttpRequest, code: str, day_id: int, item_id: int) -> HttpResponse:
    day = find_day(find_managed_plan(request, code), day_id)
    item = find_item(day, item_id)
    press(request, lambda: acts.drop_rundown_item(item=item, actor=actor_of(request)), _("Removed."))
    return redirect(_day_at(day))


@require_POST
def item_shift(request: HttpRequest, code: str, day_id: int, item_id: int) -> HttpResponse:
    """Some minutes earlier or later, alone or with what follows; or one place up or down."""
    day = find_day(find_managed_plan(request, code), day_id)
    item = find_item(day, item_id)
    version, actor = _number(request, "version"), actor_of(request)
    if step := request.POST.get("langkah"):
        order = _stepped(day, item, up=step == "naik")
        press(
            request,
            lambda: acts.order_rundown(day=day, track=item.track, items=order, version=version, actor=actor),
            _("Moved."),
        )
    else:
        minutes, following = _number(request, "menit"), request.POST.get("ikut") == "1"
        if minutes not in SHIFTS:
            raise Http404
        press(
            request,
            lambda: acts.shift_rundown(item=item, minutes=minutes, following=following, version=version, actor=actor),
            _("Moved."),
        )
    return redirect(_day_at(day, item=item))


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else 0


def _stepped(day: RundownDay, item: RundownItem, *, up: bool) -> list[int]:
    order = [row.pk for row in day.items.filter(track=item.track).order_by("begins", "pk")]
    place = order.index(item.pk)
    other = place - 1 if up else place + 1
    if 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
    return order


@require_POST
def item_order(request: HttpRequest, code: str, day_id: int) -> HttpResponse:
    """For a drag: the ids of a track in their new order. 409 with a sentence when somebody else was faster."""
    day = find_day(find_managed_plan(request, code), day_id)
    ids = request.POST.get("rows", "").split(",")
    if not all(each.isascii() and each.isdecimal() and len(each) < 18 for each in ids):
        raise Http404
    try:
        acts.order_rundown(
            day=day, track=request.POST.get("track", "")[:60], items=[int(each) for each in ids],
            version=_number(request, "version"), actor=actor_of(request),
        )  # fmt: skip
    except Refused as refused:
        return JsonResponse({"message": refused.message}, status=409)
    times = {row.pk: row.shown_time for row in day.items.all()}
    return JsonResponse({"version": day.version, "times": times})


# -- on the day ------------------------------------------------------------------------------------


@require_http_methods(LIST_METHODS)
def live(request: HttpRequest, code: str, day_id: int) -> HttpResponse:
    """The day as it runs, with the buttons that say what begins and what is over."""
    plan, actor = find_plan(request, code), actor_of(request)
    day = find_day(plan, day_id)
    items = _items(day)
    rows = forecast(day, items)
    for row in rows:
        row.item.may_run = plan.is_open and acts.may_run(actor, row.item)  # type: ignore[attr-defined]
    context = {**shell(request, plan, "rundown"), "day": day, "rows": rows}
    return answer_page(request, "plans/live.html", context, exports.RUNDOWN.of(items, about=plan.subject))


@require_POST
def live_step(request: HttpRequest, code: str, day_id: int, item_id: int, step: str) -> HttpResponse:
    plan = find_plan(request, code)
    item = find_item(find_day(plan, day_id), item_id)
    if step not in LIVE or not acts.may_run(actor_of(request), item):
        raise Http404
    press(request, lambda: LIVE[step](item=item, actor=actor_of(request)), _("Done."))
    return redirect(f"{reverse('plans:live', args=[code, day_id])}#butir-{item_id}")


@never_cache
@require_POST
def wall_open(request: HttpRequest, code: str) -> HttpResponse:
    """An address for a screen, shown once. ``cabut`` ends all of them."""
    plan = find_managed_plan(request, code)
    if "cabut" in request.POST:
        press(request, lambda: acts.close_walls(plan=plan, actor=actor_of(request)), _("The address has ended."))
        return redirect("plans:rundown", code=code)
    form: forms.Form = WallForm(request.POST)
    tokens: list[str] = []
    if not attempt(
        form, lambda: tokens.append(acts.open_wall(plan=plan, actor=actor_of(request), **form.cleaned_data))
    ):
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("plans:rundown", code=code)
    text = settings.PUBLIC_URL + reverse("plans:wall", args=tokens)
    return render(request, "plans/wall_shown.html", {**shell(request, plan, "rundown"), "text": text})


@never_cache
@require_safe
def wall_page(request: HttpRequest, token: str) -> HttpResponse:
    """Now, next and the delay, for a screen; asked with ``X-Partial`` only what changes."""
    code, _actor = find_by_token(request, token, LinkScope.WALL)
    plan = get_object_or_404(Plan.objects.with_names(), subject__code=code)
    context = {"wall": wall(plan), "plan": plan, "token": token}
    name = "plans/wall_now.html" if request.headers.get("X-Partial") else "plans/wall.html"
    return render(request, name, context)


@require_safe
def rundown_calendar(request: HttpRequest, code: str) -> HttpResponse:
    plan = find_plan(request, code)
    days = plan.days.prefetch_related("items__member__person")
    entries = [_entry(plan, day, row) for day in days for row in day.items.all()]
    return answer_calendar(request, calendar_of(plan.title, entries), PRIVATE)


def _entry(plan: Plan, day: RundownDay, row: RundownItem) -> Entry:
    day.plan = plan
    return Entry(
        uid=f"rundown-{row.pk}@enggang", sequence=row.version - 1, changed_at=day.changed_at,
        starts_at=day.moment(row.begins), ends_at=day.moment(row.ends), zone=plan.time_zone,
        summary=f"{row.title} · {plan.title}", location=row.place,
        description="\n".join(part for part in (row.cue, str(row.member or ""), row.equipment, row.note) if part),
        url=f"{settings.PUBLIC_URL}{reverse('plans:rundown_day', args=[plan.code, day.pk])}",
        cancelled=not plan.is_open and plan.state == "cancelled",
    )  # fmt: skip
