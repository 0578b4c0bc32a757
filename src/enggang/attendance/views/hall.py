"""The screen of the hall with its changing code, and the page that a participant's own phone opens with it."""

from __future__ import annotations

import hashlib
import uuid

from django.conf import settings
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from enggang.accounts.limits import within_limit
from enggang.attendance import hall
from enggang.attendance.domain.hall import sign_myself
from enggang.attendance.enums import Verdict
from enggang.attendance.forms.hall import CodeForm, OwnPassForm
from enggang.attendance.models import Mark, Occasion, Pass, Scan
from enggang.attendance.queries.audience import expected_at
from enggang.attendance.queries.roster import attendee
from enggang.attendance.tokens import find_pass, qr_svg
from enggang.attendance.views.answer import Answer
from enggang.attendance.views.finding import find_occasion
from enggang.core import clock
from enggang.core.actor import Actor, actor_of
from enggang.core.codes import grouped

COOKIE, COOKIE_AGE = "hadir_perangkat", 24 * 3600
TONES = {Verdict.ACCEPTED: "good", Verdict.REPEATED: "warn"}


@never_cache
@require_safe
def screen(request: HttpRequest, code: str) -> HttpResponse:
    occasion = find_occasion(request, code, to_mark=True)
    with timezone.override(occasion.zone):
        return render(request, "attendance/screen.html", {"occasion": occasion, **_shown(occasion)})


@require_safe
def screen_code(request: HttpRequest, code: str) -> HttpResponse:
    """What changes on the screen; an unchanged answer is 304."""
    occasion = find_occasion(request, code, to_mark=True)
    answer = render(request, "attendance/screen_code.html", {"occasion": occasion, **_shown(occasion)})
    tag = f'"{hashlib.sha256(answer.content).hexdigest()[:20]}"'
    if request.headers.get("If-None-Match") == tag:
        answer = HttpResponse(status=304)
    answer["ETag"], answer["Cache-Control"] = tag, "no-store"
    return answer


def _shown(occasion: Occasion) -> dict[str, object]:
    now = clock.now()
    address = f"{settings.PUBLIC_URL}{reverse('attendance:hall', args=[hall.long_code(occasion, now)])}"
    return {
        "svg": qr_svg(address, title=_("Sign here with your phone")),
        "short": grouped(hall.short_code(occasion, now), 3),
        "typed_at": f"{settings.PUBLIC_URL}{reverse('attendance:hall_code')}".split("://", 1)[-1],
        "present": Mark.objects.filter(occasion=occasion, status="present").count(),
        "expected": expected_at(occasion),
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hall_code(request: HttpRequest) -> HttpResponse:
    """For a phone whose camera reads no code: the six characters are typed."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not within_limit(request, "hall_code"):
            form.add_error(None, _("Too many tries from here. Wait a few minutes, then try again."))
        elif (occasion := hall.find_by_code(form.cleaned_data["code"])) is not None:
            return redirect("attendance:hall", hall.long_code(occasion, clock.now()))
        else:
            form.add_error("code", _("This code has run out. Type the one that is on the screen now."))
    return render(request, "attendance/hall_code.html", {"form": form})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hall_page(request: HttpRequest, code: str) -> HttpResponse:
    device = _device(request)
    if request.method == "POST":
        answer = _sign(request, device)
    else:
        occasion = hall.find_by_code(code)
        answer = _form(request, occasion, OwnPassForm(), hall.ticket(occasion)) if occasion else _run_out(request)
    answer.set_signed_cookie(
        COOKIE, device, max_age=COOKIE_AGE, httponly=True, samesite="Lax", secure=request.is_secure()
    )  # fmt: skip
    return answer


def _device(request: HttpRequest) -> str:
    """A random value that this browser keeps for a day; it tells only that two signatures came from one phone."""
    try:
        return str(uuid.UUID(request.get_signed_cookie(COOKIE)))
    except (KeyError, BadSignature, ValueError):
        return str(uuid.uuid4())


def _run_out(request: HttpRequest) -> HttpResponse:
    return render(request, "attendance/hall_code.html", {"form": CodeForm(), "has_run_out": True}, status=410)


def _sign(request: HttpRequest, device: str) -> HttpResponse:
    ticket = request.POST.get("tiket", "")[:300]
    occasion = hall.read_ticket(ticket)
    if occasion is None:
        return _run_out(request)
    actor = actor_of(request)
    form = OwnPassForm(request.POST)
    held = _own_pass(occasion, actor) if "saya" in request.POST else _typed_pass(occasion, form)
    if not within_limit(request, "hall_sign", device):
        form.add_error(None, _("Too many tries from here. Wait a few minutes, then try again."))
    elif held is None:
        form.add_error("token", _("No pass of this group has this code. Compare it with your attendance pass."))
    else:
        return _done(request, sign_myself(occasion=occasion, held=held, device=device, actor=actor))
    return _form(request, occasion, form, ticket, status=400)


def _own_pass(occasion: Occasion, actor: Actor) -> Pass | None:
    if actor.user_id is None:
        return None
    rows = Pass.objects.filter(group_id=occasion.group_id, holder__people_person__user_id=actor.user_id)
    return rows.select_related("holder").first()


def _typed_pass(occasion: Occasion, form: OwnPassForm) -> Pass | None:
    text = form.cleaned_data["token"] if form.is_valid() else ""
    found = find_pass(text) if "." in text else Pass.objects.filter(code=text).select_related("holder").first()
    return found if found and found.group_id == occasion.group_id else None


def _form(
    request: HttpRequest, occasion: Occasion, form: OwnPassForm, ticket: str, *, status: int = 200
) -> HttpResponse:
    """A ticket that was posted is shown again with its first time: a wrong code does not renew it."""
    own = _own_pass(occasion, actor_of(request))
    context = {
        "occasion": occasion,
        "form": form,
        "ticket": ticket,
        "me": attendee(own.holder_id, own.holder.code) if own else None,
    }
    with timezone.override(occasion.zone):
        return render(request, "attendance/hall.html", context, status=status)


def _done(request: HttpRequest, scan: Scan) -> HttpResponse:
    assert scan.occasion
    told = f"{scan.get_verdict_display()} · {timezone.localtime(scan.at, scan.occasion.zone):%H.%M}"
    # No name: whoever types somebody else's code learns nothing of them.
    text = scan.get_reason_display() if scan.reason else scan.occasion.title
    answer = Answer(TONES.get(Verdict(scan.verdict), "bad"), told, text)
    status = 409 if answer.tone == "bad" else 200
    return render(request, "attendance/hall_done.html", {"answer": answer, "occasion": scan.occasion}, status=status)
