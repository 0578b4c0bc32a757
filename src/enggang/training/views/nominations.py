"""Calls for nominations: the organiser's pages, the agency's page with or without an account, the superior's list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from enggang.access.domain.links import actor_from_link, find_link
from enggang.access.enums import LinkScope
from enggang.core.actor import Actor, actor_of
from enggang.core.acts import Refused
from enggang.core.exports import LIST_METHODS, answer_page, posted, wants_file
from enggang.core.views.answers import press
from enggang.people.models import Person
from enggang.training import exports_nominations as sheets
from enggang.training import rules
from enggang.training.domain import nominations as acts
from enggang.training.domain.call_answers import send_nobody, take_back_nobody
from enggang.training.domain.calling import call_text
from enggang.training.enums import CallState
from enggang.training.forms.nominations import CallForm, InviteForm, MomentField, PasteForm
from enggang.training.models import Call, CallAgency, Need, Nomination
from enggang.training.queries import nominations as queries
from enggang.training.queries.call_changes import changes_for
from enggang.training.queries.needs import answerable, met_by
from enggang.training.queries.pasted import JudgedLine
from enggang.training.views.finding import PageEnded, find_programme, tells_the_end
from enggang.training.views.pasted_nominations import take_pasted, tell_nominated

PER_PAGE = 50
MOVES = {"buka": CallState.OPEN, "tutup": CallState.CLOSED}
STEPS: dict[str, Callable[..., Nomination]] = {
    "tarik": acts.withdraw_nomination,
    "pulihkan": acts.restore_nomination,
}


def call_list(request: HttpRequest, code: str) -> HttpResponse:
    """The calls of a programme, and for the organiser the form that drafts the next."""
    programme, actor = find_programme(request, code), actor_of(request)
    may_manage = rules.may_manage(actor, programme.organisation)
    data = posted(request)
    if data is not None and not may_manage:
        raise Http404
    form = CallForm(data, programme=programme) if may_manage else None
    if form is not None and form.is_bound and form.is_valid():
        try:
            call = acts.open_call(programme=programme, actor=actor, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("The call is a draft. Add the agencies with their seats, then open it."))
            return redirect("training:call", code=call.code)
    calls = Call.objects.visible_to(actor).with_names().filter(programme=programme)
    context = {
        "programme": programme,
        "form": form,
        "page_obj": Paginator(calls, PER_PAGE).get_page(request.GET.get("page")),
    }
    export = sheets.CALLS.of(calls, about=programme.subject)
    return answer_page(request, "training/calls.html", context, export, status=422 if form and form.errors else 200)


def find_call(request: HttpRequest, code: str, *, managed: bool = False) -> Call:
    actor = actor_of(request)
    rows = Call.objects.managed_by(actor) if managed else Call.objects.visible_to(actor)
    return get_object_or_404(rows.with_names(), subject__code=code)


@require_http_methods(LIST_METHODS)
def call_detail(request: HttpRequest, code: str) -> HttpResponse:
    return _call_page(request, find_call(request, code))


def _call_page(request: HttpRequest, call: Call, form: InviteForm | None = None) -> HttpResponse:
    may_manage = rules.may_manage(actor_of(request), call.organisation)
    rows, agencies = queries.in_order(call), queries.agency_lines(call)
    page = Paginator(rows, PER_PAGE * 2).get_page(request.GET.get("page"))
    context = {
        "call": call, "programme": call.programme, "may_manage": may_manage, "rooms": queries.rooms(call),
        "agencies": agencies, "page_obj": page, "lines": queries.nomination_lines(call, page),
        "changes": call.changes.count(), "unanswered": call.agencies.unanswered().count() if call.takes_nominations else 0,
        "on_paper": queries.on_paper(call).count() if may_manage else 0, "met": met_by(call), "waiting": rows.awaiting_organiser().count() if may_manage else 0,
        "stages": call.stages.all(), "form": (form or InviteForm()) if may_manage else None, "proposals": call.proposals.select_related("subject")[:5],
    }  # fmt: skip
    exports = (
        sheets.NOMINATIONS.of(lambda: queries.nomination_lines(call, rows), about=call.subject, shown=list(page)),
        sheets.AGENCIES.of(agencies, about=call.subject),
    )
    return answer_page(request, "training/call.html", context, *exports, status=422 if form else 200)


@require_POST
def call_invite(request: HttpRequest, code: str) -> HttpResponse:
    call = find_call(request, code, managed=True)
    form = InviteForm(request.POST)
    if form.is_valid():
        try:
            acts.invite_agency(call=call, actor=actor_of(request), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("Saved."))
            return redirect("training:call", code=code)
    return _call_page(request, call, form)


@require_POST
def call_step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    call = find_call(request, code, managed=True)
    if step == "setujui":
        _approve_all(request, call)
        return redirect("training:call", code=code)
    if step not in MOVES:
        raise Http404
    try:
        deadline = MomentField(required=False).clean(request.POST.get("deadline", ""))
        acts.move_call(call=call, to=MOVES[step], deadline=deadline, actor=actor_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
    except ValidationError:
        messages.error(request, _("The deadline cannot be read."))
    return redirect("training:call", code=code)


def _approve_all(request: HttpRequest, call: Call) -> None:
    done = acts.approve_waiting(call=call, actor=actor_of(request))
    text = ngettext("%(count)d nomination approved.", "%(count)d nominations approved.", done) % {"count": done}
    (messages.success if done else messages.info)(request, text)


def _find_invited(request: HttpRequest, code: str) -> CallAgency:
    return get_object_or_404(CallAgency.objects.visible_to(actor_of(request)).with_names(), subject__code=code)


def invited(request: HttpRequest, code: str) -> HttpResponse:
    """The page of an agency for its coordinator and the organiser."""
    row = _find_invited(request, code)
    if not rules.may_nominate(actor_of(request), row):
        raise Http404
    return _agency_page(request, row, actor_of(request), "")


@require_POST
def invited_link(request: HttpRequest, code: str) -> HttpResponse:
    """A new private address for the agency, ready to be sent; the one before no longer works."""
    row = _find_invited(request, code)
    if not rules.may_manage(actor_of(request), row.call.organisation):
        raise Http404
    token = acts.hand_out_call(invited=row, actor=actor_of(request))
    address = f"{settings.PUBLIC_URL}{reverse('training:invited_by_link', args=[token])}"
    context = {"invited": row, "call": row.call, "text": call_text(row, address)}
    response = render(request, "training/call_link.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def by_call_link(request: HttpRequest, token: str) -> tuple[CallAgency, Actor]:
    link = find_link(token[:100], LinkScope.NOMINATION)
    actor = actor_from_link(actor_of(request), token[:100], LinkScope.NOMINATION)
    if link is None or actor is None:
        raise PageEnded(LinkScope.NOMINATION)
    return get_object_or_404(CallAgency.objects.with_names(), subject=link.subject), actor


@never_cache
@tells_the_end
def invited_by_link(request: HttpRequest, token: str) -> HttpResponse:
    row, actor = by_call_link(request, token)
    return _agency_page(request, row, actor, token)


@require_GET
@never_cache
@tells_the_end
def invited_seats(request: HttpRequest, token: str) -> HttpResponse:
    """The seats as they stand now, for the page that asks every few seconds."""
    row, _actor = by_call_link(request, token)
    return render(request, "training/call_seats.html", _seats(row))


@require_GET
@never_cache
def invited_seats_now(request: HttpRequest, code: str) -> HttpResponse:
    """The same for the coordinator's own page."""
    row = _find_invited(request, code)
    if not rules.may_nominate(actor_of(request), row):
        raise Http404
    return render(request, "training/call_seats.html", _seats(row))


@require_http_methods(LIST_METHODS)
def my_calls(request: HttpRequest) -> HttpResponse:
    """The calls in which the coordinator's agencies may nominate, the open ones first."""
    rows = queries.calls_to(actor_of(request))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return answer_page(request, "training/my_calls.html", {"page_obj": page}, sheets.OWN_CALLS.of(rows))


def _seats(row: CallAgency) -> dict[str, Any]:
    taken = row.nominations.standing().count()
    return {"invited": row, "used": taken, "left": max(0, row.quota - taken), "rooms": queries.rooms(row.call)}


def _agency_page(request: HttpRequest, row: CallAgency, actor: Actor, token: str) -> HttpResponse:
    paste, left = PasteForm(), list[JudgedLine]()
    needs = list(answerable(row).order_by("priority", "pk"))
    if request.method == "POST" and not wants_file(request):
        need = next((each for each in needs if each.code == request.POST.get("need")), None)
        if request.POST.get("do") == "tempel":
            paste, left = take_pasted(request, row, actor, need)
        else:
            _agency_step(request, row, actor, need)
        if not (paste.errors or left):
            return redirect(request.get_full_path())
    text = request.GET.get("text", "").replace("\x00", "")
    rows = row.nominations.with_names().with_papers().order_by("priority", "pk")
    may_change = row.is_called and (row.call.takes_nominations or rules.may_manage(actor, row.call.organisation))
    context = {
        **_seats(row), "call": row.call, "token": token, "paste": paste, "left_lines": left, "may_change": may_change,
        "text": text, "lines": queries.nomination_lines(row.call, rows), "needs": needs, "changes": changes_for(row),
        "page_obj": Paginator(queries.staff_to_nominate(row, text), PER_PAGE).get_page(request.GET.get("page")),
        "layout": "core/public.html" if token else "core/office.html",
    }  # fmt: skip
    export = sheets.NOMINATIONS.of(context["lines"], about=row.subject)
    status = 422 if paste.errors or left else 200
    return answer_page(request, "training/call_agency.html", context, export, status=status)


def _agency_step(request: HttpRequest, row: CallAgency, actor: Actor, need: Need | None) -> None:
    """Do what a button of the page asked."""
    step = request.POST.get("do", "")
    if step in {"nihil", "batal-nihil"}:
        _answer_nobody(request, row, actor, step)
    elif step == "pilih":
        codes = request.POST.getlist("people")[:PER_PAGE]
        people = list(queries.staff_to_nominate(row).filter(subject__code__in=codes))
        if not people:
            messages.info(request, _("Nobody new is ticked: whom you see in the order already is nominated."))
        _nominate(request, row, actor, people, need)
    else:
        _move(request, row, actor)


def _answer_nobody(request: HttpRequest, row: CallAgency, actor: Actor, step: str) -> None:
    if step == "nihil":
        reason = request.POST.get("reason", "")
        done = _("The organiser reads that your agency sends nobody, and why. No reminder will come.")
        press(request, lambda: send_nobody(invited=row, reason=reason, actor=actor), done)
    else:
        press(request, lambda: take_back_nobody(invited=row, actor=actor), _("Taken back. Your agency may nominate."))


def _nominate(request: HttpRequest, row: CallAgency, actor: Actor, people: list[Person], need: Need | None) -> None:
    done = 0
    for person in people:
        try:
            acts.nominate_person(invited=row, person=person, need=need, actor=actor)
        except Refused as refused:
            messages.warning(request, refused.message)
        else:
            done += 1
    tell_nominated(request, done)


def _move(request: HttpRequest, row: CallAgency, actor: Actor) -> None:
    nomination = get_object_or_404(row.nominations.with_names(), subject__code=request.POST.get("nomination", "")[:20])
    step = request.POST.get("do", "")
    try:
        if step in {"naik", "turun"}:
            acts.rank_nomination(nomination=nomination, up=step == "naik", actor=actor)
        elif step in {"tarik", "pulihkan"}:
            STEPS[step](nomination=nomination, actor=actor)
    except Refused as refused:
        messages.error(request, refused.message)


@require_POST
def nomination_step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """Agree at the present stage, refuse with a reason, withdraw, take up again."""
    actor = actor_of(request)
    row = get_object_or_404(Nomination.objects.visible_to(actor).with_names(), subject__code=code)
    try:
        if step == "tolak":
            acts.refuse_nomination(nomination=row, reason=request.POST.get("reason", ""), actor=actor)
        elif step in {"dukung", "setujui"}:
            acts.approve_nomination(nomination=row, stage=_number(request.POST.get("stage", "")), actor=actor)
        elif step in STEPS:
            STEPS[step](nomination=row, actor=actor)
        else:
            raise Http404
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("Saved."))
    if request.POST.get("kembali") == "staf":
        return redirect("training:endorsements")
    if rules.may_manage(actor, row.invited.call.organisation):
        return redirect("training:call", code=row.invited.call.code)
    return redirect("training:endorsements")


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


@require_http_methods(LIST_METHODS)
def my_staff(request: HttpRequest) -> HttpResponse:
    """Nominations that wait for this superior, or for whoever decides at their stage."""
    rows = queries.to_decide(actor_of(request))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "lines": queries.deciding_lines(page)}
    return answer_page(request, "training/endorsements.html", context, sheets.TO_DECIDE.of(rows))
