"""Registering people from a pasted list: every line judged first, the good ones registered in one go, the others kept."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from enggang.access.enums import Role
from enggang.core.actor import Actor, actor_of
from enggang.core.acts import Refused
from enggang.seats.queries.offers import seats_by_pool
from enggang.training import rules
from enggang.training.domain.registrations import register_person
from enggang.training.enums import PastedKind, Source
from enggang.training.forms.pasting import PasteForm
from enggang.training.models import Registration, Wave
from enggang.training.queries.pasted import JudgedLine, judge_pasted
from enggang.training.views.finding import find_wave

DONE = (PastedKind.SEATED, PastedKind.HELD, PastedKind.WAITING)


@never_cache
def nominate_paste(request: HttpRequest, code: str) -> HttpResponse:
    wave, actor = find_wave(request, code), actor_of(request)
    source = source_of(actor, wave)
    form = PasteForm(request.POST or None)
    lines = judge_pasted(wave, form.cleaned_data["lines"], actor) if form.is_bound and form.is_valid() else []
    asked = request.POST.get("do") == "register"
    if asked:
        lines = [_registered(wave, line, source, actor) for line in lines]
    return _answer(request, wave, form, lines)


def source_of(actor: Actor, wave: Wave) -> Source:
    """Who nominates: the wave's organiser anyone, a coordinator their own people; for others the page is not there."""
    if rules.may_manage(actor, wave.organisation):
        return Source.ORGANISER
    if actor.holds_somewhere(Role.COORDINATOR, Role.ADMINISTRATOR):
        return Source.COORDINATOR
    raise Http404


def _registered(wave: Wave, line: JudgedLine, source: Source, actor: Actor) -> JudgedLine:
    """One act per person: what is refused for one does not undo the others."""
    if line.person is None:
        return line
    try:
        registration = register_person(wave=wave, person=line.person, source=source, actor=actor)
    except Refused as refused:
        return JudgedLine(line.pasted, PastedKind.REFUSED, f"{line.person.name}: {refused.message}")
    if registration.is_held:
        return replace(line, kind=PastedKind.HELD, why=held_until(registration))
    return replace(line, kind=PastedKind.SEATED if registration.is_seated else PastedKind.WAITING)


def held_until(registration: Registration) -> str:
    """For whoever registered them: until when the participant, or they, must confirm."""
    until = date_format(timezone.localtime(registration.claim.held_until), "j F, H.i")
    text = _("%(name)s: the seat is held until %(until)s and is to be confirmed before.")
    return text % {"name": registration.person.name, "until": until}


def _answer(request: HttpRequest, wave: Wave, form: PasteForm, lines: list[JudgedLine]) -> HttpResponse:
    """After registering, only what could not be registered stands in the text box; before, all of it."""
    done = [line for line in lines if line.kind in DONE]
    left = [line for line in lines if line.kind not in DONE]
    if done or (lines and request.POST.get("do") == "register"):
        form = PasteForm(initial={"lines": "\n".join(line.pasted.text for line in left)})
    context = {
        "wave": wave,
        "form": form,
        "good": [line for line in left if line.is_good],
        "bad": [line for line in left if not line.is_good],
        "seated": [line for line in done if line.kind == PastedKind.SEATED],
        "held": [line for line in done if line.kind == PastedKind.HELD],
        "waiting": [line for line in done if line.kind == PastedKind.WAITING],
        "pools": seats_by_pool(wave.offer),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "training/nominate_paste.html", context, status=status)
