"""What visitors read of an event, written by its organisers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from enggang.core.actor import actor_of
from enggang.core.views.answers import attempt, wording_form
from enggang.core.wordings import LANGUAGES
from enggang.events.domain.pages import translate_event, write_page
from enggang.events.forms.pages import EventPageForm, texts_asked
from enggang.events.models import Event
from enggang.events.queries.pages import page_of
from enggang.events.views.finding import find_event


def event_page(request: HttpRequest, code: str) -> HttpResponse:
    event = find_event(request, code, managed=True)
    form = EventPageForm(request.POST or None, instance=page_of(event))

    def save() -> None:
        given = {**form.facts}
        facilities = given.pop("facilities")
        fresh, version = find_event(request, code, managed=True), form.cleaned_data["version"] or 0
        write_page(event=fresh, version=version, facilities=facilities, actor=actor_of(request), **given)

    if form.is_bound and attempt(form, save):
        messages.success(request, _("Saved."))
        return redirect("events:event", code=code)
    return _form(request, form, _("What visitors read"), event)


def event_wording(request: HttpRequest, code: str, language: str) -> HttpResponse:
    event = find_event(request, code, managed=True)
    if language not in LANGUAGES:
        raise Http404
    form = wording_form(request.POST or None, subject=event.subject, language=language, asked=texts_asked(event))

    def save() -> None:
        checked = form.cleaned_data["checked"]
        translate_event(event=event, language=language, texts=form.texts, checked=checked, actor=actor_of(request))

    if form.is_bound and attempt(form, save):
        messages.success(request, _("Saved."))
        return redirect("events:event", code=code)
    heading = _("%(name)s in another language: %(language)s") % {"name": event, "language": LANGUAGES[language]}
    return _form(request, form, heading, event)


def _form(request: HttpRequest, form: Any, heading: str, event: Event) -> HttpResponse:
    context = {"form": form, "heading": heading, "event": event}
    return render(request, "events/page_form.html", context, status=422 if form.errors else 200)
