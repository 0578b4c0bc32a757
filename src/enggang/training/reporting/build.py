"""The report as plain data. A section is one function of the facts: to add one, add it to SECTIONS."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from enggang.core import clock
from enggang.core.acts import Conflict
from enggang.documents.domain.letterheads import letterhead_for
from enggang.documents.domain.letters import head_of, signing_of
from enggang.documents.rendering.letter import DRAFT, SPECIMEN
from enggang.documents.rendering.report import check
from enggang.documents.rendering.wording import date_range
from enggang.documents.report_parts import Said, Section, items, section
from enggang.training.models import ActivityReport, Wave
from enggang.training.reporting import closing, opening, results
from enggang.training.reporting.facts import Facts

PAPER = "activity_report"
CHANGES = "changes"
Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Builder:
    """``label`` is what the screen calls the section, ``page`` the page of the wave where it is filled."""

    label: Any
    build: Callable[[Facts], Section]
    page: str = ""


SECTIONS: tuple[Builder, ...] = (
    Builder(_("Background, basis and purpose"), opening.introduction),
    Builder(_("Time and place"), opening.time_and_place, "training:wave"),
    Builder(_("Participants"), opening.participants, "training:participants"),
    Builder(_("Sessions and instructors"), opening.sessions, "training:wave"),
    Builder(_("Attendance"), results.attendance, "training:lists"),
    Builder(_("Who completed"), results.completion, "training:pass_list"),
    Builder(_("Certificates"), results.certificates, "training:pass_list"),
    Builder(_("Test gain"), results.learned, "training:tests"),
    Builder(_("Evaluation"), results.evaluation, "training:evaluation"),
    Builder(_("Money"), closing.money, "training:money"),
    Builder(_("Obstacles"), closing.obstacles),
    Builder(_("Follow-up"), closing.follow_up),
    Builder(_("Action plans"), closing.action_plans, "training:wave_plans"),
    Builder(_("Photos"), closing.photos),
    Builder(_("Annex: participants"), closing.participant_list, "training:participants"),
    Builder(_("Annex: attendance"), closing.attendance_list, "training:lists"),
    Builder(_("Annex: certificates"), closing.certificate_list, "training:pass_list"),
    Builder(_("Annex: schedule"), closing.schedule, "training:wave"),
    Builder(_("Annex: travel"), closing.trip_list, "training:money"),
    Builder(_("Annex: letters"), closing.letter_list, "training:letters"),
)


@dataclass(frozen=True, slots=True)
class Drafted:
    """The report as it stands now: its data, and by builder what is still missing, in the reader's language."""

    data: Data
    sections: list[tuple[Builder, Section]]

    @property
    def checklist(self) -> list[tuple[Builder, list[str]]]:
        return [
            (builder, [_on_screen(part["text"]) for part in found["parts"] if part["kind"] == "missing"])
            for builder, found in self.sections
        ]


def _on_screen(text: str) -> str:
    return text.on_screen if isinstance(text, Said) else text


def draft(wave: Wave, report: ActivityReport | None) -> Drafted:
    """Everything reckoned anew. Raises Unprintable when a text holds characters that no font has."""
    facts = Facts(wave, report)
    found = [(builder, builder.build(facts)) for builder in SECTIONS]
    venue = [wave.venue.name] if wave.venue else []
    data: Data = {
        "title": wave.programme.title,
        "subtitle": [wave.name, date_range(wave.starts_on, wave.ends_on), *venue],
        "head": _head(wave),
        "mark": DRAFT,
        "version": 0,
        "as_of": facts.as_of,
        "day": clock.today(wave.time_zone).isoformat(),
        "sections": [each for _builder, each in found],
    }
    if report is not None and report.signatory is not None:
        data["signing"] = signing_of(report.signatory)
    return Drafted(dict(check(data)), found)


def numbered(data: Data, *, number: int, changes: Iterable[str], specimen: bool) -> Data:
    """The same data as version ``number``, which from the second on begins with what changed."""
    said = list(changes)
    told = [section(CHANGES, f"Perubahan dari versi {number - 1}", [items("lines", said)])] if said else []
    sections = [*told, *data["sections"]]
    return {**data, "version": number, "mark": SPECIMEN if specimen else "", "sections": sections}


def substance(data: Data) -> Data:
    """What makes two versions the same: neither the day nor the moment, nor the list of changes."""
    sections = [each for each in data["sections"] if each["key"] != CHANGES]
    return {"title": data["title"], "subtitle": data["subtitle"], "signing": data.get("signing"), "sections": sections}


def _head(wave: Wave) -> Data:
    organisation = wave.organisation
    try:
        return head_of(letterhead_for(organisation, clock.today(organisation.time_zone), PAPER))
    except Conflict:  # no letterhead yet: the names must do
        parent = organisation.parent
        lines = [*([parent.name] if parent else []), organisation.name]
        return {"lines": lines, "address": [], "city": "", "emblem": ""}
