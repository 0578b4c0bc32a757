"""Pictures for links that are shared, 1200 × 630: drawn by us from what a page says, so that a moved date shows in them too."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FONTS = Path(__file__).resolve().parent.parent / "core" / "static" / "core" / "fonts"
SIZE = (1200, 630)
MARGIN = 72
PAPER, INK, FOREST, GOLD, PUA, QUIET = "#f7f6f2", "#1a211e", "#0b3027", "#d08a1d", "#7b2b2c", "#b9cfc4"
COLOURS = 128


@dataclass(frozen=True, slots=True)
class CardWords:
    """``news`` is what must be seen at once: moved, called off. ``was`` is struck through."""

    title: str
    days: str
    place: str
    kind: str = ""
    news: str = ""
    was: str = ""


@lru_cache(maxsize=16)
def _font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(FONTS / "plus-jakarta-sans-latin.woff2"), size)
    font.set_variation_by_axes([weight])
    return font


def is_drawable(text: str) -> bool:
    """Whether the font has every letter: there is none for Mandarin on board."""
    return all(ord(char) < 0x250 or char in "–—‘’“”…·" for char in text)


def card_of(words: CardWords) -> bytes:
    """A PNG of a few dozen kilobytes."""
    picture = Image.new("RGB", SIZE, FOREST)
    draw = ImageDraw.Draw(picture)
    _weave(draw)
    y = MARGIN
    if words.kind:
        draw.text((MARGIN, y), words.kind, font=_font(30, 600), fill=GOLD)
        y += 58
    for line in _lines(draw, words.title, _font(76, 750), SIZE[0] - 2 * MARGIN)[:3]:
        draw.text((MARGIN, y), line, font=_font(76, 750), fill=PAPER)
        y += 88
    _below(draw, words, y)
    out = BytesIO()
    picture.quantize(COLOURS).save(out, "PNG", optimize=True)
    return out.getvalue()


def _below(draw: ImageDraw.ImageDraw, words: CardWords, y: int) -> None:
    y = max(y + 20, 330)
    if words.was:
        font = _font(38, 500)
        draw.text((MARGIN, y), words.was, font=font, fill=QUIET)
        width = draw.textlength(words.was, font=font)
        draw.line((MARGIN, y + 28, MARGIN + width, y + 28), fill=QUIET, width=3)
        y += 54
    draw.text((MARGIN, y), words.days, font=_font(50, 700), fill=GOLD)
    draw.text((MARGIN, y + 68), _cut(draw, words.place, _font(34, 500)), font=_font(34, 500), fill=PAPER)
    if words.news:
        font = _font(36, 700)
        width = draw.textlength(words.news, font=font)
        box = (SIZE[0] - MARGIN - width - 48, MARGIN - 12, SIZE[0] - MARGIN, MARGIN + 50)
        draw.rounded_rectangle(box, 31, fill=PUA)
        draw.text((box[0] + 24, box[1] + 7), words.news, font=font, fill=PAPER)
    draw.text((SIZE[0] - MARGIN, SIZE[1] - 62), "Enggang", font=_font(32, 750), fill=PAPER, anchor="rs")


def _weave(draw: ImageDraw.ImageDraw) -> None:
    """A band of the woven pattern of the pages, at the foot."""
    step, foot = 40, SIZE[1] - 34
    draw.rectangle((0, foot, SIZE[0], SIZE[1]), fill=GOLD)
    for x in range(-step, SIZE[0] + step, step):
        draw.polygon([(x, SIZE[1]), (x + step // 2, foot), (x + step, SIZE[1])], fill=FOREST)
        draw.polygon([(x + 13, SIZE[1]), (x + step // 2, foot + 17), (x + step - 13, SIZE[1])], fill=PUA)


def _lines(draw: ImageDraw.ImageDraw, text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and draw.textlength(longer, font=font) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return [_cut(draw, line, font) for line in lines]


def _cut(draw: ImageDraw.ImageDraw, text: str, font: ImageFont.FreeTypeFont) -> str:
    width = SIZE[0] - 2 * MARGIN
    while text and draw.textlength(text, font=font) > width:
        text = text[:-2].rstrip() + "…"
    return text
