"""What the sections of a committee need, who has shown it by a valid certificate, and which training would help."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import SYSTEM, Actor
from enggang.core.acts import Conflict, NotAllowed
from enggang.credentials.domain.awards import void_award
from enggang.credentials.models import Award
from enggang.people.models import Competency, Person
from enggang.places.models import Organisation
from enggang.plans.domain.needs import add_need, drop_need
from enggang.plans.domain.plans import add_section
from enggang.plans.models import Plan, Section, SectionNeed
from enggang.plans.queries.skills import lacks_of, shown_by
from enggang.training.domain.profile import assess_competency
from enggang.training.domain.programmes import CompetencySpec
from tests.plans.factories import make_member, make_plan
from tests.training.factories import client_of, make_actor, make_agency, make_person, make_user
from tests.training.test_profile import make_completed, make_photography

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Organisation:
    return make_agency()


@pytest.fixture
def plan(agency: Organisation) -> Plan:
    return make_plan(agency)


def section_of(plan: Plan, name: str = "Dokumentasi") -> Section:
    return add_section(plan=plan, name=name, actor=SYSTEM)


def certified(agency: Organisation, photo: Competency, level: int = 2) -> Person:
    person = make_person(agency)
    make_completed(agency, person, CompetencySpec(photo, level))
    return person


def found(person: Person, photo: Competency, actor: Actor) -> None:
    assess_competency(
        person=person, competency=photo, level=3, reason="dilihat", assessed_on=clock.today(), actor=actor
    )


def lacking(plan: Plan, actor: Actor = SYSTEM) -> list[bool]:
    members = list(plan.members.with_names())
    rows = lacks_of(list(plan.sections.all()), members, shown_by(members, actor), actor)
    return [lack.is_missing for lacks in rows.values() for lack in lacks]


class TestWhoHasShownIt:
    def test_a_certificate_meets_the_need_and_a_voided_or_ended_one_does_not(
        self, agency: Organisation, plan: Plan
    ) -> None:
        photo, section = make_photography(agency), section_of(plan)
        add_need(section=section, competency=photo, level=2, actor=SYSTEM)
        assert lacking(plan) == [True]
        make_member(plan, person=certified(agency, photo), section=section, name="")
        assert lacking(plan) == [False]
        award = Award.objects.get()
        Award.objects.update(valid_until=clock.today() - timedelta(days=1))
        assert lacking(plan) == [True]
        Award.objects.update(valid_until=clock.today())
        assert lacking(plan) == [False]
        void_award(award=award, reason="keliru", actor=SYSTEM)
        assert lacking(plan) == [True]

    def test_of_another_section_or_too_low_is_not_enough(self, agency: Organisation, plan: Plan) -> None:
        photo, section = make_photography(agency), section_of(plan)
        person = certified(agency, photo, 1)
        make_member(plan, person=person, section=section, name="")
        make_member(plan, "Hanya nama", section=section)
        need = add_need(section=section, competency=photo, level=2, actor=SYSTEM)
        assert lacking(plan) == [True]
        drop_need(need=need, actor=SYSTEM)
        add_need(section=section_of(plan, "Lain"), competency=photo, level=1, actor=SYSTEM)
        assert lacking(plan) == [True]

    def test_what_an_assessor_found_is_told_only_to_who_reads_profiles(self, agency: Organisation, plan: Plan) -> None:
        photo, section, person = make_photography(agency), section_of(plan), make_person(agency)
        make_member(plan, person=person, section=section, name="")
        add_need(section=section, competency=photo, level=3, actor=SYSTEM)
        found(person, photo, make_actor(Role.ASSESSOR, agency))
        assert lacking(plan, make_actor(Role.LEADER, agency)) == [False]
        assert lacking(plan, make_actor(Role.ORGANISER, agency)) == [True]


class TestActs:
    def test_once_only_by_those_who_manage_and_at_a_level_there_is(self, agency: Organisation, plan: Plan) -> None:
        photo, section = make_photography(agency), section_of(plan)
        add_need(section=section, competency=photo, level=2, actor=SYSTEM)
        with pytest.raises(Conflict, match="already|sudah"):
            add_need(section=section, competency=photo, level=3, actor=SYSTEM)
        with pytest.raises(NotAllowed):
            drop_need(need=SectionNeed.objects.get(), actor=make_actor(Role.ORGANISER, make_agency("Lain")))


class TestPage:
    def test_gaps_are_shown_with_the_training_that_would_help(self, agency: Organisation, plan: Plan) -> None:
        client = client_of(make_user(Role.ORGANISER, agency))
        client.cookies["django_language"] = "en"
        photo, section = make_photography(agency), section_of(plan)
        address = reverse("plans:need_add", args=[plan.code, section.pk])
        page = reverse("plans:committee", args=[plan.code])
        for wrong in (
            {},
            {"competency": photo.pk, "level": 6},
            {"competency": 0, "level": 1},
            {"competency": "x", "level": "x"},
        ):
            assert client.post(address, wrong).status_code == 422
        assert client.post(address, {"competency": photo.pk, "level": 2}).status_code == 302
        assert "No training on record names it" in client.get(page).content.decode()
        person = certified(agency, photo)
        text = client.get(page).content.decode()
        assert "Would help:" in text
        assert "Pelatihan ASN Kreatif" in text
        make_member(plan, person=person, section=section, name="")
        text = client.get(page).content.decode()
        assert "Fotografi, level 2" in text
        assert "Would help:" not in text
        other = make_plan(agency, title="Lain")
        need = SectionNeed.objects.get()
        assert client.post(reverse("plans:need_drop", args=[other.code, need.pk])).status_code == 404
        assert client.post(reverse("plans:need_drop", args=[plan.code, need.pk])).status_code == 302

    def test_somebody_of_the_committee_reads_nobodys_competencies(self, agency: Organisation, plan: Plan) -> None:
        photo, section = make_photography(agency), section_of(plan)
        make_member(plan, person=certified(agency, photo), section=section, name="")
        user = make_user()
        Person.objects.filter(pk=plan.members.get().person_id or 0).update(user=user)
        text = client_of(user).get(reverse("plans:committee", args=[plan.code])).content.decode()
        assert "Fotografi" not in text

    def test_three_people_ask_as_often_as_one(self, agency: Organisation, plan: Plan) -> None:
        client, counts = client_of(make_user(Role.LEADER, agency)), []
        photo, section = make_photography(agency), section_of(plan)
        add_need(section=section, competency=photo, level=5, actor=SYSTEM)
        for more in (1, 2):
            for _ in range(more):
                person = make_person(agency)
                found(person, photo, make_actor(Role.ASSESSOR, agency))
                make_member(plan, person=person, section=section, name="")
            client.get(reverse("plans:committee", args=[plan.code]))
            with CaptureQueriesContext(connection) as asked:
                client.get(reverse("plans:committee", args=[plan.code]))
            counts.append(len(asked))
        assert counts[0] == counts[1]
