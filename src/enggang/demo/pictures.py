"""Pictures for the demonstration, drawn by this script: no photograph of anybody, free to use with the credit beside them."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1800, 1200
Colour = tuple[int, int, int]
FOREST, GOLD, RED, CREAM = (11, 48, 39), (226, 160, 60), (168, 48, 40), (247, 240, 222)


class Drawn(NamedTuple):
    """``alt`` in Indonesian, ``english`` the same; ``draw`` makes the picture."""

    title: str
    alt: str
    english: str
    draw: Callable[[], Image.Image]


def as_jpeg(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=88)
    return out.getvalue()


def _sky(top: Colour, bottom: Colour) -> Image.Image:
    """A sky that changes from ``top`` to ``bottom``."""
    column = Image.new("RGB", (1, HEIGHT))
    for y in range(HEIGHT):
        share = y / HEIGHT
        column.putpixel((0, y), tuple(round(a + (b - a) * share) for a, b in zip(top, bottom, strict=True)))
    return column.resize((WIDTH, HEIGHT))


def _hills(draw: ImageDraw.ImageDraw, base: int, rise: int, colour: Colour, seed: int) -> None:
    shift = seed * 1.7
    points = [
        (x, base - rise * (0.55 * math.sin(x / 260 + shift) + 0.3 * math.sin(x / 97 + 2 * shift) + 0.5))
        for x in range(0, WIDTH + 20, 20)
    ]
    draw.polygon([*points, (WIDTH, HEIGHT), (0, HEIGHT)], fill=colour)


def _glow(
    picture: Image.Image, centre: tuple[int, int], radius: int, colour: Colour, strength: int = 150
) -> Image.Image:
    light = Image.new("L", picture.size, 0)
    x, y = centre
    ImageDraw.Draw(light).ellipse((x - radius, y - radius, x + radius, y + radius), fill=strength)
    light = light.filter(ImageFilter.GaussianBlur(radius * 0.6))
    return Image.composite(Image.new("RGB", picture.size, colour), picture, light)


def _disc(draw: ImageDraw.ImageDraw, centre: tuple[int, int], radius: int, colour: Colour) -> None:
    x, y = centre
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)


def _water(picture: Image.Image, top: int, deep: Colour, seed: int) -> None:
    """What lies above, mirrored and darkened, with a few lines of light."""
    above = picture.crop((0, max(0, 2 * top - HEIGHT), WIDTH, top)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    above = above.resize((WIDTH, HEIGHT - top)).filter(ImageFilter.GaussianBlur(6))
    picture.paste(Image.blend(above, Image.new("RGB", above.size, deep), 0.55), (0, top))
    draw, chance = ImageDraw.Draw(picture), random.Random(seed)
    for _each in range(150):
        x, y = chance.randrange(WIDTH), top + int((HEIGHT - top) * chance.random() ** 0.7)
        length = 20 + (y - top) // 5
        draw.line((x, y, x + length, y), fill=tuple(min(255, part + 45) for part in deep), width=3)


def _boat(draw: ImageDraw.ImageDraw, x: int, y: int, size: int, hull: Colour, roof: Colour | None = None) -> None:
    draw.polygon(
        [(x, y), (x + size, y), (x + size * 0.86, y + size * 0.16), (x + size * 0.14, y + size * 0.16)], fill=hull
    )
    draw.polygon([(x, y), (x - size * 0.1, y - size * 0.09), (x + size * 0.1, y)], fill=hull)
    draw.polygon([(x + size, y), (x + size * 1.1, y - size * 0.09), (x + size * 0.9, y)], fill=hull)
    if roof:
        draw.pieslice((x + size * 0.28, y - size * 0.2, x + size * 0.75, y + size * 0.2), 180, 360, fill=roof)


def _lantern(picture: Image.Image, x: int, y: int, size: int) -> Image.Image:
    picture = _glow(picture, (x, y), size * 2, (255, 150, 60), 110)
    draw = ImageDraw.Draw(picture)
    draw.line((x, y - size * 2, x, y - size), fill=(70, 20, 20), width=4)
    draw.ellipse((x - size, y - size * 0.8, x + size, y + size * 0.8), fill=(206, 44, 36))
    for part in (0.65, 0.25):
        draw.ellipse(
            (x - size * part, y - size * 0.8, x + size * part, y + size * 0.8), outline=(240, 176, 70), width=4
        )
    for edge in (-0.86, 0.74):
        draw.rectangle((x - size * 0.4, y + size * edge, x + size * 0.4, y + size * (edge + 0.12)), fill=(240, 176, 70))
    draw.line((x, y + size * 0.86, x, y + size * 1.7), fill=(240, 176, 70), width=5)
    return picture


def lanterns() -> Image.Image:
    picture = _sky((18, 14, 44), (92, 34, 48))
    picture = _glow(picture, (1380, 260), 150, (250, 240, 205), 210)
    draw = ImageDraw.Draw(picture)
    _disc(draw, (1380, 260), 96, (250, 240, 205))
    _hills(draw, 1010, 150, (34, 18, 40), 2)
    for level, width in enumerate((980, 780, 560)):  # a temple with three roofs
        y = 960 - level * 150
        left, right = 560 - width // 2, 560 + width // 2
        draw.polygon([(left - 80, y), (left + 60, y - 70), (right - 60, y - 70), (right + 80, y)], fill=(160, 38, 34))
        draw.line((left - 80, y, right + 80, y), fill=GOLD, width=9)
        draw.rectangle((left + 60, y, right - 60, y + 90), fill=(70, 20, 26))
    draw.rectangle((0, 1040, WIDTH, HEIGHT), fill=(28, 14, 30))
    for x, y, size in (
        (180, 250, 62),
        (470, 170, 48),
        (770, 270, 66),
        (1060, 180, 46),
        (1250, 470, 58),
        (1540, 560, 74),
        (1700, 300, 44),
    ):
        picture = _lantern(picture, x, y, size)
    return picture


def longhouse() -> Image.Image:
    picture = _glow(_sky((250, 196, 120), (252, 232, 190)), (420, 420), 170, (255, 250, 220), 220)
    draw = ImageDraw.Draw(picture)
    _disc(draw, (420, 420), 110, (255, 246, 214))
    _hills(draw, 700, 190, (120, 150, 110), 1)
    _hills(draw, 800, 150, (70, 116, 84), 4)
    draw.rectangle((0, 930, WIDTH, HEIGHT), fill=(196, 168, 74))
    for x in range(0, WIDTH, 26):  # ripe rice
        lean = 14 * math.sin(x / 60)
        draw.line((x, HEIGHT, x + lean, 960 + 30 * math.sin(x / 140)), fill=(222, 192, 92), width=7)
        draw.line((x + 12, HEIGHT, x + 12 - lean, 1010), fill=(160, 132, 52), width=5)
    for x in range(420, 1700, 108):
        draw.rectangle((x, 800, x + 22, 960), fill=(78, 50, 34))
    draw.rectangle((380, 670, 1720, 810), fill=(122, 78, 48))
    for x in range(440, 1680, 150):
        draw.rectangle((x, 705, x + 72, 800), fill=(62, 38, 26))
    draw.polygon([(320, 676), (450, 500), (1650, 500), (1780, 676)], fill=(92, 54, 36))
    for x in range(470, 1640, 40):
        draw.line((x, 500, x + (x - 1050) * 0.16, 676), fill=(112, 70, 46), width=4)
    for side in (450, 1650):  # hornbills on the ridge
        turn = 1 if side < 900 else -1
        draw.arc((side - 70, 420, side + 70, 560), 190, 350, fill=FOREST, width=16)
        draw.polygon([(side - 60 * turn, 470), (side - 140 * turn, 500), (side - 60 * turn, 500)], fill=GOLD)
    return picture


def river() -> Image.Image:
    picture = _glow(_sky((42, 84, 110), (246, 178, 110)), (1180, 560), 160, (255, 222, 150), 230)
    draw = ImageDraw.Draw(picture)
    _disc(draw, (1180, 560), 100, (255, 232, 176))
    _hills(draw, 660, 120, (44, 70, 84), 3)
    _hills(draw, 690, 60, (26, 50, 56), 6)
    _water(picture, 690, (52, 78, 90), 3)
    draw = ImageDraw.Draw(picture)
    for x, y, size in ((180, 820, 330), (760, 930, 480), (1370, 800, 280)):
        _boat(draw, x, y, size, (58, 34, 28), (140, 82, 48))
        draw.ellipse((x + size * 0.12, y - size * 0.16, x + size * 0.2, y - size * 0.08), fill=(30, 22, 22))
        draw.line(
            (x + size * 0.16, y - size * 0.09, x + size * 0.16, y + 4), fill=(30, 22, 22), width=max(6, size // 28)
        )
        draw.line((x + size * 0.1, y - size * 0.12, x + size * 0.02, y + size * 0.24), fill=(30, 22, 22), width=7)
    return picture


def cannons() -> Image.Image:
    picture = _sky((14, 20, 54), (70, 40, 76))
    draw = ImageDraw.Draw(picture)
    chance = random.Random(8)
    for _each in range(120):
        _disc(draw, (chance.randrange(WIDTH), chance.randrange(560)), chance.choice((1, 2, 3)), (240, 236, 220))
    _hills(draw, 720, 60, (24, 22, 44), 5)
    _water(picture, 740, (26, 26, 58), 5)
    colours = ((214, 66, 54), (230, 168, 60), (52, 140, 120), (70, 100, 190), (200, 84, 140))
    for number, x in enumerate(range(120, 1640, 300)):  # logs in bright cloth, pointing over the river
        picture = _glow(picture, (x + 310, 690), 90, (255, 190, 90), 210)
        draw = ImageDraw.Draw(picture)
        draw.line((x, 1000, x + 270, 720), fill=colours[number % 5], width=78)
        for part in (0.2, 0.45, 0.7):
            px, py = x + 270 * part, 1000 - 280 * part
            draw.line((px - 27, py - 26, px + 27, py + 26), fill=CREAM, width=12)
        _disc(draw, (x + 272, 718), 38, (40, 26, 24))
    draw.rectangle((0, 1000, WIDTH, HEIGHT), fill=(40, 28, 34))
    return picture


def equator() -> Image.Image:
    picture = _glow(_sky((64, 150, 200), (214, 236, 240)), (900, 150), 190, (255, 252, 230), 235)
    draw = ImageDraw.Draw(picture)
    _disc(draw, (900, 150), 96, (255, 248, 214))
    _hills(draw, 900, 60, (110, 160, 120), 7)
    draw.rectangle((0, 930, WIDTH, HEIGHT), fill=(222, 206, 170))
    draw.line((0, 1060, WIDTH, 1060), fill=RED, width=14)
    for x in (760, 1000):  # four pillars, two of them in front
        draw.rectangle((x, 480, x + 46, 1010), fill=(74, 52, 38))
        draw.rectangle((x + 46, 480, x + 58, 1010), fill=(50, 34, 26))
    draw.rectangle((720, 560, 1090, 590), fill=(74, 52, 38))
    draw.ellipse((760, 300, 1048, 588), outline=(74, 52, 38), width=26)
    draw.ellipse((820, 300, 988, 588), outline=(74, 52, 38), width=14)
    draw.line((640, 444, 1180, 444), fill=(74, 52, 38), width=22)
    draw.polygon([(1180, 410), (1250, 444), (1180, 478)], fill=(74, 52, 38))
    draw.rectangle((640, 1010, 1170, 1040), fill=(150, 140, 120))
    return picture


def procession() -> Image.Image:
    picture = _glow(_sky((120, 178, 196), (252, 226, 180)), (300, 480), 150, (255, 244, 210), 220)
    draw = ImageDraw.Draw(picture)
    _disc(draw, (300, 480), 90, (255, 248, 224))
    _hills(draw, 640, 90, (90, 130, 120), 8)
    _water(picture, 650, (58, 120, 130), 9)
    draw = ImageDraw.Draw(picture)
    for x, y, size, flag in ((120, 760, 340, GOLD), (600, 860, 560, RED), (1300, 760, 360, (60, 110, 160))):
        _boat(draw, x, y, size, (90, 50, 36), (226, 190, 120))
        for part in (0.06, 0.5, 0.94):
            mast = x + size * part
            draw.line((mast, y, mast, y - size * 0.46), fill=(70, 44, 34), width=7)
            draw.polygon(
                [(mast, y - size * 0.46), (mast + size * 0.17, y - size * 0.4), (mast, y - size * 0.32)], fill=flag
            )
    return picture


def kite() -> Image.Image:
    """A riverside city by day, with Malay houses on stilts."""
    picture = _sky((96, 168, 190), (248, 236, 206))
    draw = ImageDraw.Draw(picture)
    _hills(draw, 720, 70, (120, 160, 130), 11)
    _water(picture, 780, (84, 130, 134), 12)
    draw = ImageDraw.Draw(picture)
    walls: tuple[Colour, ...] = ((236, 196, 92), (110, 160, 140), (214, 120, 90), (240, 226, 190), (96, 130, 170))
    for number, x in enumerate(range(60, 1740, 340)):
        colour = walls[number % 5]
        for post in range(x + 20, x + 290, 60):
            draw.rectangle((post, 760, post + 14, 900), fill=(80, 56, 44))
        draw.rectangle((x, 590, x + 290, 770), fill=colour)
        draw.polygon([(x - 34, 596), (x + 60, 430), (x + 230, 430), (x + 324, 596)], fill=(130, 62, 48))
        draw.line((x + 60, 430, x + 40, 400), fill=GOLD, width=9)
        draw.line((x + 230, 430, x + 250, 400), fill=GOLD, width=9)
        for window in (x + 40, x + 190):
            draw.rectangle((window, 640, window + 56, 720), fill=(70, 60, 60))
        draw.rectangle((x + 118, 630, x + 168, 770), fill=(90, 60, 46))
    _boat(draw, 1180, 1010, 380, (58, 34, 28), (140, 82, 48))
    return picture


PICTURES = {
    "Cap Go Meh Singkawang": Drawn("Malam lampion", "Gambar: lampion merah bergantung di langit malam di depan kelenteng beratap tiga.", "Drawing: red lanterns in the night sky before a temple with three roofs.", lanterns),
    "Pekan Gawai Dayak": Drawn("Rumah panjang saat panen", "Gambar: rumah panjang bertiang dengan ukiran enggang di ujung atap, padi kuning di depannya.", "Drawing: a longhouse on stilts with hornbills on its ridge, ripe rice before it.", longhouse),
    "Festival Danau Sentarum": Drawn("Perahu di danau senja", "Gambar: tiga perahu beratap di danau, matahari terbenam di balik bukit.", "Drawing: three roofed boats on a lake, the sun setting behind hills.", river),
    "Festival Meriam Karbit": Drawn("Meriam karbit di tepi sungai", "Gambar: lima meriam kayu berbalut kain warna-warni mengarah ke sungai pada malam berbintang.", "Drawing: five wooden cannons in bright cloth pointing over a river on a starry night.", cannons),
    "Pesona Kulminasi Matahari (September)": Drawn("Tugu di garis khatulistiwa", "Gambar: tugu berlingkaran dan panah di bawah matahari tepat di atas, garis merah di tanah.", "Drawing: a monument with rings and an arrow under a sun straight overhead, a red line on the ground.", equator),
    "Robo-Robo": Drawn("Iring-iringan perahu ke muara", "Gambar: tiga perahu berbendera berlayar ke muara pada pagi hari.", "Drawing: three boats with flags sailing to the mouth of a river in the morning.", procession),
    "Festival Budaya Melayu": Drawn("Kampung di atas air", "Gambar: lima rumah Melayu bertiang di tepi sungai, sebuah perahu di depannya.", "Drawing: five Malay houses on stilts along a river, a boat before them.", kite),
}  # fmt: skip
