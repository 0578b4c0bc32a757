from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enggang.people.enums import StaffKind
from enggang.people.nip import NO_NIP, Nip, birth_date, kind_by_nip, read_nip
from enggang.people.reasons import SENTENCES, Reason

TODAY = date(2026, 11, 23)
GOOD = "198609262015051001"


@pytest.mark.parametrize(
    "typed",
    [GOOD, "19860926 201505 1 001", "'198609262015051001", "19860926.201505.1.001", " NIP. 19860926 201505 1 001 ",
     "nip:198609262015051001", "19860926\u00a0201505\u00a01\u00a0001", "’19860926-201505-1-001"],
)  # fmt: skip
def test_an_nip_is_read_however_it_is_spaced(typed: str) -> None:
    assert read_nip(typed, today=TODAY) == Nip(GOOD, kind=StaffKind.PNS)


@pytest.mark.parametrize("nothing", [None, "", "  ", "-", "–", "0", 0, 0.0, "tidak ada", True])
def test_no_nip_is_no_error(nothing: object) -> None:
    assert read_nip(nothing, today=TODAY) == NO_NIP


@pytest.mark.parametrize(
    "lost",
    [1.98609262015051e17, 198609262015051001, 198609262015051000, "1.98609E+17", "1,98609262015051E+17",
     "198609262015051000", 10**15, -1.98e17],
)  # fmt: skip
def test_an_nip_kept_as_a_number_is_refused_and_never_guessed(lost: object) -> None:
    nip = read_nip(lost, today=TODAY)
    assert (nip.digits, nip.error, nip.warnings) == ("", Reason.NIP_LOST, ())


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("123", Reason.NIP_LENGTH),
        ("1986092620150510011", Reason.NIP_LENGTH),
        ("130123456", Reason.NIP_OLD),
        ("6171012609860001", Reason.NIP_IS_NIK),
        ("19860926201505100X", Reason.NIP_NOT_DIGITS),
        ("١٩٨٦٠٩٢٦٢٠١٥٠٥١٠٠١", Reason.NIP_NOT_DIGITS),
        ("198613262015051001", Reason.NIP_BIRTH),
        ("198602302015051001", Reason.NIP_BIRTH),
        ("203009262050051001", Reason.NIP_BIRTH),
        ("198609262015053001", Reason.NIP_SEX),
        (float("nan"), Reason.NIP_NOT_DIGITS),
        (float("inf"), Reason.NIP_NOT_DIGITS),
    ],
)
def test_what_cannot_be_an_nip_is_refused_with_its_reason(typed: object, reason: Reason) -> None:
    assert read_nip(typed, today=TODAY) == Nip(error=reason)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("198609262030051001", Reason.NIP_APPOINTED_LATER),
        ("198609261990051001", Reason.NIP_TOO_YOUNG),
        ("190109261925051001", Reason.NIP_TOO_OLD),
        ("199203042024213003", Reason.NIP_SEX_ODD),
    ],
)
def test_what_merely_looks_odd_is_taken_with_a_warning(typed: str, reason: Reason) -> None:
    found = read_nip(typed, today=TODAY)
    assert (found.digits, found.error, found.warnings) == (typed, None, (reason,))


def test_a_contract_number_is_no_broken_permanent_one() -> None:
    assert read_nip("19920304 202421 1 003", today=TODAY) == Nip("199203042024211003", kind=StaffKind.PPPK)


@given(st.one_of(st.text(max_size=40), st.floats(), st.integers(), st.booleans(), st.none(), st.dates()))
def test_whatever_a_cell_holds_it_is_an_nip_an_error_or_nothing(cell: object) -> None:
    found = read_nip(cell, today=TODAY)
    assert not (found.digits and found.error)
    assert found.digits == "" or (len(found.digits) == 18 and found.digits.isascii() and found.digits.isdigit())


def test_the_birth_date_is_in_the_number() -> None:
    assert birth_date(GOOD) == date(1986, 9, 26)
    assert birth_date("") is None


def test_every_reason_has_its_sentence() -> None:
    assert set(SENTENCES) == set(Reason)


@pytest.mark.parametrize(("said", "told", "meant"), [
    ("honorary", "pns", "pns"), ("honorary", "pppk", "pppk"), ("pns", "pppk", "pppk"), ("pppk", "pns", "pppk"),
    ("outside", "pns", "outside"), ("honorary", None, "honorary"),
])  # fmt: skip
def test_the_kind_follows_the_number_except_where_its_layout_tells_less(
    said: str, told: str | None, meant: str
) -> None:
    assert kind_by_nip(said, StaffKind(told) if told else None) == meant
