"""The professionalism index (IP ASN): the table's rows, what counts of a person's learning, and what is entered."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.people.models import Person
from enggang.people.queries.persons import present_of
from enggang.places.domain.dated import keep_dated, load_shipped
from enggang.places.models import Organisation
from enggang.training import rules
from enggang.training.domain.reading import note_reading
from enggang.training.domain.registrations import present_agency
from enggang.training.enums import ENTERED, RuleUse
from enggang.training.models import (
    ColumnOrder,
    IndexEntry,
    IndexRule,
    OutsideCertificate,
    PortalRule,
    Registration,
    Relevance,
)
from enggang.training.queries.index import Evidence, evidence_of, rules_in, table_of, years_counted

DATA = Path(__file__).resolve().parent.parent / "data"


@act("training.keep_index_rule")
def keep_index_rule(*, row: Any, organisation: Organisation, actor: Actor, version: int = 0) -> Any:
    """Save an agency's row of the table; a shipped row is never changed, only outranked."""
    require(rules.may_keep_index(actor, organisation))
    return keep_dated(row, organisation, version)


@act("training.load_index")
def load_index(*, actor: Actor) -> dict[str, int]:
    """Bring the shipped rows to the state of the files; answers how many were made. Local rows are left alone."""
    require(rules.may_ship(actor))
    made = {
        "rules": load_shipped(IndexRule, DATA / "index_rules.csv"),
        "portals": load_shipped(PortalRule, DATA / "portal_rules.csv"),
    }
    record(**made)
    return made


def evidence_named(person: Person, key: str) -> Evidence | None:
    """The completed training of the person that a form names."""
    return next((each for each in evidence_of([person.pk]).get(person.pk, []) if each.key == key), None)


@act("training.decide_relevance")
def decide_relevance(
    *,
    person: Person,
    evidence: str,
    kind: str,
    relevant: bool,
    reason: str,
    actor: Actor,
    first_year: int | None = None,
    last_year: int | None = None,
) -> Relevance:
    """Say whether a completed training has to do with the person's post; deciding again replaces the decision.

    Without ``first_year`` the window of the table in force decides in which years it counts.
    """
    agency = present_agency(person)
    require(rules.may_decide_relevance(actor, person, agency), _not_yours())
    found = evidence_named(person, evidence)
    if found is None:
        raise Conflict(_("This training is not complete any more: its certificate is void or not accepted."))
    if not reason.strip():
        raise Conflict(_("Say why it does or does not have to do with the post: the person will read it."))
    if first_year is None:
        first_year, last_year = _window(person, agency, kind, found)
    row = found.relevance or _about(found)
    row.person, row.agency, row.kind, row.relevant, row.reason = person, agency, kind, relevant, reason.strip()
    row.first_year, row.last_year, row.decided_at, row.decided_by_key = first_year, last_year, clock.now(), actor.key
    row.clean_fields()
    with told(Relevance):
        row.save()
    record_subject(person.subject)
    record(evidence=found.code, kind=kind, relevant=relevant)
    return row


def _window(person: Person, agency: Organisation, kind: str, found: Evidence) -> tuple[int, int | None]:
    work = present_of(person)
    group = work.post_type.group if work and work.post_type else ""
    year = found.ends_on.year
    return years_counted(table_of(agency.path, year, rules_in(year)), kind, group, found.ends_on)


def _about(found: Evidence) -> Relevance:
    """A new decision, tied to the certificate it is about."""
    if found.here:
        return Relevance(registration=Registration.objects.get(subject__code=found.code))
    return Relevance(certificate=OutsideCertificate.objects.get(subject__code=found.code))


@act("training.undo_relevance")
def undo_relevance(*, person: Person, evidence: str, actor: Actor) -> Person:
    """Take a decision back: the training waits to be decided again."""
    require(rules.may_decide_relevance(actor, person, present_agency(person)), _not_yours())
    found = evidence_named(person, evidence)
    if found is None or found.relevance is None:
        raise Conflict(_("Nothing is decided about this training."))
    found.relevance.delete()
    record_subject(person.subject)
    record(evidence=found.code)
    return person


@act("training.enter_dimension")
def enter_dimension(*, person: Person, year: int, dimension: str, rule: IndexRule | None, actor: Actor) -> Person:
    """Enter qualification, performance or discipline of a year by the table's row; with None it is unknown again."""
    agency = present_agency(person)
    require(rules.may_decide_relevance(actor, person, agency), _not_yours())
    if dimension not in ENTERED or not 2000 <= year <= clock.today().year:
        raise Conflict(_("This cannot be entered for that year."))
    IndexEntry.objects.filter(person=person, year=year, dimension=dimension).delete()
    if rule is not None:
        if rule not in table_of(agency.path, year, rules_in(year)) or not _scores(rule, dimension):
            raise Conflict(_("Choose a row of the table in force in that year."))
        IndexEntry.objects.create(
            person=person, year=year, dimension=dimension, rule=rule, entered_at=clock.now(), entered_by_key=actor.key
        )
    record_subject(person.subject)
    record(dimension=dimension, year=year, known=rule is not None)
    return person


def _scores(rule: IndexRule, dimension: str) -> bool:
    return rule.dimension == dimension and rule.use == RuleUse.SCORE


@act("training.order_columns")
def order_columns(*, organisation: Organisation, file: str, columns: Sequence[str], actor: Actor) -> ColumnOrder:
    """Remember which columns an agency wants in a file, and in which order."""
    require(rules.may_keep_index(actor, organisation))
    if not columns:
        raise Conflict(_("Choose at least one column."))
    row, _made = ColumnOrder.objects.update_or_create(
        organisation=organisation, file=file, defaults={"columns": list(columns), "changed_at": clock.now()}
    )
    record_subject(organisation.subject)
    record(file=file, columns=len(columns))
    return row


def _not_yours() -> str:
    return _("The coordinator of the agency decides this, never the person it is about.")


def note_index_read(*, person: Person, actor: Actor) -> None:
    """Note that somebody else read a person's index."""
    note_reading(person, "training.IndexEntry.rule", actor)


@act("training.export_index")
def export_index(*, actor: Actor, count: int, form: str) -> int:
    """Note that the index of ``count`` people leaves the house as a file."""
    record(count=count, form=form)
    return count
