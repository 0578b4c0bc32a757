"""A festival across the years, a person's portfolio, and the tree of indicators."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from enggang.access.enums import Role
from enggang.core import clock
from enggang.credentials.models import Award
from enggang.events.enums import Stage
from enggang.events.models import Edition
from enggang.impact.models import DayFigure
from enggang.impact.queries.festival import years_of
from enggang.impact.queries.portfolio import portfolio_of
from enggang.indicators.queries.standing import standings_of, weeks_of
from enggang.indicators.queries.tree import tree_of
from enggang.people.models import Person
from enggang.places.models import Organisation
from tests.events.factories import brought_to, make_edition, make_event
from tests.impact.test_chain import award, edition, held_on, link  # noqa: F401 -- fixtures
from tests.indicators.factories import aim, make_indicator, measure
from tests.training.factories import client_of, make_agency, make_person, make_user

pytestmark = pytest.mark.django_db


def text(response: Any) -> str:
    return str(response.content.decode())


def reader(agency: Organisation, role: Role = Role.LEADER) -> Client:
    client = client_of(make_user(role, agency))
    client.cookies["django_language"] = "en"
    return client


class TestFestival:
    def years(self, agency: Organisation) -> list[Edition]:
        """The same festival on days that move: 4 September one year, 20 August the next."""
        event = make_event(agency, "Robo-Robo")
        rows = []
        for year, day in ((2024, date(2024, 9, 4)), (2025, date(2025, 8, 20))):
            row = held_on(make_edition(agency, event=event, year=year, specimen=False), day)
            rows.append(brought_to(row, Stage.RUNNING))
            for offset, amount in ((-8, 500), (-1, 10), (0, 100), (7, 1), (8, 900)):
                DayFigure.objects.create(
                    measure="events.turnover", organisation=agency, region="", day=day + timedelta(days=offset), value=amount,
                    low=amount, high=amount,
                )  # fmt: skip
        return rows

    def test_the_days_of_the_festival_are_compared_and_not_those_of_the_calendar(self, agency: Organisation) -> None:
        rows = self.years(agency)
        newest, older = years_of(rows[0].event, "events.turnover")
        assert (newest.edition.year, older.edition.year) == (2025, 2024)
        assert [each.value for each in newest.amounts] == [each.value for each in older.amounts]
        assert newest.total == 111  # what lies more than a week away is not the festival's
        page = text(reader(agency).get(f"/hasil/festival/{rows[0].event.code}/"))
        assert "Robo-Robo" in page
        assert "Day of the festival" in page

    def test_nothing_held_a_stranger_and_a_bad_measure(self, agency: Organisation) -> None:
        event = make_event(agency, "Festival Baru")
        url = f"/hasil/festival/{event.code}/"
        assert "has been held yet" in text(reader(agency).get(url))
        assert reader(agency).get(url, {"ukuran": "x'"}).status_code == 404
        assert reader(make_agency("Dinas Lain")).get(url).status_code == 404


class TestPortfolio:
    def test_courses_events_and_indicators_of_one_person(self, award: Award, edition: Edition) -> None:  # noqa: F811 -- the fixture
        link(edition)
        found = portfolio_of(award.person)
        assert [line.title for line in found.courses] == [award.title]
        assert [line.title for line in found.events] == [str(edition)]
        assert found.hours == award.hours
        assert len(found.contributions) == 1
        page = text(reader(award.organisation).get(f"/hasil/portofolio/{award.person.code}/"))
        assert str(edition) in page

    def test_ones_own_and_nobody_elses(self, award: Award) -> None:  # noqa: F811 -- the fixture
        agency = award.organisation
        user, stranger = make_user(None, agency, "Diri Sendiri"), make_user(None, agency, "Orang Lain")
        Person.objects.filter(pk=award.person_id).update(user=user)
        assert client_of(user).get("/hasil/portofolio/")["Location"].endswith(f"/{award.person.code}/")
        assert client_of(user).get(f"/hasil/portofolio/{award.person.code}/").status_code == 200
        assert client_of(stranger).get(f"/hasil/portofolio/{award.person.code}/").status_code == 404
        assert client_of(stranger).get("/hasil/portofolio/").status_code == 404

    def test_costs_the_same_questions_for_one_certificate_and_for_none(self, award: Award, edition: Edition) -> None:  # noqa: F811 -- the fixture
        counts = []
        for person in (award.person, make_person(award.organisation, "Tanpa Apa-apa")):
            with CaptureQueriesContext(connection) as asked:
                portfolio_of(person)
            counts.append(len(asked))
        assert max(counts) <= 10


class TestTree:
    def test_from_the_governor_to_the_programme(self, agency: Organisation) -> None:
        top = make_indicator(agency, "Pangsa PDRB")
        middle = make_indicator(agency, "Kunjungan", serves=top)
        make_indicator(agency, "ASN bersertifikat", serves=middle)
        rows = [top, middle, *middle.served_by.with_names()]
        branches = tree_of(standings_of(rows, clock.today()))
        assert [(each.standing.indicator.name, each.level, each.below) for each in branches] == [
            ("Pangsa PDRB", 1, 2), ("Kunjungan", 2, 1), ("ASN bersertifikat", 3, 0),
        ]  # fmt: skip
        assert 'data-level="3"' in text(reader(agency).get("/indikator/pohon/"))
        assert client_of(make_user(None, agency)).get("/indikator/pohon/").status_code == 404

    def test_one_whose_superior_is_not_seen_stands_at_the_top(self, agency: Organisation) -> None:
        middle = make_indicator(agency, "Kunjungan", serves=make_indicator(agency, "Pangsa PDRB"))
        (branch,) = tree_of(standings_of([middle], clock.today()))
        assert branch.depth == 0

    def test_the_path_of_a_quarter_week_by_week(self, agency: Organisation) -> None:
        row = make_indicator(agency)
        assert weeks_of(row, [], date(2026, 11, 16)) == []
        aim(row, 365, year=2026)
        weeks = weeks_of(row, list(row.targets.all()), date(2026, 11, 16))
        assert (weeks[0].ends, weeks[-1].ends) == (date(2026, 10, 4), date(2026, 12, 27))
        assert weeks[0].path == 277  # the day of the year, at one a day
        measure(row, 5)
        assert "Path week by week" in text(reader(agency).get(f"/indikator/{row.code}/"))
