"""Who may be asked to grade at a wave's agency, and what waits for a grader."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet

from enggang.access.enums import Role
from enggang.access.models import RoleGrant
from enggang.accounts.models import User
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.reviews.enums import Mode, ReviewState
from enggang.training.models import Assignment, HandIn, Wave

GRADES = (Role.GRADER, Role.INSTRUCTOR, Role.ORGANISER)


def graders_at(wave: Wave) -> QuerySet[User]:
    """Active accounts that hold a grading role today at the wave's agency or above it, by name."""
    steps = wave.organisation.path.strip("/").split("/")
    above = ["/" + "".join(f"{step}/" for step in steps[:n]) for n in range(1, len(steps) + 1)]
    here = Q(organisation__path__in=above) | Q(organisation=None)
    grants = RoleGrant.objects.on(clock.today()).filter(here, role__in=GRADES)
    return User.objects.filter(is_active=True, role_grants__in=grants).distinct().order_by("name", "pk")


def is_left_out(assignment: Assignment, actor: Actor) -> bool:
    """Whether others were allocated to grade this blind: whoever was not asked must not fill a grader's place."""
    if assignment.mode != Mode.BLIND:
        return False
    users = set(assignment.allocations.values_list("user_id", flat=True))
    return bool(users) and actor.user_id not in users


def waiting_for(actor: Actor) -> list[tuple[Assignment, int]]:
    """The assignments one is allocated to, each with how many works wait for one's scores; one query.

    A work waits while it is not graded and has no sheet of one's own, or when the graders are far apart. One's own
    work never waits for oneself.
    """
    mine = Q(registration__person__user_id=actor.user_id) | Q(
        klass__places__registration__person__user_id=actor.user_id
    )
    open_ones = HandIn.objects.exclude(review__state=ReviewState.DECIDED).exclude(
        Q(review__state=ReviewState.OPEN, review__sheets__judge_key=actor.key)
    )
    open_ones = open_ones.exclude(pk__in=HandIn.objects.filter(mine).values("pk"))
    rows = Assignment.objects.shown().filter(allocations__user_id=actor.user_id or 0)
    counted: Any = rows.annotate(waiting=Count("hand_ins", filter=Q(hand_ins__in=open_ones), distinct=True))
    counted = counted.filter(waiting__gt=0).select_related("wave__subject", "wave__programme")
    return [(row, row.waiting) for row in counted]
