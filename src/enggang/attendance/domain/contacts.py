"""The one contact of a phone with its gate's address: what it brings is taken over by the rule of that gate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from enggang.access.domain.links import actor_of_link
from enggang.attendance.domain.arrivals import BATCH, Arrival, Delivery
from enggang.attendance.domain.passages import sync_passages
from enggang.attendance.domain.scans import sync_deliveries
from enggang.attendance.models import Gate, Scan
from enggang.attendance.rules import may_mark_attendance
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import act, record, record_subject, require
from enggang.core.gathering import Gathering


class Contact(NamedTuple):
    """A delivery, known by the address that it came to."""

    token: str
    device: str
    arrivals: Sequence[Arrival]
    offset: int
    waiting: int


class Brought(NamedTuple):
    """The gate of the address, if there is one, and the scans as they are on record in the order of the batch; none
    when the gate takes no scans any more."""

    gate: Gate | None
    scans: list[Scan] | None


def sync_scans(*, token: str, device: str, arrivals: Sequence[Arrival], offset: int, waiting: int) -> Brought:
    """Take over a batch that a phone brings to the address with ``token``, which is its right to do so.

    ``offset`` is what this very contact says of the phone's clock, ``waiting`` how many scans it still keeps. A scan
    whose uuid is known keeps its first verdict; everything is kept, also what is refused. The first mark of a holder
    stands, and which scan made it is read back from the mark: of two phones that bring the same pass in the same
    moment exactly one was first. Phones that come at once share one transaction and its queries, whose number does
    not grow with the scans.
    """
    return _together.ask(Contact(token, device, arrivals, offset, waiting))


def _receive(contacts: Sequence[Contact]) -> list[Brought]:
    """The gates of all are found in one question; who has none, or one that takes nothing more, brings nothing."""
    gates, now = Gate.objects.by_tokens({each.token for each in contacts}), clock.now()
    found = [gates.get(each.token) for each in contacts]
    taking = [gate is not None and gate.takes_scans_at(now) for gate in found]
    deliveries = [
        Delivery(gate, each.device, each.arrivals, each.offset, each.waiting, actor_of_link(gate.link))
        for each, gate, takes in zip(contacts, found, taking, strict=True)
        if gate is not None and takes
    ]
    scans = iter(take_over(deliveries))
    return [Brought(gate, next(scans) if takes else None) for gate, takes in zip(found, taking, strict=True)]


def take_over(deliveries: Sequence[Delivery]) -> list[list[Scan]]:
    """The scans of each delivery as they are on record, by the rule of its gate: marked once, or in and out."""
    signed = [each for each in deliveries if not each.gate.is_open]
    going = [each for each in deliveries if each.gate.is_open]
    taken = iter(sync_deliveries(signed) if signed else [])
    gone = iter(sync_passages(going) if going else [])
    return [next(gone) if each.gate.is_open else next(taken) for each in deliveries]


_together = Gathering(_receive)


@act("attendance.take_in_scans")
def take_in_scans(*, gate: Gate, saved: Mapping[str, Sequence[Arrival]], actor: Actor) -> list[Scan]:
    """Take over, by device, what phones of a gate had saved as a file because its address was dead.

    Judged by the same rule as what a phone brings itself, up to the moment at which the gate ended or was revoked;
    read twice, a file makes nothing twice, and a scan that came by itself before keeps its first verdict.
    """
    require(may_mark_attendance(actor, gate.organisation))
    scans: list[Scan] = []
    for device, arrivals in saved.items():
        for start in range(0, len(arrivals), BATCH):
            part = arrivals[start : start + BATCH]
            (found,) = take_over([Delivery(gate, device, part, 0, 0, actor, by_hand=True)])
            scans += found
    record_subject(gate.subject)
    record(scans=len(scans), devices=len(saved))
    return scans
