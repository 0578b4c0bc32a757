"""What a copied wave takes over when it is asked for: all of it as drafts, nothing of anybody, no mark and no rupiah spent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from enggang.budgets.domain.copying import copy_plan
from enggang.core import codes
from enggang.core.actor import Actor
from enggang.core.acts import Conflict
from enggang.files.domain.uploading import use_again
from enggang.surveys.domain.surveys import copy_survey
from enggang.surveys.domain.tests import copy_test
from enggang.training.domain.coursework import keep_assignment
from enggang.training.domain.materials import context_of, keep_material
from enggang.training.domain.money import set_fee, start_budget
from enggang.training.enums import CopyPart, SurveyPurpose
from enggang.training.models import Session, Wave, WaveSurvey, WaveTest

ASSIGNED = (
    "title", "brief", "kind", "by_group", "max_files", "late", "late_days", "rubric", "mode", "pass_points", "counts",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Copying:
    """``sessions``: the new one by the id of the one it was copied from."""

    wave: Wave
    copy: Wave
    shift: timedelta
    sessions: dict[int, Session]
    actor: Actor


def copy_materials(this: Copying) -> int:
    """Links, and files that were looked at; one that is not stored (any more) is left out."""
    count = 0
    for row in this.wave.materials.shown():
        try:
            upload = (
                use_again(upload=row.upload, context=context_of(this.copy), actor=this.actor) if row.upload else None
            )
        except Conflict:
            continue
        session = this.sessions.get(row.session_id) if row.session_id else None
        keep_material(this.copy, session, row.title, row.link, upload, this.actor)
        count += 1
    return count


def copy_tests(this: Copying) -> int:
    """The pair with a draw of its own: who sat the first wave's test does not know what is drawn."""
    seed = codes.random_code(24)
    rows = list(this.wave.tests.select_related("test__organisation"))
    for row in rows:
        title = _titled(row.test.title, this)
        made = copy_test(test=row.test, title=title, seed=seed, shift=this.shift, actor=this.actor)
        WaveTest.objects.create(wave=this.copy, phase=row.phase, test=made)
    return len(rows)


def copy_assignments(this: Copying) -> int:
    """With their deadline moved; nothing handed in, released or allocated to a grader."""
    rows = list(this.wave.assignments.shown())
    for row in rows:
        facts = {name: getattr(row, name) for name in ASSIGNED}
        keep_assignment(wave=this.copy, actor=this.actor, due_at=row.due_at + this.shift, **facts)
    return len(rows)


def copy_surveys(this: Copying) -> int:
    """Those about an instructor only where the instructor teaches in the copy too, as it was copied with them."""
    rows = list(this.wave.surveys.exclude(purpose=SurveyPurpose.SERVICE).select_related("survey__organisation"))
    for row in rows:
        title = _titled(row.survey.title, this)
        made = copy_survey(survey=row.survey, title=title, shift=this.shift, actor=this.actor)
        WaveSurvey.objects.create(wave=this.copy, purpose=row.purpose, survey=made, person_id=row.person_id)
    return len(rows)


def copy_budget(this: Copying) -> int:
    """The plan, as a draft of the new wave's year, and by which unit each instructor's honorarium is reckoned."""
    if this.wave.budget is None:
        return 0
    budget = start_budget(wave=this.copy, actor=this.actor)
    copy_plan(budget=this.wave.budget, to=budget, actor=this.actor)
    for fee in this.wave.fees.select_related("instructor", "unit"):
        set_fee(wave=this.copy, instructor=fee.instructor, unit=fee.unit, actor=this.actor)
    return budget.lines.count()


def _titled(title: str, this: Copying) -> str:
    """Titles name their wave at the end."""
    return f"{title.removesuffix(this.wave.name)}{this.copy.name}" if title.endswith(this.wave.name) else title


PARTS: dict[CopyPart, Callable[[Copying], int]] = {
    CopyPart.MATERIALS: copy_materials,
    CopyPart.TESTS: copy_tests,
    CopyPart.ASSIGNMENTS: copy_assignments,
    CopyPart.SURVEYS: copy_surveys,
    CopyPart.BUDGET: copy_budget,
}
