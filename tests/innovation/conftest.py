from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.utils import translation

from enggang.core import clock
from enggang.innovation.models import Submission
from tests.innovation.entering import Desks, make_desks, make_entry


@pytest.fixture
def november() -> Iterator[None]:
    """A morning in the year of the guide, for readers of English."""
    with clock.frozen_at(datetime(2026, 11, 16, 1, 0, tzinfo=UTC)), translation.override("en"):
        yield


@pytest.fixture
def desks(db: None) -> Desks:
    return make_desks()


@pytest.fixture
def entry(desks: Desks) -> Submission:
    return make_entry(desks)
