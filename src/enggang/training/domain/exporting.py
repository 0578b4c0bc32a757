"""Files with people's data that leave the house: each is noted in the audit trail."""

from __future__ import annotations

from enggang.core.actor import Actor
from enggang.core.acts import act, record, record_subject, require
from enggang.training import rules
from enggang.training.models import Wave


@act("training.export_money")
def export_money(*, wave: Wave, actor: Actor, form: str = "xlsx") -> Wave:
    """What people were paid, as a workbook or as a PDF."""
    require(rules.sees_money(actor, wave))
    record_subject(wave.subject)
    record(form=form, fees=wave.fees.count(), trips=wave.trips.count())
    return wave


@act("training.export_answers")
def export_answers(*, wave: Wave, actor: Actor) -> Wave:
    """What participants answered, as a workbook."""
    require(rules.sees_participants(actor, wave))
    record_subject(wave.subject)
    record(people=wave.registrations.count())
    return wave
