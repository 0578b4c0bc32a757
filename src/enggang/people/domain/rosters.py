"""Rosters: a file is kept, read in the background, compared with what is on record, and written as one diff."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, Refused, act, record, record_subject, require
from enggang.core.bulk import without_collector
from enggang.core.enums import JobState
from enggang.core.jobs import JobRun, enqueue, job
from enggang.core.states import move
from enggang.files.domain.storing import read_bytes, store_file
from enggang.files.enums import Purpose
from enggang.people import rules
from enggang.people.enums import ROSTER_MOVES, RosterState
from enggang.people.models import RosterImport
from enggang.people.reasons import Remark
from enggang.people.roster.plan import COUNTS, Plan, make_plan
from enggang.people.roster.rows import Entry, Roster, read_roster
from enggang.people.roster.sheet import CSV, kind_of
from enggang.people.roster.workbooks import XLSX_TYPE, rejects_workbook
from enggang.people.roster.write import write_plan
from enggang.places.models import Organisation

SHOWN_ROWS = 50
TRIES = 3


@act("people.upload_roster")
def upload_roster(*, organisation: Organisation, content: bytes, name: str, actor: Actor) -> RosterImport:
    """Keep an agency's list and queue its reading. Raises NotARoster for a file that is no list at all."""
    roster = _keep(organisation=organisation, content=content, name=name, actor=actor)
    title = _("Roster of {agency}").format(agency=organisation.short_name or organisation.name)
    roster.job = enqueue(run_import, actor=actor, title=title, subject_code=roster.code, roster=roster.code)
    roster.save(update_fields=["job"])
    return roster


def _keep(*, organisation: Organisation, content: bytes, name: str, actor: Actor) -> RosterImport:
    require(rules.may_manage_people_at(actor, organisation.path))
    kind = kind_of(content)
    _refuse_second(organisation, content)
    media = "text/csv" if kind == CSV else XLSX_TYPE
    source = store_file(
        content=content, name=name, purpose=Purpose.ROSTER, organisation=organisation, actor=actor, media_type=media
    )
    roster = RosterImport(organisation=organisation, source=source, created_at=clock.now(), created_by_key=actor.key)
    roster.subject = RosterImport.new_subject(organisation.code)
    roster.save()
    return roster


def _refuse_second(organisation: Organisation, content: bytes) -> None:
    """The same file sent twice (a double click) is read once. Another file of the same agency waits its turn."""
    same = hashlib.sha256(content).hexdigest()
    waiting = RosterImport.objects.filter(job__state__in=[JobState.QUEUED, JobState.RUNNING], source__sha256=same)
    if waiting.filter(organisation=organisation).exists():
        raise Conflict(_("This file is being read already. Wait until it is done."))


@job("people.import_roster", attempts=3)
def run_import(run: JobRun, *, roster: str) -> None:
    """Read the kept file and write it. Safe to run twice: what is on record already is left alone."""
    row = RosterImport.objects.select_related("organisation__subject", "source", "subject").get(subject__code=roster)
    if row.state == RosterState.IMPORTED:
        return
    run.progress(0, 3, _("Reading the file"))
    try:
        found = read_roster(read_bytes(row.source), today=clock.today())
        run.progress(1, 3, _("Comparing with the people on record"))
        import_rows(roster=row, found=found, actor=run.actor)
    except Refused as refused:
        fail_roster(roster=row, problem=refused.message, actor=run.actor)
        raise
    run.progress(3, 3)
    run.outcome(**row.counts)


def import_rows(*, roster: RosterImport, found: Roster, actor: Actor) -> RosterImport:
    """Write a list that has been read. Whoever added one of its people in the same instant came first: compare again."""
    for attempt in range(1, TRIES + 1):
        try:
            return import_roster(roster=roster, found=_fresh(found), actor=actor)
        except IntegrityError:
            if attempt == TRIES:
                raise
    raise AssertionError  # the loop ends by return or raise


def _fresh(found: Roster) -> Roster:
    """The rows without what an attempt before has said of them."""
    for entry in found.entries:
        entry.errors = entry.errors[: entry.own_errors]
        entry.warnings = entry.warnings[: entry.own_warnings]
    return found


@act("people.import_roster")
def import_roster(*, roster: RosterImport, found: Roster, actor: Actor) -> RosterImport:
    """Compare and write in one transaction, one import per organisation at a time: a second one waits here."""
    organisation = _lock(roster.organisation)
    require(rules.may_manage_people_at(actor, organisation.path))
    today = clock.today()
    plan = make_plan(roster=found, organisation=organisation, actor=actor, today=today)
    write_plan(plan, actor=actor, today=today, source=roster.code)
    move(roster, RosterState.IMPORTED, moves=ROSTER_MOVES, **_outcome(plan), rejects=_keep_rejects(plan, actor))
    record_subject(roster.subject)
    record(**plan.counts)
    return roster


def _lock(organisation: Organisation) -> Organisation:
    """One import per organisation at a time, without holding up others who only refer to it."""
    rows = Organisation.objects.select_related("subject").select_for_update(of=("self",), no_key=True)
    return rows.get(pk=organisation.pk)


def _outcome(plan: Plan) -> dict[str, Any]:
    return {
        "counts": plan.counts,
        "problem": "",
        "rejected_rows": [_shown(entry, entry.errors) for entry in plan.rejected[:SHOWN_ROWS]],
        "warned_rows": [_shown(entry, entry.warnings) for entry in plan.warned[:SHOWN_ROWS]],
    }


def _shown(entry: Entry, remarks: list[Remark]) -> dict[str, Any]:
    return {"row": entry.row, "name": entry.name, "remarks": [remark.as_data() for remark in remarks]}


def _keep_rejects(plan: Plan, actor: Actor) -> Any:
    if not plan.rejected:
        return None
    return store_file(
        content=rejects_workbook(plan.header, plan.rejected),
        name=_("rejected rows {day}").format(day=clock.today().isoformat()) + ".xlsx",
        purpose=Purpose.REJECTS,
        organisation=plan.organisation,
        actor=actor,
        media_type=XLSX_TYPE,
    )


@act("people.fail_roster")
def fail_roster(*, roster: RosterImport, problem: str, actor: Actor) -> RosterImport:
    """Note that a list could not be read, and why."""
    return move(roster, RosterState.FAILED, moves=ROSTER_MOVES, problem=problem)


def import_file(
    *, organisation: Organisation, content: bytes, name: str, actor: Actor, dry_run: bool = False
) -> dict[str, int]:
    """Read a list at once, without the queue (command line); a dry run writes nothing. Answers the counts."""
    require(rules.may_manage_people_at(actor, organisation.path))
    with without_collector():
        found = read_roster(content, today=clock.today())
        if dry_run:
            return dry_plan(organisation=organisation, found=found, actor=actor, today=clock.today()).counts
        roster = keep_roster(organisation=organisation, content=content, name=name, actor=actor)
        counts = import_rows(roster=roster, found=found, actor=actor).counts
    return {name: counts[name] for name in COUNTS}  # PostgreSQL hands JSON back in an order of its own


@act("people.keep_roster")
def keep_roster(*, organisation: Organisation, content: bytes, name: str, actor: Actor) -> RosterImport:
    """Keep a list that is read at once instead of by a job."""
    return _keep(organisation=organisation, content=content, name=name, actor=actor)


def dry_plan(*, organisation: Organisation, found: Roster, actor: Actor, today: date) -> Plan:
    """What an import would do."""
    return make_plan(roster=found, organisation=organisation, actor=actor, today=today)
