"""Who of a wave's participants has their agency's assignment letter, for whom it is missing, and where it is wrong."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from enggang.access.enums import Role
from enggang.core.actor import Actor
from enggang.places.models import Organisation
from enggang.places.models.organisation import below_any
from enggang.training import rules
from enggang.training.enums import PaperState
from enggang.training.models import AssignedPerson, Registration, Wave
from enggang.training.models.registration import RegistrationQuerySet

MISSING = "missing"
STANDS = [(MISSING, _("Missing")), *PaperState.choices]
TONES = {MISSING: "warn", PaperState.RECEIVED: "info", PaperState.ACCEPTED: "good", PaperState.WRONG: "bad"}


@dataclass(frozen=True, slots=True)
class AssignmentLine:
    """A participant and the newest letter that names them, if there is one."""

    registration: Registration
    named: AssignedPerson | None

    @property
    def stand(self) -> str:
        return self.named.state if self.named else MISSING

    @property
    def label(self) -> str:
        return str(dict(STANDS)[self.stand])

    @property
    def tone(self) -> str:
        return TONES[self.stand]


@dataclass(frozen=True, slots=True)
class Lacking:
    """An agency with participants whose letter is missing or wrong."""

    agency: Organisation
    names: list[str]


def expected(wave: Wave, actor: Actor) -> RegistrationQuerySet:
    """Those with a seat whom the actor answers for: the wave's staff all, a coordinator their agency's."""
    rows = Registration.objects.filter(wave=wave).seated()
    if not rules.sees_participants(actor, wave):
        rows = rows.filter(below_any(actor.paths(Role.COORDINATOR, Role.ADMINISTRATOR), "agency__path"))
    return rows


def assignment_lines(rows: RegistrationQuerySet) -> list[AssignmentLine]:
    """One line per participant by agency and name; two queries."""
    named = AssignedPerson.objects.select_related("letter__subject", "letter__file").order_by("-pk")
    found = rows.select_related("subject", "person", "agency__subject").prefetch_related(Prefetch("assignments", named))
    return [line_of(row) for row in found.order_by("agency__name_key", "agency_id", "person__name_key", "pk")]


def line_of(registration: Registration) -> AssignmentLine:
    """One participant's; of rows from ``assignment_lines`` without a query."""
    return AssignmentLine(registration, next(iter(registration.assignments.all()), None))


def assignment_counts(wave: Wave) -> Counter[str]:
    return Counter(line.stand for line in assignment_lines(Registration.objects.filter(wave=wave).seated()))


def lacking(lines: list[AssignmentLine]) -> list[Lacking]:
    found: dict[int, Lacking] = {}
    for line in lines:
        if line.stand in {MISSING, PaperState.WRONG}:
            agency = line.registration.agency
            found.setdefault(agency.pk, Lacking(agency, [])).names.append(line.registration.printed_name)
    return list(found.values())
