"""Messages to a wave: written here, delivered by a job, and kept with their counts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as toasts
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.exports import LIST_METHODS, answer_page, wants_file
from enggang.notices.domain.messages import compose, whatsapp_link
from enggang.training import exports_wave as sheets
from enggang.training import rules
from enggang.training.domain.messages import write_to_wave
from enggang.training.enums import Audience
from enggang.training.forms.messages import MessageForm
from enggang.training.models import Wave
from enggang.training.queries.audience import to_be_told_by_hand
from enggang.training.views.finding import find_managed_wave, find_watched_wave

PER_PAGE = 20


def message_list(request: HttpRequest, code: str) -> HttpResponse:
    """The log, and for the organiser the form that writes the next one."""
    if request.method == "POST" and not wants_file(request):
        return _write(request, find_managed_wave(request, code))
    return _page(request, find_watched_wave(request, code))


def _page(request: HttpRequest, wave: Wave, form: MessageForm | None = None) -> HttpResponse:
    may_write = rules.may_manage(actor_of(request), wave.organisation)
    rows = wave.messages.select_related("klass")
    context = {
        "wave": wave,
        "page_obj": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "form": (form or MessageForm(wave=wave, initial=_suggested(request, wave))) if may_write else None,
    }
    export = sheets.MESSAGES.of(rows, about=wave.subject)
    return answer_page(request, "training/messages.html", context, export, status=200 if form is None else 422)


def _suggested(request: HttpRequest, wave: Wave) -> dict[str, Any]:
    """A reminder ready to be sent, when the list of unconfirmed names asked for it."""
    if request.GET.get("untuk") != Audience.UNCONFIRMED:
        return {"audience": Audience.SEATED}
    ready = compose("training/messages/names", {"wave": wave}, "id")
    return {"audience": Audience.UNCONFIRMED, "title": ready.title, "text": ready.text}


def _write(request: HttpRequest, wave: Wave) -> HttpResponse:
    form = MessageForm(request.POST, wave=wave)
    if form.is_valid():
        try:
            message = write_to_wave(wave=wave, actor=actor_of(request), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            toasts.success(request, _("The message is on its way. Below is the text for WhatsApp."))
            return redirect("training:message", code=wave.code, message_id=message.pk)
    return _page(request, wave, form)


@require_http_methods(LIST_METHODS)
def message_detail(request: HttpRequest, code: str, message_id: int) -> HttpResponse:
    wave = find_watched_wave(request, code)
    message = get_object_or_404(wave.messages.select_related("klass", "wave"), pk=message_id)
    text = f"*{message.title.replace('*', '')}*\n\n{message.text}\n\n{wave}"
    rows = list(to_be_told_by_hand(message)) if rules.may_manage(actor_of(request), wave.organisation) else []
    people = [(row.person, whatsapp_link(row.person.phone, text)) for row in rows]
    context = {"wave": wave, "message": message, "text": text, "people": people}
    return answer_page(request, "training/message.html", context, sheets.BY_HAND.of(rows, about=wave.subject))
