"""The file that a phone saves when its gate is dead: what still waited there, one scan a row, with codes and no names."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass, field

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enggang.attendance.domain.arrivals import Arrival
from enggang.attendance.forms.sync import read_row
from enggang.attendance.tokens import Keys

COLUMNS = ("id", "perangkat", "gerbang", "sesi", "kode", "waktu_ms", "selisih_ms")
PASSAGE = (
    "arah",
    "orang",
    "kata_ponsel",
    "alasan",
)  # where people come and go; files of a desk at which people sign may lack them
MAX_BYTES = 5 * 2**20
MOST_ROWS = 20_000
SHOWN_TEXT = 60


class SavedForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File from the phone"),
        help_text=gettext_lazy("pindaian-belum-terkirim.csv, as the phone saved it; at most 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )


class NoSavedFile(ValueError):
    """It is not what a phone saves; the text says so to the person."""


@dataclass(slots=True)
class Saved:
    """``arrivals`` by gate code, then by device; ``rejected`` rows with what they say and why they were left."""

    arrivals: dict[str, dict[str, list[Arrival]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    rejected: list[tuple[int, str, str]] = field(default_factory=list)


def read_saved(content: bytes, gates: set[str]) -> Saved:
    """Read a whole file; a row that says nothing is named with its reason. Raises NoSavedFile."""
    if len(content) > MAX_BYTES:
        raise NoSavedFile(_("The file is larger than 5 MB."))
    lines = content.decode("utf-8-sig", errors="replace").replace("\x00", "").splitlines()
    head = lines[0] if lines else ""
    rows = csv.DictReader(lines, delimiter=";" if head.count(";") > head.count(",") else ",")
    if not set(COLUMNS) <= set(rows.fieldnames or ()):
        raise NoSavedFile(_("This is not a file that a phone at the gate has saved. Take the one that it offers."))
    saved, keys = Saved(), Keys()
    for number, row in enumerate(rows, 2):
        if number > MOST_ROWS + 1:
            raise NoSavedFile(_("The file has more than 20,000 rows."))
        _take(saved, number, row, gates, keys)
    return saved


def _take(saved: Saved, number: int, row: dict[str, str | None], gates: set[str], keys: Keys) -> None:
    found = read_row({name: (row.get(name) or "").strip() for name in (*COLUMNS, *PASSAGE)}, keys)
    gate = (row.get("gerbang") or "").strip()
    if found is None:
        why = _("This row cannot be read. Was the file changed, for example in Excel?")
    elif gate not in gates:
        why = _("It is of no gate of this group.")
    else:
        device, arrival = found
        saved.arrivals[gate][device].append(arrival)
        return
    saved.rejected.append((number, " ".join(filter(None, map(str, row.values())))[:SHOWN_TEXT], why))
