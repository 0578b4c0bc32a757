"""What innovation itself can prove: the dates of its stages, who copied it, and how it fared after its adoption."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from enggang.core.registries import Proof, ProofAsked
from enggang.documents.rendering.wording import long_date
from enggang.innovation.models import Checkup, Innovation, Replication


def proofs_of_record(asked: ProofAsked) -> list[Proof]:
    """The words go into papers, so they are Indonesian. Three questions to the database, however many there are."""
    rows = list(Innovation.objects.filter(subject__in=asked.subject_ids).select_related("subject"))
    return [*(proof for row in rows for proof in _stages(row)), *_replications(rows), *_monitoring(rows)]


def _stages(row: Innovation) -> Iterator[Proof]:
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


def _replications(rows: list[Innovation]) -> Iterator[Proof]:
    """Those that are shown by a paper; the guide asks for one."""
    found = Replication.objects.standing().filter(origin__in=rows, proof__isnull=False).with_names()
    for each in found.order_by("on", "pk"):
        facts = [
            ("Ditiru oleh", each.copy_text), ("Sejak", long_date(each.on)),
            *([("Daerah", str(each.region))] if each.region else []), *([("Yang diambil", each.note)] if each.note else []),
        ]  # fmt: skip
        assert each.origin is not None  # filtered above
        yield Proof(
            key=f"replication-{each.pk}", genre="replication", title=f"Replikasi oleh {each.copy_text}", on=each.on, facts=facts,
            url=reverse("innovation:replications", args=[each.origin.code]),
        )  # fmt: skip


def _monitoring(rows: list[Innovation]) -> Iterator[Proof]:
    """What was said at each interval since the adoption that holds: an internal report of monitoring."""
    names = {row.pk: row for row in rows}
    said: dict[int, list[Checkup]] = {}
    for each in Checkup.objects.filter(innovation__in=rows).order_by("number", "pk"):
        if each.adopted_on == names[each.innovation_id].adopted_on:
            said.setdefault(each.innovation_id, []).append(each)
    for pk, checkups in said.items():
        row, last = names[pk], checkups[-1]
        facts = [
            (f"Pemantauan {each.number}", f"{long_date(each.said_on)}: {_users(each)}{each.note}") for each in checkups
        ]
        yield Proof(
            key=f"monitoring-{row.code}", genre="survey", title=f"Pemantauan setelah penerapan {row.title}", on=last.said_on,
            facts=facts, url=reverse("innovation:monitoring", args=[row.code]),
        )  # fmt: skip


def _users(each: Checkup) -> str:
    return "" if each.users is None else f"{each.users} pengguna; "


def months_between(start: date, end: date) -> int:
    """Months begun: a day more than two months are three; at least one."""
    whole = (end.year - start.year) * 12 + end.month - start.month
    return max(1, whole + (end.day > start.day))
