"""What a badge tells of how it was earned: the rule, attendance, and works handed in, alone or with a group."""

from __future__ import annotations

import hashlib
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enggang.core import clock, registries
from enggang.core.actor import SYSTEM
from enggang.credentials.domain.awards import void_award
from enggang.training.domain.classes import keep_class, place_in_class
from enggang.training.domain.completion import decide_outcomes, override_outcome, return_to_rule
from enggang.training.domain.coursework import step_assignment
from enggang.training.enums import Outcome
from enggang.training.models import Registration
from enggang.training.queries.earned import earned_by
from tests.training.test_completion import held_wave, issue
from tests.training.test_coursework import deliver, judged, participant, world
from tests.training.uploads import JPEG

pytestmark = pytest.mark.django_db


def test_the_registry_leads_to_the_rule_and_to_attendance() -> None:
    held_wave(present=4)
    row = Registration.objects.get()
    earned = registries.evidence["registration"]([row.subject_id])[row.subject_id]
    assert earned.criteria == (
        "Menyelesaikan pelatihan dengan kehadiran paling sedikit 80% dari sesi yang direncanakan."
    )
    (line,) = earned.evidence
    assert (line.name, line.genre) == ("Kehadiran", "attendance")
    assert line.narrative == "Hadir pada 4 dari 5 sesi yang direncanakan (80%)."


def test_of_somebody_passed_by_hand_no_condition_is_claimed() -> None:
    wave = held_wave(present=1, people=2)
    row, other = Registration.objects.order_by("pk")
    override_outcome(registration=row, outcome=Outcome.PASSED, reason="tugas mendadak", actor=SYSTEM)
    decide_outcomes(wave=wave, actor=SYSTEM)
    found = earned_by([row.subject_id, other.subject_id])
    assert found[row.subject_id].criteria == "Menyelesaikan pelatihan berdasarkan keputusan penyelenggara."
    assert [line.narrative for line in found[row.subject_id].evidence] == [
        "Hadir pada 1 dari 5 sesi yang direncanakan (20%)."
    ]
    assert "tugas mendadak" not in str(found)
    assert "paling sedikit 80%" in found[other.subject_id].criteria


def test_after_the_decision_is_taken_back_the_conditions_are_told_again() -> None:
    wave = held_wave(present=5)
    row = Registration.objects.get()
    override_outcome(registration=row, outcome=Outcome.PASSED, reason="tugas mendadak", actor=SYSTEM)
    award = issue(wave)[0]
    narrative = json.loads(bytes(award.badge.content))["credentialSubject"]["achievement"]["criteria"]["narrative"]
    assert narrative.startswith("Menyelesaikan pelatihan berdasarkan keputusan penyelenggara.\n\nMata pelatihan:")
    assert "80" not in narrative
    void_award(award=award, reason="Nama keliru", actor=SYSTEM)
    return_to_rule(registration=Registration.objects.get(), reason="hadir ternyata cukup", actor=SYSTEM)
    assert "paling sedikit 80%" in earned_by([row.subject_id])[row.subject_id].criteria


def test_a_work_is_told_with_the_hash_of_its_file_and_accepted_only_once_that_is_released() -> None:
    assignment, row, actor = world(counts=True)
    hand_in = judged(deliver(assignment, row, actor).hand_in, 100)
    earned = earned_by([row.subject_id])[row.subject_id]
    assert "tugas yang diterima: Foto pasar" in earned.criteria
    (work,) = [line for line in earned.evidence if line.genre == "work"]
    assert work.name == "Tugas: Foto pasar"
    stored = hand_in.versions.get().pieces.get().upload.file
    assert stored is not None
    assert stored.sha256 == hashlib.sha256(JPEG).hexdigest()
    assert stored.sha256 in work.narrative
    assert str(clock.today().year) in work.narrative
    assert "diterima" not in work.narrative
    step_assignment(assignment=assignment, step="release", actor=SYSTEM)
    (work,) = [line for line in earned_by([row.subject_id])[row.subject_id].evidence if line.genre == "work"]
    assert "Dinilai dan diterima." in work.narrative


def test_a_groups_work_is_told_of_each_of_its_members_and_of_nobody_else() -> None:
    assignment, first, actor = world(by_group=True)
    second, other = participant(assignment.wave)[0], participant(assignment.wave)[0]
    group = keep_class(wave=assignment.wave, kind="group", name="Kelompok 1", actor=SYSTEM)
    place_in_class(klass=group, registrations=[first, second], actor=SYSTEM)
    deliver(assignment, first, actor)
    found = earned_by([row.subject_id for row in (first, second, other)])
    told = [
        [line.narrative for line in found[row.subject_id].evidence if line.genre == "work"]
        for row in (first, second, other)
    ]
    assert told[0] == told[1] != []
    assert "bersama kelompok" in told[0][0]
    assert told[2] == []


def test_nobody_elses_subject_is_answered() -> None:
    held_wave(present=4)
    assert earned_by([0, 10**9]) == {}


@pytest.mark.parametrize("people", [1, 3])
def test_it_costs_the_same_for_one_and_three(people: int) -> None:
    held_wave(present=4, people=people)
    subjects = list(Registration.objects.values_list("subject_id", flat=True))
    with CaptureQueriesContext(connection) as seen:
        assert len(earned_by(subjects)) == people
    assert len(seen) == 8
