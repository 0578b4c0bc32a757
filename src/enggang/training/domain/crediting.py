"""Learning hours of a wave as they stood when its outcome was decided, and their open correction."""

from __future__ import annotations

from django.utils.translation import gettext as _

from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.training import rules
from enggang.training.enums import JpCredit, Outcome
from enggang.training.models import Programme, Registration

CREDITED = ["jp_planned", "jp_credited", "jp_rule"]
MOST = 1_000


def curriculum_jp(programme: Programme) -> int:
    return sum(programme.modules.values_list("jp", flat=True))


def credit(registration: Registration, *, planned: int, attended: int, rule: str) -> None:
    """Set what the learning record will say by the programme's rule; what somebody has corrected stays."""
    if registration.jp_reason:
        return
    if registration.outcome == Outcome.PENDING:
        registration.jp_planned, registration.jp_credited, registration.jp_rule = None, None, ""
        return
    passed = registration.outcome == Outcome.PASSED
    registration.jp_planned, registration.jp_rule = planned, rule
    registration.jp_credited = attended if rule == JpCredit.ATTENDED else planned if passed else 0


@act("training.correct_jp")
def correct_jp(*, registration: Registration, jp: int, reason: str, actor: Actor) -> Registration:
    """Credit another number than the rule gave. Planned number and rule stay beside it, so that everyone sees both."""
    require(rules.may_decide(actor, registration.wave))
    if not registration.jp_rule:
        raise Conflict(_("Decide first who passed: until then no JP is credited."))
    if not 0 <= jp <= MOST:
        raise Conflict(_("JP must be a whole number from 0 to 1,000."))
    if not reason.strip():
        raise Conflict(_("Say why the JP are corrected: the person will read it."))
    before = registration.jp_credited
    registration.jp_credited, registration.jp_reason = jp, reason.strip()[:300]
    registration.save(update_fields=["jp_credited", "jp_reason"])
    record_subject(registration.subject)
    record(before=before, after=jp)
    return registration
