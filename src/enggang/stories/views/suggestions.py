"""Proposals of the public in the office: the list, one with what can be done with it, and who takes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enggang.core.actor import actor_of
from enggang.core.tables import LIST_METHODS, answer_list
from enggang.core.views.answers import attempt, press
from enggang.files.views.sending import send_file
from enggang.places.models import Organisation
from enggang.stories import rules
from enggang.stories.domain import deciding as acts
from enggang.stories.enums_suggestions import SuggestionState
from enggang.stories.filters import SuggestionFilter
from enggang.stories.forms.suggestions import AcceptPlaceForm, CallForm, DeskForm, RefuseForm
from enggang.stories.models import Suggestion, SuggestionDesk
from enggang.stories.queries.suggestions import growths_of, same_of
from enggang.stories.tables import SUGGESTION_TONES, SuggestionTable

SAME = 5  # others of the same name that are named


@require_http_methods(LIST_METHODS)
def suggestion_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not actor.holds_somewhere(*rules.READS_DRAFTS):
        raise Http404
    chosen = SuggestionFilter(request.GET, queryset=Suggestion.objects.visible_to(actor).with_names())
    context = {
        "table": SuggestionTable(chosen.qs), "filter": chosen, "may_open": actor.holds_somewhere(*rules.PUBLISHERS),
        "taken": SuggestionDesk.objects.filter(is_open=True).exists(),
    }  # fmt: skip
    return answer_list(request, "stories/suggestions.html", context, name=_("Proposals of the public"))


def _find(request: HttpRequest, code: str, *, handled: bool = False) -> Suggestion:
    actor = actor_of(request)
    rows = Suggestion.objects.handled_by(actor) if handled else Suggestion.objects.visible_to(actor)
    return get_object_or_404(rows.with_names(), subject__code=code)


@require_safe
def suggestion(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, _find(request, code))


def _page(request: HttpRequest, row: Suggestion, **forms: Any) -> HttpResponse:
    actor = actor_of(request)
    may_decide, may_write = rules.may_publish(actor, row.organisation), rules.may_write(actor, row.organisation)
    context = {
        "row": row, "tone": SUGGESTION_TONES[SuggestionState(row.state)], "may_decide": may_decide, "may_write": may_write,
        "sees_person": may_write, "same": list(same_of(row).visible_to(actor)[:SAME]), "growths": growths_of(row, actor),
        "call_form": CallForm(), "refuse_form": RefuseForm(), "accept_form": AcceptPlaceForm(), "states": SuggestionState, **forms,
    }  # fmt: skip
    wrong = any(form.errors for form in forms.values())
    return render(request, "stories/suggestion.html", context, status=422 if wrong else 200)


@require_safe
def suggestion_photo(request: HttpRequest, code: str) -> HttpResponseBase:
    row = _find(request, code)
    if row.photo is None:
        raise Http404
    return send_file(request, row.photo)


@require_POST
def suggestion_step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """A button alone; what asks for words has a form of its own below."""
    row, actor = _find(request, code, handled=True), actor_of(request)
    steps: dict[str, tuple[Callable[..., Any], str]] = {
        "terima": (acts.accept_event, _("Accepted. Whoever keeps events begins one from it below.")),
        "lagi": (acts.take_up_again, _("It is to be decided again.")),
        "disampaikan": (acts.note_told, _("Noted.")),
    }
    if step not in steps:
        raise Http404
    do, said = steps[step]
    press(request, lambda: do(suggestion=row, actor=actor), said)
    return redirect("stories:suggestion", code=code)


@require_POST
def suggestion_decide(request: HttpRequest, code: str, way: str) -> HttpResponse:
    """Confirm by telephone, accept as a destination, refuse: each with what its form asks."""
    row, actor = _find(request, code, handled=True), actor_of(request)
    ways: dict[str, tuple[str, Any, Callable[..., Any], str]] = {
        "telepon": ("call_form", CallForm, acts.confirm_by_phone, _("Confirmed by telephone.")),
        "destinasi": ("accept_form", AcceptPlaceForm, acts.accept_destination, _("Accepted: it is a draft among the destinations.")),
        "tolak": ("refuse_form", RefuseForm, acts.refuse_suggestion, _("Not accepted; the reason is told.")),
    }  # fmt: skip
    if way not in ways:
        raise Http404
    name, kind, do, said = ways[way]
    form = kind(request.POST)
    if attempt(form, lambda: do(suggestion=row, actor=actor, **form.cleaned_data)):
        messages.success(request, said)
        return redirect("stories:suggestion", code=code)
    return _page(request, _find(request, code), **{name: form})


# -- who takes proposals --------------------------------------------------------------------------------


@require_safe
def desks(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not actor.holds_somewhere(*rules.PUBLISHERS):
        raise Http404
    owners = list(Organisation.objects.on().held_by(actor, *rules.PUBLISHERS).select_related("subject"))
    known = {desk.organisation_id: desk for desk in SuggestionDesk.objects.filter(organisation__in=owners)}
    return render(request, "stories/desks.html", {"rows": [(each, known.get(each.pk)) for each in owners]})


@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    owners = Organisation.objects.on().held_by(actor, *rules.PUBLISHERS)
    organisation = get_object_or_404(owners.select_related("subject"), subject__code=code)
    row = SuggestionDesk.objects.filter(organisation=organisation).first()
    form = DeskForm(request.POST or None, instance=row)

    def save() -> None:
        acts.keep_desk(organisation=organisation, version=form.cleaned_data["version"] or 0, actor=actor, **form.facts)

    if form.is_bound and attempt(form, save):
        messages.success(request, _("Saved."))
        return redirect("stories:desks")
    context = {"form": form, "organisation": organisation}
    return render(request, "stories/desk.html", context, status=422 if form.errors else 200)
