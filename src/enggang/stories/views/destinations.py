"""Destinations in the office: the list, a page with its languages and versions, and what can be done with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from enggang.core import registries
from enggang.core.actor import actor_of
from enggang.core.tables import LIST_METHODS, answer_list
from enggang.core.views.answers import attempt, press, wording_form
from enggang.core.wordings import LANGUAGES
from enggang.stories import rules
from enggang.stories.domain import destinations as acts
from enggang.stories.enums import PageState
from enggang.stories.filters import DestinationFilter
from enggang.stories.forms.destinations import DestinationForm, texts_asked
from enggang.stories.models import Destination, Revision
from enggang.stories.queries.destinations import changes_since, gaps_of, translations_of
from enggang.stories.tables import STATE_TONES, DestinationTable
from enggang.stories.views.moving import moves_of, version_in

SAID = {
    PageState.DRAFT: gettext_lazy("It is a draft again."),
    PageState.REVIEW: gettext_lazy("Handed on to be reviewed."),
    PageState.PUBLISHED: gettext_lazy("Published: visitors read it now."),
    PageState.WITHDRAWN: gettext_lazy("Withdrawn: visitors no longer find it."),
}


@require_http_methods(LIST_METHODS)
def destination_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not actor.holds_somewhere(*rules.READS_DRAFTS):
        raise Http404
    chosen = DestinationFilter(request.GET, queryset=Destination.objects.visible_to(actor).with_names())
    context = {
        "table": DestinationTable(chosen.qs), "filter": chosen, "may_add": actor.holds_somewhere(*rules.WRITERS),
        "public_href": registries.public_pages["destinations"](),
    }  # fmt: skip
    return answer_list(request, "stories/destinations.html", context, name=_("Destinations"))


def _find(request: HttpRequest, code: str, *, written: bool = False) -> Destination:
    actor = actor_of(request)
    rows = Destination.objects.written_by(actor) if written else Destination.objects.visible_to(actor)
    return get_object_or_404(rows.with_names(), subject__code=code)


def destination(request: HttpRequest, code: str) -> HttpResponse:
    """For staff; whoever else comes by a link of the search is led to the public page."""
    row, actor = _find(request, code), actor_of(request)
    if not actor.holds_somewhere(*rules.READS_DRAFTS):
        return redirect(_public_page(row))
    may_publish = rules.may_publish(actor, row.organisation)
    may_change = may_publish if row.is_published else rules.may_write(actor, row.organisation)
    context = {
        "row": row, "gaps": gaps_of(row), "translations": translations_of(row), "tone": STATE_TONES[PageState(row.state)],
        "revisions": list(row.revisions.all()[:50]), "may_change": may_change, "moves": moves_of(row.state, may_publish=may_publish, may_write=may_change),
        "facilities": list(row.amenities.all()), "public_href": _public_page(row),
    }  # fmt: skip
    return render(request, "stories/destination.html", context)


def _public_page(row: Destination) -> str:
    """The face that shows it stands above this storey and has said where."""
    return registries.public_pages["destination"](slug=row.slug)


def destination_new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not actor.holds_somewhere(*rules.WRITERS):
        raise Http404
    form = DestinationForm(request.POST or None, actor=actor)
    made: list[Destination] = []
    if form.is_bound and attempt(form, lambda: made.append(acts.open_destination(actor=actor, **form.facts))):
        messages.success(request, _("Added as a draft."))
        return redirect("stories:destination", code=made[0].code)
    return _form(request, form, _("Enter a destination"))


def destination_edit(request: HttpRequest, code: str) -> HttpResponse:
    row, actor = _find(request, code, written=True), actor_of(request)
    form = DestinationForm(request.POST or None, instance=row, actor=actor)

    def save() -> None:
        facts = {name: value for name, value in form.facts.items() if name not in {"organisation", "region"}}
        fresh = _find(request, code, written=True)
        acts.change_destination(destination=fresh, version=form.cleaned_data["version"] or 0, actor=actor, **facts)

    if form.is_bound and attempt(form, save):
        messages.success(request, _("Saved. What it said before is kept under Versions."))
        return redirect("stories:destination", code=code)
    return _form(request, form, _("Change the destination"), row=row)


def _form(request: HttpRequest, form: Any, heading: str, **more: Any) -> HttpResponse:
    context = {"form": form, "heading": heading, "columns": "two", **more}
    return render(request, "stories/form.html", context, status=422 if form.errors else 200)


@require_POST
def destination_move(request: HttpRequest, code: str) -> HttpResponse:
    row = _find(request, code, written=True)
    to = request.POST.get("to", "")
    if to not in PageState.values:
        raise Http404
    press(
        request,
        lambda: acts.move_destination(destination=row, to=to, actor=actor_of(request)),
        str(SAID[PageState(to)]),
    )
    return redirect("stories:destination", code=code)


def destination_wording(request: HttpRequest, code: str, language: str) -> HttpResponse:
    row, actor = _find(request, code, written=True), actor_of(request)
    if language not in LANGUAGES:
        raise Http404
    form = wording_form(request.POST or None, subject=row.subject, language=language, asked=texts_asked(row))

    def save() -> None:
        acts.translate_destination(
            destination=row, language=language, texts=form.texts, checked=form.cleaned_data["checked"], actor=actor
        )

    if form.is_bound and attempt(form, save):
        messages.success(request, _("Saved."))
        return redirect("stories:destination", code=code)
    heading = _("%(name)s in another language: %(language)s") % {"name": row, "language": LANGUAGES[language]}
    return _form(request, form, heading, row=row)


@require_http_methods(["GET", "HEAD", "POST"])
def destination_revision(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """What an earlier version said otherwise; posted to, it is put back."""
    row, actor = _find(request, code, written=True), actor_of(request)
    revision = get_object_or_404(Revision, destination=row, number=number)
    revision.destination = row
    if request.method == "POST":
        version = version_in(request)
        said = _("Put back. The text that stood here is kept as a version too.")
        press(request, lambda: acts.restore_revision(revision=revision, version=version, actor=actor), said)
        return redirect("stories:destination", code=code)
    context = {"row": row, "revision": revision, "changes": changes_since(revision)}
    return render(request, "stories/revision.html", context)
