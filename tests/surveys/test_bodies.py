from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enggang.core.acts import Refused
from enggang.surveys.bodies import clean_answer, read_body, score, written
from enggang.surveys.enums import QuestionKind
from tests.surveys.factories import BODIES, RIGHT


@pytest.mark.once
@pytest.mark.parametrize("kind", list(QuestionKind))
def test_what_was_typed_is_written_back_and_the_right_answer_earns_everything(kind: QuestionKind) -> None:
    body = read_body(kind, BODIES[kind])
    if kind != QuestionKind.TRUEFALSE:
        assert read_body(kind, written(kind, body)) == body
    assert score(kind, body, clean_answer(kind, body, RIGHT[kind])) == 1
    assert score(kind, body, None) == 0


@pytest.mark.once
@pytest.mark.parametrize(
    ("kind", "answer", "share"),
    [
        ("multiple", [1], Fraction(1, 2)),
        ("multiple", [1, 3], Fraction(0)),
        ("multiple", [1, 2, 3], Fraction(1, 2)),
        ("multiple", [1, 2, 3, 4], Fraction(0)),
        ("matching", [(1, 1), (2, 3)], Fraction(1, 3)),
        ("single", [2], Fraction(0)),
        ("short", "pencahayaan", Fraction(0)),
        ("short", "  KOMPOSISI  foto. ", Fraction(1)),
        ("truefalse", "false", Fraction(0)),
    ],
)
def test_the_partial_rules_are_those_that_are_stated(kind: str, answer: Any, share: Fraction) -> None:
    body = read_body(kind, BODIES[QuestionKind(kind)])
    assert score(kind, body, clean_answer(kind, body, answer)) == share


@pytest.mark.once
def test_a_short_answer_for_a_person_waits_unless_it_is_known() -> None:
    body = read_body("short", "komposisi", by_hand=True)
    assert score("short", body, "komposisi") == 1
    assert score("short", body, "cahaya") is None


@pytest.mark.once
@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("single", ""), ("single", "*A"), ("single", "A\nB"), ("single", "*A\n*B"), ("single", "*A\na"),
        ("single", "\n".join(["*0", *map(str, range(1, 14))])), ("single", f"*A\n{'x' * 501}"), ("single", "*A\n*"),
        ("multiple", "A\nB"), ("truefalse", "maybe"), ("truefalse", ""), ("truefalse", "true\nfalse"), ("short", ""),
        ("short", "?!"), ("matching", "a = b"), ("matching", "a\nb"), ("matching", "a = x\nb = x"), ("single", "*A\nB\0"),
    ],
)  # fmt: skip
def test_a_body_that_makes_no_sense_is_refused(kind: str, text: str) -> None:
    with pytest.raises(Refused):
        read_body(kind, text)


@pytest.mark.once
@pytest.mark.parametrize("said", ["story board", "Story-board", "STORYBOARD.", "storyboard"])
def test_a_short_answer_written_apart_or_with_a_hyphen_is_the_same_answer(said: str) -> None:
    body = read_body("short", "storyboard")
    assert score("short", body, said) == 1
    assert score("short", body, "story") == 0


def test_a_short_answer_spelt_with_other_capitals_is_the_same_answer() -> None:
    """Moodle's files list both; nobody has to take one of them out by hand."""
    assert read_body("short", "HDR\nhdr\nHigh Dynamic Range")["accepted"] == ["HDR", "High Dynamic Range"]


@pytest.mark.once
@given(kind=st.sampled_from(list(QuestionKind)), ids=st.lists(st.integers(-3, 20), max_size=30))
def test_whatever_is_sent_earns_between_nothing_and_everything(kind: QuestionKind, ids: list[int]) -> None:
    body = read_body(kind, BODIES[kind])
    raw: Any = ids
    if kind == QuestionKind.MATCHING:
        raw = list(zip(ids, reversed(ids), strict=True))
    elif kind in {QuestionKind.SHORT, QuestionKind.TRUEFALSE}:
        raw = "".join(map(str, ids))
    share = score(kind, body, clean_answer(kind, body, raw))
    assert share is not None
    assert 0 <= share <= 1
