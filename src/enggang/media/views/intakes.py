"""Private addresses for contributors: the keepers' list of them, and the page behind one."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from enggang.access.domain.links import actor_of_link, find_link
from enggang.access.enums import LinkScope
from enggang.core import clock
from enggang.core.actor import Actor, actor_of
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.core.views.answers import attempt, press
from enggang.files.views.field import upload_field
from enggang.media import exports, rules
from enggang.media.domain.capability import missing_tools
from enggang.media.domain.contests import enter_contest, leave_contest
from enggang.media.domain.handing_over import look_again, media_ticket
from enggang.media.domain.intakes import close_intake, open_intake
from enggang.media.enums import AssetState
from enggang.media.enums_words import ContestState
from enggang.media.forms.intakes import IntakeForm
from enggang.media.models import Asset, Contest, Entry, Intake
from enggang.media.queries.work import with_troubles
from enggang.media.views.finding import find_keeper_home, kept_libraries
from enggang.media.views.uploads import MANY, answer_hand_over

PER_PAGE = 50


@require_http_methods(LIST_METHODS)
def intake_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not actor.holds_somewhere(*rules.KEEPERS):
        raise Http404
    rows = Intake.objects.visible_to(actor).with_names().order_by("-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return answer_page(
        request, "media/intakes.html", {"page_obj": page, "homes": kept_libraries(actor)}, exports.INTAKES.of(rows)
    )


@never_cache
def intake_new(request: HttpRequest) -> HttpResponse:
    """The address is shown with the answer, once."""
    actor = actor_of(request)
    home = find_keeper_home(actor, request.GET.get("untuk", "")[:16])
    form = IntakeForm(request.POST or None)
    made: list[tuple[Intake, str]] = []
    if form.is_bound and attempt(
        form, lambda: made.append(open_intake(organisation=home, actor=actor, **form.cleaned_data))
    ):
        intake, token = made[0]
        address = settings.PUBLIC_URL + reverse("media:intake", args=[token])
        words = {"name": intake.author_name, "agency": home.name, "address": address}
        text = _("%(name)s, please send your photos for %(agency)s here: %(address)s") % words
        return render(request, "media/intake_shown.html", {"intake": intake, "text": text})
    context = {"form": form, "home": home}
    return render(request, "media/intake_form.html", context, status=422 if form.errors else 200)


@require_POST
def intake_close(request: HttpRequest, code: str) -> HttpResponse:
    intake = get_object_or_404(Intake.objects.visible_to(actor_of(request)).with_names(), subject__code=code)
    press(request, lambda: close_intake(intake=intake, actor=actor_of(request)), _("The address has ended."))
    return redirect("media:intakes")


def _found(token: str) -> tuple[Intake, Actor]:
    """Behind the address, as whoever holds it: never as the account that may be signed in beside it."""
    link = find_link(token[:100], LinkScope.MEDIA)
    if link is None:
        raise Http404
    return get_object_or_404(Intake.objects.with_names(), subject=link.subject), actor_of_link(link)


@never_cache
@require_GET
def intake_page(request: HttpRequest, token: str) -> HttpResponse:
    try:
        intake, actor = _found(token)
    except Http404:
        return render(request, "media/intake_ended.html", status=404)
    brought = intake.deliveries.order_by("-pk")
    context = {
        "intake": intake,
        "token": token,
        "missing": missing_tools(),
        "upload": upload_field(
            media_ticket(intake.organisation, actor, intake), label=_("Photos and videos"), many=MANY
        ),
        "lines": with_troubles(brought[:PER_PAGE]),
        "count": brought.count(),
        "calls": _calls(intake, actor),
    }
    return render(request, "media/intake.html", context)


def _works(intake: Intake, actor: Actor) -> QuerySet[Asset]:
    rows = Asset.objects.filter(organisation=intake.organisation, brought_by_key=actor.key)
    return rows.exclude(state=AssetState.WITHDRAWN).select_related("subject").order_by("-pk")


def _calls(intake: Intake, actor: Actor) -> list[dict[str, Any]]:
    """The open calls of the agency, with what came by this address: entered already, or to be entered."""
    works = list(_works(intake, actor)[:PER_PAGE])
    today = clock.today(intake.organisation.time_zone)
    rows = Contest.objects.filter(organisation=intake.organisation, state=ContestState.OPEN)
    rows = rows.filter(opens_on__lte=today, closes_on__gte=today).select_related("subject").order_by("closes_on", "pk")
    entries = Entry.objects.filter(contest__in=rows, asset__brought_by_key=actor.key)
    entered = list(entries.select_related("subject", "asset__subject").order_by("pk"))

    def call(row: Contest) -> dict[str, Any]:
        mine = [entry for entry in entered if entry.contest_id == row.pk]
        taken = {entry.asset_id for entry in mine}
        free = [each for each in works if each.pk not in taken] if len(mine) < row.most_entries else []
        return {"contest": row, "entered": mine, "works": free}

    return [call(row) for row in rows] if works else []


@require_POST
def intake_enter(request: HttpRequest, token: str, code: str) -> HttpResponse:
    """Whoever holds the address enters what came by it in an open call of the agency."""
    intake, actor = _found(token)
    rows = Contest.objects.announced().select_related("subject", "organisation")
    contest = get_object_or_404(rows, subject__code=code, organisation=intake.organisation)
    asset = get_object_or_404(_works(intake, actor), subject__code=request.POST.get("karya", "")[:16])
    press(
        request, lambda: enter_contest(contest=contest, asset=asset, actor=actor, intake=intake), _("Entered."),
    )  # fmt: skip
    return redirect("media:intake", token=token)


@require_POST
def intake_leave(request: HttpRequest, token: str, code: str) -> HttpResponse:
    intake, actor = _found(token)
    rows = Entry.objects.select_related("subject", "contest__subject", "contest__organisation", "asset__author")
    entry = get_object_or_404(rows, subject__code=code, asset__in=_works(intake, actor))
    press(request, lambda: leave_contest(entry=entry, actor=actor, intake=intake), _("Removed."))
    return redirect("media:intake", token=token)


@require_POST
def intake_hand_over(request: HttpRequest, token: str) -> HttpResponse:
    intake, actor = _found(token)
    return answer_hand_over(request, intake.organisation, actor, reverse("media:intake", args=[token]), intake=intake)


@require_POST
def intake_look_again(request: HttpRequest, token: str, code: str) -> HttpResponse:
    intake, actor = _found(token)
    delivery = get_object_or_404(
        intake.deliveries.select_related("organisation__subject", "intake__subject"), code=code
    )
    press(request, lambda: look_again(delivery=delivery, actor=actor), _("It is looked at once more."))
    return redirect("media:intake", token=token)
