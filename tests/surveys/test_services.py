"""Surveys of citizens about a service: who makes them, for which period, from which device, and what is shown."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import ANONYMOUS, SYSTEM
from enggang.core.acts import Conflict, NotAllowed, Refused
from enggang.places.models import Organisation
from enggang.surveys.domain.services import (
    drop_service_survey,
    keep_service_rule,
    load_service_rules,
    make_service_survey,
)
from enggang.surveys.domain.surveys import answer_survey, close_survey, open_survey
from enggang.surveys.models import ElementWeight, ProfileOption, Survey
from enggang.surveys.queries.opinions import opinions_of
from enggang.surveys.queries.services import options_for, profile_questions, weights_for
from tests.training.factories import client_of, make_actor, make_agency, make_user

pytestmark = pytest.mark.django_db
AGES = ("20–29 tahun", "60 tahun ke atas")


@pytest.fixture(autouse=True)
def _rules() -> None:
    load_service_rules(actor=SYSTEM)


def keep(row: ElementWeight | ProfileOption, agency: Organisation, **facts: Any) -> Any:
    row.valid_from, row.source = facts.pop("valid_from", date(2020, 1, 1)), "SK Kepala Dinas"
    for name, value in facts.items():
        setattr(row, name, value)
    return keep_service_rule(row=row, organisation=agency, actor=SYSTEM)


def make_one(agency: Organisation | None = None, name: str = "Rekomendasi izin acara", days: int = 30) -> Survey:
    today = clock.today()
    return make_service_survey(
        organisation=agency or make_agency(), name=name, starts_on=today, ends_on=today + timedelta(days=days),
        actor=SYSTEM,
    )  # fmt: skip


def answer(survey: Survey, value: int = 4, **profile: str) -> None:
    values = {row.pk: value for row in survey.statements.all() if row.kind == "scale"}
    answer_survey(survey=survey, values=values, comments={}, profile=profile, actor=ANONYMOUS)


def sheet(survey: Survey, value: int = 3) -> dict[str, str]:
    return {f"s{row.pk}": str(value) for row in survey.statements.all() if row.kind == "scale"}


def test_a_coordinator_asks_about_the_agencys_service_from_the_list_to_the_counter() -> None:
    agency = make_agency()
    client = client_of(make_user(Role.COORDINATOR, agency, "Koordinator"))
    day = clock.today()
    facts = {"organisation": agency.pk, "name": "Izin acara", "starts_on": f"{day}", "ends_on": f"{day}"}
    wrong = client.post("/uji/layanan/", {**facts, "ends_on": f"{day - timedelta(days=1)}"})
    assert (wrong.status_code, Survey.objects.count()) == (422, 0)
    assert "Izin acara" in wrong.content.decode()
    assert client.post("/uji/layanan/", {}).status_code == 422
    assert client.post("/uji/layanan/", facts).status_code == 302
    survey = Survey.objects.get()
    assert (survey.service.name, survey.organisation) == ("Izin acara", agency)
    here = f"/uji/survei/{survey.code}/"
    assert client.get(f"{here}loket/").status_code == 404
    assert client.post(f"{here}langkah/buka/").status_code == 302
    survey.refresh_from_db()
    assert survey.closes_at is not None
    assert "<svg" in client.get(f"{here}loket/").content.decode()
    assert client.post(f"{here}hapus/").status_code == 302
    assert Survey.objects.count() == 1
    assert client_of(make_user(Role.COORDINATOR, make_agency(), "Lain")).get(here).status_code == 404


def test_one_device_answers_so_often_in_a_day_and_a_refused_sheet_does_not_count() -> None:
    cache.clear()
    survey = open_survey(survey=make_one(), actor=SYSTEM)
    phone, other, address = Client(), Client(), f"/uji/isi/{survey.code}/"
    phone.get(address)
    for _number in range(7):
        assert phone.post(address, {}).status_code == 422
    answers = [phone.post(address, sheet(survey)).status_code for _number in range(6)]
    assert answers == [200] * 5 + [422]
    assert survey.sheets.count() == 5
    other.get(address)
    assert other.post(address, sheet(survey)).status_code == 200
    phone.cookies["survei_perangkat"] = "dibuat-sendiri"
    assert phone.post(address, sheet(survey)).status_code == 200
    assert survey.sheets.count() == 7


def test_the_index_and_the_profile_are_shown_from_the_least_number_and_small_numbers_never() -> None:
    survey = open_survey(survey=make_one(), actor=SYSTEM)
    for _number in range(4):
        answer(survey, 3, age=AGES[0])
    assert opinions_of(close_survey(survey=survey, actor=SYSTEM)).lines == []
    survey = open_survey(survey=survey, actor=SYSTEM)
    for _number in range(2):
        answer(survey, 3, age=AGES[0])
    answer(survey, 3, age=AGES[1])
    found = opinions_of(close_survey(survey=survey, actor=SYSTEM))
    assert (found.counted, round(found.index, 2), found.band) == (7, 75.0, "C – Kurang baik")
    assert found.profile[0][1:] == ([], True)


def test_an_element_counts_with_its_weight() -> None:
    survey = open_survey(survey=make_one(), actor=SYSTEM)
    first = survey.statements.all()[0]
    type(first).objects.filter(pk=first.pk).update(weight=8)
    scales = [row for row in survey.statements.all() if row.kind == "scale"]
    for _number in range(5):
        values = {row.pk: 4 if row.pk == first.pk else 2 for row in scales}
        answer_survey(survey=survey, values=values, comments={}, actor=ANONYMOUS)
    assert opinions_of(close_survey(survey=survey, actor=SYSTEM)).mean == 3


def test_an_option_that_is_none_is_refused_and_puts_nothing_into_the_box() -> None:
    survey = open_survey(survey=make_one(), actor=SYSTEM)
    for profile in ({"age": "Budi, tetangga saya"}, {"nama": "Budi"}, {"sex": AGES[0]}):
        with pytest.raises(Refused):
            answer(survey, 3, **profile)
    assert survey.sheets.count() == 0


def test_one_service_has_one_survey_for_a_time_and_strangers_make_none() -> None:
    agency = make_agency()
    survey = make_one(agency)
    with pytest.raises(Conflict):
        make_one(agency, "  rekomendasi IZIN  acara ")
    make_one(make_agency())
    today = clock.today()
    for role in (Role.INSTRUCTOR, Role.LEADER, Role.TREASURER):
        with pytest.raises(NotAllowed):
            make_service_survey(
                organisation=agency, name="Lain", starts_on=today, ends_on=today, actor=make_actor(role, agency)
            )
    with pytest.raises(NotAllowed):
        drop_service_survey(survey=survey, actor=make_actor(Role.LEADER, agency))
    drop_service_survey(survey=survey, actor=SYSTEM)
    assert Survey.objects.filter(organisation=agency).count() == 0


def test_a_survey_whose_period_is_over_is_not_opened() -> None:
    survey = make_one(days=0)
    with clock.frozen_at(clock.now() + timedelta(days=2)), pytest.raises(Conflict):
        open_survey(survey=survey, actor=SYSTEM)
    survey.refresh_from_db()
    assert survey.opened_at is None


def test_shipped_rows_are_loaded_once_and_an_agencys_own_count_before_them_there_and_below() -> None:
    assert load_service_rules(actor=SYSTEM) == {"weights": 0, "options": 0}
    agency, today = make_agency(), clock.today()
    below, beside = make_agency("Bidang", agency), make_agency("Lain")
    keep(ElementWeight(), agency, element=3, weight=5)
    keep(ElementWeight(), agency, element=4, weight=9, valid_from=today + timedelta(days=1))
    for place, weight in ((agency, 5), (below, 5), (beside, 1)):
        assert weights_for(place, today) == [1, 1, weight, 1, 1, 1, 1, 1, 1]
    assert weights_for(agency, date(2018, 1, 1)) == [1] * 9
    survey = make_one(below)
    assert [row.weight for row in survey.statements.all()][:4] == [1, 1, 5, 1]


def test_options_of_an_agency_replace_all_shipped_ones_of_their_question_and_no_other() -> None:
    agency = make_agency()
    shipped = options_for(agency, clock.today())
    assert [row["key"] for row in shipped] == ["age", "sex", "education", "occupation"]
    for position, label in enumerate(("Di bawah 40", "40 ke atas", "40 ke atas"), 1):
        keep(ProfileOption(), agency, question="age", label=label, position=position)
    found = options_for(agency, clock.today())
    assert found[0]["options"] == ["Di bawah 40", "40 ke atas"]
    assert found[1:] == shipped[1:]
    assert options_for(make_agency("Lain"), clock.today()) == shipped


def test_an_open_survey_keeps_the_options_it_was_opened_with() -> None:
    agency = make_agency()
    draft, survey = make_one(agency, "Lain"), open_survey(survey=make_one(agency), actor=SYSTEM)
    keep(ProfileOption(), agency, question="age", label="Semua umur")
    answer(survey, 3, age=AGES[0])
    with pytest.raises(Refused):
        answer(survey, 3, age="Semua umur")
    assert profile_questions(draft)[0]["options"] == ["Semua umur"]
    page = Client().get(f"/uji/isi/{survey.code}/").content.decode()
    assert AGES[0] in page


@pytest.mark.parametrize(
    "row",
    [
        ElementWeight(element=1, weight=0), ElementWeight(element=1, weight=1001), ElementWeight(element=10, weight=1),
        ProfileOption(question="age", label=""), ProfileOption(question="x", label="A"),
        ProfileOption(question="age", label="x" * 61),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_is_refused(row: Any) -> None:
    with pytest.raises(ValidationError):
        keep(row, make_agency())


def test_shipped_rows_are_not_changed_nor_those_of_others_by_strangers() -> None:
    agency, other = make_agency(), make_agency("Lain")
    shipped = ElementWeight.objects.get(key="weight-time")
    with pytest.raises(Conflict):
        keep(shipped, agency, weight=7)
    row = keep(ElementWeight(), other, element=1, weight=2)
    for wrong in (make_actor(Role.COORDINATOR, agency), make_actor(Role.LEADER, other)):
        with pytest.raises(NotAllowed):
            keep_service_rule(row=row, organisation=other, version=1, actor=wrong)
        with pytest.raises(NotAllowed):
            load_service_rules(actor=wrong)


def test_a_coordinator_adds_a_row_on_the_screen() -> None:
    agency = make_agency()
    client = client_of(make_user(Role.COORDINATOR, agency))
    assert "/uji/layanan/acuan/bobot/" in client.get("/uji/layanan/").content.decode()
    typed = {
        "organisation": agency.pk,
        "element": 3,
        "weight": 4,
        "valid_from": "2026-01-01",
        "source": "SK",
        "standing": "read",
    }
    assert client.post("/uji/layanan/acuan/bobot/baru/", {**typed, "weight": 0}).status_code == 422
    assert client.post("/uji/layanan/acuan/bobot/baru/", typed).status_code == 302
    assert weights_for(agency, clock.today())[2] == 4
    assert client.get("/uji/layanan/acuan/profil/").status_code == 200
    assert client.get("/uji/layanan/acuan/lain/").status_code == 404


def test_the_lists_ask_as_often_for_three_rows_as_for_one() -> None:
    agency = make_agency()
    client = client_of(make_user(Role.COORDINATOR, agency))
    counts = []
    for number in (1, 3):
        while Survey.objects.count() < number:
            make_one(agency, f"Layanan {Survey.objects.count()}")
            keep(ProfileOption(), agency, question="age", label=f"{Survey.objects.count()}")
        for address in ("/uji/layanan/", "/uji/layanan/acuan/profil/"):
            client.get(address)
            with CaptureQueriesContext(connection) as found:
                assert client.get(address).status_code == 200
            counts.append(len(found))
    assert counts[:2] == counts[2:]
