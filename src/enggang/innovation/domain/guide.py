"""Keeping the yearly guide: the shipped rows loaded, an agency's own kept, the next year begun from this one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.innovation import rules, rules_iid
from enggang.innovation.domain.reference import DATA
from enggang.innovation.models import GuideIndicator, GuidePredicate, GuideYear, ProfileField, ProposalCriterion
from enggang.innovation.queries.guide import TABLES, rows_of
from enggang.places.domain.dated import keep_dated, load_shipped
from enggang.places.enums import Standing
from enggang.places.models import Organisation
from enggang.places.queries.dated import DATES

FILES: tuple[tuple[type[Any], str], ...] = (
    (GuideYear, "guide_years.csv"),
    (GuideIndicator, "guide_indicators.csv"),
    (GuidePredicate, "guide_predicates.csv"),
    (ProfileField, "profile_fields.csv"),
    (ProposalCriterion, "kipp_criteria.csv"),
)


@act("innovation.keep_guide_row")
def keep_guide_row(*, rule: Any, organisation: Organisation, actor: Actor, version: int = 0) -> Any:
    """Save a row of an agency's guide, new or changed; a shipped row is never changed, only outranked."""
    require(rules_iid.may_keep_region(actor, organisation))
    return keep_dated(rule, organisation, version)


@act("innovation.load_guide")
def load_guide(*, actor: Actor) -> dict[str, int]:
    """Bring the shipped rows of the guide to the state of the files; answers how many were made. Local rows stay."""
    require(rules.may_ship(actor))
    made = {model.__name__: load_shipped(model, DATA / name) for model, name in FILES}
    record(**made)
    return made


@act("innovation.copy_guide")
def copy_guide(*, organisation: Organisation, older: int, newer: int, actor: Actor) -> int:
    """Begin the guide of ``newer`` as own rows of the agency with what held in ``older``; answers how many rows.

    Only tables of which nothing is known for ``newer`` are copied; every row is marked as unverified, and dates are left
    empty: those of last year are wrong by certainty. Raises Conflict when there is nothing to copy.
    """
    require(rules_iid.may_keep_region(actor, organisation))
    made = sum(_copy(word, organisation, older, newer) for word in TABLES if not rows_of(organisation, word, newer))
    if not made:
        raise Conflict(_("There is nothing to copy: that year has its rows already, or this one has none."))
    record_subject(organisation.subject)
    record(older=older, newer=newer, rows=made)
    return made


LEFT_OUT = {"year", *DATES, "standing", "letter", "adopted_from", "adopted_to", "window_from", "window_to"}


def _copy(word: str, organisation: Organisation, older: int, newer: int) -> int:
    table = TABLES[word]
    names = [name for name in table.fields if name not in LEFT_OUT]
    rows = rows_of(organisation, word, older)
    for row in rows:
        values = {name: getattr(row, name) for name in names}
        source = _("Taken over from the guide of %(year)s, not compared with the letter of %(newer)s")
        copied = table.model(
            organisation=organisation, year=newer, valid_from=date(newer, 1, 1), valid_to=date(newer, 12, 31),
            source=source % {"year": older, "newer": newer}, standing=Standing.UNVERIFIED, **values,
        )  # fmt: skip
        copied.full_clean()
        copied.save()
    return len(rows)
