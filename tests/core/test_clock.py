from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from enggang.core import clock


def test_the_day_is_that_of_the_zone_not_of_greenwich() -> None:
    with clock.frozen_at(datetime(2026, 1, 31, 18, tzinfo=UTC)):
        assert clock.today("Asia/Pontianak") == date(2026, 2, 1)
        assert clock.today("UTC") == date(2026, 1, 31)


def test_a_clock_frozen_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"), clock.frozen_at(datetime(2026, 1, 1)):  # noqa: DTZ001 -- what is refused
        pass


def test_the_clock_goes_on_after_the_block() -> None:
    with clock.frozen_at(datetime(2020, 1, 1, tzinfo=UTC)):
        pass
    assert clock.now().year > 2020
