from __future__ import annotations

import json

import pytest
import typst

from enggang.documents.rendering.compiler import fonts
from enggang.documents.rendering.typography import BREAK, FONTS, Unprintable, breakable, cleaned, face, fitted

SERIF = "SourceSerif4-SemiBold"
SIZES = (26, 20, 14, 10)


FACES = {
    "SourceSerif4-Regular": 'font: "Source Serif 4"',
    "SourceSerif4-SemiBold": 'font: "Source Serif 4", weight: "semibold"',
    "SourceSerif4-Italic": 'font: "Source Serif 4", style: "italic"',
    "PlusJakartaSans-Medium": 'font: "Plus Jakarta Sans", weight: "medium"',
}
WORDS = "Dr. H. Muh. Syarif Al-Qadrie, S.Kom., M.M. ÁÉñ ŵ 0123 – ’"


def test_every_shipped_font_has_its_licence_and_is_known_here() -> None:
    assert {path.stem for path in FONTS.glob("*.ttf")} == FACES.keys()
    assert {font.family for font in fonts().fonts()} == {"Source Serif 4", "Plus Jakarta Sans"}
    assert {path.name for path in FONTS.glob("*-OFL.txt")} == {"SourceSerif4-OFL.txt", "PlusJakartaSans-OFL.txt"}


@pytest.mark.parametrize("name", FACES)
def test_widths_are_those_the_typesetter_uses(name: str) -> None:
    source = (
        f"#set text({FACES[name]}, size: 100pt, fallback: false, kerning: false, ligatures: false)\n"
        f"#context metadata(measure({json.dumps(WORDS, ensure_ascii=False)}).width.pt())"
    )
    compiler = typst.Compiler(input=source.encode(), font_paths=fonts())
    (measured,) = json.loads(compiler.query("metadata", field="value"))
    assert face(name).width(WORDS, 100) == pytest.approx(measured, abs=0.1)


def test_the_serif_has_every_character_of_the_sans_text_uses_as_fallback() -> None:
    assert {ord(char) for char in "Dr. ʿAbd al-Ḥamīd Ñ’ʼ–—½€"} <= face("SourceSerif4-Regular").advances.keys()


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("  Siti \t Nurhaliza\n", "Siti Nurhaliza"),
        ("Jose\u0301", "José"),
        ("Al\u2011Qadrie", "Al-Qadrie"),
        ("Ma\u200b\u202eruf\ufeff", "Maruf"),
        ("Muh.\u00a0Syarif", "Muh. Syarif"),
        ("Ma’ruf ʿAbd", "Ma’ruf ʿAbd"),
    ],
)
def test_text_is_cleaned_of_what_nobody_sees(typed: str, printed: str) -> None:
    assert cleaned(typed) == printed


def test_characters_no_font_has_are_refused_by_name() -> None:
    with pytest.raises(Unprintable) as refused:
        cleaned("陳 Tan 🎉 陳")
    assert refused.value.characters == ("陳", "🎉")
    assert refused.value.message == (
        "These characters cannot be printed: 陳 (U+9673), 🎉 (U+1F389). Write them in Latin letters."
    )


def test_an_unprintable_control_character_is_named_by_its_number_only() -> None:
    with pytest.raises(Unprintable, match=r"printed: U\+0007\."):
        cleaned("Siti\x07")


def test_a_short_name_takes_the_largest_size_on_one_line() -> None:
    set_as = fitted("Lenny", font=SERIF, sizes=SIZES, width=459, lines=2)
    assert (set_as.size, set_as.lines) == (26, ["Lenny"])


def test_two_lines_are_balanced() -> None:
    name = "Dr. H. Muh. Syarif Al-Qadrie bin Abdurrahman, S.Kom., M.M."
    set_as = fitted(name, font=SERIF, sizes=SIZES, width=459, lines=2)
    assert " ".join(set_as.lines) == name
    assert len(set_as.lines) == 2
    widths = [face(SERIF).width(line, set_as.size) for line in set_as.lines]
    assert max(widths) < 1.5 * min(widths)


@pytest.mark.parametrize("text", ["W" * 300, "i" * 300, "Nama " * 60, "Panjang" * 20 + " Nama " + "W" * 90])
def test_however_long_nothing_is_lost_and_no_line_is_too_wide(text: str) -> None:
    text = text.strip()
    set_as = fitted(text, font=SERIF, sizes=SIZES, width=459, lines=2)
    assert "".join(set_as.lines).replace(" ", "") == text.replace(" ", "")
    assert max(face(SERIF).width(line, set_as.size) for line in set_as.lines) <= 459


def test_only_words_that_no_line_could_hold_get_places_to_break() -> None:
    assert breakable("Pangkalan Bun") == "Pangkalan Bun"
    assert breakable("ya " + "x" * 40) == "ya " + BREAK.join("x" * 40)
