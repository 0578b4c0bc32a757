"""The installable app of a gate. Its address is the right; no cookie is read, and none is set.

The page holds nobody's name: names come as data, are kept by the page's own storage and wiped by its own clock.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from enggang.attendance.domain.contacts import sync_scans
from enggang.attendance.enums import CONFLICTS, DOOR_REASONS, Reason, Verdict
from enggang.attendance.forms.sync import NotUnderstood, read_upload
from enggang.attendance.models import Gate, Scan
from enggang.attendance.queries.gates import gate_list
from enggang.core import clock

IN_APP = re.compile(r"WhatsApp|Instagram|FBAN|FBAV|FB_IAB|Line/|MicroMessenger|Telegram|TikTok|; wv\)", re.IGNORECASE)
IOS = re.compile(r"iPhone|iPad|iPod")
GONE = 410


@never_cache
@require_safe
def app_page(request: HttpRequest, token: str) -> HttpResponse:
    gate = _gate(token)
    if IN_APP.search(request.headers.get("User-Agent", "")):
        return render(request, "attendance/app_elsewhere.html", elsewhere(request))
    if not gate.takes_scans_at(clock.now()):
        return render(request, "attendance/app_ended.html", status=GONE)
    context = {"token": token, "words": words_of(gate), "conflicts": " ".join(sorted(map(str, CONFLICTS)))}
    return render(request, "attendance/app.html", context)


def words_of(gate: Gate) -> dict[str, str]:
    """What the phone says: ``v-`` a verdict, ``r-`` a reason, ``t-in-`` and ``t-out-`` the first word at a door."""
    words = {f"v-{row.value}": str(row.label) for row in Verdict} | {f"r-{row.value}": str(row.label) for row in Reason}
    if not gate.is_open:
        return words
    return {
        **words,
        "t-in-accepted": _("Come in"),
        "t-in-repeated": _("In already"),
        "t-in-refused": _("May not come in"),
        "t-out-accepted": _("May go out"),
        **{f"r-{reason.value}": str(label) for reason, label in DOOR_REASONS.items()},
    }


def elsewhere(request: HttpRequest) -> dict[str, str]:
    """How this phone gets out of the chat app: Android by a link that its own browser takes, iOS by hand."""
    address, agent = request.build_absolute_uri(), request.headers.get("User-Agent", "")
    scheme, rest = address.split("://", 1)
    android = "Android" in agent
    return {
        "address": address,
        "intent": f"intent://{rest}#Intent;scheme={scheme};action=android.intent.action.VIEW;end" if android else "",
        "phone": "android" if android else "ios" if IOS.search(agent) else "",
    }


@never_cache
@require_safe
def app_list(request: HttpRequest, token: str) -> HttpResponse:
    """The list as data; 410 once the link is revoked or has ended, which tells the phone to forget it."""
    gate = _gate(token)
    if gate.is_revoked or gate.is_over_at(clock.now()):
        return JsonResponse({"revoked": gate.is_revoked}, status=GONE)
    facts = gate_list(gate)
    tag = f'"{_fingerprint(facts)}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    return JsonResponse({**facts, "server_time": _now()}, headers={"ETag": tag})


def _fingerprint(facts: dict[str, Any]) -> str:
    gate = {name: value for name, value in facts["gate"].items() if name != "wipe_at"}
    return hashlib.sha256(json.dumps({**facts, "gate": gate}, sort_keys=True).encode()).hexdigest()[:32]


def _now() -> int:
    return round(clock.now().timestamp() * 1000)


@csrf_exempt  # the token in the address is the right; a foreign page does not know it
@never_cache
@require_POST
def app_sync(request: HttpRequest, token: str) -> HttpResponse:
    """Take over a batch of scans. Sent again, the same batch gets the same answer."""
    try:
        upload = read_upload(request.body if request.content_type == "application/json" else b"")
    except NotUnderstood:
        _gate(token)
        return JsonResponse({"error": "not understood"}, status=400)
    gate, scans = sync_scans(
        token=token[:100],
        device=upload.device,
        arrivals=upload.arrivals,
        offset=upload.offset,
        waiting=upload.waiting,
    )
    if gate is None:
        raise Http404
    if scans is None:
        return JsonResponse({"revoked": gate.is_revoked}, status=GONE)
    return JsonResponse({"server_time": _now(), "scans": [_told(row) for row in scans]})


def _told(scan: Scan) -> list[str]:
    return [str(scan.uuid), str(scan.verdict), str(scan.reason)]


@never_cache
@require_safe
def app_manifest(request: HttpRequest, token: str) -> HttpResponse:
    """The web app manifest: what makes a phone put the page on its home screen."""
    gate, start = _gate(token), reverse("attendance:app", args=[token])
    return manifest(start, _("Attendance"), gate.name)


def manifest(start: str, kind: str, name: str) -> JsonResponse:
    data = {
        "id": start,
        "name": f"{kind}: {name}",
        "short_name": kind,
        "start_url": start,
        "scope": start,
        "display": "standalone",
        "background_color": "#f7f6f2",
        "theme_color": "#0b3027",
        "icons": [{"src": static("core/enggang.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return JsonResponse(data, content_type="application/manifest+json")


@require_safe
def app_worker(request: HttpRequest) -> HttpResponse:
    """The service worker. It must come from the folder that it serves, so it is no static file."""
    answer = render(request, "attendance/worker.js", content_type="text/javascript")
    answer["Cache-Control"] = "no-cache"
    return answer


def _gate(token: str) -> Gate:
    gate = Gate.objects.by_token(token[:100])
    if gate is None:
        raise Http404
    return gate
