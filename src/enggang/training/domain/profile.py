"""Findings of assessors. A training proposes evidence; only an assessor's act makes it part of a profile."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.states import move
from enggang.people.models import Competency, Person
from enggang.training import rules
from enggang.training.domain.reading import note_reading
from enggang.training.domain.registrations import present_agency
from enggang.training.enums import ASSESSMENT_MOVES, AssessmentState
from enggang.training.models import Assessment, Registration
from enggang.training.queries.profile import proposals_of


@act("training.assess_competency")
def assess_competency(
    *,
    person: Person,
    competency: Competency,
    level: int | None,
    reason: str,
    assessed_on: date,
    actor: Actor,
    registration: Registration | None = None,
) -> Assessment:
    """Confirm a level (1 to 5) that the person shows; with ``level`` None say that the evidence does not show it.

    ``registration`` is the completed wave that proposes the competency, when the finding rests on one. Raises
    Conflict when nothing is proposed there any more, or somebody judged it first.
    """
    agency = present_agency(person)
    require(rules.may_assess(actor, person, agency), _only_assessors())
    _refuse_unsound(person, competency, level, reason, assessed_on, registration)
    row = Assessment(
        person=person, agency=agency, competency=competency, registration=registration, level=level,
        state=AssessmentState.REFUSED if level is None else AssessmentState.CONFIRMED, reason=reason.strip(),
        assessed_on=assessed_on, decided_at=clock.now(), decided_by_key=actor.key,
    )  # fmt: skip
    row.clean_fields()
    with told(Assessment):
        row.save()
    record_subject(person.subject)
    record(assessment=row.pk, competency=competency.pk, evidence=registration.code if registration else "")
    return row


def _refuse_unsound(
    person: Person,
    competency: Competency,
    level: int | None,
    reason: str,
    day: date,
    registration: Registration | None,
) -> None:
    if not reason.strip():
        raise Conflict(_("Say on what the finding rests: the person will read it."))
    if day > clock.today():
        raise Conflict(_("The day of the assessment lies in the future."))
    if registration is None:
        if level is None:
            raise Conflict(_("Choose the evidence that does not show the competency."))
        return
    proposed = proposals_of([person.pk]).get(person.pk, [])
    if not any(each.registration.pk == registration.pk and each.competency.pk == competency.pk for each in proposed):
        raise Conflict(
            _(
                "This training does not propose the competency any more: it was judged already, or its certificate is void."
            )
        )


@act("training.withdraw_assessment")
def withdraw_assessment(*, assessment: Assessment, reason: str, actor: Actor) -> Assessment:
    """Take a finding back; what it was judged on is proposed again."""
    require(rules.may_assess(actor, assessment.person, assessment.agency), _only_assessors())
    if not reason.strip():
        raise Conflict(_("Say why the finding is withdrawn: the person will read it."))
    moved = move(
        assessment, AssessmentState.WITHDRAWN, moves=ASSESSMENT_MOVES, withdrawn_reason=reason.strip()[:300],
        withdrawn_at=clock.now(), withdrawn_by_key=actor.key,
    )  # fmt: skip
    record_subject(assessment.person.subject)
    record(assessment=assessment.pk)
    return moved


def _only_assessors() -> str:
    return _("Only an assessor of the agency confirms levels, and nobody their own.")


def note_profile_read(*, person: Person, actor: Actor) -> None:
    """Note that somebody else read a person's profile."""
    note_reading(person, "training.Assessment.level", actor)


@act("training.export_profiles")
def export_profiles(*, actor: Actor, count: int, form: str) -> int:
    """Note that the profiles of ``count`` people leave the house as a file."""
    record(count=count, form=form)
    return count
