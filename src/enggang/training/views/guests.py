"""At the door with a letter, and on no list."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.people.domain.persons import OnRecord
from enggang.people.models import Person
from enggang.people.queries.persons import lookalikes
from enggang.training.domain.assignments import AgencyLetter
from enggang.training.domain.desk import Guest, register_guest
from enggang.training.forms.registrations import NOBODY, GuestForm
from enggang.training.models import Registration, Wave
from enggang.training.queries.seats import quota_lines
from enggang.training.views.finding import find_managed_wave

WHO = ("name", "nip", "phone", "agency", "kind", "post")


@require_http_methods(["GET", "HEAD", "POST"])
def guest(request: HttpRequest, code: str) -> HttpResponse:
    """First who it is, so that the question of a second record comes before the photo; then the letter."""
    wave = find_managed_wave(request, code)
    letter = request.POST.get("step") == "letter"
    form = GuestForm(request.POST or None, request.FILES or None, letter=letter)
    if not form.is_bound or not form.is_valid():
        if form.is_bound and letter:
            _ask(form)
        return _page(request, wave, form, letter=letter)
    if not letter:
        form = GuestForm(initial={name: form.cleaned_data[name] for name in WHO}, letter=True)
        _ask(form)
        return _page(request, wave, form, letter=True)
    registration = _seat(request, wave, form)
    if registration is None:
        return _page(request, wave, form, letter=True)
    return redirect("training:pocket", code=registration.code)


def _ask(form: GuestForm) -> list[Person]:
    """Who on record may be the person that was typed; the form then asks."""
    typed = form.cleaned_data if form.is_bound else form.initial
    if not all(typed.get(name) for name in ("name", "phone", "agency")):
        return []
    nip = typed.get("nip") or ""
    same = lookalikes(name=typed["name"], nip=nip, phone=typed["phone"], organisation=typed["agency"])
    if same:
        form.ask(same, nip)
    return same


def _seat(request: HttpRequest, wave: Wave, form: GuestForm) -> Registration | None:
    same, typed, chosen = _ask(form), form.cleaned_data, request.POST.get("same", "")
    person = next((each for each in same if each.code == chosen), None)
    if same and person is None and chosen != NOBODY:
        form.add_error("same", _("Choose who it is."))
        return None
    letter = AgencyLetter(
        typed["letter_number"], typed["dated"], typed["signed_post"], typed["signed_name"], typed["file"]
    )
    stranger = Guest(
        typed["agency"], typed["name"], typed["kind"], typed["nip"], typed["phone"], typed["post"],
        known=[each.code for each in same],
    )  # fmt: skip
    try:
        registration = register_guest(
            wave=wave, guest=person or stranger, agency=typed["agency"], letter=letter, any_quota=typed["any_quota"],
            actor=actor_of(request),
        )  # fmt: skip
    except OnRecord as known:  # entered in the same moment, or an NIP on record was said to be another's
        form.add_error("same" if "same" in form.fields else None, known.message)
    except Refused as refused:
        form.add_error(None, refused.message)
    else:
        _tell(request, registration, form.warnings)
        return registration
    return None


def _tell(request: HttpRequest, registration: Registration, warnings: list[str]) -> None:
    names = {"name": registration.person.name, "agency": registration.agency}
    text = _("%(name)s has a seat as staff of %(agency)s. Below is the pass.")
    messages.success(request, text % names)
    for warning in warnings:
        messages.warning(request, warning)


def _page(request: HttpRequest, wave: Wave, form: GuestForm, *, letter: bool) -> HttpResponse:
    context = {"wave": wave, "form": form, "quotas": quota_lines(wave), "letter": letter}
    return render(request, "training/seats_guest.html", context, status=422 if form.errors else 200)
