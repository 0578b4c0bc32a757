"""What is not on record yet, and where it is entered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import ngettext

from enggang.documents.report_parts import BLANK
from enggang.plans.models import Plan
from enggang.plans.queries.dates import moving_days

ABSENT = "belum ada"  # of a document

__all__ = ["ABSENT", "BLANK", "Missing", "old_days"]


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact that is not on record, and the page where it is entered. ``blocks``: without it no letter is drawn."""

    text: str
    href: str
    blocks: bool = False


def old_days(plan: Plan | None) -> Iterator[Missing]:
    """Days of the rundown that nobody has moved with the event: a paper would name two days for one thing."""
    count = len(moving_days(plan)) if plan is not None and plan.is_open else 0
    if plan is not None and count:
        words = ngettext("%(n)d day of the rundown has still its old date.",
                         "%(n)d days of the rundown have still their old dates.", count)  # fmt: skip
        yield Missing(words % {"n": count}, reverse("plans:dates", args=[plan.code]))
