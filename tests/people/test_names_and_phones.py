from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enggang.people.names import better_name, initials, is_name, is_same_person, name_key, tidy
from enggang.people.phones import normalise_phone, read_phone, shown_phone


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Siti Aminah", "siti aminah"),
        ("Hj. Siti Aminah, S.Sos., M.Si", "siti aminah"),
        ("Drs. H. AHMAD YANI, M.M", "ahmad yani"),
        ("Dr.Ir.H.Budi Santoso", "budi santoso"),
        ("Budi Santoso S.Sos", "budi santoso"),
        ("AGUS SALIM SE", "agus salim"),
        ("Jack Ma", "jack ma"),
        ("M. Yusuf", "m yusuf"),
        ("Ny. Ratna", "ny ratna"),
        ("André Lontaan", "andre lontaan"),
        ("O'Brien-Dayak", "o brien dayak"),
        ("H", "h"),
        ("S.Sos", "s sos"),
    ],
)
def test_a_name_is_compared_without_titles_case_and_accents(name: str, key: str) -> None:
    assert name_key(name) == key


@given(st.text(max_size=60))
def test_a_key_is_folded_and_its_own_key_has_no_more_words(name: str) -> None:
    key = name_key(name)
    assert key == " ".join(key.split())
    assert key == key.casefold()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("muh yusuf", "muhammad yusuf", True),
        ("siti aminah", "siti aminah binti umar", True),
        ("siti aminah", "siti aminnah", True),
        ("siti aminah", "markus lengkong", False),
        ("budi santoso", "agus salim", False),
    ],
)
def test_names_of_one_person_and_of_two(one: str, other: str, same: bool) -> None:
    assert is_same_person(one, other) is same


def test_a_key_is_never_longer_than_its_column() -> None:
    assert len(name_key("\ufdfa" * 100)) <= 200  # each unfolds into eighteen letters


def test_the_spelling_that_says_more_is_kept() -> None:
    assert better_name("Siti Aminah, S.Sos", "SITI AMINAH") == "Siti Aminah, S.Sos"
    assert better_name("SITI AMINAH", "Siti Aminah") == "Siti Aminah"
    assert better_name("Siti Aminah", "Siti Aminah, M.Si") == "Siti Aminah, M.Si"


def test_a_name_that_may_not_be_seen_shows_its_initials() -> None:
    assert initials("Siti Aminah, S.Sos") == "S••• A•••"


@pytest.mark.parametrize("text", ["=1+1", "+62", "@x ab", "-ab", "#N/A", "12", "", "A"])
def test_formulas_and_numbers_are_no_names(text: str) -> None:
    assert not is_name(text)


def test_control_characters_and_line_breaks_leave_one_line() -> None:
    assert tidy("  Siti\x00\n\tAminah\u200b ") == "Siti Aminah"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0812-3456-7890", "+6281234567890"),
        ("+62 812 3456 7890", "+6281234567890"),
        ("62 0812 3456 7890", "+6281234567890"),
        ("81234567890", "+6281234567890"),
        ("(0561) 736 541", "+62561736541"),
        ("+60 12-345 6789", "+60123456789"),
        ("0060123456789", "+60123456789"),
        ("123", ""),
        ("belum punya", ""),
        ("0812345678901234567", ""),
    ],
)
def test_a_number_has_one_form(typed: str, number: str) -> None:
    assert normalise_phone(typed) == number


def test_a_cell_may_hold_a_number_or_several() -> None:
    assert read_phone(81234567890.0) == ("+6281234567890", False)
    assert read_phone(81234567890) == ("+6281234567890", False)
    assert read_phone("0812-3456-7890 / 0813-0000-1111") == ("+6281234567890", True)
    assert read_phone(None) == ("", False)
    assert read_phone(float("nan")) == ("", False)
    assert shown_phone("+6281234567890") == "0812-3456-7890"


@given(st.one_of(st.text(max_size=40), st.floats(), st.integers(), st.booleans()))
def test_whatever_a_cell_holds_the_number_is_whole_or_nothing(cell: object) -> None:
    number, _several = read_phone(cell)
    assert number == "" or (
        number[0] == "+" and number[1:].isascii() and number[1:].isdigit() and 10 <= len(number) <= 16
    )
