"""For whom an occasion is: whoever gathers the group says so, through a registry."""

from __future__ import annotations

from enggang.attendance.models import Occasion, Pass
from enggang.core.registries import audiences


def audience_of(occasion: Occasion) -> frozenset[int] | None:
    """The subject ids of those an occasion is for; None: for everybody with a pass."""
    ask = audiences.get(occasion.group.kind)
    return ask(occasion.pk) if ask else None


def expected_at(occasion: Occasion) -> int:
    """How many people with a valid pass are expected."""
    audience = audience_of(occasion)
    passes = Pass.objects.valid().filter(group_id=occasion.group_id)
    return (passes if audience is None else passes.filter(holder__in=audience)).count()
