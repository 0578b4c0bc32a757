"""Reads of publicity: the calendar of an edition by month, with what is late and which words are missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from itertools import groupby

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from enggang.core import clock
from enggang.events.enums import CaptionLanguage, PublicationState
from enggang.events.models import Channel, Edition, Publication
from enggang.files.domain.storing import read_bytes


@dataclass(frozen=True, slots=True)
class Line:
    row: Publication
    late: bool
    languages: list[str]
    missing: list[str]


@dataclass(frozen=True, slots=True)
class Publicity:
    """``months``: first day of the month (None: no day yet) with its lines. ``reach``: summed over what is published."""

    months: list[tuple[date | None, list[Line]]]
    late: int
    moved: list[Publication]
    posted: int
    reach: int
    languages: list[str]

    @property
    def lines(self) -> list[Line]:
        return [line for _month, lines in self.months for line in lines]


def publicity_of(edition: Edition) -> Publicity:
    rows = list(edition.publications.with_names())
    used = _used(rows)
    today = clock.today(edition.time_zone)
    lines = [_line(row, used, today) for row in rows]
    lines.sort(key=lambda line: (line.row.on is None, line.row.on or today, str(line.row.at or ""), line.row.pk))
    months = [(month, list(found)) for month, found in groupby(lines, key=lambda line: _month(line.row.on))]
    posted = [row for row in rows if row.state == PublicationState.POSTED]
    return Publicity(
        months, sum(line.late for line in lines), [row for row in rows if row.was_on], len(posted),
        sum(row.reach or 0 for row in posted), [str(CaptionLanguage(each).label) for each in used],
    )  # fmt: skip


def limits_of(channel: Channel) -> list[str]:
    """What the channel wants of pictures, videos and words, as far as it is known."""
    found = [
        (channel.size, _("picture %(n)s")),
        (channel.seconds, _("video of at most %(n)s seconds")),
        (channel.letters, _("caption of at most %(n)s letters")),
    ]
    return [*(text % {"n": value} for value, text in found if value), *([channel.note] if channel.note else [])]


def picture_gap(row: Publication) -> str:
    """What the picture measures where it is not what its channel wants; nothing for a PDF, which has no fixed size."""
    channel = row.channel
    if row.asset is None or not (channel.width and channel.height) or not row.asset.media_type.startswith("image/"):
        return ""
    try:
        with Image.open(BytesIO(read_bytes(row.asset))) as picture:
            width, height = ImageOps.exif_transpose(picture).size
    except (OSError, Image.DecompressionBombError):
        return _("The picture cannot be read: export it again as JPEG or PNG.")
    if (width, height) == (channel.width, channel.height):
        return ""
    words = {"width": width, "height": height, "wanted": channel.size}
    if width >= channel.width and width * channel.height == height * channel.width:
        return ""  # larger in the same shape: the channel makes it smaller
    return _("The picture is %(width)s × %(height)s px; the channel wants %(wanted)s.") % words


def _used(rows: Iterable[Publication]) -> list[str]:
    """The languages in which the edition speaks: those of any of its captions, in the order of the list."""
    found = {caption.language for row in rows for caption in row.captions.all()}
    return [code for code in CaptionLanguage.values if code in found]


def _line(row: Publication, used: list[str], today: date) -> Line:
    has = {caption.language for caption in row.captions.all()}
    missing = [str(CaptionLanguage(code).label) for code in used if code not in has] if row.is_open else []
    return Line(row, row.is_late(today), [str(CaptionLanguage(code).label) for code in used if code in has], missing)


def _month(day: date | None) -> date | None:
    return day.replace(day=1) if day else None
