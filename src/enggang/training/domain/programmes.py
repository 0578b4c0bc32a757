"""Acts on programmes: what is taught, for how many JP, and when it counts as completed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, require
from enggang.core.integrity import told
from enggang.core.states import keep_version
from enggang.places.models import Organisation
from enggang.search.domain.indexing import index_subject
from enggang.training import rules
from enggang.training.models import Module, Programme


@dataclass(frozen=True, slots=True)
class ModuleSpec:
    title: str
    jp: int


@act("training.open_programme")
def open_programme(
    *,
    organisation: Organisation,
    title: str,
    modules: Sequence[ModuleSpec],
    actor: Actor,
    summary: str = "",
    minimum_attendance: int = 80,
    minutes_per_jp: int = 45,
    rule_source: str = "",
) -> Programme:
    """Put a programme with its curriculum on record."""
    require(rules.may_manage(actor, organisation))
    programme = Programme(
        organisation=organisation,
        title=title.strip(),
        summary=summary.strip(),
        minimum_attendance=minimum_attendance,
        minutes_per_jp=minutes_per_jp,
        rule_source=rule_source.strip(),
    )
    return _save(programme, modules)


@act("training.change_programme")
def change_programme(
    *, programme: Programme, version: int, modules: Sequence[ModuleSpec], actor: Actor, **changes: object
) -> Programme:
    """Change a programme; papers already issued keep what was printed on them."""
    require(rules.may_manage(actor, programme.organisation))
    keep_version(programme, version)
    for field, value in changes.items():
        setattr(programme, field, value)
    return _save(programme, modules)


def _save(programme: Programme, modules: Sequence[ModuleSpec]) -> Programme:
    if not modules:
        raise Conflict(_("Name at least one subject of the curriculum, with its JP."))
    programme.full_clean(exclude=["subject"], validate_unique=False, validate_constraints=False)
    if programme._state.adding:
        programme.subject = Programme.new_subject(programme.organisation.code)
    with told(Programme):
        programme.save()
    programme.modules.all().delete()
    rows = [Module(programme=programme, position=n, title=m.title, jp=m.jp) for n, m in enumerate(modules, 1)]
    for row in rows:
        row.clean_fields()
    Module.objects.bulk_create(rows)
    index_subject(
        subject=programme.subject,
        title=programme.title,
        text=programme.summary,
        organisation_path=programme.organisation.path,
    )
    record(modules=len(rows), jp=sum(row.jp for row in rows))
    return programme
