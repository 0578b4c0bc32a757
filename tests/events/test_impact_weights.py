"""Whoever comes on several days is met more often: each answer counts 1 / days attended, and the figure without stands beside."""

from __future__ import annotations

import random
from statistics import fmean

import pytest

from enggang.core.actor import SYSTEM
from enggang.events.domain.impact import close_impact
from enggang.events.enums_impact import Weighting
from enggang.events.models import VisitorSurvey
from enggang.events.queries.impact import Base, Respondent, Rules, impact_of, trimmed_mean
from enggang.events.queries.impact_facts import changed_fields, impact_facts, impact_results
from enggang.events.queries.impact_words import change_in_words, told_impact
from tests.events.factories import make_event
from tests.events.stalling import running_edition
from tests.events.surveying import AWAY, DAY, answered, make_basis, make_survey
from tests.events.test_impact import FREE, TEN
from tests.training.factories import make_agency

WEIGHTED = Rules(trim=0, least=1, weighted=True)
SUM = 8 * 1 + 2 * 0.5  # of the weights of TEN: eight came on one day, two on two


class TestByHand:
    def test_shares_are_those_of_weights(self) -> None:
        """1,000 persons: 4/9 day visitors * 100,000 and (2 * 0.5)/9 overnight * 700,000."""
        found = impact_of(TEN, Base(1000), WEIGHTED)
        assert found.visitor_spend == pytest.approx(1000 * (4 * 100_000 + 2 * 0.5 * 700_000) / SUM)
        assert found.eligible == pytest.approx(1000 * 5 / SUM)
        assert {each.stay: each.persons for each in found.groups} == pytest.approx(
            {"night": 1000 / 9, "day": 1000 * 4 / 9}
        )

    def test_mean_days_are_those_of_persons(self) -> None:
        """10 / (8 + 2/2) = 10/9, and not 1.2: 1,200 attendances are 1,080 persons."""
        found = impact_of(TEN, Base(1200, attendances=True), WEIGHTED)
        assert found.mean_days == pytest.approx(10 / 9)
        assert found.unique == pytest.approx(1080)

    def test_how_many_answers_that_count_alike_bear_as_much(self) -> None:
        """Kish: 9 * 9 / (8 * 1 + 2 * 0.25)."""
        assert impact_of(TEN, Base(1000), WEIGHTED).effective == pytest.approx(81 / 8.5)
        assert impact_of(TEN, Base(1000), FREE).effective == pytest.approx(10)

    def test_a_mean_within_a_group_is_weighted_after_trimming(self) -> None:
        """Of five, one is left out at each end, whatever it weighs: (20 * 1 + 30 * 0.5 + 40 * 0.5) / 2."""
        assert trimmed_mean([1, 20, 30, 40, 900], 20, [0.1, 1, 0.5, 0.5, 9]) == (27.5, 1)
        assert trimmed_mean([], 20, []) == (0.0, 0)

    def test_the_figure_without_weights_stands_beside(self) -> None:
        found = impact_of(TEN, Base(1000), WEIGHTED, outside_money=5_000_000)
        assert found.unweighted == impact_of(TEN, Base(1000), FREE, outside_money=5_000_000)
        assert found.unweighted is not None
        assert found.unweighted.visitor_spend == pytest.approx(180_000_000)

    def test_where_all_come_equally_often_weights_change_nothing(self) -> None:
        rows = [row for row in TEN if row.days == 1] * 3
        found, plain = (impact_of(rows, Base(1000, 900, 1100), rules) for rules in (WEIGHTED, FREE))
        assert found == plain
        assert found.unweighted is None


def population(chance: random.Random) -> list[Respondent]:
    """A third of 900 from outside; who comes on more days spends more on each."""
    rows = []
    for number in range(900):
        days = 1 + number % 3
        spend = round(chance.lognormvariate(11.5, 0.3)) * days
        rows.append(Respondent(number % 9 < 3, "event", "day", 0, 0, spend, days))
    return rows


def met(people: list[Respondent], n: int, chance: random.Random) -> list[Respondent]:
    """As interviewers meet them: on three days three times as often."""
    return chance.choices(people, [each.days for each in people], k=n)


@pytest.mark.once
class TestAgainstATruth:
    def test_weights_undo_what_meeting_people_by_the_day_does(self) -> None:
        """The truth is known: it lies in the weighted range as often as that says, and hardly ever in the other."""
        chance = random.Random(7)
        people = population(chance)
        truth = 900 * fmean(row.spend if row.outside else 0 for row in people)
        base, days = Base(900 * 2.0, attendances=True), fmean(row.days for row in people)
        hits = plain = 0
        for _number in range(40):
            found = impact_of(met(people, 200, chance), base, Rules(trim=0, weighted=True))
            assert found.unweighted is not None
            hits += found.ranges["visitor_spend"].low <= truth <= found.ranges["visitor_spend"].high
            other = found.unweighted.ranges["visitor_spend"]
            plain += other.low <= truth <= other.high
            assert found.mean_days == pytest.approx(days, abs=0.3)
        assert 35 <= hits <= 40
        assert plain < 35


@pytest.fixture
def survey() -> VisitorSurvey:
    agency = make_agency()
    return make_survey(running_edition(agency, event=make_event(agency)))


@pytest.mark.django_db
class TestTheRecord:
    def ask(self, survey: VisitorSurvey) -> None:
        """Twelve who stay for two days, twelve of one day."""
        for _number in range(12):
            answered(survey, **AWAY)
            answered(survey, **DAY)

    def test_it_is_weighted_unless_the_committee_says_otherwise(self, survey: VisitorSurvey) -> None:
        self.ask(survey)
        make_basis(survey.edition)
        found = impact_facts(survey.edition)
        assert (found["weighted"], found["mean_days"], found["effective"]) == (True, round(4 / 3, 4), 21.6)
        assert found["unweighted"]["mean_days"] == 1.5
        assert found["unweighted"]["direct"]["value"] > found["direct"]["value"]
        make_basis(survey.edition, weighting=Weighting.NONE, version=1)
        alike = impact_facts(survey.edition)
        assert (alike["weighted"], alike["unweighted"]) == (False, None)
        assert alike["direct"] == found["unweighted"]["direct"]

    def test_it_is_told_with_its_method_and_the_other_figure_beside(self, survey: VisitorSurvey) -> None:
        self.ask(survey)
        make_basis(survey.edition, meaning="attendances")
        told = told_impact(impact_facts(survey.edition))
        lines = {line.code: line for line in (*told.lines, *told.assumptions)}
        assert "weighted mean of 24" in lines["unique"].method
        assert "Perdue" in lines["weights"].method
        assert "Rp" in lines["unweighted"].text
        assert told.headline != lines["unweighted"].text

    def test_results_closed_before_there_were_weights_are_still_told(self, survey: VisitorSurvey) -> None:
        self.ask(survey)
        make_basis(survey.edition, weighting=Weighting.NONE)
        close_impact(edition=survey.edition, note="", actor=SYSTEM)
        old = impact_results(survey.edition)[0].read()
        for name in ("weighted", "effective", "unweighted"):
            del old[name]
        told = told_impact(old)
        assert {"unweighted", "weights"} & {line.code for line in (*told.lines, *told.assumptions)} == set()
        assert any("not weighted for it" in line for line in told.rests_on)
        make_basis(survey.edition, weighting=Weighting.DAYS, version=1)
        changed = [change_in_words(row) for row in changed_fields(old, impact_facts(survey.edition))]
        assert {"field": "Weights", "was": "–", "now": "each answer counts 1 ÷ days attended"} in changed
