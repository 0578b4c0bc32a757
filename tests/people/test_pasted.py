"""Pasted lines as people have them: from Excel, from WhatsApp, with what Excel has spoilt."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enggang.people.pasted import names_somebody_else, read_pasted
from enggang.people.reasons import Reason
from tests.people.factories import NIP

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (NIP, ""),
        ("19860926 201505 1 001", ""),
        (f"'{NIP}", ""),
        (f"1. Siti Aminah, S.Sos – NIP. {NIP}", "Siti Aminah, S.Sos"),
        (f"12) {NIP} Siti Aminah", "Siti Aminah"),
        (f"3\tSiti Aminah\t{NIP}\t0812 3456 7890", "Siti Aminah"),
        (f"Siti Aminah 0812 0000 0001 {NIP}", "Siti Aminah"),
        ("Siti Aminah\tNIP: 19860926.201505.1.001\tAnalis", "Siti Aminah Analis"),
        (f"Nama: Siti Aminah\nNIP: {NIP}", "Siti Aminah"),
        (f"Siti Aminah\r\n{NIP}", "Siti Aminah"),
    ],
)
def test_an_nip_is_found_wherever_it_stands_in_the_line(line: str, name: str) -> None:
    (found,) = read_pasted(line, today=TODAY)
    assert (found.nip.digits, found.name.rstrip(" 0123456789")) == (NIP, name)


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("1,98609E+17", Reason.NIP_LOST),
        ("Siti Aminah\t1.98609E+17", Reason.NIP_LOST),
        ("198609262015051000", Reason.NIP_LOST),
        ("0812 3456 7890", Reason.NIP_LENGTH),
        ("6171012609860001", Reason.NIP_IS_NIK),
        ("131 456 789", Reason.NIP_OLD),
        ("199913012015051001", Reason.NIP_BIRTH),
        ("1986O926201505100l", Reason.NIP_NOT_DIGITS),
        ("Siti Aminah", None),
    ],
)
def test_what_cannot_be_an_nip_is_told_with_its_reason(line: str, error: Reason | None) -> None:
    (found,) = read_pasted(line, today=TODAY)
    assert (found.nip.digits, found.nip.error) == ("", error)


def test_empty_lines_and_column_names_are_left_out_and_lines_keep_their_numbers() -> None:
    found = read_pasted(f"No\tNama\tNIP\n\n1\tSiti\t{NIP}\n   \nBudi saja", today=TODAY)
    assert [(line.number, line.text) for line in found] == [(3, f"1\tSiti\t{NIP}"), (5, "Budi saja")]


def test_a_name_on_the_line_before_belongs_only_to_a_bare_number() -> None:
    lines = read_pasted(f"Siti Aminah\nBudi {NIP}", today=TODAY)
    assert [(line.name, line.nip.digits) for line in lines] == [("Siti Aminah", ""), ("Budi", NIP)]


@pytest.mark.parametrize(
    ("said", "known", "other"),
    [
        ("Dra. Hj. Siti Aminah, M.Si", "siti aminah", False),
        ("Siti Aminnah", "siti aminah", False),
        ("Aminah Analis Humas", "siti aminah", False),
        ("Petrus Anyim", "siti aminah", True),
        ("", "siti aminah", False),
    ],
)
def test_only_a_wholly_different_name_is_somebody_else(said: str, known: str, other: bool) -> None:
    (line,) = read_pasted(f"{said}\t{NIP}", today=TODAY)
    assert names_somebody_else(line, known) is other


@given(st.text(max_size=300))
def test_any_text_is_read_and_every_line_that_says_something_is_kept(text: str) -> None:
    kept = "\n".join(line.text for line in read_pasted(text, today=TODAY))
    for line in text.replace("\x00", "").splitlines():
        if any(char.isdigit() for char in line):
            assert line.rstrip() in kept
