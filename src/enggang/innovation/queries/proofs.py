"""What innovation itself can prove: its dates, for the speed with which it was created."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from enggang.core.registries import Proof, ProofAsked
from enggang.documents.rendering.wording import long_date
from enggang.innovation.models import Innovation


def proofs_of_record(asked: ProofAsked) -> list[Proof]:
    """The words go into papers, so they are Indonesian."""
    rows = Innovation.objects.filter(subject__in=asked.subject_ids).select_related("subject")
    return [proof for row in rows for proof in _of(row)]


def _of(row: Innovation) -> Iterator[Proof]:
    if row.adopted_on is not None:
        months = months_between(row.handed_in_on, row.adopted_on)
        facts = [
            ("Gagasan diajukan", long_date(row.handed_in_on)),
            *([("Uji coba dimulai", long_date(row.trial_on))] if row.trial_on else []),
            ("Diterapkan", long_date(row.adopted_on)),
            ("Lama penciptaan", f"{months} bulan"),
        ]
        yield Proof(
            key=f"stages-{row.code}", genre="stages", title=f"Tanggal tahapan {row.title}", on=row.adopted_on, facts=facts,
            url=reverse("innovation:innovation", args=[row.code]),
        )  # fmt: skip


def months_between(start: date, end: date) -> int:
    """Months begun: a day more than two months are three; at least one."""
    whole = (end.year - start.year) * 12 + end.month - start.month
    return max(1, whole + (end.day > start.day))
