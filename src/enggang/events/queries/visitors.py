"""Registration of visitors as it is read: what is open, what is left, and why something is closed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Q, Sum
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.events.enums import PartState, Stage
from enggang.events.models import Booking, Edition, Part, Slot
from enggang.events.models.edition import EditionQuerySet
from enggang.seats.enums import ClaimState

REGISTERING = (Stage.PUBLISHED, Stage.RUNNING)
SHOWN = (*REGISTERING, Stage.EVALUATED, Stage.CLOSED, Stage.CANCELLED)


def public_editions() -> EditionQuerySet:
    """Those that visitors can look at: published once, with something to register for."""
    shown = Edition.objects.filter(stage__in=SHOWN, parts__state__in=[PartState.OPEN, PartState.CLOSED])
    return shown.exclude(Q(stage=Stage.CANCELLED) & ~Q(stage_before__in=REGISTERING)).distinct()


def when_in_words(slot: Slot) -> str:
    """Day and hours with the name of the zone: ``Saturday, 10 May 2026, 19.00–02.00 (until 11 May) WIB``."""
    hours = f"{slot.begins:%H.%M}–{slot.ends:%H.%M}"
    if slot.crosses_midnight:
        hours += " " + _("(until %(day)s)") % {"day": date_format(slot.last_day, "j F")}
    return f"{date_format(slot.day, 'l, j F Y')}, {hours} {zone_name(slot)}"


def when_in_short(slot: Slot) -> str:
    """The hours first, for a list on a phone whose lines are cut off at their end: ``19.00–02.00, Sat 10 May``."""
    return f"{slot.begins:%H.%M}–{slot.ends:%H.%M}, {date_format(slot.day, 'D j M')}"


def zone_name(slot: Slot) -> str:
    """WIB, WITA or WIT; of another zone what its clock says there."""
    return slot.starts_at.tzname() or slot.part.edition.time_zone


def moment_in_words(at: datetime, part: Part) -> str:
    local = timezone.localtime(at, part.zone)
    return f"{date_format(local, 'j F Y, H.i')} {local.tzname()}"


def edition_closed(edition: Edition) -> str:
    """Why nobody registers for any part of it now; empty when they may."""
    if edition.is_cancelled:
        return _("The event is cancelled: %(reason)s") % {"reason": edition.cancel_reason or "–"}
    if edition.stage in {Stage.EVALUATED, Stage.CLOSED}:
        return _("The event is over.")
    return "" if edition.stage in REGISTERING else _("Registration for this event is not open yet.")


def part_closed(part: Part) -> str:
    """Why nobody registers for it from outside now; empty when they may."""
    now = clock.now()
    if reason := edition_closed(part.edition):
        return reason
    if part.is_draft:
        return _("Registration for this event is not open yet.")
    if part.opens_at and now < part.opens_at:
        return _("Registration opens on %(date)s.") % {"date": moment_in_words(part.opens_at, part)}
    if part.closes_at and part.closes_at <= now:
        return _("Registration closed on %(date)s.") % {"date": moment_in_words(part.closes_at, part)}
    return "" if part.is_open else _("Registration is closed. Ask the organiser.")


def slot_closed(slot: Slot, *, at_the_gate: bool = False) -> str:
    """Why nobody registers for this time now. At the gate neither the window nor a closed slot stands in the way."""
    closed = edition_closed(slot.part.edition) if at_the_gate else part_closed(slot.part)
    if closed:
        return closed
    if slot.is_called_off:
        return _("This time is called off: %(reason)s") % {"reason": slot.reason or "–"}
    if slot.ends_at <= clock.now():
        return _("This time is over. Choose another one.")
    if not slot.is_open and not at_the_gate:
        return _("Registration for this time is closed: %(reason)s") % {"reason": slot.reason or "–"}
    return ""


@dataclass(frozen=True, slots=True)
class SlotLine:
    """One time with its counts, in people. ``closed``: why nobody registers for it now."""

    slot: Slot
    waiting: int
    closed: str

    @property
    def free(self) -> int:
        return self.slot.pool.free

    @property
    def is_full(self) -> bool:
        return self.free <= 0

    @property
    def when(self) -> str:
        return when_in_words(self.slot)

    @property
    def why(self) -> str:
        """What closes this time alone: what closes its whole part is said once, above the times."""
        return "" if self.closed == part_closed(self.slot.part) else self.closed

    @property
    def moving(self) -> str:
        """What whoever registers now has to know while nobody has said yet whether the time moves with its edition."""
        if not self.slot.is_unsettled or self.closed:
            return ""
        if self.slot.part.edition.starts_on is None:
            return _("The days of the event are being decided anew. A ticket stays good.")
        if self.slot.proposed_day == self.slot.day:
            return ""
        day = date_format(self.slot.proposed_day, "l, j F Y")
        return _("The event has moved; this time may move to %(day)s. A ticket stays good either way.") % {"day": day}


@dataclass(frozen=True, slots=True)
class PartLines:
    part: Part
    closed: str
    slots: list[SlotLine] = field(default_factory=list)

    @property
    def taken(self) -> int:
        return sum(line.slot.pool.taken for line in self.slots)

    @property
    def size(self) -> int:
        return sum(line.slot.pool.size for line in self.slots)

    @property
    def waiting(self) -> int:
        return sum(line.waiting for line in self.slots)


def parts_of(edition: Edition, *, public: bool = False) -> list[PartLines]:
    """What visitors register for, each with its times; three queries for any number."""
    rows = edition.parts.select_related("subject", "site", "offer")
    parts = list(rows.public() if public else rows)
    for part in parts:
        part.edition = edition
    lines = slot_lines(Slot.objects.filter(part__in=parts).select_related("pool", "site"), {p.pk: p for p in parts})
    return [PartLines(part, part_closed(part), [row for row in lines if row.slot.part_id == part.pk]) for part in parts]


def slot_lines(slots: Iterable[Slot], parts: dict[int, Part] | None = None) -> list[SlotLine]:
    rows = list(slots)
    if parts:
        for slot in rows:
            slot.part = parts[slot.part_id]
    waits = Booking.objects.filter(slot__in=rows, claim__state=ClaimState.WAITING).values("slot_id")
    waiting = dict(waits.annotate(n=Sum("quantity")).values_list("slot_id", "n"))
    return [SlotLine(slot, waiting.get(slot.pk, 0), slot_closed(slot)) for slot in rows]


def news_count(edition: Edition) -> int:
    """Registrations whose people have not been told yet what changed."""
    found = Booking.objects.standing().to_be_told().filter(slot__part__edition=edition)
    return int(found.aggregate(n=Count("pk"))["n"])
