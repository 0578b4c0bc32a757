"""The overview: editions by stage and regency, what is red by kind, each leading to where it is put right."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.events.domain.concepts import keep_concept, keep_concept_row
from enggang.events.domain.permits import add_permit
from enggang.events.domain.planning import start_plan
from enggang.events.domain.reference import load_reference
from enggang.events.enums import RedKind, Stage
from enggang.events.models import Edition, Objective, Permit
from enggang.events.queries.calendar import entries
from enggang.events.queries.overview import kinds_of, lines_of
from enggang.places.enums import RegionLevel
from enggang.places.models import Organisation, Region
from enggang.plans.domain.tasks import add_task, move_task
from enggang.plans.enums import Anchor, TaskState
from tests.events.factories import brought_to, make_edition, make_event
from tests.training.factories import client_of, make_agency, make_user

pytestmark = pytest.mark.django_db
YEAR = clock.today().year + 1


@pytest.fixture
def province() -> Organisation:
    return make_agency("Provinsi")


@pytest.fixture
def regency() -> Organisation:
    return make_agency("Mempawah")


def proposed(regency: Organisation, province: Organisation, name: str = "Robo-Robo", **facts: object) -> Edition:
    event = make_event(regency, name, curator=province, **facts)
    return brought_to(make_edition(regency, event=event, year=YEAR), Stage.PROPOSED)


def conceived(edition: Edition) -> Edition:
    """With a concept that says why, to what end, and by what one will see it."""
    concept = keep_concept(edition=edition, version=0, background="Latar", purpose="Tujuan", actor=SYSTEM)
    keep_concept_row(row=Objective(), edition=edition, objective="Pengunjung naik", actor=SYSTEM)
    assert concept.edition_id == edition.pk
    return edition


def kinds(edition: Edition) -> set[RedKind]:
    (entry,) = entries([Edition.objects.with_names().get(pk=edition.pk)])
    return {red.kind for red in entry.reds}


def page(client: Client, query: str = "") -> str:
    client.cookies["django_language"] = "en"
    response = client.get(reverse("events:overview") + (query or f"?tahun={YEAR}"))
    assert response.status_code == 200
    return response.content.decode()


class TestReds:
    def test_a_concept_is_asked_of_what_is_proposed(self, regency: Organisation, province: Organisation) -> None:
        idea = make_edition(regency, event=make_event(regency, "Gagasan"), year=YEAR)
        assert RedKind.CONCEPT not in kinds(idea)
        assert RedKind.CONCEPT in kinds(proposed(regency, province))
        assert RedKind.CONCEPT not in kinds(conceived(proposed(regency, province, "Lain")))

    def test_a_budget_is_asked_of_what_is_approved(self, regency: Organisation, province: Organisation) -> None:
        edition = proposed(regency, province)
        assert RedKind.MONEY not in kinds(edition)
        assert RedKind.MONEY in kinds(brought_to(edition, Stage.APPROVED))

    def test_late_tasks_are_counted_until_they_are_done(self, regency: Organisation, province: Organisation) -> None:
        edition = proposed(regency, province)
        plan = start_plan(edition=edition, actor=SYSTEM)
        day = clock.today() - timedelta(days=1)
        task = add_task(plan=plan, title="Undang", anchor=Anchor.FIXED, due_on=day, actor=SYSTEM)
        (entry,) = entries([edition])
        (late,) = [red for red in entry.reds if red.kind == RedKind.TASK]
        assert (late.text, late.href) == ("1 task is late", reverse("events:plan", args=[edition.code]))
        move_task(task=task, to=TaskState.DONE, actor=SYSTEM)
        assert RedKind.TASK not in kinds(edition)

    def test_a_permit_leads_to_its_page(self, regency: Organisation, province: Organisation) -> None:
        load_reference(actor=SYSTEM)
        edition = proposed(regency, province)
        permit = add_permit(edition=edition, kind="road", actor=SYSTEM)
        Permit.objects.filter(pk=permit.pk).update(due_on=clock.today() - timedelta(days=1))
        (entry,) = entries([edition])
        assert reverse("events:permit", args=[permit.code]) in [red.href for red in entry.reds]

    def test_nothing_is_red_about_what_is_cancelled(self, regency: Organisation, province: Organisation) -> None:
        edition = proposed(regency, province)
        Edition.objects.filter(pk=edition.pk).update(stage=Stage.CANCELLED, starts_on=None, ends_on=None)
        assert kinds(edition) == set()


def test_the_squares_add_up(regency: Organisation, province: Organisation) -> None:
    proposed(regency, province)
    conceived(proposed(regency, province, "Lain"))
    brought_to(proposed(regency, province, "Ketiga"), Stage.APPROVED)
    found = entries(Edition.objects.with_names())
    line, everything = lines_of(found)
    assert [(square.stage, square.count, square.red) for square in line.squares] == [
        (Stage.PROPOSED, 2, 1), (Stage.APPROVED, 1, 1),
    ]  # fmt: skip
    assert (everything.region, everything.count, everything.red) == (None, 3, 2)
    assert dict(kinds_of(found)) == {RedKind.CONCEPT: 2, RedKind.MONEY: 1}
    assert lines_of([]) == []


class TestPage:
    def test_the_province_sees_what_is_proposed_and_filters_it(
        self, regency: Organisation, province: Organisation
    ) -> None:
        edition, fine = proposed(regency, province), conceived(proposed(regency, province, "Rapi"))
        other = Region.objects.create(code="61.99", name="Kabupaten Lain", level=RegionLevel.REGENCY)
        elsewhere = proposed(regency, province, "Jauh", region=other)
        client = client_of(make_user(Role.LEADER, province))
        assert reverse("events:overview") in client.get(reverse("events:calendar")).content.decode()
        assert all(str(row) in page(client) for row in (edition, fine, elsewhere))
        concept = page(client, f"?tahun={YEAR}&merah=konsep")
        assert str(edition) in concept
        assert str(fine) not in concept
        assert str(elsewhere) not in page(client, f"?tahun={YEAR}&region={fine.event.region.pk}")
        assert "No edition is found" in page(client, f"?tahun={YEAR}&tahap=running")

    def test_a_stranger_and_another_regency_do_not(self, regency: Organisation, province: Organisation) -> None:
        edition = proposed(regency, province)
        assert str(edition) not in page(client_of(make_user(Role.ORGANISER, make_agency("Landak"))))
        assert client_of(make_user(Role.GRADER, province)).get(reverse("events:overview")).status_code == 404

    @pytest.mark.parametrize("query", ["?tahun=x", "?merah=%00", "?merah=apa", "?region=x&tahap=y", "?tahun=-1"])
    def test_an_address_that_makes_no_sense_shows_the_whole(self, province: Organisation, query: str) -> None:
        page(client_of(make_user(Role.LEADER, province)), query)

    def test_three_editions_ask_as_often_as_one(self, regency: Organisation, province: Organisation) -> None:
        client, counts = client_of(make_user(Role.LEADER, province)), []
        for names in (("A",), ("B", "C")):
            for name in names:
                proposed(regency, province, name)
            page(client)
            with CaptureQueriesContext(connection) as asked:
                page(client)
            counts.append(len(asked))
        assert counts[0] == counts[1]
