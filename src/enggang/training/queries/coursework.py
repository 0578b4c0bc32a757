"""Reads about assignments: what concerns a participant, and who lacks what the completion rule asks for."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import Q, QuerySet

from enggang.reviews.models import Sheet
from enggang.training.enums import ClassKind
from enggang.training.models import Assignment, ClassPlace, HandIn, Registration, Wave, WaveClass


def hand_ins_with_names() -> QuerySet[HandIn]:
    return HandIn.objects.select_related(
        "subject", "review__rubric", "review__subject", "klass", "registration__person", "registration__subject",
        "assignment__wave__subject", "assignment__wave__organisation", "assignment__wave__programme",
    ).prefetch_related("versions__pieces__upload__file__subject")  # fmt: skip


def own_hand_ins(registration: Registration) -> dict[int, HandIn]:
    """By assignment: one's own, and those of one's groups."""
    groups = registration.class_places.values("klass_id")
    rows = hand_ins_with_names().filter(Q(registration=registration) | Q(klass__in=groups))
    return {row.assignment_id: row for row in rows}


def sheet_facts(sheet: Sheet) -> dict[str, Any]:
    """What one grader gave, to be kept beside the version it was given for; without who it was."""
    marks = [[str(mark.criterion), str(mark.level), mark.level.points] for mark in sheet.marks.all()]
    return {"number": sheet.number, "score": sheet.score, "feedback": sheet.feedback, "marks": marks}


def group_words(registration: Registration) -> tuple[str, list[str]]:
    """The practice group one hands in for, with who is in it; no name where there is none, or more than one."""
    groups = list(
        WaveClass.objects.filter(places__registration=registration, kind=ClassKind.GROUP).order_by("name", "pk")[:2]
    )
    return (groups[0].name, members_of(groups[0])) if len(groups) == 1 else ("", [])


def members_of(klass: WaveClass) -> list[str]:
    rows = Registration.objects.seated().filter(class_places__klass=klass).order_by("person__name_key", "pk")
    return list(rows.values_list("person__name", flat=True))


def unaccepted(wave: Wave) -> dict[int, list[str]]:
    """Titles of the assignments that count and that are not accepted yet, by registration. Three queries."""
    counting = list(Assignment.objects.shown().filter(wave=wave, counts=True))
    if not counting:
        return {}
    done = _accepted(counting)
    people = wave.registrations.values_list("pk", flat=True)
    missing = {pk: [row.title for row in counting if pk not in done[row.pk]] for pk in people}
    return {pk: titles for pk, titles in missing.items() if titles}


def _accepted(counting: list[Assignment]) -> dict[int, set[int]]:
    done: dict[int, set[int]] = defaultdict(set)
    members: dict[int, set[int]] = defaultdict(set)
    rows = list(HandIn.objects.filter(assignment__in=counting).select_related("review", "assignment"))
    groups = [row.klass_id for row in rows if row.klass_id]
    for klass_id, registration_id in ClassPlace.objects.filter(klass__in=groups).values_list(
        "klass_id", "registration_id"
    ):
        members[klass_id].add(registration_id)
    for row in rows:
        if row.is_accepted:
            done[row.assignment_id] |= {row.registration_id} if row.registration_id else members[row.klass_id or 0]
    return done
