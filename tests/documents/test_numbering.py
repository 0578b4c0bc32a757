from __future__ import annotations

from datetime import date

import pytest

from enggang.core.acts import Conflict
from enggang.documents.numbering import check_pattern, number_text

DAY = date(2022, 11, 7)
USUAL = "{classification}/{seq:04d}/{unit}/{roman_month}/{year}"


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (USUAL, "800.1.4.2/0007/DISPORAPAR/XI/2022"),
        ("{seq}-{month}-{year}", "7-11-2022"),
        ("{{{seq:03d}}}/{year}", "{007}/2022"),
    ],
)
def test_a_pattern_becomes_a_number(pattern: str, text: str) -> None:
    assert number_text(pattern, seq=7, on=DAY, classification="800.1.4.2", unit="DISPORAPAR") == text


def test_a_number_with_more_digits_than_the_pattern_keeps_them_all() -> None:
    assert number_text("{seq:04d}/{year}", seq=12345, on=DAY) == "12345/2022"


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        ("{classification}/{year}", "The pattern needs {seq} exactly once: it is the running number."),
        ("{seq}/{seq}/{year}", "The pattern needs {seq} exactly once: it is the running number."),
        ("{seq:04d}/{unit}", "Numbers that start again every year need {year} in their pattern."),
        ("{seq/{year}", "A brace in the pattern is not closed."),
    ],
)
def test_a_pattern_that_could_repeat_a_number_is_refused(pattern: str, sentence: str) -> None:
    with pytest.raises(Conflict) as refused:
        check_pattern(pattern, yearly=True)
    assert refused.value.message == sentence


@pytest.mark.parametrize("field", ["seq.__class__", "seq[0]", "0", "", "seq!r", "seq:>9999999", "name"])
def test_a_pattern_reaches_nothing_but_its_fields(field: str) -> None:
    with pytest.raises(Conflict, match="unknown field"):
        check_pattern(f"{{seq}}/{{year}}/{{{field}}}", yearly=True)


def test_without_a_yearly_start_the_year_may_be_left_out() -> None:
    check_pattern("{seq:06d}", yearly=False)
