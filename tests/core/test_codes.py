from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from enggang.core.codes import ALPHABET, grouped, is_verify_code, normalise_code, random_code, verify_code

bodies = st.builds(verify_code)


def test_a_new_verify_code_is_valid_and_has_65_random_bits() -> None:
    code = verify_code()
    assert is_verify_code(code)
    assert len(code) == 14
    assert len({verify_code() for _ in range(500)}) == 500


@given(code=bodies, place=st.integers(0, 13), letter=st.sampled_from(ALPHABET))
def test_every_single_wrong_character_is_noticed(code: str, place: int, letter: str) -> None:
    typed = code[:place] + letter + code[place + 1 :]
    assert is_verify_code(typed) == (typed == code)


def test_what_a_person_types_leads_to_the_code_it_stands_for() -> None:
    code = "0123456789ABCD"
    assert normalise_code("ol23-45678 9abcd") == code[:1] + "123456789ABCD"
    assert normalise_code(grouped(code)) == code


def test_rubbish_is_no_code() -> None:
    for typed in ("", "A" * 13, "A" * 15, "\x00" * 14, "Ä" * 14, "x" * 10_000):
        assert not is_verify_code(normalise_code(typed)[:64])


def test_random_codes_use_only_letters_that_survive_a_phone_call() -> None:
    assert set("".join(random_code() for _ in range(200))) <= set(ALPHABET)
    assert not set("ILOU") & set(ALPHABET)
