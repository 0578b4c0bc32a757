"""What innovation itself can prove: the dates of its stages, who copied it, how it fared after its adoption, and what it brought."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from enggang.core.registries import Proof, ProofAsked
from enggang.documents.rendering.wording import long_date
from enggang.innovation.enums import Moment
from enggang.innovation.models import Checkup, Innovation, Reading, Replication
from enggang.innovation.queries.trial import said


def proofs_of_record(asked: ProofAsked) -> list[Proof]:
    """The words go into papers, so they are Indonesian. Four questions to the database, however many there are."""
    rows = list(Innovation.objects.filter(subject__in=asked.subject_ids).select_related("subject"))
    own = [*(proof for row in rows for proof in _stages(row)), *_replications(rows)]
    return [*own, *_watched(rows), *_changes(rows)]


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


def _watched(rows: list[Innovation]) -> Iterator[Proof]:
    """What was said at each interval since the adoption that holds: an internal report, and how many people used it."""
    names = {row.pk: row for row in rows}
    said: dict[int, list[Checkup]] = {}
    for each in Checkup.objects.filter(innovation__in=rows).order_by("number", "pk"):
        if each.adopted_on == names[each.innovation_id].adopted_on:
            said.setdefault(each.innovation_id, []).append(each)
    for pk, checkups in said.items():
        yield _monitoring(names[pk], checkups)
        if any(each.users for each in checkups):
            yield _users(names[pk], [each for each in checkups if each.users])


def _monitoring(row: Innovation, checkups: list[Checkup]) -> Proof:
    facts = [(f"Pemantauan {each.number}", f"{long_date(each.said_on)}: {_used(each)}{each.note}") for each in checkups]
    return Proof(
        key=f"monitoring-{row.code}", genre="survey", title=f"Pemantauan setelah penerapan {row.title}", on=checkups[-1].said_on,
        facts=facts, url=reverse("innovation:monitoring", args=[row.code]),
    )  # fmt: skip


def _users(row: Innovation, checkups: list[Checkup]) -> Proof:
    """Each interval by itself, never added up: who used it twice was counted twice."""
    facts = [
        (f"Pengguna, pemantauan {each.number}", f"{each.users} orang ({long_date(each.said_on)})") for each in checkups
    ]
    most = max(each.users or 0 for each in checkups)
    return Proof(
        key=f"users-{row.code}", genre="benefit", title=f"Pengguna {row.title}", on=checkups[-1].said_on,
        facts=[("Terbanyak dalam satu masa", f"{most} orang"), *facts], url=reverse("innovation:monitoring", args=[row.code]),
    )  # fmt: skip


def _used(each: Checkup) -> str:
    return "" if each.users is None else f"{each.users} pengguna; "


def _changes(rows: list[Innovation]) -> Iterator[Proof]:
    """What was measured before the trial and after it, the last value of each."""
    found: dict[int, dict[str, dict[str, Reading]]] = {}
    readings = Reading.objects.filter(
        measure__innovation__in=rows, voided_at=None, moment__in=[Moment.BEFORE, Moment.AFTER]
    )
    for each in readings.select_related("measure").order_by("measure_id", "as_of", "pk"):
        measured = found.setdefault(each.measure.innovation_id, {})
        measured.setdefault(f"{each.measure.name} ({each.measure.unit})", {})[each.moment] = each
    for row in rows:
        both = {name: values for name, values in found.get(row.pk, {}).items() if len(values) == 2}
        if both:
            facts = [
                (name, f"{said(values[Moment.BEFORE])} menjadi {said(values[Moment.AFTER])}")
                for name, values in both.items()
            ]
            yield Proof(
                key=f"change-{row.code}", genre="benefit", title=f"Perubahan terukur oleh {row.title}",
                on=max(values[Moment.AFTER].as_of for values in both.values()), facts=facts,
                url=reverse("innovation:trial", args=[row.code]),
            )  # fmt: skip


def months_between(start: date, end: date) -> int:
    """Months begun: a day more than two months are three; at least one."""
    whole = (end.year - start.year) * 12 + end.month - start.month
    return max(1, whole + (end.day > start.day))
