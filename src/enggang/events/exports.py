"""The lists of events as files."""

from __future__ import annotations

from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from enggang.core.exports import Column, Sheet
from enggang.events.queries.dates import days_in_words, why
from enggang.events.queries.overview import Line, Square

EDITION_COLUMNS = (
    Column("event", _("Event"), "event.name"),
    Column("label", _("Which one"), "label"),
    Column("year", _("Year"), "year"),
    Column("region", _("Regency or city"), "event.region.name"),
    Column("first", _("First day"), "starts_on"),
    Column("last", _("Last day"), "ends_on"),
    Column("date_state", _("Date"), "get_date_state_display"),
    Column("stage", _("Stage"), "get_stage_display"),
    Column("scale", _("Scale"), "get_scale_display"),
    Column("area", _("Area covered"), "get_area_display"),
    Column("entry", _("Entry"), "get_entry_display"),
    Column("visitors", _("Expected visitors"), "visitors"),
    Column("organisation", _("Agency"), "organisation.name"),
)
EDITIONS = Sheet("editions", _("Editions"), EDITION_COLUMNS)
CALENDAR = Sheet("calendar", _("Calendar of events"), (
    *(Column(each.name, each.header, f"edition.{each.value}") for each in EDITION_COLUMNS),
    Column("red", _("Red"), "red"),
))  # fmt: skip
SQUARES = Sheet("squares", _("By stage and regency"), (
    Column("region", _("Regency or city"), lambda row: row[0].region.name if row[0].region else _text("All")),
    Column("stage", _("Stage"), lambda row: row[1].stage.label),
    Column("count", _("Editions"), lambda row: row[1].count),
    Column("red", _("Red"), lambda row: row[1].red),
))  # fmt: skip
SITES = Sheet("sites", _("Places"), (
    Column("name", _("Place"), "name"),
    Column("use", _("What for"), "use"),
    Column("address", _("Address"), "address"),
    Column("district", _("District (kecamatan)"), "district"),
    Column("region", _("Regency or city"), "region.name"),
    Column("latitude", _("Latitude"), "latitude"),
    Column("longitude", _("Longitude"), "longitude"),
    Column("capacity", _("Capacity"), "capacity"),
    Column("area_m2", _("Area (m²)"), "area_m2"),
))  # fmt: skip
ORGANISERS = Sheet("organisers", _("Organisers"), (
    Column("name", _("Name"), "name"),
    Column("role", _("As"), "get_role_display"),
    Column("organisation", _("Agency"), lambda row: row.organisation.name if row.organisation else ""),
    Column("contact", _("Contact person"), "contact"),
    Column("phone", _("Phone"), "phone"),
    Column("applies", _("Applies for the permits"), "applies"),
))  # fmt: skip
STEPS = Sheet("steps", _("Decisions"), (
    Column("decided_on", _("Decided on"), "decided_on"),
    Column("was", _("From"), "get_was_display"),
    Column("now", _("To"), "get_now_display"),
    Column("decider", _("Decided by"), "decider"),
    Column("reason", _("Reason"), "reason"),
    Column("missing", _("Not seen to"), "missing"),
))  # fmt: skip
GATE = Sheet("gate", _("Checklist"), (
    Column("item", _("What is needed"), "item.text"),
    Column("required", _("Required"), "item.required"),
    Column("done", _("Seen to"), "is_done"),
    Column("note", _("Note"), lambda row: row.check.note if row.check else ""),
    Column("source", _("Source"), "item.source"),
    Column("doubt", _("Certainty"), "item.doubt"),
))  # fmt: skip
DATE_CHANGES = Sheet("date_changes", _("Changes of the date"), (
    Column("noted_at", _("When"), "noted_at"),
    Column("was", _("From"), lambda row: days_in_words(row.was_first, row.was_last)),
    Column("now", _("To"), lambda row: days_in_words(row.first, row.last)),
    Column("state", _("State"), "get_state_display"),
    Column("source", _("Source"), "source"),
    Column("reason", _("Reason"), "reason"),
))  # fmt: skip
PERMITS = Sheet("permits", _("Permits"), (
    Column("permit", _("Permit"), "permit"),
    Column("issuer", _("Issued by"), "permit.get_issuer_display"),
    Column("office", _("Issuing office"), "permit.office"),
    Column("due_on", _("To be asked for until"), "permit.due_on"),
    Column("basis", _("Counted by"), lambda row: row.due.in_words if row.due else ""),
    Column("state", _("State"), "permit.get_state_display"),
    Column("submitted_on", _("Submitted on"), "permit.submitted_on"),
    Column("number", _("Number"), "permit.number"),
    Column("issued_on", _("Dated"), "permit.issued_on"),
    Column("valid_until", _("Valid until"), "permit.valid_until"),
    Column("fee", _("Fee (Rp)"), "permit.fee"),
    Column("red", _("Red"), "red"),
))  # fmt: skip
CHECKLIST = Sheet("documents", _("Documents"), (
    Column("document", _("Document"), "document.text"),
    Column("required", _("Required"), "document.required"),
    Column("there", _("There"), "is_there"),
    Column("files", _("Files"), lambda row: [each.file.name for each in row.files]),
    Column("source", _("Source"), "document.source"),
    Column("doubt", _("Certainty"), "document.doubt"),
))  # fmt: skip
PERMIT_STEPS = Sheet("permit_steps", _("What became of it"), (
    Column("on", _("On"), "on"),
    Column("was", _("From"), "get_was_display"),
    Column("now", _("To"), "get_now_display"),
    Column("note", _("Note"), "note"),
))  # fmt: skip
DEADLINE_CHANGES = Sheet("deadline_changes", _("Changes of the deadline"), (
    Column("noted_at", _("When"), "noted_at"),
    Column("was", _("From"), "was"),
    Column("now", _("To"), "now"),
    Column("why", _("Why"), "why"),
    Column("basis", _("Counted by"), "basis"),
))  # fmt: skip
LESSONS = Sheet("lessons", _("What went otherwise"), (
    Column("kind", _("About"), "kind"),
    Column("text", _("What went otherwise"), "text"),
))  # fmt: skip
CANDIDATES = Sheet("candidates", _("Possible dates"), (
    Column("year", _("Year"), lambda row: row[0].first.year),
    Column("days", _("Days"), lambda row: days_in_words(row[0].first, row[0].last)),
    Column("why", _("Rests on"), lambda row: why(row[0])),
))  # fmt: skip


def squares_of(lines: list[Line]) -> list[tuple[Line, Square]]:
    return [(line, square) for line in lines for square in line.squares if square.count]


PARTNERSHIPS = Sheet("partnerships", _("Partners"), (
    Column("partner", _("Partner"), "partner.name"),
    Column("kind", _("Kind"), "partner.get_kind_display"),
    Column("contact", _("Contact person"), "partner.contact"),
    Column("phone", _("Phone"), "partner.phone"),
    Column("state", _("State"), "get_state_display"),
    Column("asked_for", _("What is asked of them"), "asked_for"),
    Column("gift", _("In the form of"), "get_gift_display"),
    Column("gives", _("What they give"), "gives"),
    Column("value", _("Worth (Rp)"), "value"),
    Column("returns", _("What they get for it"), "returns"),
    Column("number", _("Number of the agreement"), "number"),
    Column("person", _("Who talks with them"), "person"),
    Column("note", _("Note"), "note"),
))  # fmt: skip
GIVEN = Sheet("given", _("What they gave"), (
    Column("edition", _("Edition"), "edition"),
    Column("state", _("State"), "get_state_display"),
    Column("gift", _("In the form of"), "get_gift_display"),
    Column("gives", _("What they give"), "gives"),
    Column("value", _("Worth (Rp)"), "value"),
))  # fmt: skip
ANSWERS = Sheet("answers", _("What they answered"), (
    Column("on", _("On"), "on"),
    Column("was", _("From"), "get_was_display"),
    Column("now", _("To"), "get_now_display"),
    Column("note", _("Note"), "note"),
))  # fmt: skip
PUBLICATIONS = Sheet("publications", _("Publicity"), (
    Column("on", _("Day"), "row.on"),
    Column("at", _("Time"), lambda line: line.row.at.strftime("%H:%M") if line.row.at else ""),
    Column("title", _("What is told"), "row.title"),
    Column("channel", _("Channel"), "row.channel"),
    Column("size", _("Size of the picture"), "row.channel.size"),
    Column("languages", _("Captions in"), "languages"),
    Column("missing", _("Captions missing in"), "missing"),
    Column("person", _("In charge"), "row.person"),
    Column("state", _("State"), "row.get_state_display"),
    Column("late", _("Late"), "late"),
    Column("posted_on", _("Published on"), "row.posted_on"),
    Column("link", _("Address"), "row.link"),
    Column("reach", _("Reached"), "row.reach"),
))  # fmt: skip
