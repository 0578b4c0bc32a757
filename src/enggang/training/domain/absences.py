"""A participant, or who answers for them, says that they cannot come, with a letter."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _

from enggang.attendance.domain.proofs import hand_in_proof
from enggang.attendance.models import Proof
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record_subject, require
from enggang.training import rules
from enggang.training.models import Registration
from enggang.training.queries.absences import sessions_to_miss


@act("training.report_absence")
def report_absence(
    *, registration: Registration, sessions: Collection[str], status: str, content: bytes, name: str, actor: Actor,
    note: str = "",
) -> list[Proof]:  # fmt: skip
    """Hand in a letter for some of the sessions (by code) that concern the participant; staff check it."""
    require(rules.may_withdraw(actor, registration))
    if not registration.is_seated:
        raise Conflict(_("Only who has a seat hands in a letter."))
    known = {row.code: row.occasion for row in sessions_to_miss(registration)}
    if not set(sessions) <= known.keys():
        raise Conflict(_("One of these sessions is not yours, or it was called off. Choose again."))
    occasions = {known[code].pk: known[code] for code in sessions}
    found = hand_in_proof(
        occasions=list(occasions.values()), holder=registration.person.subject, status=status, content=content,
        name=name, note=note, actor=actor,
    )  # fmt: skip
    record_subject(registration.subject)
    return found
