from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enggang.budgets import amounts

RUPIAH = st.integers(min_value=0, max_value=amounts.MOST)
POINTS = st.integers(min_value=0, max_value=amounts.FULL)


@given(RUPIAH)
def test_what_is_shown_can_be_read_back(amount: int) -> None:
    assert amounts.read(amounts.shown(amount)) == amount
    assert amounts.read(f"{amount},00") == amount
    assert amounts.read(float(amount)) in {amount, int(float(amount))}


@given(RUPIAH, POINTS, POINTS)
def test_tax_is_exact_but_for_the_broken_rupiah_and_never_more_than_the_amount(
    gross: int, base: int, rate: int
) -> None:
    tax = amounts.tax_on(gross, base_points=base, points=rate)
    exact = Fraction(gross * base * rate, amounts.FULL**2)
    assert tax <= exact < tax + 1
    assert 0 <= tax <= gross
    assert (gross - tax) + tax == gross


@given(RUPIAH, POINTS)
def test_shares_of_parts_never_exceed_the_share_of_the_whole(amount: int, points: int) -> None:
    half = amount // 2
    assert amounts.share(half, points) + amounts.share(amount - half, points) <= amounts.share(amount, points)


@given(st.text(max_size=40))
def test_reading_any_text_answers_a_whole_number_or_nothing(text: str) -> None:
    found = amounts.read(text)
    assert found is None or (isinstance(found, int) and found >= 0)


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("1.500.000", 1_500_000), ("Rp 1.500.000,00", 1_500_000), ("Rp. 15.000,-", 15_000), (1_500_000.0, 1_500_000),
        ("0", 0), ("Rp1500", 1500), ("12,5", None), ("1.5", None), (2.5, None), ("-3", None), (-3, None), ("", None),
        (None, None), (True, None), ("seribu", None), ("=1+1", None), ("9" * 40, 10**40 - 1), ("9" * 41, None), (float("nan"), None),
        (float("inf"), None), ("١٢", None),
    ],
)  # fmt: skip
def test_cells_as_agencies_write_them(cell: object, amount: int | None) -> None:
    assert amounts.read(cell) == amount


@pytest.mark.parametrize(
    ("rank", "grade"),
    [
        ("Penata (III/c)", "III"),
        ("IV/a", "IV"),
        ("Pengatur II.d", "II"),
        ("Pembina IVb", "IV"),
        ("I/a", "I"),
        ("Ahli IX", ""),
        ("", ""),
    ],
)
def test_the_grade_in_a_rank(rank: str, grade: str) -> None:
    assert amounts.grade_of(rank) == grade
