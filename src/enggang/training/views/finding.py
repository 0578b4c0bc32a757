"""The rows a training page is about, found through what the actor may see."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from enggang.access.domain.links import actor_of_link, find_link
from enggang.access.enums import LinkScope
from enggang.core.actor import Actor, actor_of
from enggang.training import rules
from enggang.training.models import Programme, Registration, Wave

P = ParamSpec("P")


def find_programme(request: HttpRequest, code: str) -> Programme:
    rows = Programme.objects.visible_to(actor_of(request)).select_related("subject", "organisation")
    return get_object_or_404(rows, subject__code=code)


def find_wave(request: HttpRequest, code: str) -> Wave:
    return get_object_or_404(Wave.objects.visible_to(actor_of(request)).with_names(), subject__code=code)


def find_managed_wave(request: HttpRequest, code: str) -> Wave:
    """A wave the actor manages; for anybody else it is not there."""
    return get_object_or_404(Wave.objects.managed_by(actor_of(request)).with_names(), subject__code=code)


def find_watched_wave(request: HttpRequest, code: str) -> Wave:
    """A wave whose participants the actor may read."""
    wave = find_wave(request, code)
    if not rules.sees_participants(actor_of(request), wave):
        raise Http404
    return wave


def find_registration(request: HttpRequest, code: str) -> Registration:
    rows = Registration.objects.visible_to(actor_of(request)).with_names()
    return get_object_or_404(rows.select_related("wave__organisation", "wave__venue", "award"), subject__code=code)


class PageEnded(Http404):
    """A private address that is unknown, expired or revoked: which of them is not told."""


def tells_the_end(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Answer an ended address with a page that says what to do, instead of «not found»."""

    @wraps(view)
    def told(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except PageEnded:
            return render(request, "training/page_ended.html", status=404)

    return told


def find_by_token(token: str) -> tuple[Registration, Actor]:
    """The registration behind a private address, and the link as the one who acts."""
    link = find_link(token[:100], LinkScope.REGISTRATION)
    if link is None:
        raise PageEnded
    rows = Registration.objects.with_names().select_related("wave__organisation", "wave__venue", "award")
    return get_object_or_404(rows, subject=link.subject), actor_of_link(link)
