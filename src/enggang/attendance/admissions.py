"""People let in with a ticket, as whoever keeps tickets tells them: the counting of those without one lays them beside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from enggang.core.models import Subject
from enggang.core.registries import Registry


@dataclass(frozen=True, slots=True)
class Admitted:
    """``admitted`` persons, each once, and in words how that is known (``method``).

    ``apart``: no counting point of the cordon sees them, so they are added to its visitors. Otherwise they stand beside.
    """

    name: str
    admitted: int
    method: str
    apart: bool = False


admissions: Registry[Callable[[Subject], list[Admitted]]] = Registry("source of admissions")


def admitted_to(group: Subject) -> list[Admitted]:
    return [row for source in admissions for row in source(group)]
