"""Badges: the holder's download, and what anybody's software asks for to check one. No sign-in for the latter."""

from __future__ import annotations

import json

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.text import slugify
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from enggang.credentials.badges.identity import did_document
from enggang.credentials.badges.picture import baked_picture
from enggang.credentials.badges.status import WINDOW, status_list
from enggang.credentials.models import Award, Badge
from enggang.credentials.views.award import find_award

PICTURE, FORMS = "png", {"json", "png"}
KEYS_SECONDS = 300  # how long a checker may not yet know a key that has just been changed


@login_required
@require_safe
def award_badge(request: HttpRequest, code: str, form: str) -> HttpResponse:
    return badge_response(find_award(request, code), form)


def badge_response(award: Award, form: str) -> HttpResponse:
    """The badge as ``json``, byte for byte as it was signed, or baked into its picture as ``png``."""
    badge = Badge.objects.filter(award=award).first()
    if badge is None or not badge.content or not award.is_issued or form not in FORMS:
        raise Http404
    content = bytes(badge.content)
    if form == PICTURE:
        response = HttpResponse(baked_picture(award, content), content_type="image/png")
    else:
        response = HttpResponse(content, content_type="application/json")
    name = slugify(f"lencana-{award.holder_name}-{award.number}")[:100]
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


@cache_control(public=True, max_age=KEYS_SECONDS)
@require_safe
def did(request: HttpRequest) -> HttpResponse:
    """The keys of the installation, where did:web looks for them."""
    return _for_software(json.dumps(did_document()).encode(), "application/json")


@cache_control(public=True, max_age=int(WINDOW.total_seconds()))
@require_safe
def status(request: HttpRequest, number: int) -> HttpResponseBase:
    """Which badges are revoked; unchanged within its window, and then not sent again."""
    found = status_list(number)
    if found is None:
        raise Http404
    response = _for_software(found.content, "application/vc")
    response["ETag"] = found.etag
    return get_conditional_response(request, etag=found.etag, response=response) or response


def _for_software(content: bytes, media_type: str) -> HttpResponse:
    """Wallets and checking pages run in browsers, under any address."""
    response = HttpResponse(content, content_type=media_type)
    response["Access-Control-Allow-Origin"] = "*"
    return response
