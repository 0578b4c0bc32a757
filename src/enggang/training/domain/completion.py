"""Who completed a wave: the programme's rule over attendance and the post-test, with every exception reasoned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from enggang.attendance.enums import Status
from enggang.attendance.queries.presence import Presence
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, require
from enggang.core.text import one_line
from enggang.training import rules
from enggang.training.domain.crediting import CREDITED, credit, curriculum_jp
from enggang.training.enums import Outcome
from enggang.training.models import Registration, Wave
from enggang.training.queries.concerned import EXCUSED, Credit, Missed, credits_of, missed_of
from enggang.training.queries.coursework import unaccepted
from enggang.training.queries.gain import post_percents


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rule says of one participant. ``percent`` counts present over all planned sessions that concern them,
    rounded down; ``jp`` are those of the sessions they were present at.

    ``post`` is their post-test in percent where the programme asks for ``post_needed``; None when they did not sit it.
    """

    registration: Registration
    percent: int
    present: int
    planned: int
    passes: bool
    can_still_pass: bool
    jp: int = 0
    jp_planned: int = 0
    post: int | None = None
    post_needed: int | None = None
    missed: Sequence[Missed] = ()
    unaccepted: tuple[str, ...] = ()

    @property
    def excused(self) -> list[Missed]:
        return [each for each in self.missed if each.status in EXCUSED]

    @property
    def absent(self) -> list[Missed]:
        return [each for each in self.missed if each.status == Status.ABSENT]

    @property
    def unmarked(self) -> list[Missed]:
        return [each for each in self.missed if each.status is None and not each.closed]

    @property
    def lapsed(self) -> list[Missed]:
        """Nobody marked them, and the list is closed: counted as missed."""
        return [each for each in self.missed if each.status is None and each.closed]


def verdicts(wave: Wave) -> list[Verdict]:
    """The rule applied to everyone who has a seat, in the order of the list."""
    credit, missed = credits_of(wave), missed_of(wave)
    needed = wave.programme.minimum_attendance
    rows = wave.registrations.seated().with_names().order_by("person__name_key", "pk")
    judged = [replace(judge(row, credit.get(row.pk), needed), missed=missed.get(row.pk, [])) for row in rows]
    asked = wave.programme.minimum_post_test
    tested = judged if asked is None else _with_post_test(judged, post_percents(wave), asked)
    return _with_assignments(tested, unaccepted(wave))


def _with_assignments(rows: list[Verdict], missing: dict[int, list[str]]) -> list[Verdict]:
    """Whoever lacks an assignment that counts does not pass; which one is said on the list."""
    return [
        replace(row, unaccepted=tuple(titles), passes=False) if (titles := missing.get(row.registration.pk)) else row
        for row in rows
    ]


def _with_post_test(rows: list[Verdict], scores: dict[int, int], needed: int) -> list[Verdict]:
    """Attendance is not enough where the programme asks for a score: «at least ``needed`` percent of the post-test»."""
    found = [(row, scores.get(row.registration.pk)) for row in rows]
    return [
        replace(row, post=post, post_needed=needed, passes=row.passes and post is not None and post >= needed)
        for row, post in found
    ]


def verdict_of(registration: Registration) -> Verdict:
    """What the rule says of the attendance of one participant, as their own page shows it."""
    credit = credits_of(registration.wave, only=registration).get(registration.pk)
    return judge(registration, credit, registration.wave.programme.minimum_attendance)


def judge(registration: Registration, credit: Credit | None, needed: int) -> Verdict:
    """Apply «at least ``needed`` percent of all planned sessions that concern them» to one participant.

    What is still to come, or whose list is not closed yet, may still be attended; nothing else.
    """
    credit = credit or Credit(Presence(0, 0, 0), 0, 0)
    seen = credit.seen
    attainable = seen.planned - seen.excused - seen.absent - credit.lapsed
    best = 100 * attainable // seen.planned if seen.planned else 0
    passes = bool(seen.planned) and seen.percent >= needed
    can = best >= needed
    return Verdict(registration, seen.percent, seen.present, seen.planned, passes, can, credit.jp, credit.jp_planned)


@act("training.decide_outcomes")
def decide_outcomes(*, wave: Wave, actor: Actor) -> Wave:
    """Write the rule's verdict on everyone who has not been decided by a person or awarded already."""
    require(rules.may_decide(actor, wave))
    if not wave.sessions.planned().exists():
        raise Conflict(_("This wave has no sessions, so attendance cannot be judged."))
    counts, planned = {Outcome.PASSED: 0, Outcome.FAILED: 0}, curriculum_jp(wave.programme)
    for verdict in verdicts(wave):
        row = verdict.registration
        if row.is_awarded or row.outcome_reason:
            continue
        before, row.outcome = row.outcome, Outcome.PASSED if verdict.passes else Outcome.FAILED
        row.attended_percent = verdict.percent
        if before != row.outcome or not row.jp_rule:  # decided the same again: what was credited then stays
            credit(row, planned=planned, attended=verdict.jp, rule=wave.programme.jp_credit)
        row.save(update_fields=["outcome", "attended_percent", *CREDITED])
        counts[row.outcome] += 1
    programme = wave.programme
    record(passed=counts[Outcome.PASSED], failed=counts[Outcome.FAILED], needed=programme.minimum_attendance,
           post_needed=programme.minimum_post_test)  # fmt: skip
    return wave


@act("training.override_outcome")
def override_outcome(*, registration: Registration, outcome: Outcome, reason: str, actor: Actor) -> Registration:
    """Decide against the rule, by name and with a reason; an empty reason is refused."""
    require(rules.may_decide(actor, registration.wave))
    if registration.is_awarded:
        raise Conflict(_("The certificate is already issued. Void it first."))
    if not reason.strip():
        raise Conflict(_("Deciding against the attendance rule needs a reason."))
    before = registration.outcome
    registration.outcome, registration.outcome_reason = outcome, reason.strip()[:300]
    registration.rule_reason = ""
    _credit(registration)
    registration.save(update_fields=["outcome", "outcome_reason", "rule_reason", *CREDITED])
    record(before=str(before), after=str(outcome))
    return registration


@act("training.return_to_rule")
def return_to_rule(*, registration: Registration, reason: str, actor: Actor) -> Registration:
    """Take back a decision made by hand, with a reason: the rule decides again.

    Where the rule had been applied to the wave it is applied to this one at once; else they are not decided.
    """
    wave = registration.wave
    require(rules.may_decide(actor, wave))
    if registration.award_id:
        raise Conflict(_("The certificate is already issued. Void it first."))
    if not registration.outcome_reason:
        raise Conflict(_("Nobody has decided this by hand; the rule decides already."))
    if not reason.strip():
        raise Conflict(_("Say why the rule shall decide again."))
    before, verdict = registration.outcome, _verdict_of(registration)
    others = wave.registrations.filter(outcome_reason="").exclude(outcome=Outcome.PENDING).exclude(pk=registration.pk)
    if verdict is not None and (registration.attended_percent is not None or others.exists()):
        registration.outcome = Outcome.PASSED if verdict.passes else Outcome.FAILED
        registration.attended_percent = verdict.percent
    else:
        registration.outcome = Outcome.PENDING
    registration.outcome_reason, registration.rule_reason = "", one_line(reason, 300)
    _credit(registration)
    registration.save(update_fields=["outcome", "outcome_reason", "rule_reason", "attended_percent", *CREDITED])
    record(before=str(before), after=str(registration.outcome))
    return registration


def _verdict_of(registration: Registration) -> Verdict | None:
    return next((row for row in verdicts(registration.wave) if row.registration.pk == registration.pk), None)


def _credit(registration: Registration) -> None:
    """The learning hours of one who was decided by hand, or whose decision was taken back."""
    programme = registration.wave.programme
    found = credits_of(registration.wave).get(registration.pk)
    credit(registration, planned=curriculum_jp(programme), attended=found.jp if found else 0, rule=programme.jp_credit)
