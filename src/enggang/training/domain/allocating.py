"""Allocating graders to an assignment: who is asked, told and released again."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from enggang.accounts.models import User
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.notices.domain.messages import Recipient, send
from enggang.training import rules
from enggang.training.models import Allocation, Assignment
from enggang.training.queries.graders import graders_at


@act("training.allocate_graders")
def allocate_graders(*, assignment: Assignment, users: Iterable[User], actor: Actor) -> list[Allocation]:
    """Ask accounts with a grading role at the wave's agency to grade, and tell each of them.

    Raises Conflict, and allocates nobody, when one of them holds no such role or is allocated already.
    """
    wave = assignment.wave
    require(rules.may_manage(actor, wave.organisation))
    chosen = {user.pk: user for user in users}
    if not chosen:
        raise Conflict(_("Choose at least one grader."))
    if graders_at(wave).filter(pk__in=chosen).count() != len(chosen):
        raise Conflict(_("Only graders, instructors and organisers of this agency can be allocated."))
    rows = [Allocation(assignment=assignment, user=user, allocated_at=clock.now(), allocated_by_key=actor.key)
            for user in chosen.values()]  # fmt: skip
    with told(Allocation):
        Allocation.objects.bulk_create(rows)
    for user in chosen.values():
        _tell(assignment, user, actor)
    record_subject(wave.subject)
    record(assignment=assignment.pk, graders=len(rows))
    return rows


def _tell(assignment: Assignment, user: User, actor: Actor) -> None:
    send(
        to=Recipient.of(user),
        template="training/messages/allocated", context={"assignment": assignment, "wave": assignment.wave},
        actor=actor, subject=assignment.wave.subject,
        href=reverse("training:coursework_item", args=[assignment.wave.code, assignment.pk]),
    )  # fmt: skip


@act("training.release_grader")
def release_grader(*, allocation: Allocation, actor: Actor) -> Assignment:
    """Undo an allocation. Scores already given stay."""
    assignment = allocation.assignment
    require(rules.may_manage(actor, assignment.wave.organisation))
    if not Allocation.objects.filter(pk=allocation.pk).delete()[0]:
        raise Conflict(_("This was done already."))
    record_subject(assignment.wave.subject)
    record(assignment=assignment.pk)
    return assignment
