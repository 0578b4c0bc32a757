"""What needs no account: the call with its form, the map, the sums; and behind a private address a vendor's own page."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enggang.access.domain.links import actor_from_link, find_link
from enggang.access.enums import LinkScope
from enggang.core import clock
from enggang.core.actor import ANONYMOUS, Actor, actor_of
from enggang.core.ratelimit import limit
from enggang.core.views.answers import attempt, press
from enggang.events.domain import stalls as acts
from enggang.events.domain.stall_links import send_stall_link
from enggang.events.domain.turnover import days_to_report, report_turnover, reporting_ends
from enggang.events.enums_stalls import StallCallState
from enggang.events.forms.stalls import ApplyForm, CorrectForm, TurnoverForm
from enggang.events.models import StallApplication, StallCall
from enggang.events.queries.stalls import drawn_all
from enggang.events.queries.turnover import published

TIMES, SECONDS = 40, 600  # of applications from one address: a market shares one


def _find_public(code: str) -> StallCall:
    rows = StallCall.objects.exclude(state=StallCallState.DRAFT).select_related(
        "subject", "offer", "edition__subject", "edition__event__region", "edition__organisation"
    )
    return get_object_or_404(rows.defer("edition__event__region__outline"), subject__code=code)


@require_http_methods(["GET", "HEAD", "POST"])
def stall_call(request: HttpRequest, code: str) -> HttpResponse:
    """The call; posted to, it takes an application and shows the vendor their own page."""
    call = _find_public(code)
    is_open = call.is_open_at(clock.now())
    form = (
        ApplyForm(request.POST if is_open else None, request.FILES or None, edition=call.edition) if is_open else None
    )
    if form is None or request.method != "POST":
        return _call_page(request, call, ApplyForm(edition=call.edition) if is_open else None)
    made: list[acts.Applied] = []

    def save() -> None:
        limit(request, "stall", times=TIMES, seconds=SECONDS)
        facts = {"once": form.cleaned_data["once"], "language": (get_language() or "id")[:2], **form.facts}
        made.append(acts.apply_for_stall(call=call, picture=form.picture, actor=ANONYMOUS, **facts))

    if not attempt(form, save):
        return _call_page(request, call, form)
    applied = made[0]
    if applied.token:
        messages.success(request, _("Your application has arrived. Keep this page: it is your own."))
        return redirect("events:stall_by_link", token=applied.token)
    mailed = send_stall_link(application=applied.application, actor=ANONYMOUS)
    context = {"call": call, "edition": call.edition, "at": applied.application.applied_at, "mailed": mailed}
    return render(request, "events/stall_known.html", context)


def _call_page(request: HttpRequest, call: StallCall, form: ApplyForm | None) -> HttpResponse:
    zone = call.edition.organisation.time_zone
    context = {
        "call": call, "edition": call.edition, "form": form, "zone": zone,
        "soon": call.opens_at is not None and clock.now() < call.opens_at and call.state == StallCallState.OPEN,
    }  # fmt: skip
    with timezone.override(ZoneInfo(zone)):
        return render(
            request, "events/stall_call.html", context, status=422 if form is not None and form.errors else 200
        )


@require_safe
def stall_map(request: HttpRequest, code: str) -> HttpResponse:
    """Where which business stands, as soon as the committee shows it."""
    call = _find_public(code)
    if not call.shows_map:
        raise Http404
    context = {"call": call, "edition": call.edition, "plans": drawn_all(call.edition)}
    return render(request, "events/stall_map.html", context)


@require_safe
def stall_sums(request: HttpRequest, code: str) -> HttpResponse:
    """What all stalls took in together, never that of a single one."""
    call = _find_public(code)
    if not call.shows_sums:
        raise Http404
    return render(request, "events/stall_sums.html", {"call": call, "edition": call.edition, "sums": published(call)})


# -- a vendor's own page -------------------------------------------------------------------------------


def _by_link(request: HttpRequest, token: str) -> tuple[StallApplication, Actor]:
    link = find_link(token[:100], LinkScope.STALL)
    actor = actor_from_link(actor_of(request), token[:100], LinkScope.STALL)
    if link is None or actor is None:
        raise Http404
    rows = StallApplication.objects.with_names().select_related(
        "subject", "region", "category", "business", "contract", "plot__site", "picture", "call__subject", "call__offer",
        "call__edition__subject", "call__edition__event__region", "call__edition__organisation",
    )  # fmt: skip
    return get_object_or_404(
        rows.defer("region__outline", "call__edition__event__region__outline"), subject=link.subject
    ), actor


@never_cache
@require_safe
def stall_by_link(request: HttpRequest, token: str) -> HttpResponse:
    row, _actor = _by_link(request, token)
    return _own_page(request, token, row)


def _own_page(
    request: HttpRequest, token: str, row: StallApplication, form: TurnoverForm | None = None
) -> HttpResponse:
    edition = row.call.edition
    known = {each.day: each for each in row.turnovers.all()}
    days = days_to_report(edition) if row.is_accepted and edition.is_under_way else []
    chosen = _chosen(request, days)
    if form is None and chosen is not None:
        form = TurnoverForm(day=chosen, row=known.get(chosen))
    context = {
        "row": row, "call": row.call, "edition": edition, "token": token, "form": form, "days": days, "chosen": chosen,
        "ends": reporting_ends(edition, chosen) if chosen else None, "known": known.get(chosen) if chosen else None,
        "reports": sorted(known.values(), key=lambda each: each.day, reverse=True),
        "total": sum(each.amount for each in known.values()), "plot": getattr(row, "plot", None),
        "contract": getattr(row, "contract", None), "is_open": row.call.is_open_at(clock.now()),
        "over": edition.ends_on is not None and clock.today(edition.time_zone) > edition.ends_on,
    }  # fmt: skip
    with timezone.override(ZoneInfo(edition.time_zone)):
        return render(
            request, "events/stall_own.html", context, status=422 if form is not None and form.errors else 200
        )


def _chosen(request: HttpRequest, days: list[date]) -> date | None:
    """The day the page asks about: that of the address or of the form while it can be reported, else the latest."""
    asked = request.POST.get("day") or request.GET.get("hari", "")
    return next((day for day in days if day.isoformat() == asked), days[0] if days else None)


@never_cache
@require_POST
def stall_report(request: HttpRequest, token: str) -> HttpResponse:
    row, actor = _by_link(request, token)
    days = days_to_report(row.call.edition)
    form = TurnoverForm(request.POST, day=_chosen(request, days) or clock.today())
    if attempt(form, lambda: report_turnover(application=row, actor=actor, **form.report)):
        messages.success(request, _("Thank you, it is noted."))
        return redirect("events:stall_by_link", token=token)
    return _own_page(request, token, row, form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stall_correct(request: HttpRequest, token: str) -> HttpResponse:
    row, actor = _by_link(request, token)
    if not row.is_standing:
        raise Http404
    bound: dict[str, Any] = {"edition": row.call.edition, "given": row.is_accepted, "instance": row}
    form = CorrectForm(request.POST or None, request.FILES or None, **bound)

    def save() -> None:
        fresh, _same = _by_link(request, token)
        facts = {"version": form.cleaned_data["version"], "picture": form.picture, **form.facts}
        acts.change_application(application=fresh, actor=actor, **facts)

    if form.is_bound and attempt(form, save):
        messages.success(request, _("Saved."))
        return redirect("events:stall_by_link", token=token)
    context = {"form": form, "call": row.call, "edition": row.call.edition, "token": token}
    return render(request, "events/stall_correct.html", context, status=422 if form.errors else 200)


@never_cache
@require_POST
def stall_withdraw(request: HttpRequest, token: str) -> HttpResponse:
    row, actor = _by_link(request, token)
    reason = request.POST.get("reason", "")
    said = _("Your application is withdrawn. Thank you for telling us.")
    press(request, lambda: acts.withdraw_application(application=row, reason=reason, actor=actor), said)
    return redirect("events:stall_by_link", token=token)
