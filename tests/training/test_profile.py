"""Competency profiles: trainings propose, only an assessor confirms, and the gap is never guessed."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from enggang.access.enums import Role
from enggang.attendance.domain.marks import mark_list
from enggang.attendance.enums import Status
from enggang.audit.models import AuditEntry
from enggang.core import clock, jobs
from enggang.core.actor import SYSTEM, Actor
from enggang.core.acts import Conflict, NotAllowed
from enggang.credentials.domain.awards import void_award
from enggang.people.domain.catalogue import keep_catalogue_row, load_catalogue
from enggang.people.domain.employments import set_post_type
from enggang.people.domain.merging import merge_persons, undo_merge
from enggang.people.models import Competency, Person, PostType
from enggang.people.queries.persons import present_of
from enggang.places.models import Organisation
from enggang.training.domain.certificates import issue_certificates
from enggang.training.domain.completion import decide_outcomes
from enggang.training.domain.profile import assess_competency, withdraw_assessment
from enggang.training.domain.programmes import CompetencySpec
from enggang.training.enums import AssessmentState
from enggang.training.models import Assessment, Registration
from enggang.training.queries.home import assessor_cards
from enggang.training.queries.profile import CompetencyLine, Profile, profiles_of, proposals_of
from tests.training.factories import (
    SIGNING,
    client_of,
    make_actor,
    make_agency,
    make_person,
    make_programme,
    make_user,
    make_wave,
    seat,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Organisation:
    load_catalogue(actor=SYSTEM)
    return make_agency()


def make_photography(agency: Organisation) -> Competency:
    row = Competency(name="Fotografi", valid_from=date(2020, 1, 1), source="Kamus dinas")
    made: Competency = keep_catalogue_row(row=row, organisation=agency, actor=SYSTEM)
    return made


def make_pengawas(agency: Organisation, name: str = "", key: str = "pengawas") -> Person:
    person = make_person(agency, name, post="Kepala Seksi")
    set_post_type(person=person, post_type=PostType.objects.get(key=key), version=person.version, actor=SYSTEM)
    return person


def make_completed(agency: Organisation, person: Person, *specs: CompetencySpec, present: bool = True) -> Registration:
    """A wave of a programme that shows ``specs``, attended, decided, and with its certificate when passed."""
    wave = make_wave(agency, sessions=1, programme=make_programme(agency, competencies=specs))
    registration = seat(wave, person)
    status = Status.PRESENT if present else Status.ABSENT
    mark_list(occasion=wave.sessions.get().occasion, statuses={person.code: status}, actor=SYSTEM)
    decide_outcomes(wave=wave, actor=SYSTEM)
    if present:
        issue_certificates(wave=wave, signing=SIGNING, actor=SYSTEM)
        jobs.run_pending()
    return Registration.objects.with_names().get(pk=registration.pk)


def profile_of(person: Person) -> Profile:
    work = present_of(person)
    assert work is not None
    return profiles_of([work])[0]


def line_of(person: Person, competency: Competency) -> CompetencyLine:
    return next(line for line in profile_of(person).lines if line.competency == competency)


def assess(person: Person, competency: Competency, actor: Actor, level: int | None = 2, **facts: Any) -> Assessment:
    values = {"reason": "Portofolio", "assessed_on": clock.today(), **facts}
    return assess_competency(person=person, competency=competency, level=level, actor=actor, **values)


def test_the_gap_is_required_minus_shown_and_unknown_where_one_of_them_is(agency: Organisation) -> None:
    person, assessor = make_pengawas(agency), make_actor(Role.ASSESSOR, agency)
    integrity, glue = Competency.objects.get(key="integritas"), Competency.objects.get(key="perekat-bangsa")
    before = line_of(person, integrity)
    assert (before.required and before.required.level, before.shown, before.gap) == (2, None, None)
    assess(person, integrity, assessor, 1)
    assert line_of(person, integrity).gap == 1
    assess(person, integrity, assessor, 3)
    assert line_of(person, integrity).gap == 0
    assess(person, glue, assessor, 3)
    line = line_of(person, glue)
    assert (line.required, line.shown and line.shown.level, line.gap) == (None, 3, None)
    untyped = make_person(agency)
    assert all(line.required is None and line.gap is None for line in profile_of(untyped).lines)


def test_the_newest_day_counts_not_the_newest_row(agency: Organisation) -> None:
    person, assessor = make_pengawas(agency), make_actor(Role.ASSESSOR, agency)
    integrity = Competency.objects.get(key="integritas")
    assess(person, integrity, assessor, 3)
    assess(person, integrity, assessor, 1, assessed_on=clock.today() - timedelta(days=400))
    shown = line_of(person, integrity).shown
    assert shown is not None
    assert shown.level == 3


def test_a_completed_wave_proposes_and_nothing_is_shown_before_an_assessor_confirms(agency: Organisation) -> None:
    photo, person = make_photography(agency), make_person(agency)
    registration = make_completed(agency, person, CompetencySpec(photo, 2))
    line = line_of(person, photo)
    assert ([each.level for each in line.proposed], line.shown) == ([2], None)
    row = assess(person, photo, make_actor(Role.ASSESSOR, agency), 1, registration=registration)
    line = line_of(person, photo)
    assert (line.proposed, line.shown) == ([], row)
    with pytest.raises(Conflict):  # the other tab
        assess(person, photo, make_actor(Role.ASSESSOR, agency), 2, registration=registration)
    assert Assessment.objects.count() == 1


def test_who_did_not_pass_or_whose_certificate_is_void_is_not_proposed(agency: Organisation) -> None:
    photo, failed, voided = make_photography(agency), make_person(agency), make_person(agency)
    make_completed(agency, failed, CompetencySpec(photo, 2), present=False)
    assert proposals_of([failed.pk]) == {}
    other = make_agency("Dinas lain")
    registration = make_completed(other, voided, CompetencySpec(photo, 2))
    row = assess(voided, photo, make_actor(Role.ASSESSOR, agency), registration=registration)
    assert not Assessment.objects.select_related("registration").get(pk=row.pk).has_lost_its_paper
    assert registration.award is not None
    void_award(award=registration.award, reason="salah", actor=SYSTEM)
    assert Assessment.objects.select_related("registration").get(pk=row.pk).has_lost_its_paper
    withdraw_assessment(assessment=row, reason="sertifikat batal", actor=make_actor(Role.ASSESSOR, agency))
    assert proposals_of([voided.pk]) == {}


def test_a_refused_proposal_shows_nothing_and_a_withdrawn_finding_is_proposed_again(agency: Organisation) -> None:
    photo, person = make_photography(agency), make_person(agency)
    registration, assessor = make_completed(agency, person, CompetencySpec(photo, 2)), make_actor(Role.ASSESSOR, agency)
    row = assess(person, photo, assessor, None, registration=registration)
    assert row.state == AssessmentState.REFUSED
    assert proposals_of([person.pk]) == {}
    assert photo not in [line.competency for line in profile_of(person).lines]
    withdraw_assessment(assessment=row, reason="keliru", actor=assessor)
    assert [each.level for each in line_of(person, photo).proposed] == [2]
    with pytest.raises(Conflict):
        withdraw_assessment(assessment=row, reason="keliru", actor=assessor)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ASSESSOR])
def test_nobody_but_an_assessor_confirms(agency: Organisation, role: Role) -> None:
    person = make_person(agency)
    with pytest.raises(NotAllowed):
        assess(person, Competency.objects.get(key="integritas"), make_actor(role, agency))
    assert not Assessment.objects.exists()


def test_no_assessor_of_another_agency_and_nobody_for_themselves(agency: Organisation) -> None:
    user = make_user(Role.ASSESSOR, agency)
    person = make_person(agency)
    Person.objects.filter(pk=person.pk).update(user=user)
    person.refresh_from_db()
    integrity = Competency.objects.get(key="integritas")
    for actor in (make_actor(Role.ASSESSOR, agency, user), make_actor(Role.ASSESSOR, make_agency("Dinas lain"))):
        with pytest.raises(NotAllowed):
            assess(person, integrity, actor)
    assert not Assessment.objects.exists()


def test_a_finding_needs_a_reason_a_day_that_has_come_and_evidence_to_refuse(agency: Organisation) -> None:
    person, assessor = make_person(agency), make_actor(Role.ASSESSOR, agency)
    integrity = Competency.objects.get(key="integritas")
    for facts in ({"reason": "  "}, {"assessed_on": clock.today() + timedelta(days=1)}, {"level": None}):
        with pytest.raises(Conflict):
            assess(person, integrity, assessor, **facts)
    assert not Assessment.objects.exists()


def test_merged_records_keep_their_findings_and_part_with_them(agency: Organisation) -> None:
    kept, gone, assessor = make_person(agency), make_person(agency), make_actor(Role.ASSESSOR, agency)
    row = assess(gone, Competency.objects.get(key="integritas"), assessor)
    merge = merge_persons(kept=kept, gone=gone, actor=SYSTEM)
    assert list(kept.assessments.all()) == [row]
    undo_merge(merge=merge, actor=SYSTEM)
    assert list(gone.assessments.all()) == [row]


def _client(role: Role, agency: Organisation) -> Client:
    return client_of(make_user(role, agency))


def test_an_assessor_judges_on_the_page_takes_it_back_and_a_refusal_keeps_what_was_typed(agency: Organisation) -> None:
    photo, person = make_photography(agency), make_person(agency)
    registration = make_completed(agency, person, CompetencySpec(photo, 2))
    client, address = _client(Role.ASSESSOR, agency), reverse("training:person_profile", args=[person.code])
    prefilled = client.get(address, {"kompetensi": str(photo.pk), "bukti": registration.code, "tingkat": "2"}).text
    assert 'value="2" selected' in prefilled
    facts = {
        "competency": photo.pk, "level": "2", "registration": registration.code, "reason": "Karya dinilai baik",
        "assessed_on": clock.today().isoformat(),
    }  # fmt: skip
    for wrong in ({"level": "9"}, {"level": ""}, {"reason": ""}, {"assessed_on": "2199-01-01"}, {"registration": "X"}):
        refused = client.post(address, {**facts, **wrong})
        assert refused.status_code == 422
        assert "reason" in wrong or "Karya dinilai baik" in refused.text
    assert not Assessment.objects.exists()
    assert client.post(address, facts).status_code == 302
    row = Assessment.objects.get()
    assert "Karya dinilai baik" in client.get(address).text
    step = reverse("training:assessment_withdraw", args=[row.pk])
    client.post(step, {"reason": ""})
    row.refresh_from_db()
    assert row.is_confirmed
    client.post(step, {"reason": "keliru"})
    row.refresh_from_db()
    assert row.is_withdrawn


def test_a_coordinator_says_the_kind_of_post_but_confirms_nothing_and_the_reading_is_noted(
    agency: Organisation,
) -> None:
    person, client = make_person(agency), _client(Role.COORDINATOR, agency)
    address = reverse("training:person_profile", args=[person.code])
    assert 'id="nilai"' not in client.get(address).text
    assert client.post(address, {"level": "2"}).status_code == 404
    read = AuditEntry.objects.filter(code="audit.read_field", subject_code=person.code)
    assert read.count() == 2
    kind = PostType.objects.get(key="pengawas")
    step = reverse("training:post_type", args=[person.code])
    client.post(step, {"post_type": "999999", "version": person.version})
    assert present_of(person).post_type is None  # type: ignore[union-attr]
    client.post(step, {"post_type": kind.pk, "version": person.version})
    assert present_of(person).post_type == kind  # type: ignore[union-attr]
    assert _client(Role.COORDINATOR, make_agency("Dinas lain")).get(address).status_code == 404


def test_ones_own_profile_is_read_without_a_note_and_an_account_without_a_person_is_told(agency: Organisation) -> None:
    person, user = make_pengawas(agency), make_user()
    assert client_of(user).get(reverse("training:my_profile")).status_code == 200
    Person.objects.filter(pk=person.pk).update(user=user)
    page = client_of(user).get(reverse("training:my_profile")).text
    assert "Integritas" in page
    assert "Berorientasi Pelayanan" in page
    assert not AuditEntry.objects.filter(code="audit.read_field").exists()


def test_the_list_shows_gaps_is_narrowed_and_leaves_as_a_file(agency: Organisation) -> None:
    low, fine = make_pengawas(agency, "Ani"), make_pengawas(agency, "Budi")
    assessor, integrity = make_actor(Role.ASSESSOR, agency), Competency.objects.get(key="integritas")
    assess(low, integrity, assessor, 1)
    assess(fine, integrity, assessor, 2)
    make_person(make_agency("Dinas lain"), "Rahasia")
    client = _client(Role.COORDINATOR, agency)

    def names(**query: str) -> list[str]:
        page = client.get(reverse("training:profiles"), query)
        return [profile.employment.person.name for profile in page.context["page_obj"]]

    assert names() == names(only="missing") == ["Ani", "Budi"]
    assert names(only="gaps") == ["Ani"]
    assert names(only="waiting") == names(only="untyped") == []
    page = client.get(reverse("training:profiles")).text
    assert "Integritas (−1)" in page
    answer = client.get(reverse("training:profile_export"), {"only": "gaps"})
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)
    found = next(row for row in rows if row[6] == "M.01 Integritas")
    assert (found[0], found[7], found[9], found[11]) == ("Ani", 2, 1, 1)
    unknown = next(row for row in rows if row[6] == "M.02 Kerja Sama")
    assert (unknown[9], unknown[11]) == (None, None)
    csv = client.get(reverse("training:profile_export"), {"bentuk": "csv"}).content.decode("utf-8-sig")
    assert csv.count("M.01 Integritas") == 2
    assert AuditEntry.objects.filter(code="training.export_profiles").count() == 2


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_often_for_three_people_as_for_one(
    agency: Organisation, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    photo = make_photography(agency)
    for number in range(count):
        person = make_pengawas(agency, f"Pegawai {'ABC'[number]}")
        assess(person, photo, make_actor(Role.ASSESSOR, agency))
    client = _client(Role.COORDINATOR, agency)
    client.get(reverse("training:profiles"))
    with django_assert_num_queries(10):
        client.get(reverse("training:profiles"))


def test_the_assessor_is_told_at_home_of_what_waits(agency: Organisation) -> None:
    photo, person = make_photography(agency), make_person(agency)
    actor = make_actor(Role.ASSESSOR, agency)
    assert assessor_cards(None, actor) == []  # type: ignore[arg-type]
    make_completed(agency, person, CompetencySpec(photo, 2))
    assert [card["href"] for card in assessor_cards(None, actor)] == ["/pelatihan/profil/?only=waiting"]  # type: ignore[arg-type]
    assert assessor_cards(None, make_actor(Role.COORDINATOR, agency)) == []  # type: ignore[arg-type]
