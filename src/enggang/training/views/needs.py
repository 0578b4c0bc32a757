"""Training needs: the list of an agency and of its organiser, one need, the call that takes needs up, and the way of a call's link."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from enggang.core.actor import Actor, actor_of
from enggang.core.acts import Refused
from enggang.core.tables import answer_list
from enggang.core.views.answers import attempt, press
from enggang.places.models import Organisation
from enggang.training import rules
from enggang.training.domain import needs as acts
from enggang.training.forms.needs import NeedFilter, NeedForm, typed
from enggang.training.forms.nominations import CallForm
from enggang.training.models import CallAgency, Need, Programme
from enggang.training.models.need import NeedQuerySet
from enggang.training.queries.needs import open_for, suggested
from enggang.training.tables import NeedTable
from enggang.training.views.finding import find_programme, tells_the_end
from enggang.training.views.nominations import by_call_link

MOST_TICKED = 500


def _shown(rows: NeedQuerySet) -> NeedQuerySet:
    return rows.counted().with_names().prefetch_related("people")


def need_list(request: HttpRequest) -> HttpResponse:
    """What agencies need, for themselves and for the organiser they state it to; on POST as a file."""
    actor = actor_of(request)
    if not actor.holds_somewhere(*rules.SEES_NEEDS):
        raise Http404
    form = NeedFilter(request.GET, actor=actor)
    rows = form.narrow(Need.objects.visible_to(actor))
    label, joined = form.sum_by()
    context = {
        "form": form, "table": NeedTable(_shown(rows)), "sum_label": label,
        "sums": rows.summed(joined),
        "may_state": actor.holds_somewhere(*rules.KEEPS_STAFF),
        "programmes": Programme.objects.visible_to(actor).select_related("subject")
        if actor.holds_somewhere(*rules.MANAGERS) else None,
    }  # fmt: skip
    return answer_list(request, "training/needs.html", context, name=_("Training needs"))


def need_new(request: HttpRequest) -> HttpResponse:
    """State a need; what the competency profiles of the agency suggest stands beside it."""
    actor = actor_of(request)
    if not actor.holds_somewhere(*rules.KEEPS_STAFF):
        raise Http404
    asked = {"competency": request.GET.get("kompetensi", ""), "agency": request.GET.get("agency", "")}
    agency = _own_agency(actor, request.GET.get("agency", ""))
    found = suggested(agency) if agency else []
    people = next((each.people for each in found if str(each.competency.pk) == asked["competency"]), ())
    if people:
        nips = "\n".join(person.nip for person in people if person.nip)
        asked |= {"number": str(len(people)), "nips": nips, "source": "gap"}
    form = NeedForm(request.POST or None, actor=actor, initial={name: text for name, text in asked.items() if text})
    if form.is_bound and form.is_valid() and _state(request, form, actor):
        return redirect("training:needs")
    context = {"form": form, "agency": agency, "suggested": found, "layout": "core/office.html"}
    return render(request, "training/need_form.html", context, status=422 if form.errors else 200)


def _own_agency(actor: Actor, code: str) -> Organisation | None:
    """The agency that the address names, else the highest that the actor keeps."""
    rows = Organisation.objects.on().held_by(actor, *rules.KEEPS_STAFF).select_related("subject").order_by("path")
    return rows.filter(subject__code=code[:20]).first() or rows.first()


def _state(
    request: HttpRequest, form: NeedForm, actor: Actor, need: Need | None = None, invited: CallAgency | None = None
) -> bool:
    data = form.cleaned_data
    agency, organiser = (invited.agency, invited.call.organisation) if invited else (data["agency"], data["organiser"])
    done = attempt(
        form,
        lambda: acts.state_need(
            agency=agency, organiser=organiser, facts=form.facts(), need=need, version=data["version"], invited=invited,
            actor=actor,
        ),
    )  # fmt: skip
    if done:
        messages.success(request, _("The need is stated. It can be changed until a call takes it up."))
    return done


def need_page(request: HttpRequest, code: str) -> HttpResponse:
    """One need: read by both sides, changed by the agency while no call has taken it up."""
    actor, need = actor_of(request), _find(request, code)
    may_state = rules.may_state_need(actor, need.agency)
    form = None
    if may_state and need.is_open:
        form = NeedForm(request.POST or None, actor=actor, initial=typed(need))
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid() and _state(request, form, actor, need):
            return redirect("training:need", code=code)
    context = {
        "need": need, "form": form, "may_state": may_state, "may_manage": rules.may_manage(actor, need.organiser),
        "people": need.people.order_by("name_key"),
        "nominations": need.nominations.with_names().order_by("priority", "pk"),
    }  # fmt: skip
    return render(request, "training/need.html", context, status=422 if form and form.errors else 200)


def _find(request: HttpRequest, code: str) -> Need:
    rows = Need.objects.visible_to(actor_of(request)).with_names()
    return get_object_or_404(rows, subject__code=code)


@require_POST
def need_step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """Withdraw, take up again, decline with a reason, take out of a call."""
    need, actor = _find(request, code), actor_of(request)
    reason = request.POST.get("reason", "")
    steps = {
        "tarik": lambda: acts.withdraw_need(need=need, actor=actor),
        "pulihkan": lambda: acts.restore_need(need=need, actor=actor),
        "tolak": lambda: acts.decline_need(need=need, reason=reason, actor=actor),
        "lepas": lambda: acts.release_need(need=need, actor=actor),
    }
    if step not in steps:
        raise Http404
    press(request, steps[step], _("Saved."))
    return redirect("training:need", code=code)


def need_call(request: HttpRequest, code: str) -> HttpResponse:
    """Tick needs and draft the call that takes them up, each agency with the seats its needs ask for."""
    programme, actor = find_programme(request, code), actor_of(request)
    if not rules.may_manage(actor, programme.organisation):
        raise Http404
    rows = list(open_for(programme).order_by("priority", "agency__path", "pk")[:MOST_TICKED])
    ticked = request.POST.getlist("needs")[:MOST_TICKED]
    form = CallForm(request.POST or None, programme=programme)
    if form.is_bound and form.is_valid():
        chosen = [row for row in rows if row.code in ticked]
        try:
            call = acts.call_for_needs(programme=programme, needs=chosen, actor=actor, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(
                request, _("The call is a draft with the seats that the needs ask for. Change them, then open it.")
            )
            return redirect("training:call", code=call.code)
    context = {"programme": programme, "rows": rows, "ticked": ticked, "form": form}
    return render(request, "training/need_call.html", context, status=422 if form.errors else 200)


# Through the link of a call, without an account: the needs of the agency that it was given to.


@never_cache
@tells_the_end
def invited_needs(request: HttpRequest, token: str) -> HttpResponse:
    """The agency's needs of this organiser; on POST as a file."""
    row, _actor = by_call_link(request, token)
    table = NeedTable(_shown(_of(row)))
    context = {"invited": row, "token": token, "table": table}
    return answer_list(request, "training/needs_by_link.html", context, name=_("Training needs"))


def _of(row: CallAgency) -> NeedQuerySet:
    return Need.objects.filter(agency=row.agency_id, organiser=row.call.organisation_id)


@never_cache
@tells_the_end
def invited_need_new(request: HttpRequest, token: str) -> HttpResponse:
    row, actor = by_call_link(request, token)
    form = NeedForm(request.POST or None, actor=actor, invited=row, initial={"programme": row.call.programme_id})
    if form.is_bound and form.is_valid() and _state(request, form, actor, invited=row):
        return redirect("training:invited_needs", token=token)
    context: dict[str, Any] = {"form": form, "agency": row.agency, "token": token, "layout": "core/public.html"}
    return render(request, "training/need_form.html", context, status=422 if form.errors else 200)


@require_POST
@never_cache
@tells_the_end
def invited_need_step(request: HttpRequest, token: str, code: str, step: str) -> HttpResponse:
    row, actor = by_call_link(request, token)
    need = get_object_or_404(_of(row).with_names(), subject__code=code)
    steps = {"tarik": acts.withdraw_need, "pulihkan": acts.restore_need}
    if step not in steps:
        raise Http404
    press(request, lambda: steps[step](need=need, actor=actor, invited=row), _("Saved."))
    return redirect("training:invited_needs", token=token)
