"""States and choices of what an innovation is scored by: the yearly guide, its evidence, and the handing in of a year."""

from __future__ import annotations

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Scope(TextChoices):
    """Whose indicator it is."""

    INNOVATION = "innovation", _("Innovation (SID)")
    REGION = "region", _("Regional government (SPD)")


class Variable(TextChoices):
    """The groups in which the guide puts its indicators."""

    INFRASTRUCTURE = "infrastructure", _("Infrastructure")
    KNOWLEDGE = "knowledge", _("Output of knowledge and technology")
    PROCESS = "process", _("Speed of the process")
    PRODUCT = "product", _("Refinement of the product")
    CREATIVE = "creative", _("Creative result")


class Parameter(IntegerChoices):
    """Which of the three texts of an indicator describes the innovation; 0: none of them yet."""

    NONE = 0, _("none yet")
    FIRST = 1, _("first")
    SECOND = 2, _("second")
    THIRD = 3, _("third")


class EvidenceKind(TextChoices):
    FILE = "file", _("File")
    LINK = "link", _("Link")
    RECORD = "record", _("Record of this system")


class SubmissionState(TextChoices):
    """Who has it: the innovator writes, three people look at it one after the other."""

    DRAFT = "draft", _("With the innovator")
    COMPANION = "companion", _("With the companion")
    HEAD = "head", _("With the head of the agency")
    BOARD = "board", _("With the research board")
    VALIDATED = "validated", _("Validated")
    FROZEN = "frozen", _("Closed year")


S = SubmissionState
SUBMISSION_MOVES = {
    S.DRAFT: frozenset({S.COMPANION, S.FROZEN}),
    S.COMPANION: frozenset({S.HEAD, S.DRAFT, S.FROZEN}),
    S.HEAD: frozenset({S.BOARD, S.DRAFT, S.FROZEN}),
    S.BOARD: frozenset({S.VALIDATED, S.DRAFT, S.FROZEN}),
    S.VALIDATED: frozenset({S.DRAFT, S.FROZEN}),
    S.FROZEN: frozenset(),
}
ONWARD = {S.DRAFT: S.COMPANION, S.COMPANION: S.HEAD, S.HEAD: S.BOARD, S.BOARD: S.VALIDATED}


class Basis(TextChoices):
    """What the benefit is counted by: the guide lets an innovation choose one."""

    PEOPLE = "people", _("People who benefit")
    UNITS = "units", _("Units that use it")
    SAVING = "saving", _("Saving")
    REVENUE = "revenue", _("Revenue")
    GOODS = "goods", _("Goods")
    TREND = "trend", _("Positive trend")


class Answer(TextChoices):
    """The part of the record that answers a criterion of the competition (KIPP)."""

    DESIGN = "design", _("The innovation's design")
    PURPOSE = "purpose", _("Purpose and result")
    BENEFIT = "benefit", _("Benefit and who benefits")
    CHANGE = "change", _("Result and what was measured")
    REPLICATION = "replication", _("Replication and how to use it")
    SUSTAINABILITY = "sustainability", _("Regulation, staff, money and monitoring")
