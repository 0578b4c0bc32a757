"""The rows of the captions' editor, and a file that brings them."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from enggang.media import webvtt

SPARE = 5
TYPED = 20  # letters of a time, as somebody may type it


@dataclass(frozen=True, slots=True)
class Row:
    """As typed; ``number`` counts the rows that are not empty."""

    start: str = ""
    end: str = ""
    text: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.start.strip() or self.end.strip() or self.text.strip())


def rows_of(cues: list[webvtt.Cue]) -> list[Row]:
    return [Row(webvtt.shown(cue.start), webvtt.shown(cue.end), cue.text) for cue in cues]


def rows_in(data: QueryDict) -> list[Row]:
    """What was typed, row by row; more than there may be are cut off, and refused by the act."""
    columns = (data.getlist("mulai"), data.getlist("selesai"), data.getlist("teks"))
    rows = [Row(start[:TYPED], end[:TYPED], text) for start, end, text in zip(*columns, strict=False)]
    return [row for row in rows[: webvtt.MOST_CUES + 1] if not row.is_empty]


def cues_in(rows: list[Row]) -> list[webvtt.Cue]:
    """Raises Faulty with the row that is wrong."""
    return [
        webvtt.Cue(webvtt.clock(row.start, number), webvtt.clock(row.end, number), row.text)
        for number, row in enumerate(rows, 1)
    ]


class CaptionFileForm(forms.Form):
    file = forms.FileField(
        label=_("Captions file"), widget=forms.FileInput(attrs={"accept": ".vtt,.srt,text/vtt"}),
        help_text=_("WebVTT or SRT, in UTF-8, at most 512 kB. It takes the place of what is written below."),
    )  # fmt: skip
