"""What a badge tells of how it was earned: the wave's rule, the sessions somebody was at, what they handed in.

The words go into a signed credential beside the paper, so they are Indonesian whatever the screen's language.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from enggang.core.registries import Earned, Evidence
from enggang.documents.rendering.wording import NBSP, long_date
from enggang.training.models import Assignment, ClassPlace, HandIn, Registration, Wave
from enggang.training.queries.concerned import Credit, credits_of

MOST_FILES = 5
# Of whom the organiser decided by hand the rule's conditions may not be true, and why they did is not the world's to read.
DECIDED = "Menyelesaikan pelatihan berdasarkan keputusan penyelenggara."


def earned_by(subjects: Sequence[int]) -> dict[int, Earned]:
    """By the subject id of a registration. A fixed number of queries for every wave among them."""
    rows = Registration.objects.filter(subject__in=subjects).select_related("wave__programme").order_by("pk")
    waves: dict[int, list[Registration]] = defaultdict(list)
    for row in rows:
        waves[row.wave_id].append(row)
    return {subject: earned for group in waves.values() for subject, earned in _of_wave(group[0].wave, group).items()}


def _of_wave(wave: Wave, rows: Sequence[Registration]) -> dict[int, Earned]:
    credit, works = credits_of(wave), _works(wave)
    counting = list(Assignment.objects.shown().filter(wave=wave, counts=True))
    rule = _criteria(wave, [row.title for row in counting])
    return {
        row.subject_id: Earned(
            DECIDED if row.outcome_reason else rule, [*_attendance(credit.get(row.pk)), *works.get(row.pk, [])]
        )
        for row in rows
    }


def _criteria(wave: Wave, assignments: Sequence[str]) -> str:
    programme = wave.programme
    parts = [f"kehadiran paling sedikit {programme.minimum_attendance}% dari sesi yang direncanakan"]
    if programme.minimum_post_test is not None:
        parts.append(f"nilai tes akhir paling sedikit {programme.minimum_post_test}%")
    if assignments:
        parts.append("tugas yang diterima: " + "; ".join(assignments))
    return f"Menyelesaikan pelatihan dengan {', '.join(parts)}."


def _attendance(credit: Credit | None) -> list[Evidence]:
    if credit is None or not credit.seen.planned:
        return []
    seen = credit.seen
    text = f"Hadir pada {seen.present} dari {seen.planned} sesi yang direncanakan ({seen.percent}%)."
    return [Evidence("Kehadiran", text, "attendance")]


def _works(wave: Wave) -> dict[int, list[Evidence]]:
    """By registration: what each handed in, alone or with their practice group."""
    found: dict[int, list[Evidence]] = defaultdict(list)
    rows = list(_hand_ins(wave))
    members: dict[int | None, list[int]] = defaultdict(list)
    places = ClassPlace.objects.filter(klass__in=[row.klass_id for row in rows if row.klass_id])
    for klass, registration in places.values_list("klass_id", "registration_id"):
        members[klass].append(registration)
    for row in rows:
        for registration in [row.registration_id] if row.registration_id else members[row.klass_id]:
            found[registration].append(_work(row, wave))
    return found


def _hand_ins(wave: Wave) -> QuerySet[HandIn]:
    shown = Assignment.objects.shown().filter(wave=wave)
    rows = HandIn.objects.filter(assignment__in=shown, versions__isnull=False).distinct()
    return (
        rows.select_related("review", "assignment")
        .prefetch_related("versions__pieces__upload__file")
        .order_by("assignment__due_at", "pk")
    )


def _work(row: HandIn, wave: Wave) -> Evidence:
    last = row.versions.all()[0]
    day = long_date(last.at.astimezone(ZoneInfo(wave.time_zone)).date()).replace(NBSP, " ")
    said = [f"Diserahkan pada {day}" + (" bersama kelompok." if row.klass_id else ".")]
    if row.is_accepted and row.assignment.released_at:  # what is not released yet is not told here either
        said.append("Dinilai dan diterima.")
    hashes = [piece.upload.file.sha256 for piece in last.pieces.all() if piece.upload.file]
    if hashes:
        said.append("SHA-256 berkas: " + ", ".join(hashes[:MOST_FILES]) + ".")
    return Evidence(f"Tugas: {row.assignment.title}", " ".join(said), "work")
