"""Innovations in the office: the list, one of them, its form, its owner, and whether the public reads it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from enggang.core import registries
from enggang.core.actor import actor_of
from enggang.core.tables import LIST_METHODS, answer_list
from enggang.core.views.answers import attempt, press
from enggang.innovation import rules
from enggang.innovation.domain import innovations as acts
from enggang.innovation.filters import InnovationFilter
from enggang.innovation.forms.ideas import CommentForm
from enggang.innovation.forms.innovations import InnovationForm, OwnerForm
from enggang.innovation.models import Innovation, Intake
from enggang.innovation.queries.voices import voices_of
from enggang.innovation.tables import InnovationTable
from enggang.innovation.views.finding import find, find_written, shell_of


@require_http_methods(LIST_METHODS)
def innovation_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not actor.is_signed_in:
        raise Http404
    chosen = InnovationFilter(request.GET, queryset=Innovation.objects.visible_to(actor).with_names())
    context = {
        "table": InnovationTable(chosen.qs), "filter": chosen, "may_add": actor.holds_somewhere(*rules.WRITERS),
        "reads_inside": actor.holds_somewhere(*rules.SEES_INSIDE),
    }  # fmt: skip
    return answer_list(request, "innovation/innovations.html", context, name=_("Innovation"))


def innovation(request: HttpRequest, code: str) -> HttpResponse:
    """For whoever is signed in; others are led to the public page of what is shown to them, once a face has one."""
    if not actor_of(request).is_signed_in and (page := registries.public_pages.get("innovation")) is not None:
        row = get_object_or_404(Innovation.objects.published().select_related("subject"), subject__code=code)
        return redirect(page(code=row.code))
    return _page(request, find(request, code))


def _page(request: HttpRequest, row: Innovation, owner_form: OwnerForm | None = None) -> HttpResponse:
    context = {
        **shell_of(request, row, "overview"),
        "voices": voices_of(row, actor_of(request)),
        "comment_form": CommentForm(),
        "intake": Intake.objects.filter(innovation=row).first()
        if rules.may_enter(actor_of(request), row.organisation)
        else None,
        "owner_form": owner_form or OwnerForm(actor=actor_of(request)),
        "ownerships": list(row.ownerships.select_related("person").order_by("-since", "-pk")),
    }
    return render(request, "innovation/innovation.html", context, status=422 if owner_form is not None else 200)


def innovation_new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not actor.holds_somewhere(*rules.WRITERS):
        raise Http404
    form = InnovationForm(request.POST or None, actor=actor)
    made: list[Innovation] = []
    if form.is_bound and attempt(form, lambda: made.append(acts.open_innovation(actor=actor, **form.facts))):
        messages.success(request, _("Entered as an idea. Its first gate is waiting."))
        return redirect("innovation:innovation", code=made[0].code)
    return _form(request, form, _("Enter an innovation"))


def innovation_edit(request: HttpRequest, code: str) -> HttpResponse:
    row, actor = find_written(request, code), actor_of(request)
    form = InnovationForm(request.POST or None, instance=row, actor=actor)

    def save() -> None:
        version = form.cleaned_data["version"] or 0
        acts.change_innovation(innovation=find_written(request, code), version=version, actor=actor, **form.facts)

    if form.is_bound and attempt(form, save):
        messages.success(request, _("Saved."))
        return redirect("innovation:innovation", code=code)
    return _form(request, form, _("Change the innovation"), row=row)


def _form(request: HttpRequest, form: Any, heading: str, **more: Any) -> HttpResponse:
    context = {"form": form, "heading": heading, **more}
    return render(request, "innovation/form.html", context, status=422 if form.errors else 200)


@require_POST
def innovation_owner(request: HttpRequest, code: str) -> HttpResponse:
    row, actor = find_written(request, code), actor_of(request)
    form = OwnerForm(request.POST, actor=actor)
    if attempt(form, lambda: acts.hand_over(innovation=row, actor=actor, **form.cleaned_data)):
        messages.success(request, _("Handed over. Who owned it before stays on record."))
        return redirect("innovation:innovation", code=code)
    return _page(request, row, form)


@require_POST
def innovation_publish(request: HttpRequest, code: str) -> HttpResponse:
    """Shown to the public, or with ``tarik`` withdrawn again."""
    row, actor = find(request, code), actor_of(request)
    if not rules.may_publish(actor, row):
        raise Http404
    if request.POST.get("tarik"):
        press(
            request, lambda: acts.unpublish_innovation(innovation=row, actor=actor), _("The public no longer reads it.")
        )
    else:
        press(request, lambda: acts.publish_innovation(innovation=row, actor=actor), _("The public reads it now."))
    return redirect("innovation:innovation", code=code)
