"""Acts on programmes: what is taught, for how many JP, and when it counts as completed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, require
from enggang.core.integrity import told
from enggang.core.states import keep_version
from enggang.people.models import Competency
from enggang.places.models import Organisation
from enggang.search.domain.indexing import index_subject
from enggang.training import rules
from enggang.training.domain.stages import StageSpec, keep_stages, organiser_alone
from enggang.training.enums import JpCredit, WaveState
from enggang.training.models import Module, Programme, ProgrammeCompetency

MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class ModuleSpec:
    title: str
    jp: int


@dataclass(frozen=True, slots=True)
class CompetencySpec:
    """A competency that the programme gives evidence for, with the level it may show (1 to 5)."""

    competency: Competency
    level: int


@act("training.open_programme")
def open_programme(
    *,
    organisation: Organisation,
    title: str,
    modules: Sequence[ModuleSpec],
    actor: Actor,
    summary: str = "",
    minimum_attendance: int = 80,
    minimum_post_test: int | None = None,
    minutes_per_jp: int = 45,
    rule_source: str = "",
    jp_credit: str = JpCredit.COMPLETED,
    certificate_years: int | None = None,
    competencies: Sequence[CompetencySpec] = (),
    stages: Sequence[StageSpec] | None = None,
) -> Programme:
    """Put a programme with its curriculum on record."""
    require(rules.may_manage(actor, organisation))
    programme = Programme(
        organisation=organisation,
        title=title.strip(),
        summary=summary.strip(),
        minimum_attendance=minimum_attendance,
        minimum_post_test=minimum_post_test,
        minutes_per_jp=minutes_per_jp,
        rule_source=rule_source.strip(),
        jp_credit=jp_credit,
        certificate_years=certificate_years,
    )
    chosen = organiser_alone() if stages is None else stages
    return _save(programme, modules, competencies, chosen)


@act("training.change_programme")
def change_programme(
    *,
    programme: Programme,
    version: int,
    modules: Sequence[ModuleSpec],
    actor: Actor,
    competencies: Sequence[CompetencySpec] | None = None,
    stages: Sequence[StageSpec] | None = None,
    **changes: object,
) -> Programme:
    """Change a programme; papers already issued keep what was printed on them, calls already drafted their stages.

    Without ``competencies`` or ``stages`` those stay.
    """
    require(rules.may_manage(actor, programme.organisation))
    keep_version(programme, version)
    for field, value in changes.items():
        setattr(programme, field, value)
    return _save(programme, modules, competencies, stages)


@act("training.retire_programme")
def retire_programme(*, programme: Programme, actor: Actor) -> Programme:
    """No wave of it is planned any more; what was held, and its certificates, stay. ``restore_programme`` undoes it.

    Refused while a wave is a draft or open, with their names.
    """
    require(rules.may_manage(actor, programme.organisation))
    going = list(programme.waves.filter(state__in=[WaveState.DRAFT, WaveState.OPEN]).values_list("name", flat=True))
    if going:
        text = _("These waves are still to be held: %(waves)s. Finish or cancel them first.")
        raise Conflict(text % {"waves": "; ".join(going[:MOST_NAMED])})
    return _set_retired(programme, retired=True)


@act("training.restore_programme")
def restore_programme(*, programme: Programme, actor: Actor) -> Programme:
    require(rules.may_manage(actor, programme.organisation))
    return _set_retired(programme, retired=False)


def _set_retired(programme: Programme, *, retired: bool) -> Programme:
    rows = Programme.objects.filter(pk=programme.pk, retired_at__isnull=retired)
    if not rows.update(retired_at=clock.now() if retired else None):
        raise Conflict(_("This was done already."))
    programme.refresh_from_db()
    return programme


def _save(
    programme: Programme,
    modules: Sequence[ModuleSpec],
    competencies: Sequence[CompetencySpec] | None,
    stages: Sequence[StageSpec] | None,
) -> Programme:
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
    if competencies is not None:
        _set_competencies(programme, competencies)
    if stages is not None:
        keep_stages(programme, stages)
    index_subject(
        subject=programme.subject,
        title=programme.title,
        text=programme.summary,
        organisation_path=programme.organisation.path,
    )
    record(modules=len(rows), jp=sum(row.jp for row in rows))
    return programme


def _set_competencies(programme: Programme, specs: Sequence[CompetencySpec]) -> None:
    if len({spec.competency.pk for spec in specs}) < len(specs):
        raise Conflict(_("A competency is named twice. Keep the line with the level that the programme shows."))
    programme.competencies.all().delete()
    rows = [ProgrammeCompetency(programme=programme, competency=spec.competency, level=spec.level) for spec in specs]
    for row in rows:
        row.clean_fields()
    ProgrammeCompetency.objects.bulk_create(rows)
    record(competencies=len(rows))
