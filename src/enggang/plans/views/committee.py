"""Sections and people of a plan, and the private addresses of those without an account."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from enggang.core.actor import actor_of
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.core.views.answers import attempt, press
from enggang.plans import exports, rules
from enggang.plans.domain import plans as acts
from enggang.plans.domain.needs import add_need, drop_need
from enggang.plans.domain.tasks import hand_out_tasks, take_back_tasks
from enggang.plans.enums import WAITING
from enggang.plans.forms.plans import EditMemberForm, MemberForm, NeedForm, SectionForm
from enggang.plans.models import Member, Plan, SectionNeed
from enggang.plans.queries.skills import lacks_of, shown_by
from enggang.plans.views.finding import find_managed_plan, find_member, find_plan, shell


@require_http_methods(LIST_METHODS)
def committee(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, find_plan(request, code))


def _page(request: HttpRequest, plan: Plan, **bound: forms.Form) -> HttpResponse:
    waiting = Count("tasks", filter=Q(tasks__state__in=WAITING))
    members = list(plan.members.with_names().annotate(waiting=waiting))
    sections = list(plan.sections.annotate(waiting=waiting))
    reads = rules.may_read(actor_of(request), plan.organisation)
    shown = shown_by(members, actor_of(request)) if reads else {}
    lacks = lacks_of(sections, members, shown, actor_of(request)) if reads else {}
    context = {
        **shell(request, plan, "committee"),
        "members": [(row, shown.get(row.pk, [])) for row in members],
        "sections": [(row, lacks.get(row.pk, [])) for row in sections],
        "lacking": sum(lack.is_missing for rows in lacks.values() for lack in rows),
        "reads_skills": reads,
        "need_form": NeedForm(plan=plan),
        "section_form": SectionForm(),
        "member_form": MemberForm(plan=plan, actor=actor_of(request)),
        **bound,
    }
    export = exports.MEMBERS.of(members, about=plan.subject)
    return answer_page(request, "plans/committee.html", context, export, status=422 if bound else 200)


@require_POST
def section_add(request: HttpRequest, code: str) -> HttpResponse:
    plan = find_managed_plan(request, code)
    form = SectionForm(request.POST)
    if attempt(form, lambda: acts.add_section(plan=plan, actor=actor_of(request), **form.cleaned_data)):
        messages.success(request, _("Added."))
        return redirect("plans:committee", code=code)
    return _page(request, plan, section_form=form)


@require_POST
def section_drop(request: HttpRequest, code: str, section_id: int) -> HttpResponse:
    plan = find_managed_plan(request, code)
    section = get_object_or_404(plan.sections.all(), pk=section_id)
    section.plan = plan
    said = _("Removed. Its tasks and people stay, without a section.")
    press(request, lambda: acts.drop_section(section=section, actor=actor_of(request)), said)
    return redirect("plans:committee", code=code)


@require_POST
def need_add(request: HttpRequest, code: str, section_id: int) -> HttpResponse:
    plan = find_managed_plan(request, code)
    section = get_object_or_404(plan.sections.all(), pk=section_id)
    section.plan = plan
    form = NeedForm(request.POST, plan=plan)
    if attempt(form, lambda: add_need(section=section, actor=actor_of(request), **form.cleaned_data)):
        messages.success(request, _("Added."))
        return redirect("plans:committee", code=code)
    return _page(request, plan, need_form=form)


@require_POST
def need_drop(request: HttpRequest, code: str, need_id: int) -> HttpResponse:
    plan = find_managed_plan(request, code)
    need = get_object_or_404(SectionNeed.objects.select_related("section"), section__plan=plan, pk=need_id)
    need.section.plan = plan
    press(request, lambda: drop_need(need=need, actor=actor_of(request)), _("Removed."))
    return redirect("plans:committee", code=code)


@require_POST
def member_add(request: HttpRequest, code: str) -> HttpResponse:
    plan, actor = find_managed_plan(request, code), actor_of(request)
    form = MemberForm(request.POST, plan=plan, actor=actor)
    if attempt(form, lambda: acts.keep_member(member=Member(plan=plan), actor=actor, **form.cleaned_data)):
        messages.success(request, _("Added."))
        return redirect("plans:committee", code=code)
    return _page(request, plan, member_form=form)


def member_edit(request: HttpRequest, code: str, member_code: str) -> HttpResponse:
    plan, actor = find_managed_plan(request, code), actor_of(request)
    member = find_member(plan, member_code)
    form = EditMemberForm(request.POST or None, member=member, actor=actor)
    if form.is_bound and attempt(form, lambda: acts.keep_member(member=member, actor=actor, **form.cleaned_data)):
        messages.success(request, _("Saved."))
        return redirect("plans:committee", code=code)
    context = {"form": form, "plan": plan, "heading": str(member), "back": reverse("plans:committee", args=[code])}
    return render(request, "plans/plan_form.html", context, status=422 if form.errors else 200)


@require_POST
def member_drop(request: HttpRequest, code: str, member_code: str) -> HttpResponse:
    plan = find_managed_plan(request, code)
    member = find_member(plan, member_code)
    said = _("Removed. Their tasks stay, with nobody in charge.")
    press(request, lambda: acts.drop_member(member=member, actor=actor_of(request)), said)
    return redirect("plans:committee", code=code)


@never_cache
@require_POST
def member_link(request: HttpRequest, code: str, member_code: str) -> HttpResponse:
    """A new private address, shown once; the former one ends. ``cabut`` only ends it."""
    plan = find_managed_plan(request, code)
    member = find_member(plan, member_code)
    if "cabut" in request.POST:
        press(request, lambda: take_back_tasks(member=member, actor=actor_of(request)), _("The address has ended."))
        return redirect("plans:committee", code=code)
    tokens: list[str] = []
    if not press(
        request,
        lambda: tokens.append(hand_out_tasks(member=member, actor=actor_of(request))),
        _("The address is made."),
    ):
        return redirect("plans:committee", code=code)
    address = settings.PUBLIC_URL + reverse("plans:tasks_by_link", args=tokens)
    words = {"name": member, "title": plan.title, "address": address}
    text = _("%(name)s, these are your tasks for %(title)s: %(address)s") % words
    context = {**shell(request, plan, "committee"), "member": member, "text": text}
    return render(request, "plans/link_shown.html", context)
