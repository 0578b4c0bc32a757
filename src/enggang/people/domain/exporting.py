"""Everything of an agency and all below it as one workbook: nobody is locked in."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import act, record, record_subject, require
from enggang.core.jobs import JobRun, enqueue, job
from enggang.core.models import Job
from enggang.core.registries import ExportSheet, export_sheets
from enggang.people import rules
from enggang.people.queries.everything import employment_rows, organisation_rows, person_rows, roster_rows
from enggang.people.roster.workbooks import several_sheets
from enggang.places.models import Organisation

EVERYTHING = "people.export_everything"


@act("people.export_everything")
def export_everything(*, organisation: Organisation, actor: Actor) -> Job:
    """Queue the workbook; the trail keeps who asked for it."""
    require(actor.holds(*rules.SEES_ROSTERS, at=organisation.path))
    record_subject(organisation.subject)
    record(organisation=organisation.code)
    title, values = gettext_noop("Everything of {agency}"), {"agency": organisation.short_name or organisation.name}
    return enqueue(write_everything, actor=actor, title=title, title_values=values, organisation=organisation.code)


def _still_sees_rosters(actor: Actor, *, organisation: str) -> bool:
    agency = Organisation.objects.get(subject__code=organisation)
    return actor.holds(*rules.SEES_ROSTERS, at=agency.path)


@job(EVERYTHING, attempts=2, may_read=_still_sees_rosters)
def write_everything(run: JobRun, *, organisation: str) -> None:
    """People, their history, the organisations, every list and what the apps above know of the people, each on a sheet."""
    agency = Organisation.objects.get(subject__code=organisation)
    require(run.actor.holds(*rules.SEES_ROSTERS, at=agency.path))
    path = agency.path
    content = several_sheets(
        {
            _("People"): (
                [_("Code"), _("Name"), _("NIP"), _("Mobile number"), _("E-mail"), _("NIP to be completed"), _("Agency"),
                 _("Post"), _("Rank and grade"), _("Status"), _("Unit")],
                person_rows(path, run.actor),
            ),
            _("Employment history"): (
                [_("Code"), _("Name"), _("Agency"), _("Status"), _("Post"), _("Rank and grade"), _("Unit"), _("Superior"),
                 _("From"), _("Until")],
                employment_rows(path),
            ),
            _("Organisations"): (
                [_("Code"), _("Name"), _("Short name"), _("Kind"), _("Below"), _("From"), _("Until")],
                organisation_rows(path),
            ),
            _("Rosters"): (
                [_("Code"), _("Agency"), _("Sent"), _("State"), _("Rows"), _("Added"), _("Renewed"), _("Unchanged"),
                 _("Rejected"), _("With a warning")],
                roster_rows(path),
            ),
            **{str(each.title): (each.header, each.rows(path, run.actor)) for each in sorted(export_sheets, key=_place)},
        }
    )  # fmt: skip
    run.result_file(f"{agency.short_name} {clock.today().isoformat()}.xlsx", content)


def _place(sheet: ExportSheet) -> int:
    return sheet.order
