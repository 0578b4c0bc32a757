"""Real connections that want the same stall, plot or row in the same moment. On both databases."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from enggang.core import clock
from enggang.core.actor import ANONYMOUS, SYSTEM
from enggang.core.acts import Conflict
from enggang.events.domain.plots import give_plot
from enggang.events.domain.stalls import Applied, apply_for_stall, decide_stall, withdraw_application
from enggang.events.domain.turnover import report_turnover
from enggang.events.models import Edition, Plot, StallApplication, StallCall, Turnover
from enggang.events.queries.stalls import standing_of
from enggang.seats.queries.offers import unsound_pools
from tests.events.stalling import accepted, applied, fresh, make_call, make_plots, running_edition, vendor_facts
from tests.seats.test_concurrency import at_once
from tests.training.factories import make_agency

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def edition(db: Any) -> Edition:
    return running_edition(make_agency())


def kinds(answers: list[Any]) -> list[str]:
    return sorted(type(each).__name__ for each in answers)


def accepting(row: StallApplication) -> Any:
    return partial(decide_stall, application=row, to="accepted", actor=SYSTEM)


def test_never_more_are_accepted_than_there_are_stalls(edition: Edition) -> None:
    call = make_call(edition, stalls=3)
    answers = at_once(*[accepting(applied(call)) for _each in range(8)])
    assert kinds(answers) == ["Conflict"] * 5 + ["StallApplication"] * 3
    assert standing_of(call).accepted == 3
    assert not unsound_pools()


def test_one_vendor_accepted_by_two_has_one_stall(edition: Edition) -> None:
    call = make_call(edition, stalls=3)
    row = applied(call)
    answers = at_once(*[accepting(fresh(row)) for _each in range(4)])
    assert kinds(answers) == ["Conflict"] * 3 + ["StallApplication"]
    assert not unsound_pools()


def test_the_same_form_sent_many_times_is_one_row_with_an_address_for_each(edition: Edition) -> None:
    call, facts = make_call(edition), vendor_facts()
    send = partial(apply_for_stall, call=call, once="rahasia", actor=ANONYMOUS, **facts)
    answers: list[Applied] = at_once(*[send for _each in range(6)])
    assert kinds(answers) == ["Applied"] * 6
    assert all(each.token for each in answers)
    assert StallApplication.objects.count() == 1


def test_one_plot_raced_by_many_has_one_vendor(edition: Edition) -> None:
    call = make_call(edition, stalls=9)
    plot = make_plots(edition)[0]
    answers = at_once(*[partial(give_plot, plot=plot, application=accepted(call), actor=SYSTEM) for _each in range(6)])
    assert kinds(answers) == ["Conflict"] * 5 + ["Plot"]
    assert all("belongs to" in each.message for each in answers if isinstance(each, Conflict))
    assert Plot.objects.exclude(application=None).count() == 1


def test_one_vendor_given_many_plots_has_one(edition: Edition) -> None:
    row = accepted(make_call(edition))
    plots = make_plots(edition, columns=5)
    answers = at_once(*[partial(give_plot, plot=plot, application=row, actor=SYSTEM) for plot in plots])
    assert kinds(answers) == ["Plot"] * 5
    assert Plot.objects.exclude(application=None).count() == 1


def test_a_vendor_who_withdraws_while_they_get_a_plot_keeps_none(edition: Edition) -> None:
    row = accepted(make_call(edition))
    plot = make_plots(edition)[0]
    at_once(
        partial(withdraw_application, application=fresh(row), actor=SYSTEM),
        partial(give_plot, plot=plot, application=row, actor=SYSTEM),
    )
    assert fresh(row).state == "withdrawn"
    assert not Plot.objects.exclude(application=None).exists()


def reporting(call: StallCall, amounts: list[int]) -> list[Any]:
    row, day = accepted(call), clock.today(call.edition.time_zone)
    return at_once(
        *[partial(report_turnover, application=row, day=day, amount=amount, actor=SYSTEM) for amount in amounts]
    )


def test_a_report_sent_many_times_is_one_row(edition: Edition) -> None:
    answers = reporting(make_call(edition), [500_000] * 6)
    assert kinds(answers) == ["Turnover"] * 6
    assert (Turnover.objects.count(), Turnover.objects.get().version) == (1, 1)


def test_of_different_reports_the_first_stands(edition: Edition) -> None:
    answers = reporting(make_call(edition), [100, 200, 300])
    assert kinds(answers) == ["Conflict"] * 2 + ["Turnover"]
    assert Turnover.objects.get().version == 1
