"""Everything the papers of an edition are written from, read once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.formats import date_format

from enggang.budgets.models import BudgetLine, MoneySource
from enggang.core import clock
from enggang.documents.models import Letterhead, Signatory
from enggang.documents.rendering.wording import long_date
from enggang.events.models import Edition, EditionOrganiser, Site
from enggang.events.queries.edition_concept import Written, written_of
from enggang.plans.models import Plan
from enggang.plans.queries.risks import risks_data
from enggang.plans.queries.rundown import committee_data, rundown_data
from enggang.plans.queries.tasks import plan_about


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the committee, as papers name them."""

    section: str
    post: str
    name: str
    nip: str


@dataclass(frozen=True, slots=True)
class Folder:
    """``days`` and ``risks`` are the plan's plain data, in Indonesian."""

    edition: Edition
    written: Written
    sites: list[Site]
    organisers: list[EditionOrganiser]
    plan: Plan | None
    committee: list[Person]
    days: list[dict[str, Any]]
    risks: list[dict[str, Any]]
    lines: list[BudgetLine]
    sources: list[MoneySource]
    head: Letterhead | None
    signatories: list[Signatory]

    @property
    def today(self) -> date:
        return clock.today(self.edition.time_zone)

    @property
    def total(self) -> int:
        return sum(line.planned for line in self.lines)

    @property
    def funded(self) -> int:
        return sum(source.amount for source in self.sources)

    @property
    def zone(self) -> str:
        """WIB, WITA or WIT."""
        return f"{clock.now().astimezone(ZoneInfo(self.edition.time_zone)):%Z}"

    @property
    def as_of(self) -> str:
        local = clock.now().astimezone(ZoneInfo(self.edition.time_zone))
        return f"{long_date(local.date())} pukul {local:%H.%M} {local:%Z}"

    @property
    def is_empty_rundown(self) -> bool:
        return not any(day["items"] for day in self.days)


def folder_of(edition: Edition) -> Folder:
    plan, budget, agency = plan_about(edition.subject), edition.budget, edition.organisation
    with translation.override("id"):
        days = rundown_data(plan)["days"] if plan else []
        risks = risks_data(plan)["risks"] if plan else []
    today = clock.today(edition.time_zone)
    return Folder(
        edition=edition,
        written=written_of(edition),
        sites=list(edition.sites.select_related("region").defer("region__outline")),
        organisers=list(edition.organisers.select_related("organisation")),
        plan=plan,
        committee=_committee(plan) if plan else [],
        days=days,
        risks=risks,
        lines=list(budget.lines.select_related("source")) if budget else [],
        sources=list(budget.sources.all()) if budget else [],
        head=Letterhead.objects.filter(organisation=agency).select_related("emblem").on(today, "").first(),
        signatories=list(Signatory.objects.filter(organisation=agency).on(today, "")),
    )


def _committee(plan: Plan) -> list[Person]:
    """Who leads all comes first, then section by section."""
    sections = sorted(committee_data(plan)["sections"], key=lambda each: each["name"] != "")
    return [
        Person(each["name"], who["post"] or ("Ketua" if who["leads"] else "Anggota"), who["name"], who["nip"])
        for each in sections
        for who in each["people"]
    ]


def day_in_words(day: str) -> str:
    """An ISO day as «Rabu, 20 Agustus 2025», whatever the language of the screen."""
    with translation.override("id"):
        return date_format(date.fromisoformat(day), "l, j F Y")
