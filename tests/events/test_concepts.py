"""From a concept written as an assignment to the idea of an event, in one step; and back again."""

from __future__ import annotations

import pytest

from enggang.access.enums import Role
from enggang.events.models import Edition, Event
from enggang.training.domain.handing_in import hand_in
from enggang.training.enums import CONCEPT_PARTS, AssignmentKind
from enggang.training.models import HandIn
from tests.events.factories import make_region
from tests.training.factories import client_of, make_agency, make_user
from tests.training.test_coursework import judged, world

pytestmark = pytest.mark.django_db
SAID = {key: f"Isi {key} (contoh)" for key in CONCEPT_PARTS}


def accepted(points: int = 100) -> HandIn:
    assignment, registration, actor = world(AssignmentKind.CONCEPT, title="Konsep event daerah", pass_points=60)
    hand_in(assignment=assignment, registration=registration, actor=actor, concept=SAID)
    row = HandIn.objects.select_related("review__rubric", "assignment__wave__organisation", "subject").get()
    return judged(row, points)


def facts(row: HandIn) -> dict[str, object]:
    return {
        "organisation": row.assignment.wave.organisation_id, "name": "Festival Sungai (contoh)", "kind": "festival",
        "region": make_region().pk, "description": "Festival sungai", "rule": "announced", "offset": 0, "length": 1,
        "hosts-TOTAL_FORMS": 0, "hosts-INITIAL_FORMS": 0,
    }  # fmt: skip


def test_an_accepted_concept_becomes_the_idea_of_an_event_in_one_step() -> None:
    row = accepted()
    organiser = client_of(make_user(Role.ORGANISER, row.assignment.wave.organisation))
    page = organiser.get(f"/pelatihan/hasil-tugas/{row.code}/")
    start = page.context["growths"][0][1]
    assert start in page.content.decode().replace("&amp;", "&")
    filled = organiser.get(start).context["form"]
    assert all(words in filled.initial["description"] for words in SAID.values())
    assert filled["organisation"].value() == row.assignment.wave.organisation_id
    answer = organiser.post(start, facts(row))
    edition = Edition.objects.select_related("event").get()
    assert (answer.headers["Location"], edition.stage) == (f"/acara/edisi/{edition.code}/", "idea")
    assert edition.event.concept_id == row.subject_id
    after = organiser.get(f"/pelatihan/hasil-tugas/{row.code}/").context["growths"][0][2]
    assert after == [("Festival Sungai (contoh)", f"/acara/{edition.event.code}/")]
    assert (
        organiser.get(f"/acara/{edition.event.code}/").context["concept"].url == f"/pelatihan/hasil-tugas/{row.code}/"
    )


def test_what_is_wrong_in_the_form_makes_neither_event_nor_idea() -> None:
    row = accepted()
    organiser = client_of(make_user(Role.ORGANISER, row.assignment.wave.organisation))
    answer = organiser.post(f"/acara/baru/?konsep={row.code}", {**facts(row), "name": ""})
    assert (answer.status_code, Event.objects.count(), Edition.objects.count()) == (422, 0, 0)


def test_a_concept_that_was_not_accepted_is_not_offered() -> None:
    row = accepted(points=0)
    organiser = client_of(make_user(Role.ORGANISER, row.assignment.wave.organisation))
    assert organiser.get(f"/pelatihan/hasil-tugas/{row.code}/").context["growths"] == []
    assert organiser.get(f"/acara/baru/?konsep={row.code}").status_code == 404


def test_an_organiser_elsewhere_learns_nothing_of_the_concept() -> None:
    row = accepted()
    stranger = client_of(make_user(Role.ORGANISER, make_agency("lain")))
    assert stranger.get(f"/acara/baru/?konsep={row.code}").status_code == 404
    for code in ("TIDAKADA", row.assignment.wave.code, "x" * 5000):
        assert stranger.get("/acara/baru/", {"konsep": code}).status_code == 404
    assert Event.objects.count() == 0


def test_an_instructor_sees_what_grew_and_is_offered_no_form() -> None:
    row = accepted()
    organiser = client_of(make_user(Role.ORGANISER, row.assignment.wave.organisation))
    organiser.post(f"/acara/baru/?konsep={row.code}", facts(row))
    teacher = client_of(make_user(Role.INSTRUCTOR, row.assignment.wave.organisation))
    ((_label, start, grown),) = teacher.get(f"/pelatihan/hasil-tugas/{row.code}/").context["growths"]
    assert (start, grown) == ("", [("Festival Sungai (contoh)", "")])
