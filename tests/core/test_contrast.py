"""The palettes of tokens.css are readable in both themes (WCAG 2.2 AA), and the two dark copies are one."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from enggang import core

STATIC = Path(core.__file__).parent / "static/core"
TOKENS = (STATIC / "css/tokens.css").read_text()
BLOCK = re.compile(r"(?P<selector>:root[^{\n]*)\{(?P<body>[^{}]*)\}")
DECLARATION = re.compile(r"(--[\w-]+|color-scheme):\s*([^;]+);")

BACKGROUNDS = ("paper", "surface", "sunken")
TONES = ("good", "warn", "bad", "info")
TEXT = [
    *((ink, ground) for ink in ("ink", "ink-2") for ground in (*BACKGROUNDS, "brand-soft", "accent-soft")),
    *((ink, ground) for ink in ("ink-3", "brand-ink", "accent-ink") for ground in BACKGROUNDS),
    *((tone, ground) for tone in TONES for ground in ("paper", "surface", f"{tone}-soft")),
    *(("ink", f"{tone}-soft") for tone in TONES),
    ("brand-ink", "brand-soft"),
    ("accent-ink", "accent-soft"),
    ("on-brand", "brand"),
    ("on-brand", "brand-strong"),
    ("on-danger", "danger"),
    ("on-danger", "danger-strong"),
    ("bad", "bad-soft"),
    ("on-ground", "ground"),
    ("on-ground-2", "ground"),
    ("paper", "ink"),
]
SHAPES = [
    *(("line-strong", ground) for ground in ("paper", "surface")),
    *(("focus", ground) for ground in (*BACKGROUNDS, "bad-soft")),
    *(("brand", ground) for ground in BACKGROUNDS),
    ("accent", "ground"),
    ("bad", "surface"),
]


def _palettes() -> dict[str, dict[str, str]]:
    """Names and values of each ``:root`` block, by its selector; blocks of one selector are joined."""
    found: dict[str, dict[str, str]] = {}
    for block in BLOCK.finditer(TOKENS):
        found.setdefault(block["selector"].strip(), {}).update(DECLARATION.findall(block["body"]))
    return found


PALETTES = _palettes()
LIGHT = PALETTES[":root"]
DARK = LIGHT | PALETTES[':root[data-theme="dark"]']


def _luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb`` (WCAG 2.2)."""
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_two_dark_palettes_are_equal() -> None:
    by_system = PALETTES[':root:not([data-theme="light"])']
    assert by_system == PALETTES[':root[data-theme="dark"]']


def test_the_dark_palette_names_every_colour_of_the_light_one() -> None:
    colours = {name for name, value in LIGHT.items() if value.startswith("#")}
    assert colours - set(PALETTES[':root[data-theme="dark"]']) == set()


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_can_be_read(palette: dict[str, str], ink: str, ground: str) -> None:
    assert _contrast(palette[f"--{ink}"], palette[f"--{ground}"]) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_edges_and_focus_can_be_seen(palette: dict[str, str], shape: str, ground: str) -> None:
    assert _contrast(palette[f"--{shape}"], palette[f"--{ground}"]) >= 3


def test_every_token_used_is_defined() -> None:
    sheets = "".join(path.read_text() for path in (STATIC / "css").glob("*.css"))
    defined = set(re.findall(r"(--[\w-]+):", sheets))
    assert set(re.findall(r"var\((--[\w-]+)\)", sheets)) - defined == set()


def test_the_styles_of_a_page_weigh_little_on_the_line() -> None:
    sheets = b"".join((STATIC / "css" / name).read_bytes() for name in ("tokens.css", "enggang.css"))
    assert len(gzip.compress(sheets, 6)) < 10_500
