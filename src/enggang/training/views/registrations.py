from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.tables import LIST_METHODS, answer_list
from enggang.people.models import Person
from enggang.places.models.organisation import below_any
from enggang.seats.queries.offers import seats_by_pool
from enggang.training import rules
from enggang.training.domain.registrations import register_person
from enggang.training.enums import Source, WaveState
from enggang.training.filters import ParticipantFilter
from enggang.training.models import Wave
from enggang.training.queries.pages import with_pages
from enggang.training.queries.staff import registrable, staff_lines
from enggang.training.tables import OwnPeopleTable, ParticipantTable
from enggang.training.views.finding import find_wave
from enggang.training.views.pasting import held_until, source_of

PER_PAGE = 50


@require_http_methods(LIST_METHODS)
def participant_list(request: HttpRequest, code: str) -> HttpResponse:
    """Everybody for who watches the wave; a coordinator their own people, whose seats they can give back or pass on."""
    wave, actor = find_wave(request, code), actor_of(request)
    watches = rules.sees_participants(actor, wave)
    if not watches and not actor.holds_somewhere(*rules.KEEPS_STAFF):
        raise Http404
    everybody = wave.registrations.with_names()
    rows = everybody if watches else everybody.filter(below_any(actor.paths(*rules.KEEPS_STAFF), "agency__path"))
    found = ParticipantFilter(request.GET or None, queryset=rows)
    rows = found.qs if watches else with_pages(found.qs)
    may_manage = rules.may_manage(actor, wave.organisation)
    table = (ParticipantTable if watches else OwnPeopleTable)(
        rows.order_by("person__name_key", "pk"), exclude=("desk",) if watches and not may_manage else ()
    )
    context = {
        "wave": wave,
        "table": table,
        "filter": found,
        "watches": watches,
        "may_register": may_manage or not watches,
        "followed": wave.state == WaveState.FINISHED,
    }
    return answer_list(request, "training/participants.html", context, name=_("Participants"), per_page=PER_PAGE)


def nominate(request: HttpRequest, code: str) -> HttpResponse:
    """A coordinator ticks their own people; an organiser anyone's."""
    wave, actor = find_wave(request, code), actor_of(request)
    source = source_of(actor, wave)
    if request.method == "POST":
        chosen = registrable(wave, actor).filter(subject__code__in=request.POST.getlist("people")[:PER_PAGE])
        _register_each(request, wave, list(chosen), source)
        return redirect(request.get_full_path())
    page = Paginator(registrable(wave, actor, request.GET.get("text", "")), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "wave": wave,
        "page_obj": page,
        "lines": staff_lines(wave, list(page)),
        "pools": seats_by_pool(wave.offer),
        "text": request.GET.get("text", ""),
    }
    return render(request, "training/nominate.html", context)


def _register_each(request: HttpRequest, wave: Wave, people: list[Person], source: Source) -> None:
    """One act per person: what is refused for one does not undo the others, and each refusal is told by name."""
    seated = 0
    for person in people:
        try:
            registration = register_person(wave=wave, person=person, source=source, actor=actor_of(request))
        except Refused as refused:
            messages.warning(request, f"{person.name}: {refused.message}")
        else:
            seated += registration.is_seated
            if registration.is_held:
                messages.info(request, held_until(registration))
            elif registration.is_waiting:
                messages.info(
                    request, _("%(name)s is on the waiting list: the seats are gone.") % {"name": person.name}
                )
    if seated:
        text = ngettext("%(count)s person has a seat.", "%(count)s people have a seat.", seated)
        messages.success(request, text % {"count": seated})
    if not people:
        messages.error(request, _("Tick at least one person."))


@require_POST
def register_me(request: HttpRequest, code: str) -> HttpResponse:
    """One click for somebody with an account."""
    wave, actor = find_wave(request, code), actor_of(request)
    person = Person.objects.filter(user_id=actor.user_id).select_related("subject").first() if actor.user_id else None
    if person is None:
        raise Http404
    try:
        registration = register_person(wave=wave, person=person, source=Source.SELF, actor=actor)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("training:wave", code=code)
    if registration.is_seated:
        messages.success(request, _("You have a seat. Below is your pass."))
    elif registration.is_held:
        messages.success(request, _("A seat is held for you. Confirm it below, before the time is over."))
    else:
        messages.warning(
            request, _("The last seat was just taken. You are on the waiting list; below is where you stand.")
        )
    return redirect("training:pocket", code=registration.code)
