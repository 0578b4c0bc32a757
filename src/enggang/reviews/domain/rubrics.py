"""Acts on rubrics. Whoever calls them has asked a rule of their own: the engine knows no roles of a domain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record
from enggang.places.models import Organisation
from enggang.reviews.models import Criterion, Level, Rubric


@dataclass(frozen=True, slots=True)
class CriterionSpec:
    """``levels`` are (title, points of a hundred)."""

    title: str
    levels: tuple[tuple[str, int], ...]
    weight: int = 1


@act("reviews.keep_rubric")
def keep_rubric(
    *,
    organisation: Organisation,
    title: str,
    criteria: Sequence[CriterionSpec],
    actor: Actor,
    spread_alert: int = 20,
    rubric: Rubric | None = None,
) -> Rubric:
    """Make a rubric, or change ``rubric``; one that was used stays as it is, and a new edition takes its place."""
    if not criteria or any(len(spec.levels) < 2 for spec in criteria):
        raise Conflict(_("A rubric needs at least one criterion, and each criterion at least two levels."))
    fresh = _to_be_written(rubric, organisation)
    fresh.title, fresh.spread_alert = title.strip(), spread_alert
    fresh.full_clean()
    fresh.save()
    fresh.criteria.all().delete()
    for position, spec in enumerate(criteria, 1):
        _add_criterion(fresh, position, spec)
    if rubric is not None and rubric.pk != fresh.pk:
        Rubric.objects.filter(pk=rubric.pk).update(replaced_by=fresh)
    record(rubric=fresh.pk, edition=fresh.edition, criteria=len(criteria))
    return fresh


def _to_be_written(rubric: Rubric | None, organisation: Organisation) -> Rubric:
    if rubric is None:
        return Rubric(organisation=organisation)
    current = Rubric.objects.select_for_update().get(pk=rubric.pk)
    if current.replaced_by_id:
        raise Conflict(_("There is a newer edition of this rubric. Change that one."))
    return Rubric(organisation=current.organisation, edition=current.edition + 1) if current.is_frozen else current


def _add_criterion(rubric: Rubric, position: int, spec: CriterionSpec) -> None:
    criterion = Criterion(rubric=rubric, position=position, title=spec.title.strip(), weight=spec.weight)
    criterion.full_clean()
    criterion.save()
    for title, points in spec.levels:
        level = Level(criterion=criterion, title=title.strip(), points=points)
        level.full_clean()
        level.save()
