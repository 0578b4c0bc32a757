"""Action plans: the participant writes and reports, the superior agrees and confirms, the agency's head looks on.

A plan is reached in three ways: signed in, by the participant's private page, by the superior's private address.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from enggang.access.domain.links import actor_of_link, find_link
from enggang.access.enums import LinkScope
from enggang.accounts.limits import within_limit
from enggang.core.actor import Actor, actor_of
from enggang.core.acts import Refused
from enggang.core.tables import answer_list
from enggang.core.views.answers import press
from enggang.files.domain.papers import LARGEST
from enggang.files.domain.storing import read_bytes
from enggang.notices.domain.messages import whatsapp_text
from enggang.training import rules
from enggang.training.domain import action_plans as acts
from enggang.training.forms.action_plans import PlanFilter, PlanForm, ReportForm, typed
from enggang.training.models import ActionPlan, Registration
from enggang.training.queries.action_plans import narrowed, plan_counts, without_plan
from enggang.training.tables import PlanTable
from enggang.training.views.finding import (
    PageEnded,
    find_by_token,
    find_registration,
    find_watched_wave,
    tells_the_end,
)

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Door:
    """Through which address the participant came: who acts, and how to get back."""

    registration: Registration
    actor: Actor
    page: str
    step: Callable[[object], str]
    base: str


def _signed_in(request: HttpRequest, code: str) -> Door:
    row = find_registration(request, code)
    actor = actor_of(request)
    if not rules.is_own(actor, row):
        raise Http404
    page = reverse("training:own_plan", args=[code])
    return Door(row, actor, page, _to("training:own_plan_step", code), "core/office.html")


def _by_seat(token: str) -> Door:
    row, actor = find_by_token(token)
    page = reverse("training:seat_plan", args=[token])
    return Door(row, actor, page, _to("training:seat_plan_step", token), "core/public.html")


def _to(name: str, key: str) -> Callable[[object], str]:
    """The addresses of one page's steps."""
    return lambda step: reverse(name, args=[key, step])


@never_cache
def own_plan(request: HttpRequest, code: str) -> HttpResponse:
    return _own(request, _signed_in(request, code))


@never_cache
@tells_the_end
def seat_plan(request: HttpRequest, token: str) -> HttpResponse:
    return _own(request, _by_seat(token))


def _own(request: HttpRequest, door: Door, report: ReportForm | None = None) -> HttpResponse:
    plan = ActionPlan.objects.with_names().filter(registration=door.registration).first()
    superior = acts.recorded_superior(door.registration)
    form = PlanForm(
        request.POST if request.method == "POST" and report is None else None,
        superior=superior, initial=typed(plan) if plan else {"unit": door.registration.agency.name},
    )  # fmt: skip
    if form.is_bound and form.is_valid() and _write(request, door, form, plan):
        return redirect(door.page)
    steps = [(step, door.step(step.pk)) for step in plan.steps.select_related("file")] if plan else []
    context = {
        "door": door, "plan": plan, "superior": superior, "form": form, "steps": steps,
        "registration": door.registration, "report": report or ReportForm(),
        "submit_url": door.step("ajukan"), "back_url": door.step("tarik"), "report_url": door.step("lapor"),
        "drop_url": door.step("lepas"), "revive_url": door.step("lanjut"), "forward_url": door.step("alamat"),
    }  # fmt: skip
    wrong = form.errors or (report is not None and report.errors)
    return render(request, "training/own_plan.html", context, status=422 if wrong else 200)


def _write(request: HttpRequest, door: Door, form: PlanForm, plan: ActionPlan | None) -> bool:
    try:
        acts.write_plan(
            registration=door.registration, facts=form.facts(), plan=plan, version=form.cleaned_data["version"],
            actor=door.actor,
        )  # fmt: skip
    except Refused as refused:
        form.add_error(None, refused.message)
        return False
    messages.success(request, _("Your action plan is kept. Submit it to your superior when it is ready."))
    return True


@never_cache
def own_step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    return _step(request, _signed_in(request, code), step)


@never_cache
@tells_the_end
def seat_step(request: HttpRequest, token: str, step: str) -> HttpResponse:
    return _step(request, _by_seat(token), step)


def _step(request: HttpRequest, door: Door, step: str) -> HttpResponse:
    rows = ActionPlan.objects.with_names().select_related("superior__user", "registration__person__user")
    plan = get_object_or_404(rows, registration=door.registration)
    if step.isdigit():
        return _proof(plan, int(step))
    if request.method != "POST":
        return redirect(door.page)
    if step in {"ajukan", "alamat"}:
        return _forward(request, door, plan, submit=step == "ajukan")
    if step == "lapor":
        return _report(request, door, plan)
    return _simple(request, door, plan, step)


def _simple(request: HttpRequest, door: Door, plan: ActionPlan, step: str) -> HttpResponse:
    reason = request.POST.get("reason", "")
    steps: dict[str, Callable[[], object]] = {
        "tarik": lambda: acts.take_back_plan(plan=plan, actor=door.actor),
        "lepas": lambda: acts.drop_plan(plan=plan, reason=reason, actor=door.actor),
        "lanjut": lambda: acts.revive_plan(plan=plan, actor=door.actor),
    }
    if step not in steps:
        raise Http404
    press(request, steps[step], _("Kept."))
    return redirect(door.page)


def _forward(request: HttpRequest, door: Door, plan: ActionPlan, *, submit: bool) -> HttpResponse:
    """Hand the plan over; the page shows the text for the superior, once."""
    try:
        if submit:
            plan, address = acts.submit_plan(plan=plan, actor=door.actor)
        else:
            address = acts.forward_plan(plan=plan, actor=door.actor)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect(door.page)
    context = {"plan": plan, "registration": plan.registration, "address": address}
    text = whatsapp_text("training/messages/plan_to_judge", context, "id")
    return render(request, "training/plan_submitted.html", {**context, "text": text, "door": door})


def _report(request: HttpRequest, door: Door, plan: ActionPlan) -> HttpResponse:
    form = ReportForm(request.POST, request.FILES)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            if not within_limit(request, "hand_in", door.registration.code):  # every file handed in is kept
                raise Refused(_("That is many files within an hour. Wait a little, then hand in the right one."))
            acts.report_plan(
                plan=plan, text=form.cleaned_data["text"], done=form.cleaned_data["done"], actor=door.actor,
                content=upload.read(LARGEST + 1) if upload else b"", name=upload.name if upload else "",
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("Your report is kept."))
            return redirect(door.page)
    return _own(request, door, form)


def _proof(plan: ActionPlan, step_id: int) -> HttpResponse:
    step = get_object_or_404(plan.steps.select_related("file"), pk=step_id, file__isnull=False)
    assert step.file is not None
    response = HttpResponse(read_bytes(step.file), content_type=step.file.media_type)
    response["Content-Disposition"] = "attachment"
    return response


# What the superior sees, signed in or by the address they were given.


@never_cache
@require_GET
def plan_page(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    plan = _visible(request, code)
    step, proof = _to("training:action_plan_judge", code), _to("training:action_plan_proof", code)
    return _judge_page(request, plan, actor, step, proof, "core/office.html")


def _visible(request: HttpRequest, code: str) -> ActionPlan:
    rows = ActionPlan.objects.visible_to(actor_of(request)).with_names()
    return get_object_or_404(rows.select_related("superior__user", "registration__person__user"), subject__code=code)


@never_cache
@require_GET
@tells_the_end
def plan_by_link(request: HttpRequest, token: str) -> HttpResponse:
    plan, actor = _by_link(token)
    step, proof = _to("training:plan_judge_by_link", token), _to("training:plan_proof_by_link", token)
    return _judge_page(request, plan, actor, step, proof, "core/public.html")


def _by_link(token: str) -> tuple[ActionPlan, Actor]:
    link = find_link(token[:100], LinkScope.ACTION_PLAN)
    if link is None:
        raise PageEnded(LinkScope.ACTION_PLAN)
    rows = ActionPlan.objects.with_names().select_related("superior__user", "registration__person__user")
    return get_object_or_404(rows, subject=link.subject), actor_of_link(link)


def _judge_page(
    request: HttpRequest,
    plan: ActionPlan,
    actor: Actor,
    step: Callable[[object], str],
    proof: Callable[[object], str],
    base: str,
) -> HttpResponse:
    context = {
        "plan": plan, "registration": plan.registration, "base": base,
        "steps": [(each, proof(each.pk)) for each in plan.steps.select_related("file")],
        "may_judge": rules.may_judge_plan(actor, plan),
        "agree_url": step("setuju"), "return_url": step("kembalikan"), "confirm_url": step("selesai"),
        "reopen_url": step("belum"),
    }  # fmt: skip
    return render(request, "training/action_plan.html", context)


@never_cache
@require_POST
def plan_judge(request: HttpRequest, code: str, step: str) -> HttpResponse:
    return _judge(
        request, _visible(request, code), actor_of(request), step, reverse("training:action_plan", args=[code])
    )


@never_cache
@require_POST
@tells_the_end
def judge_by_link(request: HttpRequest, token: str, step: str) -> HttpResponse:
    plan, actor = _by_link(token)
    return _judge(request, plan, actor, step, reverse("training:plan_by_link", args=[token]))


def _judge(request: HttpRequest, plan: ActionPlan, actor: Actor, step: str, back: str) -> HttpResponse:
    reason, read = request.POST.get("reason", ""), request.POST.get("version", "")
    version = int(read) if read.isdecimal() and len(read) < 10 else 0
    steps: dict[str, tuple[Callable[[], object], str]] = {
        "setuju": (lambda: acts.agree_plan(plan=plan, actor=actor, version=version), _("The plan is agreed.")),
        "kembalikan": (lambda: acts.return_plan(plan=plan, reason=reason, actor=actor), _("The plan is sent back.")),
        "selesai": (lambda: acts.confirm_plan(plan=plan, actor=actor), _("It is confirmed.")),
        "belum": (lambda: acts.reopen_plan(plan=plan, reason=reason, actor=actor), _("The plan is under way again.")),
    }
    if step not in steps or not rules.may_judge_plan(actor, plan):
        raise Http404
    press(request, *steps[step])
    return redirect(back)


@never_cache
@require_GET
def plan_proof(request: HttpRequest, code: str, step_id: int) -> HttpResponse:
    return _proof(_visible(request, code), step_id)


@never_cache
@require_GET
@tells_the_end
def proof_by_link(request: HttpRequest, token: str, step_id: int) -> HttpResponse:
    return _proof(_by_link(token)[0], step_id)


# Lists.


def plan_list(request: HttpRequest) -> HttpResponse:
    """Every plan this person may see: a superior's, an agency's, an organiser's."""
    rows = ActionPlan.objects.visible_to(actor_of(request)).with_names()
    return _list(request, rows, "training/action_plans.html", {})


def wave_plans(request: HttpRequest, code: str) -> HttpResponse:
    wave = find_watched_wave(request, code)
    rows = ActionPlan.objects.visible_to(actor_of(request)).with_names().filter(registration__wave=wave)
    without = Paginator(without_plan(wave), PER_PAGE).get_page(request.GET.get("tanpa"))
    more = {"wave": wave, "counts": plan_counts(wave), "without": without, "opened": "tanpa" in request.GET}
    return _list(request, rows, "training/wave_plans.html", more)


def _list(request: HttpRequest, rows: object, template: str, more: dict[str, object]) -> HttpResponse:
    form = PlanFilter(request.GET)
    chosen = form.cleaned_data["state"] if form.is_valid() else ""
    context = {"table": PlanTable(narrowed(rows, chosen)), "form": form, **more}  # type: ignore[arg-type]
    return answer_list(request, template, context, name=_("Action plans"))
