"""Action plans of the demonstration: made up, in every state a superior and an agency's head will meet."""

from __future__ import annotations

from datetime import timedelta

from enggang.access.enums import LinkScope
from enggang.core import clock
from enggang.core.actor import Actor, ActorKind
from enggang.training.domain.action_plans import PlanFacts, agree_plan, report_plan, submit_plan, write_plan
from enggang.training.models import ActionPlan, Registration, Wave

PLANS = (
    (
        "Foto layanan dibuat sendiri setiap minggu",
        "Informasi destinasi di laman dinas",
        "Laman dengan foto karya sendiri",
    ),
    ("Video singkat tata cara layanan dibuat", "Waktu layanan perizinan usaha pariwisata", "Video di loket dan laman"),
    (
        "Kalender event kabupaten diperbarui tiap bulan",
        "Jumlah kunjungan pada event daerah",
        "Kalender dan angka kunjungan",
    ),
    (
        "Dokumentasi kegiatan diarsipkan dengan keterangan",
        "Permintaan dokumentasi dari perangkat daerah",
        "Daftar arsip",
    ),
)


def lay_down_plans(wave: Wave) -> None:
    """One draft, one that waits for the superior, one under way, one reported as done."""
    for place, (row, (change, target, proof)) in enumerate(zip(_people(wave), PLANS, strict=False)):
        facts = PlanFacts(
            change=f"{change} (contoh).", unit="Bidang pemasaran (contoh)", target=target, proof=proof,
            target_kind="indicator" if "kunjungan" in target else "service",
            due_on=clock.today() + timedelta(days=90), superior_name="Contoh Atasan (SPESIMEN)",
        )  # fmt: skip
        plan = write_plan(registration=row, facts=facts, actor=_holder(LinkScope.REGISTRATION, row.code))
        _take_further(plan, row, place)


def _take_further(plan: ActionPlan, row: Registration, place: int) -> None:
    own, superior = _holder(LinkScope.REGISTRATION, row.code), _holder(LinkScope.ACTION_PLAN, plan.code)
    if place > 0:
        submit_plan(plan=plan, actor=own)
    if place > 1:
        agree_plan(plan=plan, actor=superior)
    if place > 2:
        report_plan(plan=plan, text="Arsip foto tersusun (contoh).", done=True, actor=own)


def _people(wave: Wave) -> list[Registration]:
    rows = wave.registrations.seated().with_names().select_related("wave__organisation", "person__user")
    return list(rows.order_by("pk")[: len(PLANS)])


def _holder(scope: LinkScope, code: str) -> Actor:
    """Whoever holds the private page of a participant, or of a superior."""
    return Actor(ActorKind.LINK, "link:demo", scopes=frozenset({(str(scope), code)}))
