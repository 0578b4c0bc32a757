"""Events: the list, one with its rule and its editions, and the forms."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from enggang.core import clock, registries
from enggang.core.actor import Actor, actor_of
from enggang.core.exports import LIST_METHODS, answer_page, posted
from enggang.core.registries import EventConcept
from enggang.core.rows import fresh_set, is_to_be_saved
from enggang.core.tables import answer_list
from enggang.core.views.answers import attempt
from enggang.events import exports as sheets
from enggang.events import rules
from enggang.events.domain.editions import open_edition, take_up_concept
from enggang.events.domain.events import change_event, open_event
from enggang.events.enums import RuleKind
from enggang.events.filters import EventFilter
from enggang.events.forms.events import EventForm, HostFormSet, NewEditionForm, host_specs
from enggang.events.models import Edition, Event
from enggang.events.models.event import LONGEST_DESCRIPTION
from enggang.events.queries.concepts import concept_by, origin_of
from enggang.events.queries.dates import ahead, rule_in_words
from enggang.events.queries.pages import page_of, shown_editions, slug_of, translations_of
from enggang.events.queries.visitors import public_editions
from enggang.events.tables import EventTable
from enggang.events.views.finding import find_event

YEARS_AHEAD = 5


@require_http_methods(LIST_METHODS)
def event_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not actor.holds_somewhere(*rules.SEES_EVENTS):
        raise Http404
    rows = Event.objects.visible_to(actor).with_names().annotate(edition_count=Count("editions"))
    chosen = EventFilter(request.GET, queryset=rows)
    context = {
        "table": EventTable(chosen.qs), "filter": chosen, "may_add": actor.holds_somewhere(*rules.MANAGERS),
    }  # fmt: skip
    return answer_list(request, "events/events.html", context, name=_("Events"))


@require_http_methods(LIST_METHODS)
def event_detail(request: HttpRequest, code: str) -> HttpResponse:
    """The event; posted to, it begins an edition."""
    event, actor = find_event(request, code), actor_of(request)
    year = clock.today().year
    may_manage = rules.may_manage(actor, event.organisation)
    form = NewEditionForm(posted(request) if may_manage else None, initial={"year": year + 1})
    made: list[Edition] = []
    if form.is_bound and attempt(
        form, lambda: made.append(open_edition(event=event, actor=actor, **form.cleaned_data))
    ):
        messages.success(request, _("The edition is begun as an idea. See to the checklist of its first gate."))
        return redirect("events:edition", code=made[0].code)
    editions = list(Edition.objects.visible_to(actor).filter(event=event).with_names().order_by("-year", "label"))
    years = ahead(event, range(year, year + YEARS_AHEAD))
    context = {
        "event": event,
        "words": rule_in_words(event),
        "years": years,
        "is_computed": any(rows for _year, rows in years),
        "editions": editions,
        "public": set(public_editions().filter(event=event).values_list("pk", flat=True)),
        "page": page_of(event),
        "translations": translations_of(event),
        "public_href": _public_page(event),
        "hosts": event.hosts.select_related("organisation"),
        "concept": concept_by(event.concept.code, actor) if event.concept else None,
        "origin": origin_of(event.concept),
        "may_manage": may_manage,
        "form": form,
    }
    found = [(each,) for _year, rows in years for each in rows]
    exports = sheets.EDITIONS.of(editions, about=event.subject), sheets.CANDIDATES.of(found, about=event.subject)
    return answer_page(request, "events/event.html", context, *exports, status=422 if form.errors else 200)


def _public_page(event: Event) -> str:
    """The face that shows it stands above this storey and has said where."""
    is_shown = shown_editions().filter(event=event).exists()
    return registries.public_pages["event"](slug=slug_of(event)) if is_shown else ""


def event_new(request: HttpRequest) -> HttpResponse:
    """With ``konsep`` the form is filled from a concept that somebody wrote, and the next edition begins with it."""
    actor = actor_of(request)
    if not actor.holds_somewhere(*rules.MANAGERS):
        raise Http404
    concept = _concept(request, actor)
    form = EventForm(request.POST or None, actor=actor, initial=_written(concept))
    hosts = fresh_set(HostFormSet, request, "hosts", form_kwargs={"actor": actor})
    made: list[HttpResponse] = []
    if (
        is_to_be_saved(request)
        and hosts.is_valid()
        and attempt(form, lambda: made.append(_open(request, form, hosts, concept)))
    ):
        return made[0]
    return _form_page(request, form, hosts, None, concept)


def _concept(request: HttpRequest, actor: Actor) -> EventConcept | None:
    code = request.GET.get("konsep", "")
    concept = concept_by(code, actor) if code else None
    if code and concept is None:
        raise Http404
    return concept


def _written(concept: EventConcept | None) -> dict[str, Any]:
    if concept is None:
        return {}
    return {
        "organisation": concept.organisation_id,
        "region": concept.region_id,
        "name": concept.title,
        "description": concept.text[:LONGEST_DESCRIPTION],
        "rule": RuleKind.ANNOUNCED,
    }


def _open(request: HttpRequest, form: EventForm, hosts: Any, concept: EventConcept | None) -> HttpResponse:
    facts: dict[str, Any] = {"hosts": host_specs(hosts), "actor": actor_of(request), **form.facts}
    if concept is None:
        event = open_event(**facts)
        messages.success(request, _("The event is on record. Begin its next edition."))
        return redirect("events:event", code=event.code)
    edition = take_up_concept(concept=concept, year=clock.today().year + 1, **facts)
    messages.success(
        request, _("The concept is on record as the idea of an event. See to the checklist of its first gate.")
    )
    return redirect("events:edition", code=edition.code)


def event_edit(request: HttpRequest, code: str) -> HttpResponse:
    event, actor = find_event(request, code, managed=True), actor_of(request)
    form = EventForm(request.POST or None, instance=event, actor=actor)
    initial = [
        {"name": each.name, "role": each.role, "organisation": each.organisation}
        for each in event.hosts.select_related("organisation")
    ]
    hosts = fresh_set(HostFormSet, request, "hosts", initial=initial, form_kwargs={"actor": actor})
    if is_to_be_saved(request) and hosts.is_valid() and attempt(form, lambda: _change(request, code, form, hosts)):
        messages.success(request, _("Saved."))
        return redirect("events:event", code=code)
    return _form_page(request, form, hosts, event)


def _change(request: HttpRequest, code: str, form: EventForm, hosts: Any) -> None:
    facts = {name: value for name, value in form.facts.items() if name != "organisation"}
    change_event(
        event=find_event(request, code, managed=True), version=form.cleaned_data["version"] or 0,
        hosts=host_specs(hosts), actor=actor_of(request), **facts,
    )  # fmt: skip


def _form_page(
    request: HttpRequest, form: EventForm, hosts: Any, event: Event | None, concept: EventConcept | None = None
) -> HttpResponse:
    context = {"form": form, "formset": hosts, "event": event, "concept": concept}
    return render(request, "events/event_form.html", context, status=422 if is_to_be_saved(request) else 200)
