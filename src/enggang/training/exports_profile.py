"""Competency profiles as a file: a row per person and competency."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from enggang.core.actor import Actor
from enggang.people.roster.workbooks import XLSX_TYPE, workbook
from enggang.people.rules import may_read_nip
from enggang.training.exports_learning import csv_bytes
from enggang.training.queries.profile import CompetencyLine, Profile


def profile_file(profiles: Sequence[Profile], kind: str, actor: Actor) -> tuple[bytes, str]:
    """The bytes and their media type; what is unknown stays an empty cell, never a 0."""
    header = [
        _("Name"), _("NIP"), _("Agency"), _("Post"), _("Kind of post"), _("Kind"), _("Competency"), _("Required"),
        _("Certainty of the required level"), _("Shown"), _("Assessed on"), _("Gap"), _("How it stands"),
    ]  # fmt: skip
    rows = [row for profile in profiles for row in _rows(profile, actor)]
    if kind == "xlsx":
        return workbook(_("Competency profiles"), header, rows), XLSX_TYPE
    return csv_bytes(header, rows), "text/csv; charset=utf-8"


def shown_nip(profile: Profile, actor: Actor) -> str:
    work = profile.employment
    full = may_read_nip(actor, work.organisation.path, work.person.user_id)
    return work.person.spaced_nip if full else work.person.masked_nip


def _rows(profile: Profile, actor: Actor) -> Iterator[list[Any]]:
    work = profile.employment
    post_type = str(work.post_type) if work.post_type else ""
    who = [work.person.name, shown_nip(profile, actor), work.organisation.name, work.post, post_type]
    for line in profile.lines:
        yield [*who, line.competency.get_kind_display(), str(line.competency), *_found(line)]


def _found(line: CompetencyLine) -> list[Any]:
    required, shown = line.required, line.shown
    return [
        required.level if required else "", required.get_standing_display() if required else "",
        shown.level if shown else "", shown.assessed_on.isoformat() if shown else "",
        "" if line.gap is None else line.gap, line.says,
    ]  # fmt: skip
