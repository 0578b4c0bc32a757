from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.utils import translation

from enggang.core import clock
from enggang.indicators.models import Indicator
from enggang.places.models import Organisation
from tests.indicators.factories import make_indicator
from tests.training.factories import make_agency


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    with clock.frozen_at(datetime(2026, 11, 16, 1, 0, tzinfo=UTC)):
        yield


@pytest.fixture
def agency(db: None) -> Organisation:
    return make_agency()


@pytest.fixture
def visits(agency: Organisation) -> Indicator:
    return make_indicator(agency)
