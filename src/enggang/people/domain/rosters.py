"""Rosters: a file is kept, read in the background, compared with what is on record, and written as one diff."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, Refused, act, record, record_subject, require
from enggang.core.bulk import measure_again, roomy_cache, without_collector
from enggang.core.enums import JobState
from enggang.core.jobs import JobRun, enqueue, job
from enggang.core.models import Subject
from enggang.core.states import move
from enggang.files.domain.storing import read_bytes, store_file
from enggang.files.enums import Purpose
from enggang.people import rules
from enggang.people.domain.answering import confirm_person
from enggang.people.enums import ROSTER_MOVES, RosterState
from enggang.people.models import ColumnMapping, Employment, Person, RosterImport
from enggang.people.roster.choice import NO_CHOICE, Choice
from enggang.people.roster.header import Columns
from enggang.people.roster.plan import COUNTS, Plan, make_plan
from enggang.people.roster.preview import SHOWN_ROWS, preview_of, shown_row
from enggang.people.roster.reading import Roster, read_roster
from enggang.people.roster.sheet import CSV, kind_of
from enggang.people.roster.trace import trace_of
from enggang.people.roster.workbooks import XLSX_TYPE, rejects_workbook
from enggang.people.roster.write import write_plan
from enggang.places.models import Organisation
from enggang.places.models.organisation import below

TRIES = 3
MANY = 500  # new people after whom the database plans anew


@act("people.upload_roster")
def upload_roster(*, organisation: Organisation, content: bytes, name: str, actor: Actor) -> RosterImport:
    """Keep an agency's list and queue its reading. Raises NotARoster for a file that is no list at all.

    It is read in at once when every needed column is recognised and no row is in doubt; otherwise it is shown first. So
    is one whose columns were set by people, as soon as it would change anybody on record.
    """
    roster = _keep(organisation=organisation, content=content, name=name, actor=actor)
    return _queue(roster, actor, straight=True)


def _queue(roster: RosterImport, actor: Actor, *, straight: bool = False, settled: bool = False) -> RosterImport:
    """``straight`` reads in what is beyond doubt, ``settled`` whatever a person has said yes to; else it is shown."""
    organisation = roster.organisation
    title, values = gettext_noop("Roster of {agency}"), {"agency": organisation.short_name or organisation.name}
    roster.job = enqueue(
        run_import, actor=actor, title=title, title_values=values, subject_code=roster.code, roster=roster.code, straight=straight,
        settled=settled,
    )  # fmt: skip
    roster.save(update_fields=["job"])
    return roster


@act("people.map_roster")
def map_roster(
    *, roster: RosterImport, sheets: Sequence[int], columns: Mapping[int, Columns], actor: Actor
) -> RosterImport:
    """Say which sheets and columns are meant; the list is read and shown anew. Remembered is what is accepted then."""
    require(rules.may_manage_people_at(actor, roster.organisation.path))
    _refuse_nameless(sheets, columns)
    choice = replace(Choice.of(roster.choice), sheets=tuple(sheets), columns=columns, answers={}, accepted=frozenset())
    move(roster, RosterState.UPLOADED, moves=ROSTER_MOVES, choice=choice.as_data())
    record(sheets=len(sheets))
    return _queue(roster, actor)


def _refuse_nameless(sheets: Sequence[int], columns: Mapping[int, Columns]) -> None:
    if not sheets:
        raise Conflict(_("Choose at least one sheet."))
    if any(index in columns and not {"name", "name_nip"} & set(columns[index]) for index in sheets):
        raise Conflict(_("Say which column holds the names."))


def _remember(roster: RosterImport, columns: Mapping[int, Columns]) -> None:
    """What a person has set, once they have seen what comes of it and said yes."""
    for page in roster.preview.get("pages", []):
        if page["taken"] and page["index"] in columns:
            meant = {"mapping": columns[page["index"]], "labels": page["labels"], "changed_at": clock.now()}
            ColumnMapping.objects.update_or_create(
                organisation=roster.organisation, fingerprint=page["fingerprint"], defaults=meant
            )


@act("people.forget_columns")
def forget_columns(*, mapping: ColumnMapping, actor: Actor) -> Organisation:
    """Let later lists of this form be understood afresh. Lists that were read in stay as they are."""
    organisation = mapping.organisation
    require(rules.may_manage_people_at(actor, organisation.path))
    if not ColumnMapping.objects.filter(pk=mapping.pk).delete()[0]:
        raise Conflict(_("These columns have been forgotten already."))
    record(fingerprint=mapping.fingerprint, columns=mapping.mapping)
    return organisation


def remembered_columns(organisation: Organisation) -> dict[str, Columns]:
    return dict(ColumnMapping.objects.filter(organisation=organisation).values_list("fingerprint", "mapping"))


@act("people.accept_roster")
def accept_roster(*, roster: RosterImport, choice: Choice, actor: Actor) -> RosterImport:
    """Read in a list that was shown, with the answers to its questions. Who says an odd NIP is right is on record."""
    require(rules.may_manage_people_at(actor, roster.organisation.path))
    before = Choice.of(roster.choice)
    kept = replace(choice, sheets=before.sheets, columns=before.columns)
    _remember(roster, before.columns)
    move(roster, RosterState.UPLOADED, moves=ROSTER_MOVES, choice=kept.as_data())
    record(**_said(kept))
    return _queue(roster, actor, settled=True)


def _said(choice: Choice) -> dict[str, Any]:
    """What was decided about a list, for the trail: whose decision it was stands there already."""
    return {
        "accepted": "all" if choice.accepts_all else len(choice.accepted),
        "moved": "all" if choice.moves_all else len(choice.moves),
        "answered": len(choice.answers),
        "without_nip": choice.without_nip,
    }


def _keep(
    *, organisation: Organisation, content: bytes, name: str, actor: Actor, choice: Choice = NO_CHOICE
) -> RosterImport:
    require(rules.may_manage_people_at(actor, organisation.path))
    kind = kind_of(content)
    _refuse_second(organisation, content)
    media = "text/csv" if kind == CSV else XLSX_TYPE
    source = store_file(
        content=content, name=name, purpose=Purpose.ROSTER, organisation=organisation, actor=actor, media_type=media
    )
    roster = RosterImport(organisation=organisation, source=source, created_at=clock.now(), created_by_key=actor.key)
    roster.choice = choice.as_data() if choice is not NO_CHOICE else {}
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
def run_import(run: JobRun, *, roster: str, straight: bool = False, settled: bool = False) -> None:
    """Read the kept file, and show it or write it. Safe to run twice: what is on record already is left alone."""
    row = RosterImport.objects.select_related("organisation__subject", "source", "subject").get(subject__code=roster)
    if row.state != RosterState.UPLOADED:
        return
    run.progress(0, 3, _("Reading the file"))
    try:
        with without_collector():
            _read_kept(run, row, straight=straight, settled=settled)
    except Refused as refused:
        fail_roster(roster=row, problem=refused.message, actor=run.actor)
        raise
    run.progress(3, 3)
    run.outcome(**row.counts)


def _read_kept(run: JobRun, row: RosterImport, *, straight: bool, settled: bool) -> None:
    content, choice = read_bytes(row.source), Choice.of(row.choice)
    found = read_roster(content, today=clock.today(), choice=choice, remembered=remembered_columns(row.organisation))
    run.progress(1, 3, _("Comparing with the people on record"))
    if not settled:
        plan = dry_plan(organisation=row.organisation, found=found, actor=run.actor, today=clock.today(), choice=choice)
        settled = straight and found.is_sure and not plan.rejected and not (found.from_memory and plan.changed)
        if not settled:
            check_roster(roster=row, found=found, plan=plan, actor=run.actor)
    if settled:
        import_rows(roster=row, found=found, content=content, actor=run.actor, choice=choice)


@act("people.check_roster")
def check_roster(*, roster: RosterImport, found: Roster, plan: Plan, actor: Actor) -> RosterImport:
    """Keep how a list was understood, for a person to look at before anything is written."""
    require(rules.may_manage_people_at(actor, roster.organisation.path))
    record(**plan.counts)
    return move(
        roster, RosterState.CHECKED, moves=ROSTER_MOVES, **_outcome(plan, found), preview=preview_of(found, plan)
    )


def import_rows(*, roster: RosterImport, found: Roster, content: bytes, actor: Actor, choice: Choice) -> RosterImport:
    """Write a list that has been read. Whoever added one of its people in the same instant came first: compare again."""
    for attempt in range(1, TRIES + 1):
        try:
            with roomy_cache():
                roster = import_roster(roster=roster, found=found, content=content, choice=choice, actor=actor)
            if roster.counts["created"] >= MANY:
                measure_again(Subject, Person, Employment)
            return roster
        except IntegrityError:
            if attempt == TRIES:
                raise
    raise AssertionError  # the loop ends by return or raise


@act("people.import_roster")
def import_roster(*, roster: RosterImport, found: Roster, content: bytes, choice: Choice, actor: Actor) -> RosterImport:
    """Compare and write in one transaction, one import per organisation at a time: a second one waits here."""
    organisation = _lock(roster.organisation)
    require(rules.may_manage_people_at(actor, organisation.path))
    today = clock.today()
    plan = dry_plan(organisation=organisation, found=found, actor=actor, today=today, choice=choice)
    created = write_plan(plan, actor=actor, today=today, source=roster.code)
    _answer_for(plan, actor)
    rejects = _keep_rejects(plan, found, content, actor)
    move(roster, RosterState.IMPORTED, moves=ROSTER_MOVES, **_outcome(plan, found), preview={}, rejects=rejects,
         trace=trace_of(plan, created, today))  # fmt: skip
    record_subject(roster.subject)
    record(**plan.counts)
    return roster


def _answer_for(plan: Plan, actor: Actor) -> None:
    """Whom others had entered at a desk and the agency's own list names is confirmed by it."""
    asked = Employment.objects.present().to_confirm().filter(below(plan.organisation.path, "organisation__path"))
    for row in asked.select_related("organisation", "person__subject").order_by("pk"):
        if row.person_id in plan.named:
            confirm_person(employment=row, actor=actor)


def _lock(organisation: Organisation) -> Organisation:
    """One import per organisation at a time, without holding up others who only refer to it."""
    rows = Organisation.objects.select_related("subject").select_for_update(of=("self",), no_key=True)
    return rows.get(pk=organisation.pk)


def _outcome(plan: Plan, found: Roster) -> dict[str, Any]:
    several = found.lists if len(found.lists) > 1 else {}
    return {
        "counts": plan.counts,
        "problem": "",
        "rejected_rows": [shown_row(entry, entry.errors, several) for entry in plan.rejected[:SHOWN_ROWS]],
        "warned_rows": [shown_row(entry, entry.warnings, several) for entry in plan.warned[:SHOWN_ROWS]],
    }


def _keep_rejects(plan: Plan, found: Roster, content: bytes, actor: Actor) -> Any:
    if not plan.rejected:
        return None
    return store_file(
        content=rejects_workbook(content, found.pages, plan.rejected),
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
    *,
    organisation: Organisation,
    content: bytes,
    name: str,
    actor: Actor,
    dry_run: bool = False,
    accepts_warnings: bool = False,
) -> dict[str, int]:
    """Read a list at once, without the queue (command line); a dry run writes nothing. Answers the counts.

    Odd NIPs and moves from another agency come back as on screen, unless the actor, a named person, answers for all of
    them with ``accepts_warnings``; raises NotAllowed when it is nobody by name.
    """
    require(rules.may_manage_people_at(actor, organisation.path))
    require(actor.is_signed_in or not accepts_warnings, _("Say by name who answers for the warnings."))
    choice = Choice(accepts_all=accepts_warnings, moves_all=accepts_warnings)
    with without_collector():
        found = read_roster(content, today=clock.today(), choice=choice, remembered=remembered_columns(organisation))
        if dry_run:
            return dry_plan(
                organisation=organisation, found=found, actor=actor, today=clock.today(), choice=choice
            ).counts
        roster = keep_roster(organisation=organisation, content=content, name=name, choice=choice, actor=actor)
        counts = import_rows(roster=roster, found=found, content=content, actor=actor, choice=choice).counts
    return {name: counts[name] for name in COUNTS}  # PostgreSQL hands JSON back in an order of its own


@act("people.keep_roster")
def keep_roster(*, organisation: Organisation, content: bytes, name: str, choice: Choice, actor: Actor) -> RosterImport:
    """Keep a list that is read at once instead of by a job, and on record what its sender answers for."""
    record(**_said(choice))
    return _keep(organisation=organisation, content=content, name=name, actor=actor, choice=choice)


def dry_plan(
    *, organisation: Organisation, found: Roster, actor: Actor, today: date, choice: Choice = NO_CHOICE
) -> Plan:
    """What an import would do."""
    return make_plan(
        entries=found.entries, organisation=organisation, actor=actor, today=today, choice=choice, sheets=found.lists
    )
