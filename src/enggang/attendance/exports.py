"""What an occasion shows of its people, as files. The proofs themselves never leave this way, only that there is one."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core.exports import Column, Sheet

MARKS = Sheet("marks", _("Attendance"), (
    Column("name", _("Name"), "name"),
    Column("agency", _("Agency"), "agency"),
    Column("status", _("Status"), "mark.get_status_display"),
    Column("at", _("Marked"), "mark.at"),
    Column("method", _("How"), "mark.get_method_display"),
    Column("note", _("Note"), "mark.note"),
))  # fmt: skip
TAKEN = Sheet("taken", _("Marks taken back"), (
    Column("name", _("Name"), "name"),
    Column("status", _("Status"), "mark.get_status_display"),
    Column("reason", _("Reason"), "mark.reason"),
    Column("by", _("Taken back by"), "by"),
    Column("at", _("Taken back"), "mark.taken_at"),
))  # fmt: skip
PROOFS = Sheet("proofs", _("Letters and photos"), (
    Column("name", _("Name"), lambda line: line["who"][0]),
    Column("agency", _("Agency"), lambda line: line["who"][1]),
    Column("status", _("Status"), lambda line: line["proof"].get_status_display()),
    Column("note", _("Note"), lambda line: line["proof"].note),
    Column("handed", _("Handed in"), lambda line: line["proof"].handed_at),
    Column("state", _("State"), lambda line: line["proof"].get_state_display()),
    Column("reason", _("Reason"), lambda line: line["proof"].decision_reason),
))  # fmt: skip
SCAN = (
    Column("name", _("Name"), lambda line: line["who"]),
    Column("agency", _("Agency"), lambda line: line["agency"]),
    Column("why", _("What does not fit"), lambda line: line["scan"].reason_words),
    Column("verdict", _("What the gate said"), lambda line: line["scan"].get_verdict_display()),
    Column("people", _("People"), lambda line: line["scan"].quantity),
    Column("override", _("Reason of the supervisor"), lambda line: line["scan"].override),
    Column("at", _("Scanned"), lambda line: line["scan"].at),
    Column("session", _("Session"), lambda line: line["scan"].occasion and line["scan"].occasion.title),
    Column("gate", _("Gate"), lambda line: line["gate"]),
)
DOUBTS = Sheet("doubts", _("To be checked"), SCAN)
SETTLED = Sheet("settled", _("Settled"), (
    *SCAN,
    Column("how", _("How it was settled"), lambda line: line["settled"].get_how_display()),
    Column("reason", _("Reason"), lambda line: line["settled"].reason),
    Column("by", _("Settled by"), lambda line: line["by"]),
    Column("settled", _("Settled on"), lambda line: line["settled"].settled_at),
))  # fmt: skip
GATES = Sheet("gates", _("Gates of this group"), (
    Column("name", _("Gate"), lambda line: line[0].name),
    Column("running", _("Open"), lambda line: line[1]),
    Column("until", _("Open until"), lambda line: line[0].link.expires_at),
    Column("revoked", _("Revoked"), lambda line: line[0].is_revoked),
    Column("seen", _("Last sync"), lambda line: line[0].seen_at),
    Column("waiting", _("Waiting"), lambda line: line[0].waiting),
))  # fmt: skip
TICKETS = Sheet("tickets", _("Tickets"), (
    Column("code", _("Ticket"), "code"),
    Column("name", _("Name"), "name"),
    Column("note", _("Note"), "note"),
    Column("quantity", _("Number of people"), "quantity"),
    Column("entered", _("Came in"), "entered"),
    Column("inside", _("Inside now"), "inside"),
    Column("at", _("Last seen"), "at"),
))  # fmt: skip
CLOCK_FILES = Sheet("machine-lists", _("Lists read so far"), (
    Column("file", _("File"), "file.name"),
    Column("kept", _("Read"), "kept_at"),
    Column("applied", _("Marked"), "applied_at"),
    Column("undone", _("Taken back"), "undone_at"),
))  # fmt: skip
DEVICE_USERS = Sheet("machine-users", _("Who is who at the machine"), (
    Column("number", _("Number at the machine"), lambda line: line[1]),
    Column("name", _("Name"), lambda line: line[2]),
))  # fmt: skip
