"""What somebody brings to the library, and what became of it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from enggang.core.actor import Actor, actor_of
from enggang.core.acts import Refused
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.core.views.answers import press
from enggang.files.views.field import upload_field
from enggang.media import exports
from enggang.media.domain.capability import INSTALL, missing_tools
from enggang.media.domain.handing_over import hand_over, look_again, media_ticket
from enggang.media.models import Asset, Contest, Delivery, Intake
from enggang.media.queries.work import has_own_page, with_troubles
from enggang.media.views.finding import find_home, libraries
from enggang.places.models import Organisation

PER_PAGE = 50
MOST_WORKS = 24  # of one's own that stand above what was brought
MANY = 500  # picked at once; each is handed over as it arrives


@never_cache
@require_http_methods(LIST_METHODS)
def own_uploads(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    rows = Delivery.objects.brought_by(actor).with_asset().order_by("-pk")
    works = Asset.objects.made_by(actor).with_names().newest_first()
    if not has_own_page(actor):
        raise Http404
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    places = libraries(actor)
    context = {
        "page_obj": page,
        "lines": with_troubles(page),
        "works": list(works[:MOST_WORKS]),
        "work_count": works.count(),
        "homes": places,
        "missing": missing_tools(),
        "install": INSTALL,
        **_room(request, places),
    }
    return answer_page(request, "media/uploads.html", context, exports.DELIVERIES.of(rows))


def _room(request: HttpRequest, places: list[Organisation]) -> dict[str, Any]:
    """Where the files go: the agency asked for, else the first."""
    actor = actor_of(request)
    asked = request.GET.get("untuk", "")
    home = find_home(actor, asked[:16]) if asked else (places[0] if places else None)
    if home is None:
        return {"home": None}
    upload = upload_field(media_ticket(home, actor), label=_("Photos and videos"), many=MANY)
    return {"home": home, "upload": upload}


@require_POST
def hand_in(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    home = find_home(actor, code)
    return answer_hand_over(request, home, actor, f"{reverse('media:uploads')}?{urlencode({'untuk': home.code})}")


@require_POST
def look_again_at(request: HttpRequest, code: str) -> HttpResponse:
    rows = Delivery.objects.visible_to(actor_of(request)).select_related("organisation__subject", "intake__subject")
    delivery = get_object_or_404(rows, code=code)
    press(request, lambda: look_again(delivery=delivery, actor=actor_of(request)), _("It is looked at once more."))
    return redirect("media:uploads")


def answer_hand_over(
    request: HttpRequest, home: Organisation, actor: Actor, back: str, *, intake: Intake | None = None,
    contest: Contest | None = None,
) -> HttpResponse:  # fmt: skip
    """To a script, how it went for each file as it arrives; to a form, the page again."""

    def do() -> list[Delivery]:
        uploads = request.POST.getlist("upload")
        return hand_over(organisation=home, uploads=uploads, actor=actor, intake=intake, contest=contest)

    if request.headers.get("Accept") != "application/json":
        press(request, do, _told)
        return redirect(back)
    try:
        return JsonResponse({"taken": len(do())})
    except Refused as refused:
        if brought := _brought_before(request, home, actor):
            return JsonResponse({"taken": brought})
        return JsonResponse({"refusal": refused.message}, status=409)


def _brought_before(request: HttpRequest, home: Organisation, actor: Actor) -> int:
    """How many files were handed over already, when they all were: the answer was lost on a bad line, and is asked for again."""
    codes = {code[:24] for code in request.POST.getlist("upload")}
    there = Delivery.objects.brought_by(actor).filter(organisation=home, upload__code__in=codes).count()
    return there if there == len(codes) else 0


def _told(brought: list[Delivery]) -> str:
    text = ngettext("%(count)s file is being looked at.", "%(count)s files are being looked at.", len(brought))
    return text % {"count": len(brought)}
