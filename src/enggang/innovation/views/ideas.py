"""Ideas: the form on a phone, what exists already and is alike, and the page of whoever has no account."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from enggang.access.domain.links import actor_from_link, find_link
from enggang.access.enums import LinkScope
from enggang.core import clock
from enggang.core.actor import actor_of
from enggang.core.ratelimit import limit
from enggang.core.views.answers import attempt
from enggang.innovation.domain import ideas as acts
from enggang.innovation.forms.ideas import IdeaForm, PublicIdeaForm, prefilled, takers
from enggang.innovation.models import Innovation
from enggang.innovation.queries.similar import Similar, similar_to
from enggang.people.models import Employment
from enggang.places.models import Organisation

TIMES, SECONDS = 10, 600  # of ideas from one address: a meeting shares one
ASKED, ASKED_SECONDS = 240, 600  # of questions for the like, while somebody types


@require_http_methods(["GET", "HEAD", "POST"])
def idea_new(request: HttpRequest) -> HttpResponse:
    """The form; posted to, it first shows what is alike, and with ``baru`` hands the idea in."""
    actor, origin = actor_of(request), _origin(request)
    kind = IdeaForm if actor.is_signed_in else PublicIdeaForm
    data = request.POST if request.method == "POST" else None
    form = kind(data, home=_home(request), initial=prefilled(actor, origin))
    if data is None or not form.is_valid():
        return _page(request, form, origin)
    alike = [] if "baru" in data or origin is not None else _alike(request, form)
    if alike:
        return _page(request, form, origin, alike=alike)
    made: list[acts.HandedIn] = []

    def save() -> None:
        limit(request, "idea", times=TIMES, seconds=SECONDS)
        reach = form.reach._replace(language=(get_language() or "id")[:2])
        made.append(acts.hand_in_idea(actor=actor, origin=origin, reach=reach, **form.facts))

    if not attempt(form, save):
        return _page(request, form, origin)
    return _handed_in(request, made[0])


def _handed_in(request: HttpRequest, done: acts.HandedIn) -> HttpResponse:
    if done.token:
        messages.success(request, _("Your idea has arrived. Keep this page: it shows what becomes of it."))
        return redirect("innovation:idea_by_link", token=done.token)
    messages.success(request, _("Your idea has arrived. You own it until you hand it over."))
    return redirect("innovation:innovation", code=done.innovation.code)


def _alike(request: HttpRequest, form: IdeaForm) -> list[Similar]:
    return similar_to(form.cleaned_data["title"], form.cleaned_data["problem"], actor_of(request))


def _origin(request: HttpRequest) -> Innovation | None:
    """What is to be copied, for whoever is signed in and may read it."""
    code = (request.POST.get("tiru") or request.GET.get("tiru", ""))[:20]
    rows = Innovation.objects.visible_or_public(actor_of(request)).with_names()
    return rows.filter(subject__code=code).first() if code and actor_of(request).is_signed_in else None


def _home(request: HttpRequest) -> Organisation | None:
    """The agency of the address, else where the signed-in person works, else where they hold a role."""
    code = request.GET.get("instansi", "")[:20]
    if code and (found := takers().filter(subject__code=code).first()):
        return found
    actor = actor_of(request)
    work = Employment.objects.present().filter(person__user_id=actor.user_id).first() if actor.user_id else None
    if work is not None and (found := takers().filter(pk=work.organisation_id).first()):
        return found
    return takers().filter(path__in=[grant.path for grant in actor.grants]).order_by("path").first()


def _page(
    request: HttpRequest, form: IdeaForm, origin: Innovation | None, alike: list[Similar] | None = None
) -> HttpResponse:
    base = "core/office.html" if actor_of(request).is_signed_in else "core/public.html"
    context = {
        "form": form,
        "origin": origin,
        "alike": alike or [],
        "base": base,
        "signed_in": actor_of(request).is_signed_in,
    }
    return render(request, "innovation/idea.html", context, status=422 if form.is_bound and form.errors else 200)


@require_safe
def idea_similar(request: HttpRequest) -> HttpResponse:
    """What is alike, as a piece of the page, while somebody types."""
    limit(request, "similar", times=ASKED, seconds=ASKED_SECONDS)
    actor, title = actor_of(request), request.GET.get("q", "")[:300]
    context = {"alike": similar_to(title, request.GET.get("masalah", "")[:500], actor), "signed_in": actor.is_signed_in}
    answer = render(request, "innovation/alike.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer


@never_cache
@require_safe
def idea_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """What became of an idea, for whoever had it and has no account."""
    link = find_link(token[:100], LinkScope.IDEA)
    actor = actor_from_link(actor_of(request), token[:100], LinkScope.IDEA)
    rows = Innovation.objects.with_names()
    row: Any = get_object_or_404(rows, subject=link.subject if link is not None and actor is not None else None)
    steps = list(row.steps.all())
    context = {"row": row, "steps": steps, "today": clock.today(row.organisation.time_zone)}
    return render(request, "innovation/idea_own.html", context)
