"""Acts on causes: why an indicator is off its path, and what will be done about it by when."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record_subject, require
from enggang.core.text import one_line
from enggang.impact import rules
from enggang.impact.domain.promises import put_down
from enggang.impact.models import Cause
from enggang.indicators.models import Indicator
from enggang.people.models import Person


@act("impact.state_cause")
def state_cause(*, indicator: Indicator, text: str, action: str, person: Person, due_on: date, actor: Actor) -> Cause:
    """Say why, and who will have done what by when: a cause without a dated action is not taken. The action is a promise."""
    require(rules.may_state_cause(actor, indicator.organisation))
    if not text.strip():
        raise Conflict(_("Say why the indicator is off its path."))
    promise = put_down(indicator.organisation, action, person, due_on, actor, about=indicator.subject)
    row = Cause(
        indicator=indicator, text=one_line(text, 300), promise=promise, stated_at=clock.now(), stated_by_key=actor.key
    )
    row.save()
    record_subject(indicator.subject)
    return row


@act("impact.withdraw_cause")
def withdraw_cause(*, cause: Cause, actor: Actor) -> Cause:
    """It was not the cause; the promise beside it stands until it is kept or dropped."""
    require(rules.may_state_cause(actor, cause.indicator.organisation))
    if not Cause.objects.filter(pk=cause.pk, withdrawn_at=None).update(withdrawn_at=clock.now()):
        raise Conflict(_("This cause has been taken back already."))
    record_subject(cause.indicator.subject)
    return cause
