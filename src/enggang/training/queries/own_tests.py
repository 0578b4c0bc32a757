"""The tests that stand open for one participant, or that they have sat."""

from __future__ import annotations

from dataclasses import dataclass

from enggang.core import clock
from enggang.surveys.models import Attempt
from enggang.training.models import Registration, WaveTest


@dataclass(frozen=True, slots=True)
class OwnTest:
    row: WaveTest
    attempt: Attempt | None
    is_open: bool

    @property
    def goes_on(self) -> bool:
        """Begun, and still taking answers."""
        return self.attempt is not None and self.attempt.takes_answers_at(clock.now())

    @property
    def may_begin(self) -> bool:
        return self.is_open and self.attempt is None


def own_tests(registration: Registration) -> list[OwnTest]:
    """Two queries. Drafts are not told, nor a closed test that this person never sat."""
    now = clock.now()
    rows = list(WaveTest.objects.filter(wave=registration.wave_id).select_related("test"))
    found = Attempt.objects.filter(test__in=[row.test_id for row in rows], holder=registration.subject_id)
    attempts = {attempt.test_id: attempt for attempt in found.select_related("test")}
    every = [OwnTest(row, attempts.get(row.test_id), row.test.is_open_at(now)) for row in rows]
    return [each for each in every if each.is_open or each.attempt]
