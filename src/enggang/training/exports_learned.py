"""Past certificates and good works as files."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core.exports import Column, Sheet

PAST = Sheet("past", _("Past certificates"), (
    Column("file", _("File"), "source.name"),
    Column("agency", _("Agency"), "organisation"),
    Column("sent", _("Sent"), "created_at"),
    Column("state", _("State"), "get_state_display"),
    Column("added", _("Added"), "added"),
    Column("known", _("On record already"), "known"),
    Column("rejected", _("Rejected"), "rejected"),
))  # fmt: skip
PAST_ROWS = Sheet("past-rows", _("To be added"), (
    Column("row", _("Row"), "number"),
    Column("name", _("Name"), "person.name"),
    Column("title", _("Training"), "learned.title"),
    Column("organiser", _("Who held it"), "learned.organiser"),
    Column("starts", _("First day"), "learned.starts_on"),
    Column("ends", _("Last day"), "learned.ends_on"),
    Column("jp", _("JP"), "learned.jp"),
    Column("number", _("Number of the certificate"), "learned.number"),
))  # fmt: skip
WORKS = Sheet("works", _("Good works"), (
    Column("title", _("Title"), "title"),
    Column("authors", _("Authors"), lambda row: [author.person.name for author in row.authors.all()]),
    Column("wave", _("Wave"), "version.hand_in.assignment.wave"),
    Column("licence", _("Licence"), "licence"),
    Column("asked", _("Authors asked"), "asked"),
    Column("agreed", _("Authors who agreed"), "agreed_count"),
    Column("registered", _("Registered"), "registered_at"),
    Column("withdrawn", _("Withdrawn"), "withdrawn_at"),
))  # fmt: skip
CERTIFICATES = Sheet("certificates", _("Certificates to be checked"), (
    Column("name", _("Name"), "person.name"),
    Column("title", _("Training"), "title"),
    Column("organiser", _("Who held it"), "organiser"),
    Column("ends", _("Last day"), "ends_on"),
    Column("jp", _("JP"), "jp"),
    Column("brought", _("Brought on"), "brought_at"),
))  # fmt: skip
GAPS = Sheet("gaps", _("Where most people are below the required level"), (
    Column("competency", _("Competency"), "competency"),
    Column("people", _("People"), lambda row: len(row.people)),
))  # fmt: skip
