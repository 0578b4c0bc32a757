"""What training asks of a person today, for their home page: the most pressing first."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Count, F, Q, Sum
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.seats.enums import ClaimState
from enggang.training import rules
from enggang.training.enums import Outcome, WaveState
from enggang.training.models import Registration, Session, Wave

LIMIT = 5
Card = dict[str, Any]


def participant_cards(_request: HttpRequest, actor: Actor) -> list[Card]:
    """The next session, a seat waited for, a certificate that is ready."""
    if not actor.user_id:
        return []
    since = clock.today() - timedelta(days=60)
    rows = Registration.objects.filter(person__user_id=actor.user_id, wave__ends_on__gte=since)
    rows = rows.exclude(claim__state=ClaimState.RELEASED).exclude(wave__state=WaveState.CANCELLED)
    return [
        _participant_card(row) for row in rows.with_names().select_related("award").order_by("wave__starts_on")[:LIMIT]
    ]


def _participant_card(row: Registration) -> Card:
    wave, href = row.wave, reverse("training:pocket", args=[row.code])
    if row.award and row.award.is_issued:
        return {"title": _("Your certificate is ready"), "text": str(wave), "href": href, "tone": "good"}
    if row.is_waiting:
        return {"title": _("You are on the waiting list"), "text": str(wave), "href": href, "tone": "warn"}
    now = clock.now().astimezone()
    session = next(
        (each for each in Session.objects.filter(wave=wave).select_related("wave") if each.ends_at > now), None
    )
    if session is None:
        return {"title": _("You took part"), "text": str(wave), "href": href, "tone": "info"}
    when = f"{date_format(session.day, 'l, j F')} · {session.begins:%H.%M}"
    return {"title": _("Your next session: %(when)s") % {"when": when}, "text": str(wave), "href": href, "tone": "info"}


def coordinator_cards(_request: HttpRequest, actor: Actor) -> list[Card]:
    """Waves that take registrations now."""
    if not actor.holds_somewhere(Role.COORDINATOR):
        return []
    rows = (
        Wave.objects.open_at(clock.now())
        .with_names()
        .annotate(free=Sum(F("offer__pools__size") - F("offer__pools__taken")))
    )
    return [_open_card(row, row.free or 0) for row in rows.order_by("offer__closes_at")[:LIMIT]]


def _open_card(wave: Wave, free: int) -> Card:
    text = ngettext("%(count)s seat left", "%(count)s seats left", free) % {"count": free}
    if wave.offer.closes_at:
        until = date_format(wave.offer.closes_at.astimezone(), "j F, H.i")
        text = _("%(seats)s · until %(until)s") % {"seats": text, "until": until}
    href = reverse("training:nominate", args=[wave.code])
    return {"title": _("Register your staff: %(wave)s") % {"wave": wave}, "text": text, "href": href, "tone": "info"}


def organiser_cards(_request: HttpRequest, actor: Actor) -> list[Card]:
    """Drafts to be opened, pass lists to be decided, certificates to be issued."""
    if not actor.holds_somewhere(*rules.MANAGERS):
        return []
    seated = Q(registrations__claim__state=ClaimState.CONFIRMED)
    rows = (
        Wave.objects.managed_by(actor)
        .with_names()
        .annotate(
            seated=Count("registrations", filter=seated),
            undecided=Count("registrations", filter=seated & Q(registrations__outcome=Outcome.PENDING)),
            unissued=Count(
                "registrations",
                filter=seated & Q(registrations__outcome=Outcome.PASSED, registrations__award__isnull=True),
            ),
        )
    )
    cards = [card for row in rows.filter(state__in=[WaveState.DRAFT, WaveState.OPEN]) if (card := _organiser_card(row))]
    return cards[:LIMIT]


def _organiser_card(wave: Any) -> Card | None:
    over = wave.ends_on < clock.today(wave.time_zone)
    passed = reverse("training:pass_list", args=[wave.code])
    if wave.is_draft:
        href = reverse("training:wave", args=[wave.code])
        return {"title": _("A draft waits to be opened"), "text": str(wave), "href": href, "tone": "warn"}
    if wave.starts_on <= clock.today(wave.time_zone) <= wave.ends_on:
        href = reverse("training:wave", args=[wave.code])
        return {"title": _("Under way today: take attendance"), "text": str(wave), "href": href, "tone": "info"}
    if over and wave.undecided:
        return {"title": _("Decide who passed"), "text": str(wave), "href": passed, "tone": "warn"}
    if wave.unissued:
        text = ngettext("%(count)s certificate to issue", "%(count)s certificates to issue", wave.unissued)
        return {"title": text % {"count": wave.unissued}, "text": str(wave), "href": passed, "tone": "warn"}
    text = ngettext("%(count)s participant", "%(count)s participants", wave.seated) % {"count": wave.seated}
    href = reverse("training:wave", args=[wave.code])
    return {"title": str(wave), "text": text, "href": href, "tone": "good"} if not over else None
