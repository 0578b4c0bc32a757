"""The lists of plans as files."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from enggang.core.exports import Column, Sheet
from enggang.plans.models import Task

HOLIDAYS = Sheet("holidays", _("Holidays"), (
    Column("day", _("Day"), "day"),
    Column("name", _("Name"), "name"),
    Column("name_en", _("Name in English"), "name_en"),
    Column("kind", _("Kind"), "get_kind_display"),
    Column("region", _("Region"), lambda row: row.region or ""),
    Column("list", _("List"), "list.name"),
    Column("number", _("Number of the decree"), "list.number"),
    Column("known", _("Known from"), "valid_from"),
    Column("source", _("Source"), "list.source"),
    Column("doubt", _("Certainty"), "list.doubt"),
))  # fmt: skip
LISTS = Sheet("lists", _("Holiday lists"), (
    Column("year", _("Year"), "year"),
    Column("name", _("Name"), "name"),
    Column("number", _("Number of the decree"), "number"),
    Column("decreed", _("Decreed on"), "decreed_on"),
    Column("known", _("Known from"), "valid_from"),
    Column("state", _("State"), "get_state_display"),
    Column("source", _("Source"), "source"),
    Column("doubt", _("Certainty"), "doubt"),
    Column("whose", _("Whose"), lambda row: row.organisation or _("Shipped")),
))  # fmt: skip


def _late(row: Task) -> Any:
    return row.late or None  # type: ignore[attr-defined]


TASKS = Sheet("tasks", _("Tasks"), (
    Column("title", _("Task"), "title"),
    Column("section", pgettext_lazy("committee", "Section"), lambda row: row.section or ""),
    Column("member", _("In charge"), lambda row: row.member or ""),
    Column("phone", _("Mobile number"), lambda row: row.member.shown_phone if row.member else ""),
    Column("counted", _("Date counted as"), "counted"),
    Column("begins", _("Begins"), "begins_on"),
    Column("due", _("Due"), "due_on"),
    Column("state", _("State"), "get_state_display"),
    Column("done", _("Done on"), "done_on"),
    Column("late", _("Days late"), _late),
    Column("note", _("Note"), "note"),
))  # fmt: skip
MEMBERS = Sheet("members", _("Committee"), (
    Column("section", pgettext_lazy("committee", "Section"), lambda row: row.section or ""),
    Column("name", _("Name"), str),
    Column("post", _("Post in the committee"), "post"),
    Column("leads", _("Leads the section"), "leads"),
    Column("phone", _("Mobile number"), "shown_phone"),
    Column("tasks", _("Tasks not done yet"), "waiting"),
))  # fmt: skip
CHANGES = Sheet("dates", _("Dates that would move"), (
    Column("title", _("Task"), "title"),
    Column("counted", _("Date counted as"), "counted"),
    Column("old", _("Date agreed"), "old"),
    Column("new", _("New date"), "new"),
    Column("days", _("Days"), "days"),
))  # fmt: skip
PLANS = Sheet("plans", _("Plans"), (
    Column("title", _("Plan"), "title"),
    Column("organisation", _("Agency"), "organisation.name"),
    Column("day", _("The day"), "day"),
    Column("state", _("State"), "get_state_display"),
))  # fmt: skip
RUNDOWN = Sheet("rundown", _("Rundown"), (
    Column("date", _("Date"), "date"),
    Column("time", _("Time"), "shown_time"),
    Column("minutes", _("Minutes"), "minutes"),
    Column("track", _("Track"), "track"),
    Column("title", _("What happens"), "title"),
    Column("cue", _("Cue"), "cue"),
    Column("member", _("In charge"), lambda row: row.member or ""),
    Column("place", _("Place"), "place"),
    Column("equipment", _("Equipment"), "equipment"),
    Column("note", _("Note"), "note"),
    Column("started", _("Really began"), "started_at"),
    Column("ended", _("Really ended"), "ended_at"),
))  # fmt: skip
DAYS = Sheet("days", _("Days of the rundown"), (
    Column("date", _("Date"), "date"),
    Column("title", _("Title"), "title"),
    Column("counted", _("Date counted as"), "counted"),
    Column("number", _("Items"), "number"),
))  # fmt: skip
RISKS = Sheet("risks", _("Risks"), (
    Column("title", _("What may happen"), "title"),
    Column("kind", _("Kind"), "get_kind_display"),
    Column("cause", _("Cause"), "cause"),
    Column("effect", _("Effect"), "effect"),
    Column("likelihood", _("Likelihood"), "likelihood"),
    Column("impact", _("Impact"), "impact"),
    Column("score", _("Score"), "score"),
    Column("band", _("Grade"), lambda row: row.band or ""),
    Column("owner", _("Risk owner"), lambda row: row.member or ""),
    Column("treatment", _("Treatment"), "treatment"),
    Column("trigger", _("Trigger"), "trigger"),
    Column("residual", _("Score after treatment"), "residual"),
    Column("state", _("State"), "get_state_display"),
))  # fmt: skip
ZONES = Sheet("zones", _("Crowd zones"), (
    Column("site", _("Site"), "zone.site"),
    Column("name", _("Zone"), "zone.name"),
    Column("area", _("Area (m²)"), "zone.area"),
    Column("peak", _("Expected at the peak (people)"), "zone.peak"),
    Column("density", _("Persons per m²"), "density"),
    Column("limit", _("Limit reached"), lambda row: row.reached or ""),
    Column("most", _("At most by the limit"), "most"),
    Column("capacity", _("Capacity that was set (people)"), "zone.capacity"),
    Column("note", _("Note"), "zone.note"),
))  # fmt: skip
CHECKLIST = Sheet("checklist", _("CHSE checklist"), (
    Column("aspect", _("Aspect"), "item.get_aspect_display"),
    Column("text", _("Point"), "item.text"),
    Column("done", _("Done"), "done"),
    Column("note", _("Note"), lambda row: row.tick.note if row.tick else ""),
    Column("file", _("File"), lambda row: row.tick.file.name if row.tick and row.tick.file else ""),
))  # fmt: skip
