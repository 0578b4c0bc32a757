"""Registrations of visitors as the organisers see them: the list, one of them, and whoever has to be told something."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enggang.attendance.tokens import qr_svg
from enggang.core.actor import actor_of
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.core.views.answers import attached, attempt, press
from enggang.events import exports_visitors as sheets
from enggang.events.domain import bookings as acts
from enggang.events.domain.consents import keep_signed_consent, withdraw_consent
from enggang.events.domain.visitor_news import note_told, write_to_visitor
from enggang.events.filters import BookingFilter
from enggang.events.forms.ticketing import BookingForm, OtherSlotForm, SignedConsentForm
from enggang.events.forms.visitors import FewerForm, PaidForm
from enggang.events.models import Booking, Slot
from enggang.events.queries.tickets import ticket_of
from enggang.events.queries.visitors import slot_lines
from enggang.events.views.finding import find_booking, find_managed_edition, shell_of
from enggang.files.domain.storing import read_bytes
from enggang.notices.domain.messages import whatsapp_link

PER_PAGE = 50


@require_http_methods(LIST_METHODS)
def booking_list(request: HttpRequest, code: str) -> HttpResponse:
    """Everybody who has registered for the edition, by what the address asks for."""
    edition, actor = find_managed_edition(request, code), actor_of(request)
    rows = Booking.objects.visible_to(actor).filter(slot__part__edition=edition).with_names()
    found = BookingFilter(
        request.GET, queryset=rows.order_by("slot__day", "slot__begins", "name_key", "pk"), edition=edition
    )
    context = {
        **shell_of(request, edition, "visitors"), "filter": found,
        "page_obj": Paginator(found.qs.prefetch_related("guests__consent"), PER_PAGE).get_page(request.GET.get("page")),
    }  # fmt: skip
    export = sheets.BOOKINGS.of(
        lambda: list(found.qs.prefetch_related("guests__consent", "answers__question")), about=edition.subject,
        shown=context["page_obj"],
    )  # fmt: skip
    return answer_page(request, "events/bookings.html", context, export)


@never_cache
@require_http_methods(LIST_METHODS)
def news_list(request: HttpRequest, code: str) -> HttpResponse:
    """Whoever has not been told by e-mail what changed: texts to be sent by WhatsApp, ticked off one by one."""
    edition, actor = find_managed_edition(request, code), actor_of(request)
    every = Booking.objects.visible_to(actor).filter(slot__part__edition=edition).standing().exclude(news="")
    rows = every.to_be_told().with_names().order_by("news_at", "pk")
    context = {
        **shell_of(request, edition, "visitors"), "page_obj": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "told": every.exclude(told_at=None).count(),
    }  # fmt: skip
    return answer_page(request, "events/visitor_news.html", context, sheets.NEWS.of(rows, about=edition.subject))


@never_cache
@require_safe
def booking(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, find_booking(request, code))


def _page(request: HttpRequest, row: Booking, **bound: Any) -> HttpResponse:
    ticket = ticket_of(row)
    forms = {
        "form": BookingForm(booking=row),
        "fewer_form": FewerForm(booking=row, guests=ticket.guests, auto_id="kurang-%s") if row.quantity > 1 else None,
        "slot_form": OtherSlotForm(slots=_other_slots(row)),
        "paid_form": PaidForm(initial={"amount": ticket.admission.due}, auto_id="bayar-%s"),
        "consent_form": SignedConsentForm(auto_id="surat-%s"),
        **bound,
    }
    context = {
        **shell_of(request, row.part.edition, "visitors"), "booking": row, "ticket": ticket, "part": row.part,
        "slot": row.slot, "answers": list(row.answers.select_related("question")), **forms,
    }  # fmt: skip
    wrong = any(form is not None and form.errors for form in forms.values())
    return render(request, "events/booking.html", context, status=422 if wrong else 200)


def _other_slots(row: Booking) -> list[tuple[int, str]]:
    lines = slot_lines(Slot.objects.with_names().filter(part=row.part).exclude(pk=row.slot_id))
    return [(line.slot.pk, f"{line.when} · {max(line.free, 0)}/{line.slot.pool.size}") for line in lines]


def _kept(request: HttpRequest, code: str, name: str, form: Any, do: Callable[[], Any], said: str) -> HttpResponse:
    """Try what a form asks for; when it is refused the page comes back with what was typed."""
    if attempt(form, do):
        messages.success(request, said)
        return redirect("events:booking", code=code)
    return _page(request, find_booking(request, code), **{name: form})


@require_POST
def booking_edit(request: HttpRequest, code: str) -> HttpResponse:
    row = find_booking(request, code)
    form = BookingForm(request.POST, booking=row)

    def save() -> None:
        data = form.cleaned_data
        acts.correct_booking(
            booking=row, version=data["version"] or 0, visitor=form.visitor, note=data["note"], actor=actor_of(request)
        )

    return _kept(request, code, "form", form, save, _("Saved."))


@require_POST
def booking_fewer(request: HttpRequest, code: str) -> HttpResponse:
    row = find_booking(request, code)
    form = FewerForm(request.POST, booking=row, guests=list(row.guests.all()), auto_id="kurang-%s")

    def reduce() -> None:
        quantity, staying = form.wanted
        acts.reduce_booking(booking=row, quantity=quantity, staying=staying, actor=actor_of(request))

    return _kept(request, code, "fewer_form", form, reduce, _("The places are given back."))


@require_POST
def booking_move(request: HttpRequest, code: str) -> HttpResponse:
    row = find_booking(request, code)
    form = OtherSlotForm(request.POST, slots=_other_slots(row))

    def move() -> None:
        slot = get_object_or_404(Slot.objects.with_names(), pk=form.cleaned_data["slot"], part=row.part)
        acts.move_booking(booking=row, slot=slot, actor=actor_of(request))

    return _kept(request, code, "slot_form", form, move, _("Moved to another time, with the same ticket. Tell them."))


@require_POST
def booking_pay(request: HttpRequest, code: str) -> HttpResponse:
    row = find_booking(request, code)
    form = PaidForm(request.POST, auto_id="bayar-%s")

    def pay() -> None:
        acts.note_paid(booking=row, actor=actor_of(request), **form.cleaned_data)

    return _kept(request, code, "paid_form", form, pay, _("Noted as paid."))


STEPS: dict[str, tuple[Callable[..., Any], Any]] = {
    "batal": (acts.cancel_booking, "reason"),
    "lagi": (acts.restore_booking, ""),
    "surel": (acts.send_ticket, ""),
    "belum-bayar": (acts.unmark_paid, ""),
    "dikabari": (note_told, True),
    "belum-dikabari": (note_told, False),
}


@require_POST
def booking_step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """Cancel, take up again, mail once more, take a payment or a tick back."""
    row = find_booking(request, code)
    if step not in STEPS:
        raise Http404
    act, more = STEPS[step]
    facts = {"reason": request.POST.get("reason", "")} if more == "reason" else {"told": more} if more != "" else {}
    press(request, lambda: act(booking=row, actor=actor_of(request), **facts), _("Done."))
    if act is note_told:
        return redirect("events:visitor_news", code=row.part.edition.code)
    return redirect("events:booking", code=code)


@never_cache
@require_POST
def booking_ticket(request: HttpRequest, code: str) -> HttpResponse:
    """The ticket for whoever cannot find it: a new address as a square code, and a text for WhatsApp."""
    row, actor = find_booking(request, code), actor_of(request)
    address = settings.PUBLIC_URL + reverse("events:ticket", args=[acts.open_ticket(booking=row, actor=actor)])
    text = write_to_visitor(booking=row, actor=actor)
    context = {"booking": row, "svg": qr_svg(address), "text": text, "href": whatsapp_link(row.phone, text)}
    return render(request, "events/booking_ticket.html", context)


@require_POST
def consent_paper(request: HttpRequest, code: str) -> HttpResponse:
    """A guardian's signed paper, as a scan or a photo."""
    row = find_booking(request, code)
    form = SignedConsentForm(request.POST, request.FILES, auto_id="surat-%s")

    def keep() -> None:
        data = form.cleaned_data
        keep_signed_consent(
            booking=row, name=data["name"], phone=data["phone"], content=data["file"].read(), filename=data["file"].name,
            actor=actor_of(request),
        )  # fmt: skip

    return _kept(request, code, "consent_form", form, keep, _("The consent is kept."))


@never_cache
@require_safe
def consent_file(request: HttpRequest, code: str, row_id: int) -> HttpResponse:
    consent = get_object_or_404(find_booking(request, code).consents.select_related("file"), pk=row_id)
    if consent.file is None or consent.file.erased_at:
        raise Http404
    return attached(read_bytes(consent.file), consent.file.media_type, consent.file.name)


@require_POST
def consent_end(request: HttpRequest, code: str, row_id: int) -> HttpResponse:
    """Taken back by staff, on the guardian's word or because it was kept by mistake."""
    row = find_booking(request, code)
    consent = get_object_or_404(row.consents.select_related("subject"), pk=row_id)
    consent.booking = row
    press(request, lambda: withdraw_consent(consent=consent, actor=actor_of(request)), _("The consent is taken back."))
    return redirect("events:booking", code=code)
