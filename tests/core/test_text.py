"""How like two short texts are."""

from __future__ import annotations

import pytest

from enggang.core.text import alikeness


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("Antrean daring", "antrean  DARING!", 1.0, 1.0),
        ("Antrean daring museum", "Antrean museum online", 0.5, 0.8),
        ("Antrean daring", "Kebun kopi", 0.0, 0.05),
        ("É-Café", "e cafe", 1.0, 1.0),
        ("", "apa saja", 0.0, 0.0),
        ("?!", "?!", 0.0, 0.0),
    ],
)
def test_texts_are_as_alike_as_their_groups_of_letters(one: str, other: str, least: float, most: float) -> None:
    assert least <= alikeness(one, other) <= most
    assert alikeness(one, other) == alikeness(other, one)
