"""Registrations are kept as numbers: after the days that are on record their people are anonymised."""

from __future__ import annotations

from datetime import timedelta

from enggang.access.enums import LinkScope
from enggang.access.models import CapabilityLink
from enggang.core import clock
from enggang.core.actor import SYSTEM, Actor
from enggang.core.acts import act, record, record_subject
from enggang.events.models import Booking, BookingAnswer, Edition, GuardianConsent, Guest
from enggang.events.queries.ticket_life import forget_days
from enggang.files.domain.retention import let_go

EMPTY = {"name": "", "name_key": "", "phone": "", "email": "", "note": "", "receipt": "", "request_key": None}


def forget_visitors() -> int:
    """Every night: the visitors of editions whose days are over; answers how many registrations."""
    return sum(forget_edition(edition=edition, actor=SYSTEM) for edition in due_editions())


def due_editions() -> list[Edition]:
    """Over for as many days as are on record, with registrations that still name somebody."""
    named = Booking.objects.filter(anonymised_at=None).order_by().values("slot__part__edition")
    rows = Edition.objects.filter(pk__in=named).select_related("organisation", "subject")
    return [edition for edition in rows if _is_over(edition)]


def _is_over(edition: Edition) -> bool:
    days = Booking.objects.filter(slot__part__edition=edition).order_by("-slot__day")
    last = days.values_list("slot__day", flat=True)[0]
    day = max(last + timedelta(days=1), edition.ends_on or last)
    return day + timedelta(days=forget_days(edition)) < clock.today(edition.time_zone)


@act("events.forget_visitors")
def forget_edition(*, edition: Edition, actor: Actor) -> int:
    """Names, numbers, addresses, answers and consents go; how many came to which time and their age groups stay."""
    rows = Booking.objects.filter(slot__part__edition=edition, anonymised_at=None)
    ids = list(rows.values_list("pk", flat=True))
    bookings = Booking.objects.filter(pk__in=ids)
    consents = GuardianConsent.objects.filter(booking__in=ids)
    subjects = [*bookings.values_list("subject", flat=True), *consents.values_list("subject", flat=True)]
    scopes = (LinkScope.TICKET, LinkScope.GUARDIAN)
    CapabilityLink.objects.filter(scope__in=scopes, subject__in=subjects).update(revoked_at=clock.now())
    Guest.objects.filter(booking__in=ids).update(name="")
    BookingAnswer.objects.filter(booking__in=ids).delete()
    for consent in consents.exclude(file=None).select_related("file"):
        if consent.file:
            let_go(stored=consent.file, actor=actor)
    consents.update(name="–", phone="", relation="")
    record_subject(edition.subject)
    record(registrations=bookings.update(anonymised_at=clock.now(), **EMPTY))
    return len(ids)
