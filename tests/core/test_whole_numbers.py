"""Whole numbers are read as people write them: with points between the thousands."""

from __future__ import annotations

import pytest
from django import forms
from django.core.exceptions import ValidationError


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("25.000", 25_000), ("1.500.000", 1_500_000), ("25,000", 25_000), ("-1.000 ", -1_000), ("1.0", 1), ("7.", 7)],
)
def test_points_between_thousands_are_no_fraction(typed: str, meant: int) -> None:
    assert forms.IntegerField().clean(typed) == meant


@pytest.mark.parametrize("typed", ["1.5", "1.50", "1.2345", "1..000", "banyak"])
def test_a_fraction_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        forms.IntegerField().clean(typed)
