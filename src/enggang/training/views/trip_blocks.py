"""The list of travel order numbers and rooms: handed out as a block, paired, typed by hand, taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.core.views.answers import attempt
from enggang.training import exports_money as sheets
from enggang.training.domain import trip_blocks as acts
from enggang.training.forms.travel import NumbersForm, RoomsForm
from enggang.training.models import Trip, Wave
from enggang.training.queries.travel import sleepers
from enggang.training.views.money import find_paid_wave


@require_http_methods(LIST_METHODS)
def trip_blocks(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, find_paid_wave(request, code))


def _page(request: HttpRequest, wave: Wave, error: str = "", **bound: forms.Form) -> HttpResponse:
    rows = sleepers(wave)
    typed = _typed(request, [row.trip for row in rows]) if error else {}
    lines = [(row, *_shown(row.trip, typed)) for row in rows]
    context: dict[str, Any] = {
        "wave": wave, "lines": lines, "error": error, "numbers_form": NumbersForm(), "rooms_form": RoomsForm(),
        "ticked": set(request.POST.getlist("trips")), **bound,
    }  # fmt: skip
    status = 422 if error or bound else 200
    return answer_page(
        request, "training/trip_blocks.html", context, sheets.SLEEPERS.of(rows, about=wave.subject), status=status
    )


def _shown(trip: Trip, typed: dict[int, acts.TripCells]) -> tuple[str, str]:
    """What was typed and refused stands where it was typed."""
    cells = typed.get(trip.pk)
    return (cells.number, cells.room) if cells else (trip.number, trip.room)


def _typed(request: HttpRequest, trips: list[Trip]) -> dict[int, acts.TripCells]:
    found = {}
    for trip in trips:
        version = request.POST.get(f"v-{trip.pk}", "")
        if version.isdecimal() and len(version) < 10:
            number, room = request.POST.get(f"n-{trip.pk}", ""), request.POST.get(f"r-{trip.pk}", "")
            found[trip.pk] = acts.TripCells(number[:120], room[:60], int(version))
    return found


@require_POST
def trip_block(request: HttpRequest, code: str, step: str) -> HttpResponse:
    wave, actor = find_paid_wave(request, code), actor_of(request)
    chosen = [value for value in request.POST.getlist("trips") if value.isdecimal() and len(value) < 18]
    trips = list(wave.trips.filter(pk__in=chosen)) if chosen else list(wave.trips.all())
    if step == "nomor":
        numbers = NumbersForm(request.POST)
        done = attempt(numbers, lambda: acts.number_trips(wave=wave, trips=trips, actor=actor, **numbers.cleaned_data))
        return (
            _said(request, wave, _("The numbers are handed out."))
            if done
            else _page(request, wave, numbers_form=numbers)
        )
    if step == "kamar":
        rooms = RoomsForm(request.POST)
        done = attempt(
            rooms, lambda: acts.pair_rooms(wave=wave, trips=trips, names=rooms.cleaned_data["rooms"], actor=actor)
        )
        return (
            _said(request, wave, _("The rooms are divided. Change by hand what should be otherwise."))
            if done
            else _page(request, wave, rooms_form=rooms)
        )
    if step == "simpan":
        cells = _typed(request, list(wave.trips.all()))
        return _try(request, wave, lambda: acts.keep_trip_cells(wave=wave, cells=cells, actor=actor))
    what = {"lepas-nomor": "number", "lepas-kamar": "room"}.get(step)
    if what is None:
        raise Http404
    picked = trips if chosen else []
    return _try(request, wave, lambda: acts.clear_trip_cells(wave=wave, trips=picked, what=what, actor=actor))


def _try(request: HttpRequest, wave: Wave, do: Callable[[], int]) -> HttpResponse:
    try:
        changed = do()
    except Refused as refused:
        return _page(request, wave, refused.message)
    except ValidationError as error:
        return _page(request, wave, error.messages[0])
    text = ngettext("%(count)s row changed.", "%(count)s rows changed.", changed)
    return _said(request, wave, text % {"count": changed})


def _said(request: HttpRequest, wave: Wave, text: str) -> HttpResponse:
    messages.success(request, text)
    return redirect("training:trip_blocks", code=wave.code)
