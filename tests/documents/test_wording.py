from __future__ import annotations

from datetime import date

import pytest

from enggang.documents.rendering.wording import NBSP, date_range, long_date, spaced_nip, spelled


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


def test_a_date_is_written_out_and_kept_on_one_line() -> None:
    assert long_date(date(2022, 8, 7)) == f"7{NBSP}Agustus{NBSP}2022"


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        (date(2022, 11, 7), date(2022, 11, 7), "7 November 2022"),
        (date(2022, 11, 7), date(2022, 11, 9), "7 s.d. 9 November 2022"),
        (date(2022, 10, 31), date(2022, 11, 2), "31 Oktober s.d. 2 November 2022"),
        (date(2022, 12, 30), date(2023, 1, 2), "30 Desember 2022 s.d. 2 Januari 2023"),
    ],
)
def test_what_two_dates_share_is_written_once(first: date, last: date, written: str) -> None:
    assert plain(date_range(first, last)) == written


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (1, "satu"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (20, "dua puluh"),
        (24, "dua puluh empat"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (250, "dua ratus lima puluh"),
        (1000, "seribu"),
        (1945, "seribu sembilan ratus empat puluh lima"),
        (21_000, "dua puluh satu ribu"),
        (1_000_000, "satu juta"),
    ],
)
def test_numbers_in_words(number: int, words: str) -> None:
    assert spelled(number) == words


def test_a_nip_is_grouped_and_anything_else_left_alone() -> None:
    assert plain(spaced_nip("198609262015051001")) == "19860926 201505 1 001"
    assert plain(spaced_nip("19860926 201505 1 001")) == "19860926 201505 1 001"
    assert spaced_nip("honorer-12") == "honorer-12"
