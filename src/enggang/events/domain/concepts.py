"""Acts on the concept of an edition: its texts, its objectives, its programme; taken up from training, cloned."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db.models import Max
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.registries import EventConcept
from enggang.core.states import keep_version, overtaken
from enggang.events import rules
from enggang.events.domain.standing import keep_open
from enggang.events.models import Concept, Edition, Objective, ProgrammeRow, Site
from enggang.events.models.concept import LONGEST_NOTES
from enggang.events.queries.edition_concept import PARTS, concept_of

Row = TypeVar("Row", Objective, ProgrammeRow)
MOST_ROWS, MOST_BASES, LONGEST_BASIS = 40, 60, 500
TAKEN = {"purpose": "purpose", "audience": "audience", "programme": "scope"}  # part of what was written -> field
LONGEST_OBJECTIVE = 300


@act("events.keep_concept")
def keep_concept(*, edition: Edition, version: int, actor: Actor, **texts: str) -> Concept:
    """Write the parts of the concept; ``version`` is 0 where none is written yet."""
    _may_change(edition, actor)
    concept = concept_of(edition) if version else _begun(edition)
    if concept is None:
        raise overtaken()
    keep_version(concept, version or 1)
    for name, words in texts.items():
        setattr(concept, name, words.replace("\x00", "").strip())
    _check_basis(concept)
    concept.full_clean(exclude=["edition"])
    concept.save()
    record_subject(edition.subject)
    record(written=[name for name in PARTS if getattr(concept, name)])
    return concept


@act("events.keep_concept_row")
def keep_concept_row(*, row: Row, edition: Edition, version: int = 0, actor: Actor, **facts: Any) -> Row:
    """Add an objective or a row of the programme, or change one. Whoever changes figures of last year has set them anew."""
    _may_change(edition, actor)
    _check_site(edition, facts.get("site"))
    if row.pk:
        keep_version(row, version)
    else:
        _place(row, _begun(edition))
    for name, value in facts.items():
        setattr(row, name, value)
    if isinstance(row, Objective):
        _check_figures(row)
        row.last_year = False
    row.full_clean(exclude=["concept"])
    row.save()
    return _noted(row, edition)


@act("events.drop_concept_row")
def drop_concept_row(*, row: Row, edition: Edition, actor: Actor) -> Row:
    """Take a row out; it stays on record and can be put back."""
    _may_change(edition, actor)
    if not type(row).objects.filter(pk=row.pk, removed_at=None).update(removed_at=clock.now()):
        raise overtaken()
    return _noted(row, edition)


@act("events.restore_concept_row")
def restore_concept_row(*, row: Row, edition: Edition, actor: Actor) -> Row:
    """Put back what was taken out, at the place where it stood."""
    _may_change(edition, actor)
    _leave_room(row, row.concept)
    if not type(row).objects.filter(pk=row.pk).removed().update(removed_at=None):
        raise overtaken()
    return _noted(row, edition)


@act("events.raise_concept_row")
def raise_concept_row(*, row: Row, edition: Edition, actor: Actor) -> Row:
    """Move a row one up; the first stays where it is."""
    _may_change(edition, actor)
    rows = list(type(row).objects.filter(concept=row.concept_id, removed_at=None))
    place = next((n for n, each in enumerate(rows) if each.pk == row.pk), 0)
    if place:
        rows[place - 1], rows[place] = rows[place], rows[place - 1]
    for position, each in enumerate(rows, 1):
        type(row).objects.filter(pk=each.pk).exclude(position=position).update(position=position)
    return _noted(row, edition)


@act("events.confirm_target")
def confirm_target(*, row: Objective, edition: Edition, actor: Actor) -> Objective:
    """Say that last year's figures are those of this edition too."""
    _may_change(edition, actor)
    if not Objective.objects.filter(pk=row.pk, last_year=True).update(last_year=False):
        raise overtaken()
    row.last_year = False
    return _noted(row, edition)


def take_up_parts(edition: Edition, written: EventConcept) -> Concept:
    """Inside the act of taking a concept up: every part where it belongs, and in the notes what has no place."""
    said = {part.key: part.text.replace("\x00", "") for part in written.parts}
    rest = [f"{part.label}: {part.text}" for part in written.parts if part.key not in TAKEN]
    concept = Concept(edition=edition, **{field: said.get(key, "") for key, field in TAKEN.items()})
    concept.notes = "\n\n".join(rest).replace("\x00", "")[:LONGEST_NOTES]
    concept.full_clean(exclude=["edition"])
    concept.save()
    lines = [line.strip() for line in said.get("indicator", "").splitlines() if line.strip()]
    fitting = [line for line in lines if len(line) <= LONGEST_OBJECTIVE][:MOST_ROWS]
    rows = [Objective(concept=concept, position=n, objective=line) for n, line in enumerate(fitting, 1)]
    Objective.objects.bulk_create(rows)
    return concept


def copy_concept(edition: Edition, clone: Edition, sites: Mapping[int, Site]) -> Concept | None:
    """Inside the act of cloning: texts and rows; figures are marked as last year's until somebody has set them."""
    concept = concept_of(edition)
    if concept is None:
        return None
    copied = Concept(edition=clone, notes=concept.notes, **{name: getattr(concept, name) for name in PARTS})
    copied.save()
    for row in concept.objectives.standing():
        row.pk, row.version, row.concept = None, 1, copied
        row.last_year = row.target is not None or row.baseline is not None
        row.save()
    for each in concept.programme.standing():
        each.pk, each.version, each.concept, each.site = None, 1, copied, sites.get(each.site_id or 0)
        each.save()
    return copied


def _may_change(edition: Edition, actor: Actor) -> None:
    require(rules.may_manage(actor, edition.organisation))
    keep_open(edition)


def _begun(edition: Edition) -> Concept:
    return Concept.objects.get_or_create(edition=edition)[0]


def _check_site(edition: Edition, site: Site | None) -> None:
    if site is not None and site.edition_id != edition.pk:
        raise Conflict(_("Choose one of the places of this edition."))


def _check_basis(concept: Concept) -> None:
    lines = concept.legal_basis.splitlines()
    if len(lines) > MOST_BASES or any(len(line) > LONGEST_BASIS for line in lines):
        words = {"most": MOST_BASES, "longest": LONGEST_BASIS}
        raise Conflict(
            _("The legal basis has at most %(most)s lines of %(longest)s characters, one regulation each.") % words
        )


def _check_figures(row: Objective) -> None:
    if row.baseline is not None and not row.baseline_source.strip():
        raise Conflict(_("A baseline needs its source: which year, counted by whom."))


def _place(row: Row, concept: Concept) -> None:
    _leave_room(row, concept)
    row.concept = concept
    rows = type(row).objects.filter(concept=concept)
    row.position = (rows.aggregate(last=Max("position"))["last"] or 0) + 1


def _leave_room(row: Row, concept: Concept) -> None:
    if type(row).objects.filter(concept=concept).standing().count() >= MOST_ROWS:
        raise Conflict(_("A concept has at most %(most)s of these rows.") % {"most": MOST_ROWS})


def _noted(row: Row, edition: Edition) -> Row:
    record_subject(edition.subject)
    record(row=row.pk, kind=row._meta.model_name)
    return row
