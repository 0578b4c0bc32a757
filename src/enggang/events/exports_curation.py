"""The lists of a curation as files."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core.exports import Column, Sheet
from enggang.events.queries.proposals import Cell, Judged

ROUNDS = Sheet("rounds", _("Rounds of curation"), (
    Column("title", _("Title"), "title"),
    Column("year", _("Year"), "year"),
    Column("curator", _("Curator"), "organisation.name"),
    Column("deadline", _("Proposals until"), "deadline"),
    Column("mode", _("Judged by"), "get_mode_display"),
    Column("state", _("State"), "get_state_display"),
))  # fmt: skip
CRITERIA = Sheet("criteria", _("Rubric"), (
    Column("criterion", _("Criterion"), "criterion.title"),
    Column("weight", _("Weight"), "criterion.weight"),
    Column("question", _("What is looked at"), "question"),
    Column("levels", _("Levels"), lambda row: [f"{each.title}={each.points}" for each in row.criterion.levels.all()]),
    Column("source", _("Source"), "source"),
    Column("doubt", _("Certainty"), "doubt"),
))  # fmt: skip
CALLED = Sheet("called", _("Proposed"), (
    Column("event", _("Event"), "edition"),
    Column("region", _("Regency or city"), "edition.event.region.name"),
    Column("agency", _("Agency"), "edition.organisation.name"),
    Column("stage", _("Stage"), "edition.get_stage_display"),
    Column("missing", _("Missing"), "missing"),
))  # fmt: skip
JUDGES = Sheet("judges", _("Judges"), (
    Column("name", _("Name"), "name"),
    Column("post", _("Post or expertise"), "post"),
    Column("agency", _("Works for"), lambda row: row.agency.name if row.agency else ""),
    Column("account", _("Account"), lambda row: row.user_id is not None),
))  # fmt: skip
JUDGED = Sheet("judged", _("Comparison of the proposals"), (
    Column("rank", _("Rank by points"), "rank"),
    Column("event", _("Event"), "proposal"),
    Column("region", _("Regency or city"), "proposal.edition.event.region.name"),
    Column("agency", _("Agency"), "proposal.organisation.name"),
    Column("points", _("Points"), "points"),
    Column("spread", _("Judges differ by"), lambda row: row.spread if row.sheets else None),
    Column("given", _("Sheets given"), "given"),
    Column("awaited", _("Sheets awaited"), "awaited"),
    Column("gaps", _("Gaps"), lambda row: [str(cell.criterion) for cell in row.gaps]),
    Column("verdict", _("Decision"), "proposal.get_verdict_display"),
    Column("reason", _("Reason"), "proposal.reason"),
))  # fmt: skip
MARKS = Sheet("marks", _("Points by criterion"), (
    Column("event", _("Event"), lambda row: row[0].proposal),
    Column("criterion", _("Criterion"), lambda row: row[1].criterion.title),
    Column("points", _("Points"), lambda row: row[1].points),
    Column("lowest", _("Lowest"), lambda row: row[1].lowest),
    Column("highest", _("Highest"), lambda row: row[1].highest),
    Column("gap", _("Gap"), lambda row: row[1].gap),
    Column("notes", _("Notes"), lambda row: list(row[1].notes)),
))  # fmt: skip


def marks_of(rows: list[Judged]) -> list[tuple[Judged, Cell]]:
    return [(row, cell) for row in rows for cell in row.cells]
