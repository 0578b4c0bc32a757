"""What credentials does when awards are issued, when two records of a person become one, and when they part again."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from enggang.credentials.domain.badges import ask_for_badges
from enggang.credentials.models import Award
from enggang.credentials.signals import awards_issued
from enggang.people.models import Person
from enggang.people.repointing import point_back, repoint
from enggang.people.signals import persons_merged, persons_parted

AWARDS = "credentials.awards"


@receiver(persons_merged, dispatch_uid="credentials.persons_merged")
def take_over_awards(sender: object, *, kept: Person, gone: Person, moved: dict[str, Any], **_kwargs: Any) -> None:
    """Awards follow their holder; what the paper says stays as it was issued."""
    moved[AWARDS] = repoint(gone.awards.all(), "person", kept)


@receiver(persons_parted, dispatch_uid="credentials.persons_parted")
def give_awards_back(sender: object, *, gone: Person, moved: dict[str, Any], **_kwargs: Any) -> None:
    point_back(Award, "person", moved.get(AWARDS, []), gone)


@receiver(awards_issued, dispatch_uid="credentials.awards_issued")
def make_badges(sender: object, **_kwargs: Any) -> None:
    """Their badges are made by a job, in the act's own transaction queued: one for a whole batch."""
    ask_for_badges()
