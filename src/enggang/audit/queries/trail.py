"""Reading the trail: by day, act, actor and subject, within the organisations one may inspect."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet

from enggang.audit.models import AuditEntry


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the trail; what is empty does not narrow it. Days are of the installation's zone."""

    since: date | None = None
    until: date | None = None
    code: str = ""
    user_ids: Iterable[int] | None = None
    subject_code: str = ""


def entries(question: Question, organisation_codes: QuerySet[Any] | None) -> QuerySet[AuditEntry]:
    """Newest first. ``organisation_codes`` holds the codes one may inspect; None stands for the whole installation."""
    rows = AuditEntry.objects.all()
    if organisation_codes is not None:
        rows = rows.filter(organisation_code__in=organisation_codes)
    if question.since:
        rows = rows.filter(at__gte=_start_of(question.since))
    if question.until:
        rows = rows.filter(at__lt=_start_of(question.until + timedelta(days=1)))
    if question.code:
        rows = rows.filter(code=question.code)
    if question.user_ids is not None:
        rows = rows.filter(user_id__in=question.user_ids)
    if question.subject_code:
        rows = rows.filter(subject_code=question.subject_code)
    return rows.order_by("-pk")


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(settings.TIME_ZONE))
