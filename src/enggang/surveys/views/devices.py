"""How many answers one device gives to a public survey in a day, counted without knowing whose it is."""

from __future__ import annotations

import hashlib
import uuid

from django.core.cache import cache
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.acts import Refused
from enggang.surveys.models import Survey
from enggang.surveys.queries.settings import setting

COOKIE, DAY = "survei_perangkat", 24 * 3600


def device_of(request: HttpRequest) -> str:
    """A random value that this browser keeps for a day; it tells only that two answers came from one device."""
    try:
        return str(uuid.UUID(request.get_signed_cookie(COOKIE)))
    except (KeyError, BadSignature, ValueError):
        return str(uuid.uuid4())


def remember(response: HttpResponse, request: HttpRequest, device: str) -> HttpResponse:
    response.set_signed_cookie(
        COOKIE, device, max_age=DAY, httponly=True, samesite="Lax", secure=request.is_secure()
    )  # fmt: skip
    return response


def take_turn(survey: Survey, device: str) -> str:
    """Count one answer of a device; raise Refused past the day's number. Answers what ``give_back`` takes.

    Only a hash is kept, for a day, apart from the answers: nothing leads from a device to a sheet.
    """
    day = clock.today().isoformat()
    key = "device:" + hashlib.sha256(f"{survey.pk}:{day}:{device}".encode()).hexdigest()[:32]
    most = setting("device_answers", survey.organisation).value
    if not cache.add(key, 1, timeout=2 * DAY) and cache.incr(key) > most:
        cache.decr(key)
        raise Refused(_("This device has answered as often as it may today. Thank you; please use another one."))
    return key


def give_back(key: str) -> None:
    """The answer was refused after all, so it does not count."""
    cache.decr(key)
