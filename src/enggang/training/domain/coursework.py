"""Acts on assignments: give, change, take back, release what the graders said."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.jobs import enqueue
from enggang.reviews.domain.rubrics import CriterionSpec, keep_rubric
from enggang.reviews.models import Rubric
from enggang.training import rules
from enggang.training.domain.results import tell_results
from enggang.training.models import Assignment, Wave


@act("training.keep_assignment")
def keep_assignment(*, wave: Wave, actor: Actor, assignment: Assignment | None = None, **facts: Any) -> Assignment:
    """Give an assignment, or change ``assignment``; its kind, rubric and way of grading stay once work was handed in."""
    require(rules.may_teach(actor, wave))
    row = assignment or Assignment(wave=wave)
    fixed = ("kind", "rubric", "mode", "by_group")
    if row.pk and row.hand_ins.exists() and any(getattr(row, name) != facts[name] for name in fixed if name in facts):
        raise Conflict(_("Work was handed in already, so kind, rubric and grading stay as they are."))
    for name, value in facts.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
    record_subject(wave.subject)
    record(assignment=row.pk, kind=str(row.kind))
    return row


@act("training.step_assignment")
def step_assignment(*, assignment: Assignment, step: str, actor: Actor) -> Assignment:
    """«release» shows scores and feedback to participants, who are told; «withhold» hides them; «remove» and «restore» the assignment."""
    require(rules.may_teach(actor, assignment.wave))
    field, value = {
        "release": ("released_at", clock.now()), "withhold": ("released_at", None),
        "remove": ("removed_at", clock.now()), "restore": ("removed_at", None),
    }[step]  # fmt: skip
    if not Assignment.objects.filter(pk=assignment.pk, **{f"{field}__isnull": value is not None}).update(
        **{field: value}
    ):
        raise Conflict(_("This was done already."))
    assignment.refresh_from_db()
    record_subject(assignment.wave.subject)
    record(assignment=assignment.pk, step=step)
    if step == "release":
        enqueue(tell_results, actor=actor, assignment_id=assignment.pk)
    return assignment


@act("training.write_rubric")
def write_rubric(
    *,
    wave: Wave,
    title: str,
    spread_alert: int,
    criteria: list[CriterionSpec],
    actor: Actor,
    rubric: Rubric | None = None,
) -> Rubric:
    """A rubric of the wave's agency, for this and later waves."""
    require(rules.may_teach(actor, wave))
    if rubric is not None and rubric.organisation_id != wave.organisation_id:
        raise Conflict(_("This rubric belongs to another agency."))
    record_subject(wave.subject)
    return keep_rubric(
        organisation=wave.organisation,
        title=title,
        criteria=criteria,
        spread_alert=spread_alert,
        rubric=rubric,
        actor=actor,
    )
