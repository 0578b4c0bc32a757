"""Summary tables: counted from their sources, kept current by what acts have touched, shown by the dashboards."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from enggang.access.enums import Role
from enggang.attendance.domain import mark_list
from enggang.attendance.domain.occasions import change_occasion
from enggang.attendance.enums import Status
from enggang.attendance.models import Mark, Occasion
from enggang.core import clock, registries
from enggang.core.actor import SYSTEM
from enggang.core.models import Job
from enggang.core.registries import DayKey
from enggang.credentials.domain.awards import void_award
from enggang.credentials.domain.erasing import remove_name
from enggang.credentials.models import Award
from enggang.events.enums import Stage
from enggang.impact.domain import figures
from enggang.impact.models import DayFigure, FigureMark, MonthFigure, PeopleFigure
from enggang.impact.queries import dashboard as boards
from enggang.places.models import Organisation
from tests.events.factories import brought_to, make_edition, make_event
from tests.impact.test_chain import held_on
from tests.training.factories import client_of, make_agency, make_user
from tests.training.test_completion import held_wave, issue

pytestmark = pytest.mark.django_db
HOURS, PRESENT = "credentials.hours", "attendance.present"


def text(response: Any) -> str:
    return str(response.content.decode())


def value(measure: str, model: Any = DayFigure) -> int:
    return sum(model.objects.filter(measure=measure).values_list("value", flat=True))


def everything() -> None:
    for name in registries.day_figures.names():
        figures.refresh(name)


@pytest.fixture
def awards() -> list[Award]:
    found = issue(held_wave(present=5, people=2))
    Award.objects.update(specimen=False)
    return list(Award.objects.select_related("organisation__subject", "subject", "document").order_by("pk")) or found


def reader(agency: Organisation) -> Client:
    client = client_of(make_user(Role.LEADER, agency))
    client.cookies["django_language"] = "en"
    return client


class TestRefresh:
    def test_days_and_months_say_what_the_source_says(self, awards: list[Award]) -> None:
        everything()
        hours = sum(row.hours for row in awards)
        assert hours > 0
        assert value(HOURS) == value(HOURS, MonthFigure) == hours
        assert value("credentials.awards") == 2
        assert value(PRESENT) == Mark.objects.filter(status=Status.PRESENT).count() > 0
        assert figures.unsound_figures() == []

    def test_a_voided_certificate_leaves_its_day_and_only_that_is_counted(self, awards: list[Award]) -> None:
        everything()
        with clock.frozen_at(clock.now() + timedelta(hours=1)):
            void_award(award=awards[0], reason="Salah nama", actor=SYSTEM)
            assert figures.refresh(HOURS) == 1
            assert value(HOURS) == value(HOURS, MonthFigure) == awards[1].hours
            figures.refresh("credentials.awards")
        assert PeopleFigure.objects.get(organisation=awards[0].organisation, year=0).value == 1

    def test_nothing_touched_nothing_counted(self, awards: list[Award]) -> None:
        everything()
        with clock.frozen_at(clock.now() + timedelta(hours=1)):
            everything()  # once more what was written just before the first time
        with clock.frozen_at(clock.now() + timedelta(hours=2)):
            assert figures.refresh(HOURS) == 0
            assert figures.queue_refresh() is False
            assert FigureMark.objects.get(measure=HOURS).read_to == clock.now()
        assert not Job.objects.filter(name="impact.refresh_figures").exists()

    def test_a_session_that_moves_takes_its_attendances_with_it(self, awards: list[Award]) -> None:
        everything()
        occasion = Occasion.objects.filter(marks__status=Status.PRESENT).select_related("subject").first()
        assert occasion is not None
        before, later = value(PRESENT), timedelta(days=40)
        old = occasion.starts_at.date()
        with clock.frozen_at(clock.now() + timedelta(hours=1)):
            change_occasion(
                occasion=occasion, actor=SYSTEM, starts_at=occasion.starts_at + later, ends_at=occasion.ends_at + later
            )
            figures.refresh(PRESENT)
        assert value(PRESENT) == value(PRESENT, MonthFigure) == before
        assert DayFigure.objects.filter(measure=PRESENT, day=old + later).exists()

    def test_a_corrected_list_is_taken_in(self, awards: list[Award]) -> None:
        everything()
        mark = Mark.objects.filter(status=Status.PRESENT).select_related("occasion__subject", "holder").first()
        assert mark is not None
        before = value(PRESENT)
        with clock.frozen_at(clock.now() + timedelta(hours=1)):
            mark_list(occasion=mark.occasion, statuses={mark.holder.code: Status.SICK}, actor=SYSTEM)
            assert figures.queue_refresh() is True
            figures.refresh(PRESENT)
        assert value(PRESENT) == before - 1

    def test_at_night_what_differs_is_mended_and_told(self, awards: list[Award]) -> None:
        everything()
        DayFigure.objects.filter(measure=HOURS).update(value=1, low=1, high=1)
        Award.objects.filter(pk=awards[0].pk).update(hours=99)  # past every act
        assert figures.unsound_figures() != []
        assert figures.recount(HOURS) == 1
        assert value(HOURS) == 99 + awards[1].hours
        assert figures.recount(HOURS) == 0

    def test_specimens_count_for_nothing(self, awards: list[Award]) -> None:
        Award.objects.update(specimen=True)
        everything()
        assert value(HOURS) == 0

    def test_two_editions_of_one_day_and_region_are_one_row(self) -> None:
        agency = make_agency()
        for name in ("Festival Satu", "Festival Dua"):
            row = held_on(make_edition(agency, event=make_event(agency, name), specimen=False), clock.today())
            brought_to(row, Stage.RUNNING)
        everything()
        assert list(DayFigure.objects.filter(measure="events.editions").values_list("value", flat=True)) == [2]


class TestDashboard:
    def test_shows_two_years_with_table_method_and_the_time_of_the_refresh(self, awards: list[Award]) -> None:
        agency = awards[0].organisation
        client = reader(agency)
        assert "for the first time" in text(client.get(f"/hasil/dasbor/{agency.code}/"))
        everything()
        page = text(client.get(f"/hasil/dasbor/{agency.code}/"))
        assert "Refreshed on" in page
        assert page.count("<tr>") > 24
        assert 'role="img"' in page

    def test_a_stranger_sees_nothing_and_a_bad_measure_is_none(self, awards: list[Award]) -> None:
        agency = awards[0].organisation
        assert reader(make_agency("Dinas Lain")).get(f"/hasil/dasbor/{agency.code}/").status_code == 404
        client = reader(agency)
        for bad in ("x", "credentials.hours'--", "9" * 400):
            assert client.get(f"/hasil/dasbor/{agency.code}/", {"ukuran": bad}).status_code == 404
        assert client.get(f"/hasil/dasbor/{agency.code}/wilayah/99.99/").status_code == 404
        assert client.get("/hasil/dasbor/").status_code == 302

    def test_costs_the_same_questions_with_one_day_and_with_many(self, awards: list[Award]) -> None:
        agency, client = awards[0].organisation, reader(awards[0].organisation)
        everything()
        counts = []
        for number in (1, 60):
            for day in range(number):
                DayFigure.objects.update_or_create(
                    measure=HOURS, organisation=agency, region="", day=date(2020, 1, 1) + timedelta(days=day),
                    defaults={"value": 1, "low": 1, "high": 1},
                )  # fmt: skip
            with CaptureQueriesContext(
                connection,
            ) as asked:
                client.get(f"/hasil/dasbor/{agency.code}/")
            counts.append(len(asked))
        assert counts[0] == counts[1] <= 30

    def test_the_table_leaves_as_a_file(self, awards: list[Award]) -> None:
        agency = awards[0].organisation
        everything()
        answer = reader(agency).post(f"/hasil/dasbor/{agency.code}/", {"list": "figures", "form": "csv"})
        assert answer.status_code == 200
        assert b"2" in answer.content

    def test_shades_are_fifths_of_the_regions_that_have_something(self) -> None:
        assert boards._bounds([]) == []
        assert boards._bounds([7]) == [7]
        assert boards._bounds([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) == [1, 3, 5, 7, 9]
        assert len(boards.months_until(date(2026, 11, 28))) == 24
        assert boards.months_until(date(2026, 1, 5))[0] == date(2024, 2, 1)


def test_keys_of_a_whole_organisation_take_in_its_single_days() -> None:
    from enggang.core.figures import on_days, regency

    agency = make_agency()
    keys = {DayKey(agency.pk), DayKey(agency.pk, date(2026, 1, 1))}
    assert DayFigure.objects.filter(on_days(keys, "organisation", "day")).count() == 0
    assert (regency("61.71.01"), regency("61"), regency(None)) == ("61.71", "", "")


def test_whoever_is_erased_stays_counted_and_is_named_on_no_dashboard(awards: list[Award]) -> None:
    everything()
    agency, name = awards[0].organisation, awards[0].holder_name
    with clock.frozen_at(clock.now() + timedelta(hours=1)):
        remove_name(person=awards[0].person, organisation=agency, reason="Surat permohonan", actor=SYSTEM)
        everything()
        assert value("credentials.awards") == 2
        assert PeopleFigure.objects.get(organisation=agency, year=0).value == 2
    page = text(reader(agency).get(f"/hasil/dasbor/{agency.code}/"))
    assert name not in page
