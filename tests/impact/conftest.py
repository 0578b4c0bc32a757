from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation

from enggang.places.models import Organisation
from tests.training.factories import make_agency


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def agency(db: None) -> Organisation:
    return make_agency()
