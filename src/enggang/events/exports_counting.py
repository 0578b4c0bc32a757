"""What was counted, as files."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from enggang.core.exports import Column, Sheet


def _facts(name: str) -> Any:
    return lambda line: line.facts[name]


def _estimate(name: str) -> Any:
    return lambda line: line.facts["estimate"][name]


POINTS = Sheet("counting_points", _("Counting points"), (
    Column("name", _("Point"), "name"),
    Column("stream", _("Cordon or street"), _facts("stream")),
    Column("added", _("Added to the number"), _facts("added")),
    Column("method", _("What is counted"), "method"),
    Column("value", _("Estimate"), _estimate("exact")),
    Column("low", _("From"), _estimate("low")),
    Column("high", _("To"), _estimate("high")),
    Column("error", _("Standard error"), _estimate("error")),
    Column("freedom", _("Degrees of freedom"), _estimate("freedom")),
    Column("why", _("Why no range"), "number.why"),
    Column("entered", _("Counted in"), _facts("entered")),
    Column("left", _("Counted out"), _facts("left")),
    Column("minutes", _("Minutes counted"), _facts("minutes")),
    Column("doubled", _("Minutes counted by two"), _facts("doubled")),
    Column("done", _("Intervals counted"), _facts("done")),
    Column("due", _("Intervals due"), _facts("due")),
    Column("gaps", _("Nobody counted"), lambda line: [f"{begins:%d/%m %H:%M}–{ends:%H:%M}" for begins, ends in line.gaps]),
    Column("left_out", _("Doubtful counts left out"), _facts("left_out")),
    Column("counters", _("Who counted"), _facts("counters")),
))  # fmt: skip
COUNTS = Sheet("counts", _("All counts"), (
    Column("from", _("From"), "from_at"),
    Column("to", _("Until"), "to_at"),
    Column("entered", _("In"), "entered"),
    Column("left", _("Out"), "left"),
    Column("who", _("Who counted"), lambda row: row.phone.name if row.phone else row.person),
    Column("device", _("Phone"), lambda row: row.device[:8]),
    Column("by_hand", _("From paper"), "by_hand"),
    Column("received", _("Received"), "received_at"),
    Column("void", _("Taken out"), "void"),
    Column("accepted", _("Taken as it is"), "accepted"),
    Column("changes", _("Changes"), lambda row: [f"{each.get_step_display()}: {each.reason}" for each in row.changes.all()]),
))  # fmt: skip
CHANGES = Sheet("count_changes", _("Changes of a count"), (
    Column("at", _("When"), "changed_at"),
    Column("step", _("What"), "get_step_display"),
    Column("was", _("In before"), lambda row: row.was.get("entered", "")),
    Column("now", _("In now"), lambda row: row.now.get("entered", "")),
    Column("was_left", _("Out before"), lambda row: row.was.get("left", "")),
    Column("now_left", _("Out now"), lambda row: row.now.get("left", "")),
    Column("reason", _("Reason"), "reason"),
))  # fmt: skip
BOARD = Sheet("board", _("People in, by point and hour"), (
    Column("point", _("Point"), lambda row: row[0]),
    Column("hour", _("Hour"), lambda row: row[1]),
    Column("people", _("In"), lambda row: row[2]),
))  # fmt: skip
