"""What visitors register for, taken over into another year: shifted with the first day, without anybody's registration."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from enggang.core.actor import Actor
from enggang.events.domain.ticketing import add_part_question, add_slot, open_part
from enggang.events.models import Edition, Part, Site

FACTS = ("title", "description", "price", "most", "names", "least_age", "consent")
QUESTION = ("label", "kind", "choices", "required")


def copy_parts(edition: Edition, clone: Edition, sites: Mapping[int, Site], actor: Actor) -> int:
    """Inside the act of cloning: every part as a draft, its window and times moved by as many days as the edition is.

    Without days on both sides nobody knows when the times would be, so only the parts come along. Times that were
    called off are planned again; what was said of them was of that year.
    """
    days = (clone.starts_on - edition.starts_on).days if clone.starts_on and edition.starts_on else None
    parts = list(edition.parts.prefetch_related("questions", "slots__pool"))
    for part in parts:
        part.edition = edition
        _copy(part, clone, sites, days, actor)
    return len(parts)


def _copy(part: Part, clone: Edition, sites: Mapping[int, Site], days: int | None, actor: Actor) -> None:
    shift = timedelta(days=days or 0)
    made = open_part(
        edition=clone, site=sites.get(part.site_id or 0), actor=actor,
        opens_at=_moved(part, part.opens_at, shift) if days is not None else None,
        closes_at=_moved(part, part.closes_at, shift) if days is not None else None,
        **{name: getattr(part, name) for name in FACTS},
    )  # fmt: skip
    for question in part.questions.all():
        add_part_question(part=made, actor=actor, **{name: getattr(question, name) for name in QUESTION})
    for slot in part.slots.all() if days is not None else ():
        add_slot(
            part=made, capacity=max(slot.pool.size, 1), day=slot.day + shift, begins=slot.begins, ends=slot.ends,
            site=sites.get(slot.site_id or 0), actor=actor,
        )  # fmt: skip


def _moved(part: Part, at: datetime | None, shift: timedelta) -> datetime | None:
    """The same hour by the clock of the place."""
    return at.astimezone(part.zone) + shift if at else None
