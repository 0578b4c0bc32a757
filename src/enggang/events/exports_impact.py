"""The survey and the impact as files. Answers leave without a name: none was asked."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core.exports import Column, Sheet

ANSWERS = Sheet("survey_answers", _("Answers of visitors"), (
    Column("day", _("Day"), "day"),
    Column("place", _("Place"), lambda row: row.post.place if row.post else ""),
    Column("via", _("How"), "get_via_display"),
    Column("origin", _("Code of origin"), "origin"),
    Column("reason", _("Because of the event"), "get_reason_display"),
    Column("stay", _("Stays overnight"), "get_stay_display"),
    Column("nights", _("Nights"), "nights"),
    Column("bed_price", _("Bed, per person and night (Rp)"), "bed_price"),
    Column("daily_spend", _("Other spending, per person and day (Rp)"), "daily_spend"),
    Column("days", _("Days at the event"), "days"),
    Column("group_size", _("People in the group"), "group_size"),
    Column("heard", _("Heard of it from"), "get_heard_display"),
    Column("satisfaction", _("Satisfaction (1–5)"), "satisfaction"),
    Column("remark", _("Remark"), "remark"),
    Column("void", _("Taken out"), "void"),
    Column("void_reason", _("Reason"), "void_reason"),
))  # fmt: skip
POSTS = Sheet("survey_plan", _("Sample plan"), (
    Column("day", _("Day"), "post.day"),
    Column("place", _("Place"), "post.place"),
    Column("every", _("One visitor in"), "post.every"),
    Column("wanted", _("Answers wanted"), "post.wanted"),
    Column("answered", _("Answered"), "answered"),
    Column("refused", _("Refused"), "refused"),
    Column("response", _("Response (%)"), "response"),
))  # fmt: skip


RESULT = Sheet("impact", _("Economic impact"), (
    Column("name", _("Figure"), lambda row: row["name"]),
    Column("value", _("Value"), lambda row: row["value"]),
    Column("low", _("From"), lambda row: row["low"]),
    Column("high", _("To"), lambda row: row["high"]),
    Column("n", _("Answers"), lambda row: row["n"]),
    Column("why", _("Remark"), lambda row: row["why"]),
    Column("method", _("Method"), lambda row: row["method"]),
))  # fmt: skip
INPUTS = Sheet("impact_inputs", _("Figures entered"), (
    Column("kind", _("Kind"), "get_kind_display"),
    Column("label", _("In words"), "label"),
    Column("amount", _("Amount or number"), "amount"),
    Column("factor", _("Factor or percent"), "factor"),
    Column("year", _("Year of the document"), "year"),
    Column("source", _("Source"), "source"),
    Column("void", _("Taken out"), "void"),
    Column("at", _("Written down"), "noted_at"),
))  # fmt: skip
INDICATORS = Sheet("indicators", _("Indicators of the ministry"), (
    Column("name", _("Indicator"), "name"),
    Column("value", _("Value"), "text"),
    Column("entered", _("Entered"), "entered"),
    Column("source", _("Source"), "source"),
    Column("method", _("Method"), "method"),
))  # fmt: skip
