"""What visitors of an edition register for, as its staff see it: parts, their times, questions, and the address for the gate."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from enggang.access.enums import LinkScope
from enggang.access.queries.links import stands
from enggang.attendance.tokens import qr_svg
from enggang.core.actor import actor_of
from enggang.core.asking import QuestionForm
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.core.views.answers import attempt, press
from enggang.events import exports_visitors as sheets
from enggang.events import rules
from enggang.events.domain import ticketing as acts
from enggang.events.forms.ticketing import ClosedSiteForm, PartForm, SlotForm, SlotStateForm
from enggang.events.models import Booking, Edition, Part, PartQuestion, Slot
from enggang.events.payments import payment_of
from enggang.events.queries.dates import days_in_words
from enggang.events.queries.visitors import news_count, parts_of, public_editions, slot_lines
from enggang.events.views.finding import (
    find_inside,
    find_managed_edition,
    find_managed_part,
    find_part,
    find_site,
    shell_of,
)


@require_http_methods(LIST_METHODS)
def visitors(request: HttpRequest, code: str) -> HttpResponse:
    """Everything there is to register for, with what is taken; and what waits to be told."""
    return _visitors(request, find_inside(request, code))


@require_POST
def site_close(request: HttpRequest, code: str) -> HttpResponse:
    """A place is closed on a day: all times there are called off."""
    edition = find_managed_edition(request, code)
    form = ClosedSiteForm(request.POST, edition=edition)
    done: list[int] = []

    def close() -> None:
        site = find_site(edition, form.cleaned_data["site"].pk)
        day, reason = form.cleaned_data["day"], form.cleaned_data["reason"]
        done.append(acts.close_site(site=site, day=day, reason=reason, actor=actor_of(request)))

    if not attempt(form, close):
        return _visitors(request, edition, form)
    text = ngettext(
        "%(n)d time is called off. Visitors are told.", "%(n)d times are called off. Visitors are told.", done[0]
    )
    messages.success(request, text % {"n": done[0]})
    return redirect("events:visitors", code=code)


def _visitors(request: HttpRequest, edition: Edition, form: ClosedSiteForm | None = None) -> HttpResponse:
    rows = parts_of(edition)
    public = settings.PUBLIC_URL + reverse("events:visit", args=[edition.code])
    context = {
        **shell_of(request, edition, "visitors"),
        "parts": rows,
        "news": news_count(edition),
        "manages": rules.may_manage(actor_of(request), edition.organisation),
        "public": public if public_editions().filter(pk=edition.pk).exists() else "",
        "close_form": form or ClosedSiteForm(edition=edition),
        "unsettled": [row.part for row in rows if any(line.slot.is_unsettled for line in row.slots)],
    }
    lines = [line for row in rows for line in row.slots]
    export, status = sheets.SLOTS.of(lines, about=edition.subject), 422 if form else 200
    return answer_page(request, "events/visitors.html", context, export, status=status)


def part_new(request: HttpRequest, code: str) -> HttpResponse:
    edition = find_managed_edition(request, code)
    form = PartForm(request.POST or None, edition=edition)
    made: list[Part] = []
    if form.is_bound and attempt(
        form, lambda: made.append(acts.open_part(edition=edition, actor=actor_of(request), **form.facts))
    ):
        messages.success(request, _("Begun as a draft. Add the times, then open it for registration."))
        return redirect("events:part", code=made[0].code)
    context = {"edition": edition, "form": form, "heading": _("Something to register for"), "columns": "two",
               "back": "events:visitors"}  # fmt: skip
    return render(request, "events/form.html", context, status=422 if form.errors else 200)


@require_http_methods(LIST_METHODS)
def part(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, find_part(request, code))


def _page(request: HttpRequest, found: Part, **bound: Any) -> HttpResponse:
    edition = found.edition
    lines = slot_lines(Slot.objects.with_names().filter(part=found))
    forms = {"slot_form": SlotForm(part=found), "question_form": QuestionForm(auto_id="tanya-%s"), **bound}
    context = {
        **shell_of(request, edition, "visitors"), "part": found, "lines": lines, "questions": list(found.questions.all()),
        "asked_anyway": _asked_anyway(found), "price_words": payment_of(found).words(found), "unsettled": [line.slot for line in lines if line.slot.is_unsettled],
        "walk_up_stands": stands(LinkScope.WALK_UP, found.subject), **forms,
    }  # fmt: skip
    status = 422 if any(form.errors for form in forms.values()) else 200
    return answer_page(request, "events/part.html", context, sheets.SLOTS.of(lines, about=found.subject), status=status)


def _asked_anyway(part: Part) -> str:
    """What a visitor types for a part without questions of its own."""
    if part.names:
        if part.asks_ages:
            return _("Name, number and the names and ages of all who come; nothing else.")
        return _("Name, number and the names of all who come; nothing else.")
    if part.asks_ages:
        return _("Name, number and how many of which age; nothing else.")
    return _("Name, number and how many; nothing else.")


def part_edit(request: HttpRequest, code: str) -> HttpResponse:
    found = find_managed_part(request, code)
    form = PartForm(request.POST or None, instance=found, edition=found.edition)

    def save() -> None:
        version = form.cleaned_data["version"] or 0
        acts.change_part(part=find_managed_part(request, code), version=version, actor=actor_of(request), **form.facts)

    if form.is_bound and attempt(form, save):
        messages.success(request, _("Saved."))
        return redirect("events:part", code=code)
    context = {"form": form, "heading": _("Change what visitors register for"), "part": found}
    return render(request, "events/part_form.html", context, status=422 if form.errors else 200)


@require_POST
def part_move(request: HttpRequest, code: str) -> HttpResponse:
    found = find_managed_part(request, code)
    press(
        request, lambda: acts.move_part(part=found, to=request.POST.get("to", ""), actor=actor_of(request)), _("Done.")
    )
    return redirect("events:part", code=code)


@require_POST
def part_drop(request: HttpRequest, code: str) -> HttpResponse:
    found = find_managed_part(request, code)
    edition = found.edition.code
    done = press(request, lambda: acts.drop_part(part=found, actor=actor_of(request)), _("Removed."))
    return redirect("events:visitors", code=edition) if done else redirect("events:part", code=code)


# -- times -----------------------------------------------------------------------------------------------


@require_POST
def slot_add(request: HttpRequest, code: str) -> HttpResponse:
    found = find_managed_part(request, code)
    form = SlotForm(request.POST, part=found)
    if attempt(form, lambda: acts.add_slot(part=found, actor=actor_of(request), **form.facts)):
        messages.success(request, _("Added."))
        _warn_of_day(request, found.edition, form.cleaned_data["day"])
        return redirect("events:part", code=code)
    return _page(request, find_managed_part(request, code), slot_form=form)


def _warn_of_day(request: HttpRequest, edition: Edition, day: date) -> None:
    """A time before or after the event is possible, and more often a slip."""
    if edition.starts_on and edition.ends_on and not edition.starts_on <= day <= edition.ends_on:
        days = days_in_words(edition.starts_on, edition.ends_on)
        text = _("This time is not on a day of the event (%(days)s). If that is a mistake, change it.")
        messages.warning(request, text % {"days": days})


def _slot(found: Part, slot_id: int) -> Slot:
    return get_object_or_404(Slot.objects.with_names(), pk=slot_id, part=found)


@require_http_methods(["GET", "HEAD", "POST"])
def slot(request: HttpRequest, code: str, slot_id: int) -> HttpResponse:
    found = find_managed_part(request, code)
    row = _slot(found, slot_id)
    form = SlotForm(request.POST or None, part=found, slot=row)

    def save() -> None:
        version = form.cleaned_data["version"] or 0
        fresh = _slot(found, slot_id)
        acts.change_slot(slot=fresh, version=version, actor=actor_of(request), **form.facts)

    if form.is_bound and attempt(form, save):
        messages.success(request, _("Saved. Whoever has registered is told of another time or place."))
        _warn_of_day(request, found.edition, form.cleaned_data["day"])
        return redirect("events:part", code=code)
    return _slot_page(request, found, row, form=form)


def _slot_page(request: HttpRequest, found: Part, row: Slot, **bound: Any) -> HttpResponse:
    forms = {"form": SlotForm(part=found, slot=row), "state_form": SlotStateForm(slot=row), **bound}
    context = {"part": found, "slot": row, "line": slot_lines([row])[0], **forms}
    status = 422 if any(form.errors for form in forms.values()) else 200
    return render(request, "events/slot.html", context, status=status)


@require_POST
def slot_move(request: HttpRequest, code: str, slot_id: int) -> HttpResponse:
    found = find_managed_part(request, code)
    row = _slot(found, slot_id)
    form = SlotStateForm(request.POST, slot=row)
    if attempt(form, lambda: acts.move_slot(slot=row, actor=actor_of(request), **form.cleaned_data)):
        messages.success(request, _("Done: %(state)s.") % {"state": row.get_state_display()})
        return redirect("events:part", code=code)
    return _slot_page(request, found, _slot(found, slot_id), state_form=form)


@require_POST
def slot_drop(request: HttpRequest, code: str, slot_id: int) -> HttpResponse:
    row = _slot(find_managed_part(request, code), slot_id)
    press(request, lambda: acts.drop_slot(slot=row, actor=actor_of(request)), _("Removed."))
    return redirect("events:part", code=code)


@never_cache
@require_GET
def slot_print(request: HttpRequest, code: str, slot_id: int) -> HttpResponse:
    """The list of a time on paper, for when everything else fails: by name, with a box to tick."""
    found = find_managed_part(request, code)
    row = _slot(found, slot_id)
    rows = Booking.objects.visible_to(actor_of(request)).filter(slot=row).standing().with_names()
    bookings = list(rows.prefetch_related("guests__consent").order_by("name_key", "pk"))
    seated, waiting = [each for each in bookings if each.is_seated], [each for each in bookings if each.is_waiting]
    context = {"part": found, "slot": row, "line": slot_lines([row])[0], "seated": seated, "waiting": waiting}
    return render(request, "events/slot_print.html", context)


@require_POST
def slots_settle(request: HttpRequest, code: str) -> HttpResponse:
    """The edition has moved: its times move with it, or stay."""
    found = find_managed_part(request, code)
    shift = request.POST.get("geser") == "1"

    def said(count: int) -> str:
        text = ngettext(
            "Decided for %(n)d time. Visitors are told.", "Decided for %(n)d times. Visitors are told.", count
        )
        return text % {"n": count}

    press(request, lambda: acts.settle_slots(part=found, shift=shift, actor=actor_of(request)), said)
    return redirect("events:part", code=code)


# -- questions, and the address for the gate --------------------------------------------------------------


@require_POST
def question_add(request: HttpRequest, code: str) -> HttpResponse:
    found = find_managed_part(request, code)
    form = QuestionForm(request.POST, auto_id="tanya-%s")
    if attempt(form, lambda: acts.add_part_question(part=found, actor=actor_of(request), **form.cleaned_data)):
        messages.success(request, _("Added."))
        return redirect("events:part", code=code)
    return _page(request, find_managed_part(request, code), question_form=form)


@require_POST
def question_drop(request: HttpRequest, code: str, row_id: int) -> HttpResponse:
    found = find_managed_part(request, code)
    row = get_object_or_404(PartQuestion, part=found, pk=row_id)
    row.part = found
    press(request, lambda: acts.drop_part_question(question=row, actor=actor_of(request)), _("Removed."))
    return redirect("events:part", code=code)


@never_cache
@require_POST
def walk_up_link(request: HttpRequest, code: str) -> HttpResponse:
    """A new address for volunteers, shown once; or the end of it."""
    found, actor = find_managed_part(request, code), actor_of(request)
    if request.POST.get("cabut"):
        press(request, lambda: acts.take_back_walk_up(part=found, actor=actor), _("The address no longer works."))
        return redirect("events:part", code=code)
    made: list[str] = []
    if not press(
        request, lambda: made.append(acts.hand_out_walk_up(part=found, actor=actor)), _("The address is made.")
    ):
        return redirect("events:part", code=code)
    address = settings.PUBLIC_URL + reverse("events:walk_up", args=[made[0]])
    context = {"part": found, "text": address, "svg": qr_svg(address)}
    return render(request, "events/walk_up_link.html", context)
