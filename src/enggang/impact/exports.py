"""Lists of impact as files."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core.exports import Column, Sheet

EDITIONS = Sheet("editions", _("Events"), (
    Column("event", _("Event"), "edition"),
    Column("starts", _("First day"), "edition.starts_on"),
    Column("stage", _("Stage"), "edition.get_stage_display"),
    Column("trained", _("Committee members with a certificate"), "trained"),
    Column("published", _("Photos and videos"), "published"),
    Column("indicators", _("Linked indicators"), lambda row: [each.indicator.name for each in row.indicators]),
))  # fmt: skip
CONTRIBUTIONS = Sheet("contributions", _("Linked to indicators"), (
    Column("what", _("What contributed"), "title"),
    Column("indicator", _("Indicator"), "indicator.name"),
    Column("strength", _("How well it is shown"), "get_strength_display"),
    Column("argument", _("Argument"), "argument"),
    Column("source", _("Where that can be read"), "source"),
    Column("agency", _("Agency"), "organisation.name"),
    Column("linked", _("Linked on"), "linked_at"),
))  # fmt: skip
