"""The counting page of a volunteer's phone. Its address is the right; no cookie is read, and none is set."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from enggang.access.domain.links import actor_of_link
from enggang.attendance.domain.counts import sync_counts
from enggang.attendance.forms.counts import read_count_upload
from enggang.attendance.forms.sync import NotUnderstood
from enggang.attendance.models import CountPhone
from enggang.attendance.queries.count_page import phone_facts
from enggang.attendance.views.app import GONE, IN_APP, elsewhere, manifest
from enggang.core import clock


@never_cache
@require_safe
def tally_page(request: HttpRequest, token: str) -> HttpResponse:
    phone = _phone(token)
    if IN_APP.search(request.headers.get("User-Agent", "")):
        return render(request, "attendance/app_elsewhere.html", elsewhere(request))
    if not phone.takes_counts_at(clock.now()):
        return render(request, "attendance/tally_ended.html", status=GONE)
    return render(request, "attendance/tally.html", {"token": token})


@never_cache
@require_safe
def tally_facts(request: HttpRequest, token: str) -> HttpResponse:
    """Where and when to count, as data; 410 once the link is revoked or has ended."""
    phone = _phone(token)
    if not phone.is_open_at(clock.now()):
        return JsonResponse({"revoked": phone.is_revoked}, status=GONE)
    return JsonResponse({**phone_facts(phone), "server_time": _now()})


@csrf_exempt  # the token in the address is the right; a foreign page does not know it
@never_cache
@require_POST
def tally_sync(request: HttpRequest, token: str) -> HttpResponse:
    """Take over a batch of counts. Sent again, the same batch gets the same answer."""
    phone = _phone(token)
    try:
        upload = read_count_upload(request.body if request.content_type == "application/json" else b"")
    except NotUnderstood:
        return JsonResponse({"error": "not understood"}, status=400)
    if not phone.takes_counts_at(clock.now()):
        return JsonResponse({"revoked": phone.is_revoked}, status=GONE)
    kept = sync_counts(
        phone=phone, device=upload.device, arrivals=upload.arrivals, waiting=upload.waiting,
        actor=actor_of_link(phone.link),
    )  # fmt: skip
    return JsonResponse({"server_time": _now(), "counts": [str(row.uuid) for row in kept]})


@never_cache
@require_safe
def tally_manifest(request: HttpRequest, token: str) -> HttpResponse:
    phone, start = _phone(token), reverse("attendance:tally", args=[token])
    return manifest(start, _("Counting"), phone.point.name)


def _now() -> int:
    return round(clock.now().timestamp() * 1000)


def _phone(token: str) -> CountPhone:
    phone = CountPhone.objects.by_token(token[:100])
    if phone is None:
        raise Http404
    return phone
