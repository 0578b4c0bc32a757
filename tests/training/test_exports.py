"""The lists of a wave as files: their rows, who is told what, and as many questions for three people as for one."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enggang.access.enums import Role
from enggang.attendance.domain.marks import mark_list
from enggang.attendance.enums import Status
from enggang.audit.models import AuditEntry
from enggang.core.actor import SYSTEM
from enggang.places.models import Organisation
from enggang.seats.domain.offers import PoolSpec
from enggang.surveys.domain.surveys import open_survey
from enggang.training.domain.classes import keep_class
from enggang.training.domain.evaluation import add_survey
from enggang.training.domain.messages import write_to_wave
from enggang.training.enums import Audience, ClassKind
from enggang.training.models import Wave
from tests.training.factories import client_of, make_agency, make_person, make_programme, make_user, make_wave, seat

pytestmark = pytest.mark.django_db
LISTS = [
    ("seats", "quotas"), ("seats", "waiting"), ("seats", "no-shows"), ("readiness", "readiness"),
    ("assignments", "assignments"), ("messages", "messages"), ("class", "places"), ("ceremony", "ceremony"),
    ("wave", "sessions"), ("participants", "table"), ("lists", "lists"), ("occasion", "marks"),
]  # fmt: skip


@pytest.fixture
def agency() -> Organisation:
    return make_agency()


@pytest.fixture
def client(agency: Organisation) -> Client:
    return client_of(make_user(Role.ORGANISER, agency))


def make(agency: Organisation, count: int) -> Wave:
    """A wave with ``count`` of everything."""
    wave = make_wave(
        agency, PoolSpec("Terbuka", count), sessions=count, programme=make_programme(agency, f"Pelatihan {count}")
    )
    keep_class(wave=wave, kind=ClassKind.CLASS, name="A", actor=SYSTEM)
    people = [make_person(agency) for _number in range(2 * count)]
    for person in people:
        seat(wave, person)
    absent = {person.code: Status.ABSENT for person in people[:count]}
    for session in wave.sessions.all():
        mark_list(occasion=session.occasion, statuses=absent, actor=SYSTEM)
    for number in range(count):
        write_to_wave(wave=wave, audience=Audience.SEATED, title=f"Pesan {number}", text="x", actor=SYSTEM)
    return wave


def address_of(page: str, wave: Wave) -> str:
    if page == "occasion":
        return reverse("attendance:occasion", args=[wave.sessions.earliest("day").occasion.code])
    extra = [wave.classes.get().pk] if page == "class" else []
    return reverse(f"training:{page}", args=[wave.code, *extra])


def asked(client: Client, page: str, code: str, wave: Wave) -> tuple[int, int]:
    """How many rows the file has, and how many questions to the database it took."""
    address = address_of(page, wave)
    with CaptureQueriesContext(connection) as seen:
        answer = client.post(address, {"list": code, "form": "csv"})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    return len(rows) - 1, len(seen)


def test_three_people_take_as_many_questions_as_one(agency: Organisation, client: Client) -> None:
    one, three = make(agency, 1), make(agency, 3)
    for page, code in LISTS:
        asked(client, page, code, one)  # what is cached for the process is asked for once
        (few, before), (more, after) = (asked(client, page, code, wave) for wave in (one, three))
        assert more >= few, code
        assert after == before, (page, code, few, more)


def test_the_trail_names_the_wave_so_that_its_inspectors_find_it(agency: Organisation, client: Client) -> None:
    wave = make(agency, 1)
    asked(client, "readiness", "readiness", wave)
    entry = AuditEntry.objects.get(code="core.export_list")
    assert (entry.subject_code, entry.organisation_code) == (wave.code, agency.code)


def test_a_file_holds_the_whole_list_and_the_page_a_part_of_it(agency: Organisation, client: Client) -> None:
    wave = make_wave(agency, PoolSpec("Terbuka", 110), sessions=1)
    for _number in range(103):
        seat(wave, make_person(agency))
    assert asked(client, "readiness", "readiness", wave)[0] == 103


def test_survey_answers_stay_closed_below_the_least_number(agency: Organisation, client: Client) -> None:
    wave = make_wave(agency, sessions=1)
    row = add_survey(wave=wave, purpose="material", actor=SYSTEM)
    open_survey(survey=row.survey, actor=SYSTEM)
    page = reverse("surveys:survey", args=[row.survey.code])
    assert 'value="opinions"' not in client.get(page).text
    for code in ("opinions", "comments", "groups"):
        answer = client.post(page, {"list": code, "form": "csv"})
        assert len(answer.content.decode().splitlines()) == 1


def test_gains_stay_closed_below_the_least_number(agency: Organisation, client: Client) -> None:
    wave = make(agency, 1)
    answer = client.post(reverse("training:tests", args=[wave.code]), {"list": "questions", "form": "csv"})
    assert len(answer.content.decode().splitlines()) == 1


def test_a_coordinator_takes_only_their_own_people(agency: Organisation) -> None:
    own = make_agency("Dinas Perikanan")
    wave = make_wave(agency, PoolSpec("Terbuka", 5), sessions=1)
    seat(wave, make_person(agency, "Orang Lain"))
    seat(wave, make_person(own, "Orang Sendiri"))
    coordinator = client_of(make_user(Role.COORDINATOR, own))
    answer = coordinator.post(address_of("assignments", wave), {"list": "assignments", "form": "csv"})
    assert "Orang Sendiri" in answer.content.decode()
    assert "Orang Lain" not in answer.content.decode()
    assert coordinator.post(address_of("readiness", wave), {"list": "readiness", "form": "csv"}).status_code == 404
