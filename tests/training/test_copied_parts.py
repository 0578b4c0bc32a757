"""What a copied wave takes over besides its schedule: drafts with moved days, and nothing of anybody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from enggang.access.enums import Role
from enggang.budgets.domain.budgets import add_line, add_source
from enggang.budgets.enums import Category, SourceKind
from enggang.budgets.models import Payment
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.files.models import Upload
from enggang.places.models import Organisation
from enggang.reviews.domain.rubrics import CriterionSpec
from enggang.surveys.domain.surveys import change_survey
from enggang.training.domain.copying import copy_wave
from enggang.training.domain.coursework import keep_assignment, step_assignment, write_rubric
from enggang.training.domain.evaluation import add_survey
from enggang.training.domain.materials import add_materials, material_ticket, remove_material
from enggang.training.domain.money import start_budget
from enggang.training.domain.testing import prepare_tests
from enggang.training.enums import AssignmentKind, CopyPart, SurveyPurpose
from enggang.training.models import Registration, Wave
from tests.surveys.factories import make_question
from tests.training.factories import client_of, make_agency, make_person, make_user, make_wave, seat
from tests.training.uploads import arrived

pytestmark = pytest.mark.django_db
DAYS = timedelta(days=30)


@pytest.fixture
def agency() -> Organisation:
    return make_agency()


@pytest.fixture
def wave(agency: Organisation) -> Wave:
    wave = make_wave(agency)
    seat(wave, make_person(agency))
    return wave


def copied(wave: Wave, *parts: str) -> Wave:
    wave = Wave.objects.with_names().get(pk=wave.pk)
    return copy_wave(wave=wave, name="Gelombang 2", starts_on=wave.starts_on + DAYS, parts=parts, actor=SYSTEM)


def test_links_and_files_are_given_again_for_the_same_session(wave: Wave) -> None:
    session = wave.sessions.order_by("pk")[0]
    upload = arrived(material_ticket(wave, SYSTEM), SYSTEM)
    add_materials(wave=wave, session=session, uploads=[upload.code], title="Modul", actor=SYSTEM)
    add_materials(wave=wave, link="https://example.org/", title="Laman", actor=SYSTEM)
    (gone,) = add_materials(wave=wave, link="https://example.org/lama", title="Lama", actor=SYSTEM)
    remove_material(material=gone, actor=SYSTEM)
    copy = copied(wave, CopyPart.MATERIALS)
    rows = {row.title: row for row in copy.materials.all()}
    assert set(rows) == {"Modul", "Laman"}
    file, kept = rows["Modul"].upload, Upload.objects.get(pk=upload.pk)
    assert file is not None
    assert (file.pk != kept.pk, file.file_id, rows["Modul"].session) == (
        True, kept.file_id, copy.sessions.get(title=session.title),
    )  # fmt: skip


def test_both_tests_are_drafts_of_the_same_questions_with_a_draw_of_their_own(wave: Wave) -> None:
    questions = [make_question(wave.organisation, text=f"Soal {number}") for number in range(3)]
    prepare_tests(wave=wave, questions=questions, minutes=20, draw=2, actor=SYSTEM)
    first = wave.tests.get(phase="pre").test
    first.items.filter(question=questions[1]).update(points=5)
    copy = copied(wave, CopyPart.TESTS)
    tests = [row.test for row in copy.tests.all()]
    assert [(test.state, test.minutes, test.draw, test.items.count()) for test in tests] == [("draft", 20, 2, 3)] * 2
    assert {test.seed for test in tests} & {first.seed} == set()
    assert len({test.seed for test in tests}) == 1
    assert tests[0].items.get(question=questions[1]).points == 5
    assert all(test.title.endswith("Gelombang 2") for test in tests)
    assert not any(test.attempts.exists() for test in tests)


def test_assignments_keep_their_rubric_and_move_their_deadline(wave: Wave) -> None:
    specs = [CriterionSpec("Komposisi", (("Kurang", 0), ("Baik", 100)))]
    rubric = write_rubric(wave=wave, title="Foto", spread_alert=20, criteria=specs, actor=SYSTEM)
    row = keep_assignment(
        wave=wave, kind=AssignmentKind.PHOTO, title="Foto pasar", due_at=clock.now() + timedelta(days=2), rubric=rubric,
        counts=True, actor=SYSTEM,
    )  # fmt: skip
    step_assignment(assignment=row, step="release", actor=SYSTEM)
    made = copied(wave, CopyPart.ASSIGNMENTS).assignments.get()
    assert (made.title, made.rubric, made.counts, made.released_at) == ("Foto pasar", rubric, True, None)
    assert made.due_at - row.due_at == DAYS
    assert not made.hand_ins.exists()


def test_surveys_keep_the_words_that_were_chosen_and_no_answer(wave: Wave) -> None:
    row = add_survey(wave=wave, purpose=SurveyPurpose.ORGANISER, actor=SYSTEM)
    statements = [("Tempat", "scale", "Ruangnya nyaman")]
    change_survey(survey=row.survey, version=row.survey.version, statements=statements, intro="Halo", actor=SYSTEM)
    made = copied(wave, CopyPart.SURVEYS).surveys.get()
    assert (made.purpose, made.survey.state, made.survey.intro) == ("organiser", "draft", "Halo")
    assert [each.text for each in made.survey.statements.all()] == ["Ruangnya nyaman"]
    assert (made.survey.pk != row.survey_id, made.survey.title.endswith("Gelombang 2")) == (True, True)
    assert not made.survey.invitations.exists()


def test_the_budget_is_a_draft_plan_with_nothing_spent(wave: Wave) -> None:
    budget = start_budget(wave=wave, actor=SYSTEM)
    source = add_source(budget=budget, kind=SourceKind.APBD, name="DPA", amount=5_000_000, actor=SYSTEM)
    add_line(
        budget=budget, category=Category.MEALS, item="Kudapan", volume=40, unit="orang", price=20_000, source=source,
        actor=SYSTEM,
    )  # fmt: skip
    copy = copied(wave, CopyPart.BUDGET)
    made = copy.budget
    assert made is not None
    line = made.lines.get()
    assert (made.pk != budget.pk, made.state, made.year) == (True, "draft", copy.starts_on.year)
    assert (line.item, line.volume, line.price, line.source) == ("Kudapan", 40, 20_000, made.sources.get())
    assert not Payment.objects.exists()


def test_nothing_is_taken_over_that_was_not_ticked(wave: Wave) -> None:
    add_materials(wave=wave, link="https://example.org/", title="Laman", actor=SYSTEM)
    start_budget(wave=wave, actor=SYSTEM)
    copy = copied(wave)
    assert (copy.budget, copy.materials.count(), Registration.objects.filter(wave=copy).count()) == (None, 0, 0)


@pytest.mark.parametrize("parts", [["materials"], list(CopyPart.values), []])
def test_what_is_ticked_on_the_form_is_taken_over(wave: Wave, parts: list[str]) -> None:
    client = client_of(make_user(Role.ORGANISER, wave.organisation))
    add_materials(wave=wave, link="https://example.org/", title="Laman", actor=SYSTEM)
    page = f"/pelatihan/gelombang/{wave.code}/salin/"
    assert client.get(page).content.decode().count("checked") >= len(CopyPart.values)
    day = (wave.starts_on + DAYS).isoformat()
    assert client.post(page, {"name": "Gelombang 2", "starts_on": day, "parts": parts}).status_code == 302
    assert Wave.objects.get(name="Gelombang 2").materials.count() == ("materials" in parts)


def test_a_part_that_does_not_exist_is_refused(wave: Wave) -> None:
    client: Client = client_of(make_user(Role.ORGANISER, wave.organisation))
    day = (wave.starts_on + DAYS).isoformat()
    data = {"name": "Gelombang 2", "starts_on": day, "parts": ["people"]}
    assert client.post(f"/pelatihan/gelombang/{wave.code}/salin/", data).status_code in {200, 422}
    assert Wave.objects.count() == 1
