"""The rows a training page is about, found through what the actor may see."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render

from enggang.access.domain.links import actor_of_link, find_link
from enggang.access.enums import LinkScope
from enggang.core.actor import Actor, actor_of
from enggang.people.models import Person
from enggang.people.queries.persons import present_of
from enggang.places.models import Organisation
from enggang.training import rules
from enggang.training.models import Programme, Registration, Wave

Sees = Callable[[Actor, Person, Organisation], bool]
P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)


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


def find_money_wave(request: HttpRequest, code: str) -> Wave:
    """A wave whose money the actor may read."""
    wave = get_object_or_404(
        Wave.objects.visible_to(actor_of(request))
        .with_names()
        .select_related("budget__subject", "organisation__subject"),
        subject__code=code,
    )
    if not rules.sees_money(actor_of(request), wave):
        raise Http404
    return wave


def find_registration(request: HttpRequest, code: str) -> Registration:
    rows = Registration.objects.visible_to(actor_of(request)).with_names()
    return get_object_or_404(rows.select_related("wave__organisation", "wave__venue", "award"), subject__code=code)


def own_person(request: HttpRequest) -> Person | None:
    """The person on record behind the account; None where there is none."""
    return Person.objects.select_related("subject").filter(user_id=actor_of(request).user_id or 0).first()


def find_staff(request: HttpRequest, code: str, sees: Sees) -> Person:
    """Somebody who serves somewhere today, for whom a rule lets see them there; for anybody else they are not there."""
    person = get_object_or_404(Person.objects.filter(merged_into=None).select_related("subject"), subject__code=code)
    work = present_of(person)
    if work is None or not sees(actor_of(request), person, work.organisation):
        raise Http404
    return person


CSRF = "csrfmiddlewaretoken"
MOST_TYPED = 20_000  # characters


class PageEnded(Http404):
    """A private address that is unknown, expired or revoked: which of them is not told. ``scope`` says whose it was."""

    def __init__(self, scope: LinkScope = LinkScope.REGISTRATION) -> None:
        super().__init__()
        self.scope = scope


def tells_the_end(
    view: Callable[Concatenate[HttpRequest, P], R],
) -> Callable[Concatenate[HttpRequest, P], R | HttpResponse]:
    """Answer an ended address with a page that says what to do, instead of «not found», and hands back what was typed."""

    @wraps(view)
    def told(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> R | HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except PageEnded as ended:
            context = {"typed": _typed(request), "scope": str(ended.scope)}
            return render(request, "training/page_ended.html", context, status=404)

    return told


def _typed(request: HttpRequest) -> str:
    """What was posted, to be copied to wherever it may still be sent: the page it was typed on does not come back."""
    texts = [text.strip() for name, values in request.POST.lists() if name != CSRF for text in values]
    return "\n".join(text for text in texts if text)[:MOST_TYPED]


def find_by_token(token: str) -> tuple[Registration, Actor]:
    """The registration behind a private address, and the link as the one who acts."""
    link = find_link(token[:100], LinkScope.REGISTRATION)
    if link is None:
        raise PageEnded
    rows = Registration.objects.with_names().select_related("wave__organisation", "wave__venue", "award")
    return get_object_or_404(rows, subject=link.subject), actor_of_link(link)
