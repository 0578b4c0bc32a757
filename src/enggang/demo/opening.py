"""The plan of a wave's opening for the demonstration: committee, tasks, rundown, risks and a crowd zone, all made up."""

from __future__ import annotations

from collections.abc import Sequence

from enggang.core.actor import SYSTEM
from enggang.people.models import Person
from enggang.plans.domain.holidays import load_holidays
from enggang.plans.domain.plans import keep_member
from enggang.plans.domain.reference import load_reference
from enggang.plans.domain.risks import keep_risk, keep_zone
from enggang.plans.domain.rundown import add_rundown_day, keep_rundown_item
from enggang.plans.domain.tasks import change_task, move_task, use_bundle
from enggang.plans.enums import Anchor, RiskKind, TaskState
from enggang.plans.models import CrowdZone, Member, Plan, Risk, RundownItem
from enggang.training.domain.opening import plan_opening
from enggang.training.models import Wave

BUNDLE = "Pembukaan pelatihan"
ITEMS = (
    ("Peserta masuk, lagu daerah", 450, 30, "Pintu dibuka", "Aula"),
    ("Indonesia Raya", 480, 5, "Isyarat dirigen", "Aula"),
    ("Laporan ketua panitia", 485, 10, "Pembawa acara menyebut nama", "Podium"),
    ("Sambutan dan pembukaan resmi", 495, 20, "Gong disiapkan", "Podium"),
    ("Penyematan tanda peserta", 520, 10, "Dua wakil peserta maju", "Panggung"),
    ("Foto bersama", 530, 15, "Pengumuman", "Panggung"),
)
RISKS = (
    ("Pejabat yang membuka berhalangan", RiskKind.OTHER, 3, 3, "Siapkan pengganti dan naskah sambutan", "Tidak ada kepastian dua hari sebelumnya"),
    ("Listrik padam saat pembukaan", RiskKind.TECHNICAL, 2, 4, "Genset dan pengeras suara baterai", "Tegangan turun saat gladi"),
    ("Hujan lebat, peserta terlambat", RiskKind.WEATHER, 4, 2, "Susunan acara memberi jeda 15 menit", "Peringatan dini BMKG"),
)  # fmt: skip


def lay_down_opening(wave: Wave, staff: Sequence[Person]) -> None:
    load_holidays(actor=SYSTEM)
    load_reference(actor=SYSTEM)
    plan = plan_opening(wave=wave, actor=SYSTEM)
    use_bundle(plan=plan, bundle=BUNDLE, actor=SYSTEM)
    people = _committee(plan, staff)
    for number, task in enumerate(plan.tasks.order_by("due_on", "pk")):
        facts = {"title": task.title, "section": task.section, "anchor": Anchor(task.anchor), "offset": task.offset}
        change_task(task=task, version=task.version, member=people[number % len(people)], actor=SYSTEM, **facts)
        if number < 2:
            move_task(task=task, to=TaskState.DONE if number == 0 else TaskState.DOING, actor=SYSTEM)
    _rundown(plan, people)
    for title, kind, likelihood, impact, treatment, trigger in RISKS:
        keep_risk(
            risk=Risk(plan=plan), title=title, kind=kind, likelihood=likelihood, impact=impact, treatment=treatment,
            trigger=trigger, member=people[0], actor=SYSTEM,
        )  # fmt: skip
    keep_zone(zone=CrowdZone(plan=plan), site="Gedung", name="Aula", area=220, peak=110, capacity=150, actor=SYSTEM)


def _committee(plan: Plan, staff: Sequence[Person]) -> list[Member]:
    sections = list(plan.sections.all())
    return [
        keep_member(
            member=Member(plan=plan),
            person=person,
            section=section,
            leads=True,
            post="Ketua seksi (contoh)",
            actor=SYSTEM,
        )
        for person, section in zip(staff, sections, strict=False)
    ]


def _rundown(plan: Plan, people: Sequence[Member]) -> None:
    assert plan.day is not None
    day = add_rundown_day(plan=plan, day=plan.day, title="Pembukaan", actor=SYSTEM)
    for number, (title, begins, minutes, cue, place) in enumerate(ITEMS):
        keep_rundown_item(
            item=RundownItem(day=day), title=title, begins=begins, minutes=minutes, cue=cue, place=place,
            member=people[number % len(people)], actor=SYSTEM,
        )  # fmt: skip
