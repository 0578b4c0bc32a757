"""The pair of tests of a wave: prepared together from the bank, sat by whoever has a seat."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import translation
from django.utils.translation import gettext as _

from enggang.core import codes
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.surveys.domain.attempts import start_attempt
from enggang.surveys.domain.tests import make_test
from enggang.surveys.enums import AskingState
from enggang.surveys.models import Attempt, Question, Test
from enggang.training import rules
from enggang.training.enums import Phase
from enggang.training.models import Registration, Wave, WaveTest


@act("training.prepare_tests")
def prepare_tests(
    *, wave: Wave, questions: Sequence[Question], actor: Actor, minutes: int | None = None, draw: int | None = None
) -> Wave:
    """Make a pre-test and a post-test of the same questions. Where questions are drawn, a person gets the same in both."""
    require(rules.may_manage(actor, wave.organisation))
    if not questions:
        raise Conflict(_("No question was chosen. Choose topics that have questions, or write some in the bank first."))
    seed = codes.random_code(24)
    for phase in (Phase.PRE, Phase.POST):
        with translation.override("id"):
            title = f"{phase.label} · {wave.name}"[:200]
        test = make_test(
            organisation=wave.organisation, title=title, questions=questions, minutes=minutes, draw=draw, seed=seed,
            actor=actor,
        )  # fmt: skip
        with told(WaveTest):
            WaveTest.objects.create(wave=wave, phase=phase, test=test)
    record(questions=len(questions))
    return wave


@act("training.drop_tests")
def drop_tests(*, wave: Wave, actor: Actor) -> Wave:
    """Take the pair away while both are drafts that nobody has sat."""
    require(rules.may_manage(actor, wave.organisation))
    rows = list(wave.tests.select_related("test"))
    if any(row.test.state != AskingState.DRAFT or row.test.attempts.exists() for row in rows):
        raise Conflict(_("A test of this pair was opened already. Close it instead; what was answered is kept."))
    for row in rows:
        row.delete()
        row.test.items.all().delete()
        Test.objects.filter(pk=row.test_id).delete()
    return wave


@act("training.begin_test")
def begin_test(*, registration: Registration, phase: str, actor: Actor) -> Attempt:
    """Begin or go on with the participant's own sitting. Only themselves: signed in, or by their private page."""
    require(rules.is_own(actor, registration))
    record_subject(registration.subject)
    if not registration.is_seated:
        raise Conflict(_("Only participants with a seat take the test."))
    row = WaveTest.objects.filter(wave=registration.wave_id, phase=phase).select_related("test__subject").first()
    if row is None:
        raise Conflict(_("This wave has no such test."))
    user_id = registration.person.user_id
    return start_attempt(test=row.test, holder=registration.subject, user_id=user_id, actor=actor)
