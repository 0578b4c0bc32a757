"""Calendar feeds: public ones of waves and programmes, private ones behind an address. Asked again, they say 304."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from enggang.access.domain.links import find_link
from enggang.access.enums import LinkScope
from enggang.attendance.tokens import qr_svg
from enggang.core.actor import Actor, actor_of
from enggang.core.calendars import PRIVATE, PUBLIC, answer_calendar
from enggang.training.domain.calendars import open_calendar
from enggang.training.exports import calendar_bytes
from enggang.training.models import Programme, Registration, Wave
from enggang.training.queries.calendar import Feed, programme_feed, subject_feed, wave_feed
from enggang.training.views.finding import find_by_token, find_registration, tells_the_end


@require_safe
def wave_calendar(request: HttpRequest, code: str) -> HttpResponse:
    wave = get_object_or_404(Wave.objects.ever_opened().with_names(), subject__code=code)
    return _answer(request, wave_feed(wave), PUBLIC)


@require_safe
def programme_calendar(request: HttpRequest, code: str) -> HttpResponse:
    shown = Programme.objects.filter(waves__in=Wave.objects.ever_opened()).distinct()
    return _answer(request, programme_feed(get_object_or_404(shown, subject__code=code)), PUBLIC)


@require_safe
def my_calendar(request: HttpRequest, token: str) -> HttpResponse:
    link = find_link(token[:100], LinkScope.CALENDAR)
    if link is None:
        raise Http404
    return _answer(request, subject_feed(link.subject, _("My training")), PRIVATE)


def _answer(request: HttpRequest, feed: Feed, caching: str) -> HttpResponse:
    return answer_calendar(request, calendar_bytes(feed.name, feed.sessions, feed.shifts), caching)


@never_cache
@require_POST
def pocket_calendar(request: HttpRequest, code: str) -> HttpResponse:
    return _address(request, find_registration(request, code), actor_of(request))


@never_cache
@require_POST
@tells_the_end
def seat_calendar(request: HttpRequest, token: str) -> HttpResponse:
    registration, actor = find_by_token(token)
    return _address(request, registration, actor)


def _address(request: HttpRequest, registration: Registration, actor: Actor) -> HttpResponse:
    token = open_calendar(registration=registration, actor=actor)
    address = settings.PUBLIC_URL + reverse("training:my_calendar", args=[token])
    context = {
        "registration": registration,
        "text": address,
        "webcal": "webcal:" + address.split(":", 1)[1],
        "svg": qr_svg(address),
    }
    return render(request, "training/calendar_address.html", context)
