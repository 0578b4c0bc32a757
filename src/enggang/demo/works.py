"""Materials and assignments of the demonstration: a few made-up works, one of them graded and registered as good work."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management import call_command

from enggang.access.domain.links import actor_of_link, find_link
from enggang.access.enums import LinkScope
from enggang.core import clock
from enggang.core.actor import SYSTEM, Actor
from enggang.reviews.domain.rubrics import CriterionSpec
from enggang.reviews.enums import Mode
from enggang.training.domain.coursework import keep_assignment, write_rubric
from enggang.training.domain.grading import grade
from enggang.training.domain.handing_in import hand_in
from enggang.training.domain.materials import add_materials
from enggang.training.domain.registrations import hand_out_page
from enggang.training.domain.works import agree_to_work, register_work
from enggang.training.enums import CONCEPT_PARTS, AssignmentKind, LatePolicy
from enggang.training.models import Assignment, HandIn, Licence, Registration, Wave

LEVELS = (("Kurang", 40), ("Cukup", 60), ("Baik", 80), ("Sangat baik", 100))
CRITERIA = (
    CriterionSpec("Gagasan dan pesan", LEVELS, 2),
    CriterionSpec("Teknik", LEVELS),
    CriterionSpec("Etika dan izin", LEVELS),
)
PAGE = "https://contoh.example/"  # a reserved name: it leads nowhere


def lay_down_works(wave: Wave) -> None:
    """For the wave of these days: one material, two assignments, three works."""
    call_command("load_training")
    add_materials(wave=wave, title="Panduan foto dan video (contoh)", link=f"{PAGE}panduan", actor=SYSTEM)
    rubric = write_rubric(
        wave=wave, title="Rubrik karya (contoh)", spread_alert=20, criteria=list(CRITERIA), actor=SYSTEM
    )
    due = clock.now() + timedelta(days=3)
    facts: dict[str, Any] = {"due_at": due, "late": LatePolicy.MARK, "late_days": 2, "rubric": rubric}
    video = keep_assignment(
        wave=wave, title="Video satu menit tentang layanan unit Anda", kind=AssignmentKind.LINK, mode=Mode.BLIND,
        brief="Unggah video ke kanal unit Anda, lalu kirim tautannya.", actor=SYSTEM, **facts,
    )  # fmt: skip
    concept = keep_assignment(
        wave=wave, title="Konsep event daerah", kind=AssignmentKind.CONCEPT, mode=Mode.SINGLE, actor=SYSTEM, **facts
    )
    keep_assignment(
        wave=wave,
        title="Foto kegiatan dan destinasi",
        kind=AssignmentKind.PHOTO,
        mode=Mode.PANEL,
        actor=SYSTEM,
        **facts,
    )
    people = list(wave.registrations.seated().with_names()[:3])
    for row in people:
        hand_in(assignment=video, registration=row, link=f"{PAGE}{row.code}", actor=_holder(row))
    for row in people[:1]:
        _good_concept(concept, row)


def _good_concept(assignment: Assignment, registration: Registration) -> None:
    parts = dict.fromkeys(CONCEPT_PARTS, "Isian contoh untuk peragaan.")
    row = hand_in(assignment=assignment, registration=registration, concept=parts, actor=_holder(registration)).hand_in
    judge(row, 80)
    licence = Licence.objects.get(key="cc-by-4.0")
    work = register_work(hand_in=row, title="Festival sungai (contoh)", licence=licence, actor=SYSTEM)
    agree_to_work(work=work, registration=registration, agrees=True, actor=_holder(registration))


def judge(row: HandIn, points: int) -> None:
    levels = {each.pk: each.levels.get(points=points).pk for each in row.review.rubric.criteria.all()}
    grade(hand_in=row, version=1, levels=levels, feedback="Gagasan jelas; perinci anggarannya.", actor=SYSTEM)


def _holder(registration: Registration) -> Actor:
    """The participant by their private page: nobody hands in for somebody else."""
    link = find_link(hand_out_page(registration=registration, actor=SYSTEM), LinkScope.REGISTRATION)
    if link is None:
        raise LookupError(registration.code)
    return actor_of_link(link)
