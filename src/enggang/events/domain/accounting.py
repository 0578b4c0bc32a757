"""Acts on what is told after an edition: the words of its report, what each section did, and incidents."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.states import keep_version
from enggang.core.text import one_line
from enggang.events import rules
from enggang.events.models import Account, Edition, Incident, SectionReport

MOST_SECTIONS = 60
MOST_INCIDENTS = 500
FAR = 60  # days before the first day and after the last on which something may have happened


@act("events.write_account")
def write_account(*, edition: Edition, version: int, actor: Actor, **words: Any) -> Account:
    """Write the words of the report that no record holds. They may be written, and set right, after the edition is closed."""
    require(rules.may_manage(actor, edition.organisation))
    account, made = Account.objects.get_or_create(edition=edition)
    keep_version(account, account.version if made else version)
    for name, value in words.items():
        setattr(account, name, value)
    account.clean_fields(exclude=["edition"])
    account.save()
    record_subject(edition.subject)
    record(written=sorted(name for name, value in words.items() if value))
    return account


@act("events.write_section_report")
def write_section_report(
    *, edition: Edition, actor: Actor, report: SectionReport | None = None, version: int = 0, **words: Any
) -> SectionReport:
    """Write what a section did: a new one, or ``report`` set right. Raises Conflict when the section has one."""
    require(rules.may_manage(actor, edition.organisation))
    if report is None:
        if edition.section_reports.count() >= MOST_SECTIONS:
            raise Conflict(_("At most %(most)s sections report.") % {"most": MOST_SECTIONS})
        report = SectionReport(edition=edition)
    else:
        keep_version(report, version)
    for name, value in words.items():
        setattr(report, name, value)
    report.section = one_line(report.section, 120)
    if not report.section:
        raise Conflict(_("Name the section."))
    if report.is_empty:
        raise Conflict(_("Write at least one sentence on what the section did."))
    with told(SectionReport):
        report.clean_fields(exclude=["edition"])
        report.save()
    record_subject(edition.subject)
    record(report=report.pk)
    return report


@act("events.drop_section_report")
def drop_section_report(*, report: SectionReport, actor: Actor) -> Edition:
    require(rules.may_manage(actor, report.edition.organisation))
    record_subject(report.edition.subject)
    record(report=report.pk)
    report.delete()
    return report.edition


@act("events.note_incident")
def note_incident(
    *, edition: Edition, actor: Actor, incident: Incident | None = None, version: int = 0, **facts: Any
) -> Incident:
    """Note what happened: anew, or ``incident`` set right. The report tells it, without names."""
    require(rules.may_manage(actor, edition.organisation))
    if incident is None:
        if edition.incidents.count() >= MOST_INCIDENTS:
            raise Conflict(_("At most %(most)s incidents are kept of one edition.") % {"most": MOST_INCIDENTS})
        incident = Incident(edition=edition, noted_at=clock.now(), noted_by_key=actor.key)
    else:
        keep_version(incident, version)
        if incident.is_void:
            raise Conflict(_("This entry was taken back. Put it back first."))
    for name, value in facts.items():
        setattr(incident, name, value)
    _check(incident)
    with told(Incident):
        incident.clean_fields(exclude=["edition", "noted_by_key"])
        incident.save()
    record_subject(edition.subject)
    record(incident=incident.pk, kind=str(incident.kind), severity=int(incident.severity))
    return incident


def _check(incident: Incident) -> None:
    edition = incident.edition
    if incident.site and incident.site.edition_id != edition.pk:
        raise Conflict(_("Choose a place of this edition."))
    today = clock.today(edition.time_zone)
    if incident.on > today or (incident.ended_on and incident.ended_on > today):
        raise Conflict(_("This day has not come yet."))
    if edition.starts_on and edition.ends_on:
        before, after = (edition.starts_on - incident.on).days, (incident.on - edition.ends_on).days
        if max(before, after) > FAR:
            raise Conflict(_("This day lies more than two months away from the edition."))


@act("events.void_incident")
def void_incident(*, incident: Incident, reason: str, actor: Actor) -> Incident:
    """Take an entry back that was none: it stays readable with the reason, and is told nowhere."""
    require(rules.may_manage(actor, incident.edition.organisation))
    if not reason.strip():
        raise Conflict(_("Say why it is taken back."))
    if (
        not Incident.objects.standing()
        .filter(pk=incident.pk)
        .update(voided_at=clock.now(), void_reason=one_line(reason, 200))
    ):
        raise Conflict(_("This entry was taken back already."))
    record_subject(incident.edition.subject)
    record(incident=incident.pk)
    incident.refresh_from_db()
    return incident


@act("events.restore_incident")
def restore_incident(*, incident: Incident, actor: Actor) -> Incident:
    require(rules.may_manage(actor, incident.edition.organisation))
    Incident.objects.filter(pk=incident.pk).update(voided_at=None, void_reason="")
    record_subject(incident.edition.subject)
    record(incident=incident.pk)
    incident.refresh_from_db()
    return incident
