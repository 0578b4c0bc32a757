"""A gate: what a volunteer's phone may do, opened by an expiring link. A scan: what a phone read, kept whatever came of it."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enggang.access.domain.links import hashed
from enggang.access.enums import LinkScope
from enggang.access.models import CapabilityLink
from enggang.attendance.enums import CONFLICTS, DOOR_REASONS, Direction, OccasionKind, Reason, Settlement, Verdict
from enggang.attendance.models.attendance_pass import Pass
from enggang.attendance.models.mark import TakenMark
from enggang.attendance.models.occasion import Occasion
from enggang.core.hot import find
from enggang.core.models import Noun

# A phone that was without signal brings what it has even after its link has ended; it gets no list any more.
BRINGS_LATE = timedelta(days=14)


class GateQuerySet(models.QuerySet["Gate"]):
    def by_token(self, token: str) -> Gate | None:
        """The gate behind an address, be its link usable, ended or revoked."""
        return self.by_tokens([token]).get(token)

    def by_tokens(self, tokens: Collection[str]) -> dict[str, Gate]:
        """The gates behind several addresses, by their tokens."""
        hashes = {hashed(token): token for token in tokens}
        known = {"link__token_hash__in": hashes, "link__scope": LinkScope.GATE}
        gates = find(Gate, related=("link", "subject"), **known)
        for gate in gates:
            if gate.link.subject_id == gate.subject_id:
                gate.link.subject = gate.subject
        return {hashes[gate.link.token_hash]: gate for gate in gates}


class Gate(Noun):
    """``kind`` is that of the occasions at which it stands; a phone that ``may_override`` is a supervisor's."""

    subject_kind = "gate"

    link = models.OneToOneField(CapabilityLink, on_delete=models.PROTECT, related_name="gate")
    group = models.ForeignKey("core.Subject", on_delete=models.PROTECT, related_name="gates")
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="gates")
    name = models.CharField(_("gate"), max_length=80)
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)
    waiting = models.PositiveIntegerField(default=0)
    kind = models.CharField(
        max_length=8, choices=OccasionKind.choices, default=OccasionKind.SIGNED, db_default=OccasionKind.SIGNED
    )
    may_override = models.BooleanField(default=False, db_default=False)

    objects = GateQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether people come and go here."""
        return self.kind == OccasionKind.OPEN

    @property
    def is_revoked(self) -> bool:
        return self.link.revoked_at is not None

    def is_over_at(self, at: datetime) -> bool:
        return self.link.expires_at <= at

    def takes_scans_at(self, at: datetime) -> bool:
        return not self.is_revoked and at < self.link.expires_at + BRINGS_LATE


# Whom a phone without signal let in, and whom the rule, knowing all, would not have.
SLIPPED = Q(
    told__in=[Verdict.ACCEPTED, Verdict.HELD], direction=Direction.IN, verdict__in=[Verdict.REFUSED, Verdict.REPEATED]
)


class ScanQuerySet(models.QuerySet["Scan"]):
    def conflicts(self) -> ScanQuerySet:
        return self.filter(Q(reason__in=CONFLICTS) | SLIPPED)

    def unsettled(self) -> ScanQuerySet:
        """What somebody has to look at, and nobody has settled yet."""
        return self.conflicts().filter(settled=None)


class Scan(models.Model):
    """``uuid`` is made by the phone: bringing the same scan twice is bringing it once. ``gate`` is empty for one who
    signed with their own phone. ``at`` is the phone's time corrected by what is known of its clock.

    Where people come and go ``quantity`` of them went in or out; ``told`` is what the phone decided while it stood
    alone, and ``override`` why a supervisor let them in nevertheless."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4)
    gate = models.ForeignKey(Gate, on_delete=models.PROTECT, null=True, blank=True, related_name="scans")
    device = models.CharField(max_length=36)
    group = models.ForeignKey("core.Subject", on_delete=models.PROTECT, related_name="scans")
    occasion = models.ForeignKey(Occasion, on_delete=models.PROTECT, null=True, blank=True, related_name="scans")
    held = models.ForeignKey(Pass, on_delete=models.PROTECT, null=True, blank=True, related_name="scans")
    code = models.CharField(max_length=16, blank=True)
    device_time = models.DateTimeField()
    offset_ms = models.BigIntegerField(default=0)
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    reason = models.CharField(max_length=12, choices=Reason.choices, blank=True)
    direction = models.CharField(max_length=3, choices=Direction.choices, default="in", db_default="in")
    quantity = models.PositiveSmallIntegerField(default=1, db_default=1)
    told = models.CharField(max_length=8, choices=Verdict.choices, blank=True, default="", db_default="")
    override = models.CharField(max_length=120, blank=True, default="", db_default="")

    objects = ScanQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["group", "reason"], name="attendance_scan_reason"),
            models.Index(fields=["occasion", "device"], name="attendance_scan_device"),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} {self.at:%Y-%m-%d %H:%M}"

    @property
    def reason_words(self) -> str:
        """In the words of a door where people come with tickets."""
        at_a_door = self.occasion is not None and self.occasion.is_open
        return str(DOOR_REASONS.get(Reason(self.reason), "") if at_a_door else "") or self.get_reason_display()


class SettledScan(models.Model):
    """What somebody decided about a doubtful scan, and why; ``taken`` is the mark they took back. Undone, it is gone."""

    scan = models.OneToOneField(Scan, on_delete=models.CASCADE, related_name="settled")
    how = models.CharField(max_length=8, choices=Settlement.choices)
    reason = models.CharField(max_length=200)
    settled_at = models.DateTimeField()
    settled_by_key = models.CharField(max_length=60)
    taken = models.ForeignKey(TakenMark, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.how} {self.settled_at:%Y-%m-%d %H:%M}"
