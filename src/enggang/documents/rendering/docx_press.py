"""A press release as DOCX, for newsrooms that take texts apart: plain paragraphs, and the photos by credit and address."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from enggang.documents.rendering.docx_parts import line, saved, sheet


class Pictured(NamedTuple):
    title: str
    credit: str
    licence: str
    address: str


class PressPaper(NamedTuple):
    """``texts`` are pairs of what they are («heading», «quote», «text») and their words; ``address`` is empty for a draft."""

    title: str
    summary: str
    by: str
    at: datetime
    texts: Sequence[tuple[str, str]]
    photos: Sequence[Pictured]
    address: str


def render_press_docx(release: PressPaper) -> bytes:
    paper = sheet()
    line(paper, _("PRESS RELEASE") if release.address else _("PRESS RELEASE (DRAFT)"), bold=True, size=10)
    line(paper, release.title, bold=True, size=16)
    line(paper, f"{release.by}, {date_format(localtime(release.at), 'j F Y')}", size=10)
    line(paper, release.summary, bold=True)
    for kind, text in release.texts:
        for paragraph in filter(None, (part.strip() for part in text.split("\n\n"))):
            line(paper, paragraph, bold=kind == "heading", size=13 if kind == "heading" else 11)
    if release.photos:
        line(paper, _("Photos that may be printed with their credit"), bold=True, size=13)
        for photo in release.photos:
            line(paper, f"{photo.title}. {photo.credit}. {photo.licence}. {photo.address}", size=10)
    if release.address:
        line(paper, release.address, size=10)
    return saved(paper, release.title)
