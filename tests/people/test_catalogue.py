from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.people.domain.catalogue import keep_catalogue_row, load_catalogue
from enggang.people.domain.employments import set_employment, set_post_type
from enggang.people.enums import CompetencyKind
from enggang.people.models import Behaviour, Competency, CompetencyLevel, PostType, RequiredLevel
from enggang.people.queries.catalogue import required_levels
from enggang.people.queries.persons import present_of
from enggang.places.enums import Standing
from tests.people.factories import make_actor, make_organisation, make_person, make_user

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)
TABLES = (Competency, CompetencyLevel, Behaviour, PostType, RequiredLevel)
FACTS = {
    "kind": "technical", "code": "T.01", "name": "Fotografi", "definition": "", "position": "1",
    "valid_from": "2026-01-01", "valid_to": "", "source": "Kamus dinas", "standing": "unverified",
}  # fmt: skip


def _client(role: Role, agency: object) -> Client:
    client = Client()
    client.force_login(make_user(role, agency))  # type: ignore[arg-type]
    return client


def _own(**facts: object) -> Competency:
    values = {"name": "Fotografi", "valid_from": date(2020, 1, 1), "source": "Kamus dinas", **facts}
    return Competency(**values)


def test_the_shipped_catalogue_is_complete_and_loading_it_again_changes_nothing() -> None:
    load_catalogue(actor=SYSTEM)
    kinds = [Competency.objects.filter(kind=kind).count() for kind in CompetencyKind]
    assert kinds == [0, 8, 1, 7]
    assert [level.level for level in CompetencyLevel.objects.all()] == [1, 2, 3, 4, 5]
    values = Competency.objects.filter(kind=CompetencyKind.VALUE)
    assert [value.behaviours.count() for value in values] == [3] * 7
    before = [model.objects.count() for model in TABLES]
    assert not any(load_catalogue(actor=SYSTEM).values())
    assert [model.objects.count() for model in TABLES] == before
    for model in TABLES:
        assert not model.objects.filter(source="").exists()


def test_a_shipped_row_says_how_certain_it_is() -> None:
    load_catalogue(actor=SYSTEM)
    read = Competency.objects.filter(standing=Standing.READ)
    assert [row.code for row in read] == ["M.01"]  # the only code that was read in the annex
    assert not RequiredLevel.objects.filter(standing=Standing.READ).exists()
    assert [row.doubt for row in read] == [""]
    assert all(row.doubt for row in CompetencyLevel.objects.all())


def test_loading_renews_a_shipped_row_and_leaves_a_local_one_alone() -> None:
    load_catalogue(actor=SYSTEM)
    own = keep_catalogue_row(row=_own(name="Integritas"), organisation=make_organisation(), actor=SYSTEM)
    Competency.objects.filter(key="integritas").update(name="Berubah")
    load_catalogue(actor=SYSTEM)
    assert Competency.objects.get(key="integritas").name == "Integritas"
    assert Competency.objects.get(pk=own.pk).source == "Kamus dinas"


def test_what_a_kind_of_post_requires_is_the_row_nearest_to_the_agency_and_unknown_without_a_row() -> None:
    load_catalogue(actor=SYSTEM)
    agency, pengawas = make_organisation(), PostType.objects.get(key="pengawas")
    integrity, glue = Competency.objects.get(key="integritas"), Competency.objects.get(key="perekat-bangsa")
    own = RequiredLevel(post_type=pengawas, competency=integrity, level=3, valid_from=DAY, source="Pergub")
    keep_catalogue_row(row=own, organisation=agency, actor=SYSTEM)

    def level(where: object, day: date) -> int:
        return required_levels(where, [pengawas.pk], day)[pengawas.pk, integrity.pk].level  # type: ignore[arg-type]

    assert level(agency, DAY) == level(make_organisation("Bidang", agency), DAY) == 3
    assert level(agency, DAY - timedelta(days=1)) == level(make_organisation("Dinas lain"), DAY) == 2
    assert (pengawas.pk, glue.pk) not in required_levels(agency, [pengawas.pk], DAY)


def test_a_shipped_row_is_not_changed_and_a_stranger_keeps_none() -> None:
    load_catalogue(actor=SYSTEM)
    agency = make_organisation()
    with pytest.raises(Conflict):
        keep_catalogue_row(row=Competency.objects.get(key="integritas"), organisation=agency, actor=SYSTEM)
    for actor in (make_actor(Role.COORDINATOR, make_organisation("Dinas lain")), make_actor(Role.ASSESSOR, agency)):
        with pytest.raises(NotAllowed):
            keep_catalogue_row(row=_own(), organisation=agency, actor=actor)
    with pytest.raises(NotAllowed):
        load_catalogue(actor=make_actor(Role.ADMINISTRATOR, agency))
    assert not Competency.objects.filter(name="Fotografi").exists()


def test_a_coordinator_adds_and_changes_a_technical_competency_and_what_was_typed_wrongly_comes_back() -> None:
    agency = make_organisation()
    client = _client(Role.COORDINATOR, agency)
    address = reverse("people:catalogue_row_new", args=["kompetensi"])
    facts = {**FACTS, "organisation": agency.pk}
    refused = client.post(address, {**facts, "valid_to": "2025-01-01"})
    assert (refused.status_code, Competency.objects.count()) == (422, 0)
    assert "Kamus dinas" in refused.text
    assert client.post(address, {**facts, "name": "x" * 121}).status_code == 422
    assert client.post(address, facts).status_code == 302
    row = Competency.objects.get()
    assert "Fotografi" in client.get(reverse("people:catalogue")).text
    edit = reverse("people:catalogue_row", args=["kompetensi", row.pk])
    changed = {**FACTS, "name": "Fotografi kegiatan", "version": row.version}
    assert client.post(edit, changed).status_code == 302
    assert client.post(edit, changed).status_code == 422  # the other tab
    assert Competency.objects.get().name == "Fotografi kegiatan"
    stranger = _client(Role.COORDINATOR, make_organisation("Dinas lain"))
    assert stranger.get(edit).status_code == 404
    assert "Fotografi" not in stranger.get(reverse("people:catalogue")).text


@pytest.mark.parametrize("word", ["kompetensi", "perilaku", "tingkat", "jenis-jabatan", "syarat"])
def test_every_table_shows_and_opens_a_form(word: str) -> None:
    load_catalogue(actor=SYSTEM)
    client = _client(Role.COORDINATOR, make_organisation())
    page = client.get(reverse("people:catalogue_rows", args=[word]))
    assert page.status_code == 200
    assert "badge--warn" in page.text
    first = {"dari": page.context["page_obj"][0].pk}
    assert client.get(reverse("people:catalogue_row_new", args=[word]), first).status_code == 200
    assert client.get(reverse("people:catalogue_rows", args=["lain"])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_a_table_asks_as_often_for_three_rows_as_for_one(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    agency = make_organisation()
    client = _client(Role.COORDINATOR, agency)
    for number in range(count):
        keep_catalogue_row(row=_own(name=f"K{number}"), organisation=agency, actor=SYSTEM)
    client.get(reverse("people:catalogue"))
    with django_assert_num_queries(5):  # session, user, grants, count, rows
        client.get(reverse("people:catalogue"))


def test_the_kind_of_post_is_set_without_a_new_employment_and_taken_back() -> None:
    load_catalogue(actor=SYSTEM)
    agency, pengawas = make_organisation(), PostType.objects.get(key="pengawas")
    person = make_person(agency, post="Kepala Seksi")
    began = present_of(person).starts_on  # type: ignore[union-attr]
    actor = make_actor(Role.COORDINATOR, agency)
    set_post_type(person=person, post_type=pengawas, version=person.version, actor=actor)
    work = present_of(person)
    assert work is not None
    assert (work.post_type, work.starts_on, person.employments.count()) == (pengawas, began, 1)
    with pytest.raises(Conflict):
        set_post_type(person=person, post_type=None, version=person.version - 1, actor=actor)
    stranger = make_actor(Role.COORDINATOR, make_organisation("Dinas lain"))
    with pytest.raises(NotAllowed):
        set_post_type(person=person, post_type=None, version=person.version, actor=stranger)
    assert present_of(person).post_type == pengawas  # type: ignore[union-attr]
    set_post_type(person=person, post_type=None, version=person.version, actor=actor)
    assert present_of(person).post_type is None  # type: ignore[union-attr]


def test_a_new_employment_takes_the_kind_that_the_form_names() -> None:
    load_catalogue(actor=SYSTEM)
    agency, pengawas = make_organisation(), PostType.objects.get(key="pengawas")
    person = make_person(agency)
    client = _client(Role.COORDINATOR, agency)
    facts = {
        "organisation": agency.code, "kind": "pns", "post": "Kepala Seksi", "post_type": pengawas.pk,
        "starts_on": clock.today().isoformat(), "version": person.version,
    }  # fmt: skip
    address = reverse("people:employment", args=[person.code])
    assert client.post(address, {**facts, "post_type": 999_999}).status_code == 200
    assert client.post(address, facts).status_code == 302
    assert present_of(person).post_type == pengawas  # type: ignore[union-attr]
    assert "Pengawas" in client.get(reverse("people:detail", args=[person.code])).text
    set_employment(person=person, version=person.version + 1, organisation=agency, actor=SYSTEM)
    assert present_of(person).post_type is None  # type: ignore[union-attr]
