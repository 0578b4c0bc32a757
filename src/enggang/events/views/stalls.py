"""The stalls of an edition as staff see them: the call, its poster, and what every page of stalls shares."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enggang.core.actor import actor_of
from enggang.core.views.answers import attempt, press
from enggang.events.domain import stall_calls
from enggang.events.enums_stalls import STALL_CALL_MOVES, StallCallState
from enggang.events.forms.stalls import StallCallForm
from enggang.events.models import Edition, StallApplication, StallCall
from enggang.events.queries.stalls import call_of, categories_of, standing_of
from enggang.events.views.finding import find_inside, find_managed_edition, shell_of
from enggang.notices.domain.messages import whatsapp_text
from enggang.surveys.views.drawing import qr_svg


def find_call(edition: Edition) -> StallCall:
    call = call_of(edition)
    if call is None:
        raise Http404
    return call


def find_application(call: StallCall, row_id: int) -> StallApplication:
    row = get_object_or_404(call.applications.with_names(), pk=row_id)
    row.call = call
    return row


def stall_shell(request: HttpRequest, edition: Edition, part: str, call: StallCall | None) -> dict[str, Any]:
    """What every page of stalls needs for its head, tabs and parts."""
    standing = standing_of(call) if call else None
    return {**shell_of(request, edition, "stalls"), "part": part, "call": call, "standing": standing}


# -- the call ------------------------------------------------------------------------------------------


def public_address(call: StallCall) -> str:
    return settings.PUBLIC_URL + reverse("events:stall_call", args=[call.code])


def share_text(call: StallCall) -> str:
    context = {"call": call, "edition": call.edition, "address": public_address(call)}
    with timezone.override(ZoneInfo(call.edition.organisation.time_zone)):
        return whatsapp_text("events/messages/stall_call", context, "id")


@require_safe
def stall_home(request: HttpRequest, code: str) -> HttpResponse:
    edition = find_inside(request, code)
    call = call_of(edition)
    context = stall_shell(request, edition, "call", call)
    if call is not None:
        address = public_address(call)
        moves = STALL_CALL_MOVES[StallCallState(call.state)]
        context |= {
            "address": address, "svg": qr_svg(address), "text": share_text(call), "zone": edition.organisation.time_zone,
            "moves": [state for state in StallCallState if state in moves],
        }  # fmt: skip
    with timezone.override(ZoneInfo(edition.organisation.time_zone)):
        return render(request, "events/stalls.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def stall_call_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Write the call, or change it; its moments are those of the agency's zone."""
    edition, actor = find_managed_edition(request, code), actor_of(request)
    call = call_of(edition)
    with timezone.override(ZoneInfo(edition.organisation.time_zone)):
        form = StallCallForm(request.POST or None, instance=call or StallCall(edition=edition, stalls=20))

        def save() -> None:
            if call is None:
                stall_calls.open_stall_call(edition=edition, actor=actor, **form.facts)
            else:
                fresh, version = find_call(edition), form.cleaned_data["version"] or 0
                stall_calls.change_stall_call(call=fresh, version=version, actor=actor, **form.facts)

        if form.is_bound and attempt(form, save):
            messages.success(request, _("Saved."))
            return redirect("events:stalls", code=code)
        heading = _("Change the call for stalls") if call else _("Write the call for stalls")
        context = {
            "form": form, "edition": edition, "heading": heading, "columns": "2", "back": "events:stalls",
            "note": _("Days and times are those of %(zone)s.") % {"zone": edition.organisation.time_zone},
        }  # fmt: skip
        return render(request, "events/form.html", context, status=422 if form.errors else 200)


@require_POST
def stall_call_move(request: HttpRequest, code: str) -> HttpResponse:
    call = find_call(find_managed_edition(request, code))
    to = request.POST.get("to", "")
    press(
        request,
        lambda: stall_calls.move_stall_call(call=call, to=to, actor=actor_of(request)),
        lambda done: _("Done: %(state)s.") % {"state": done.get_state_display()},
    )
    return redirect("events:stalls", code=code)


@require_safe
def stall_poster(request: HttpRequest, code: str) -> HttpResponse:
    """A sheet to print and hang up: what, until when, and a square code to apply by."""
    edition = find_inside(request, code)
    call = find_call(edition)
    address = public_address(call)
    context = {
        "edition": edition,
        "call": call,
        "address": address,
        "svg": qr_svg(address),
        "kinds": categories_of(edition),
    }
    with timezone.override(ZoneInfo(edition.organisation.time_zone)):
        return render(request, "events/stall_poster.html", context)
