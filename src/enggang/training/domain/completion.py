"""Who completed a wave: the programme's rule over attendance at all planned occasions, with every exception reasoned."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from enggang.attendance.queries.presence import Presence
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, require
from enggang.training import rules
from enggang.training.enums import Outcome
from enggang.training.models import Registration, Wave
from enggang.training.queries.concerned import presence_of


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rule says of one participant. ``percent`` counts present over all planned occasions that concern them, rounded down."""

    registration: Registration
    percent: int
    present: int
    planned: int
    passes: bool
    can_still_pass: bool


def verdicts(wave: Wave) -> list[Verdict]:
    """The rule applied to everyone who has a seat, in the order of the list."""
    seen = presence_of(wave)
    needed = wave.programme.minimum_attendance
    rows = wave.registrations.seated().with_names().order_by("person__name_key", "pk")
    return [judge(row, seen.get(row.pk), needed) for row in rows]


def judge(registration: Registration, seen: Presence | None, needed: int) -> Verdict:
    """Apply «at least ``needed`` percent of all planned occasions that concern them» to one participant."""
    seen = seen or Presence(0, 0, 0)
    unmarked = seen.planned - seen.present - seen.excused - seen.absent
    best = 100 * (seen.present + unmarked) // seen.planned if seen.planned else 0
    passes = bool(seen.planned) and seen.percent >= needed
    return Verdict(registration, seen.percent, seen.present, seen.planned, passes, best >= needed)


@act("training.decide_outcomes")
def decide_outcomes(*, wave: Wave, actor: Actor) -> Wave:
    """Write the rule's verdict on everyone who has not been decided by a person or awarded already."""
    require(rules.may_decide(actor, wave))
    if not wave.sessions.planned().exists():
        raise Conflict(_("This wave has no sessions, so attendance cannot be judged."))
    counts = {Outcome.PASSED: 0, Outcome.FAILED: 0}
    for verdict in verdicts(wave):
        row = verdict.registration
        if row.award_id or row.outcome_reason:
            continue
        row.outcome = Outcome.PASSED if verdict.passes else Outcome.FAILED
        row.attended_percent = verdict.percent
        row.save(update_fields=["outcome", "attended_percent"])
        counts[row.outcome] += 1
    record(passed=counts[Outcome.PASSED], failed=counts[Outcome.FAILED], needed=wave.programme.minimum_attendance)
    return wave


@act("training.override_outcome")
def override_outcome(*, registration: Registration, outcome: Outcome, reason: str, actor: Actor) -> Registration:
    """Decide against the rule, by name and with a reason; an empty reason is refused."""
    require(rules.may_decide(actor, registration.wave))
    if registration.award_id:
        raise Conflict(_("The certificate is already issued. Void it first."))
    if not reason.strip():
        raise Conflict(_("Deciding against the attendance rule needs a reason."))
    before = registration.outcome
    registration.outcome, registration.outcome_reason = outcome, reason.strip()[:300]
    registration.save(update_fields=["outcome", "outcome_reason"])
    record(before=str(before), after=str(outcome))
    return registration
