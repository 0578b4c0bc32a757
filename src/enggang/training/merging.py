"""What training does when two records of a person become one, and when they part again."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.dispatch import receiver
from django.utils.translation import gettext as _

from enggang.core.acts import Conflict
from enggang.people.models import Person
from enggang.people.repointing import part_by_strength, point_back, repoint, repoint_by_strength
from enggang.people.signals import persons_merged, persons_parted
from enggang.seats.enums import ClaimState
from enggang.training.models import (
    Assessment,
    IndexEntry,
    Instructor,
    Need,
    Nomination,
    OutsideCertificate,
    Registration,
    Relevance,
    Teaching,
    Trip,
)

REGISTRATIONS = "training.registrations"
CERTIFICATES = "training.outside_certificates"
NOMINATIONS = "training.nominations"
NEEDS = "training.needs"
NAMED = Need.people.through


@receiver(persons_merged, dispatch_uid="training.persons_merged")
def take_over_registrations(
    sender: object, *, kept: Person, gone: Person, moved: dict[str, Any], **_kwargs: Any
) -> None:
    """Registrations follow. Who is registered twice for one wave must give one seat back first.

    One that was given back makes way for one that stands, and goes to the other record.
    """
    waves = kept.registrations.standing().values("wave")
    both = gone.registrations.standing().filter(wave__in=waves).first()
    if both is not None:
        message = _("Both records are registered for {wave}. Withdraw one of the two registrations first.")
        raise Conflict(message.format(wave=both.wave.name))
    standing = ~Q(claim__state=ClaimState.RELEASED)
    repoint_by_strength(
        moved, REGISTRATIONS, gone.registrations.all(), "person", kept=kept, gone=gone, beside=("wave",),
        stronger=standing,
    )  # fmt: skip
    certificates = gone.outside_certificates.all()
    moved[CERTIFICATES] = repoint(certificates, "person", kept, beside=("title_key", "ends_on"))
    moved[NOMINATIONS] = repoint(gone.nominations.all(), "person", kept, beside=("invited",))
    moved[NEEDS] = repoint(NAMED._default_manager.filter(person=gone), "person", kept, beside=("need",))


@receiver(persons_parted, dispatch_uid="training.persons_parted")
def give_registrations_back(
    sender: object, *, kept: Person, gone: Person, moved: dict[str, Any], **_kwargs: Any
) -> None:
    part_by_strength(Registration, "person", moved, REGISTRATIONS, kept=kept, gone=gone)
    point_back(OutsideCertificate, "person", moved.get(CERTIFICATES, []), gone)
    point_back(Nomination, "person", moved.get(NOMINATIONS, []), gone)
    point_back(NAMED, "person", moved.get(NEEDS, []), gone)


@receiver(persons_merged, dispatch_uid="training.money_merged")
def take_over_money(sender: object, *, kept: Person, gone: Person, moved: dict[str, Any], **_kwargs: Any) -> None:
    """The pool and travel follow; where both records have a row, each keeps its own."""
    moved["training.instructors"] = repoint(gone.teaches.all(), "person", kept, beside=("organisation",))
    moved["training.teachings"] = repoint(gone.teachings.all(), "person", kept, beside=("session",))
    moved["training.trips"] = repoint(gone.trips.all(), "person", kept, beside=("wave",))


@receiver(persons_parted, dispatch_uid="training.money_parted")
def give_money_back(sender: object, *, gone: Person, moved: dict[str, Any], **_kwargs: Any) -> None:
    point_back(Instructor, "person", moved.get("training.instructors", []), gone)
    point_back(Teaching, "person", moved.get("training.teachings", []), gone)
    point_back(Trip, "person", moved.get("training.trips", []), gone)


@receiver(persons_merged, dispatch_uid="training.profile_merged")
def take_over_profile(sender: object, *, kept: Person, gone: Person, moved: dict[str, Any], **_kwargs: Any) -> None:
    """Findings about competencies and the index follow, each with the certificate it is about."""
    moved["training.assessments"] = repoint(gone.assessments.all(), "person", kept)
    moved["training.relevances"] = repoint(gone.relevances.all(), "person", kept)
    moved["training.index"] = repoint(gone.index_entries.all(), "person", kept, beside=("year", "dimension"))


@receiver(persons_parted, dispatch_uid="training.profile_parted")
def give_profile_back(sender: object, *, gone: Person, moved: dict[str, Any], **_kwargs: Any) -> None:
    point_back(Assessment, "person", moved.get("training.assessments", []), gone)
    point_back(Relevance, "person", moved.get("training.relevances", []), gone)
    point_back(IndexEntry, "person", moved.get("training.index", []), gone)
