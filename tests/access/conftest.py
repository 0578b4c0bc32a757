from __future__ import annotations

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def empty_cache(db: None) -> None:
    """Rate limits are counted in the shared cache: every test begins at nought."""
    cache.clear()
