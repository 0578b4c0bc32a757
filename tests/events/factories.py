"""A province, an agency of a regency and its festival, for tests of events."""

from __future__ import annotations

from datetime import date
from typing import Any

from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.events.domain.editions import OrganiserSpec, add_site, open_edition, set_organisers
from enggang.events.domain.events import HostSpec, open_event
from enggang.events.domain.planning import start_plan
from enggang.events.domain.stages import advance_edition
from enggang.events.enums import PATH, RuleKind, Stage
from enggang.events.models import Edition, Event
from enggang.places.enums import RegionLevel
from enggang.places.models import Organisation, Region
from enggang.plans.domain.plans import add_section, keep_member
from enggang.plans.domain.rundown import add_rundown_day, keep_rundown_item
from enggang.plans.domain.tasks import add_task
from enggang.plans.enums import Anchor
from enggang.plans.models import Member, Plan, RundownItem

SAFAR: dict[str, Any] = {"rule": RuleKind.HIJRI_WEEKDAY, "month": 2, "nth": -1, "weekday": 2}
SQUARE = {"type": "Polygon", "coordinates": [[[108.0, -1.0], [110.0, -1.0], [110.0, 2.0], [108.0, 2.0], [108.0, -1.0]]]}


def make_region() -> Region:
    """Mempawah in West Kalimantan, drawn as a square."""
    province, _made = Region.objects.get_or_create(
        code="61", defaults={"name": "Kalimantan Barat", "level": RegionLevel.PROVINCE}
    )
    facts = {"name": "Kabupaten Mempawah", "level": RegionLevel.REGENCY, "parent": province, "outline": SQUARE}
    return Region.objects.get_or_create(code="61.02", defaults=facts)[0]


def make_event(agency: Organisation, name: str = "Robo-Robo", **facts: Any) -> Event:
    values = {"region": make_region(), "kind": "ritual", **SAFAR, "hosts": [HostSpec("Keraton Amantubillah", "palace")]}
    return open_event(organisation=agency, name=name, actor=SYSTEM, **{**values, **facts})


def make_edition(agency: Organisation, *, year: int = 2025, event: Event | None = None, **facts: Any) -> Edition:
    return open_edition(event=event or make_event(agency), year=year, actor=SYSTEM, **facts)


def make_site(edition: Edition, name: str = "Kuala Mempawah", **facts: Any) -> Any:
    values = {"region": edition.event.region, "capacity": 2_000, "latitude": "0.35", "longitude": "108.95"}
    return add_site(edition=edition, name=name, actor=SYSTEM, **{**values, **facts})


def applies(edition: Edition, name: str = "Panitia Robo-Robo") -> Edition:
    specs = [OrganiserSpec(name, "host", contact="Ibu Contoh", phone="0800", applies=True)]
    return set_organisers(edition=edition, version=edition.version, organisers=specs, actor=SYSTEM)


def brought_to(edition: Edition, stage: Stage) -> Edition:
    """Through every gate up to ``stage``, with a reason for whatever is missing."""
    for to in PATH[PATH.index(Stage(edition.stage)) + 1 : PATH.index(stage) + 1]:
        advance_edition(
            edition=edition, to=to, decider="Kepala Dinas", decided_on=clock.today(), reason="uji", actor=SYSTEM
        )
    return edition


def planned(edition: Edition) -> Plan:
    """A plan with a chairman, a task in working days, a fixed one, and a rundown of the first day."""
    plan = start_plan(edition=edition, actor=SYSTEM)
    section = add_section(plan=plan, name="Acara", actor=SYSTEM)
    keep_member(member=Member(plan=plan), name="Contoh Ketua", post="Ketua", phone="081200000000", actor=SYSTEM)
    add_task(plan=plan, section=section, title="Undang tamu", anchor=Anchor.WORKDAYS, offset=-10, actor=SYSTEM)
    fixed = clock.today() if edition.starts_on is None else edition.starts_on
    add_task(plan=plan, section=section, title="Gladi", anchor=Anchor.FIXED, due_on=fixed, actor=SYSTEM)
    if edition.starts_on:
        first = add_rundown_day(plan=plan, day=edition.starts_on, actor=SYSTEM)
        for title, begins in (("Ritual", 8 * 60), ("Saprahan", 11 * 60)):
            keep_rundown_item(
                item=RundownItem(day=first),
                title=title,
                begins=begins,
                minutes=60,
                place="Kuala Mempawah",
                actor=SYSTEM,
            )
    return plan


def day(text: str) -> date:
    return date.fromisoformat(text)
