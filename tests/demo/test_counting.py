"""The made-up day of the demonstration: counted in every way, closed twice, and marked as made up."""

from __future__ import annotations

import pytest

from enggang.attendance.models import CountResult
from enggang.attendance.queries.tally import tally_of
from enggang.attendance.queries.tally_facts import facts_of
from enggang.core.actor import SYSTEM
from enggang.demo.counting import lay_down_counting
from enggang.events.queries.counting import told
from enggang.places.domain.reference import load_reference

pytestmark = pytest.mark.django_db


def test_a_made_up_day_comes_to_visitors_with_a_range() -> None:
    load_reference(actor=SYSTEM)
    edition = lay_down_counting()
    tally = tally_of(edition.subject, edition.organisation)
    found = told(facts_of(tally))
    assert found.has_visitors
    assert found.visitors.why == ""
    assert found.left_out == 1
    assert {line.number.why for line in found.points} == {""}
    assert all(line.gaps for line in found.points if line.facts["method"] == "sampled")
    first, second = sorted(CountResult.objects.all(), key=lambda row: row.number)
    assert second.read()["entries"]["exact"] > first.read()["entries"]["exact"]
    assert "peragaan" in str(edition)
