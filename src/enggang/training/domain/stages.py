"""The stages of approval: set on a programme, copied to a call when it is drafted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from enggang.access.enums import Role
from enggang.core.acts import Conflict
from enggang.training.enums import NominationState, StageBy
from enggang.training.models import Call, NominationStage, Programme

MOST = 6
BY_ROLE = (StageBy.AGENCY, StageBy.ABOVE)


@dataclass(frozen=True, slots=True)
class StageSpec:
    title: str
    by: str
    role: str = ""


def organiser_alone() -> list[StageSpec]:
    """What a new programme begins with."""
    return [StageSpec(_("Organiser"), StageBy.ORGANISER)]


def keep_stages(programme: Programme, stages: Sequence[StageSpec]) -> None:
    """Write the stages of a programme anew; calls that were drafted before keep theirs."""
    if len(stages) > MOST:
        raise Conflict(_("At most %(limit)s stages.") % {"limit": MOST})
    if any(stage.by in BY_ROLE and not stage.role for stage in stages):
        raise Conflict(_("Choose the role that decides at this stage."))
    programme.stages.all().delete()
    _write(stages, programme=programme)


def copy_stages(programme: Programme, call: Call) -> None:
    _write((StageSpec(row.title, row.by, row.role) for row in programme.stages.all()), call=call)


def _write(stages: Iterable[StageSpec], *, programme: Programme | None = None, call: Call | None = None) -> None:
    rows = [
        NominationStage(
            programme=programme, call=call, position=number, title=each.title.strip(), by=each.by,
            role=Role(each.role) if each.by in BY_ROLE else "",
        )
        for number, each in enumerate(stages, 1)
    ]  # fmt: skip
    for row in rows:
        row.clean_fields()
    NominationStage.objects.bulk_create(rows)


def stage_after(call_id: int, position: int) -> NominationStage | None:
    return NominationStage.objects.filter(call=call_id, position__gt=position).first()


def state_at(stage: NominationStage | None) -> NominationState:
    """Past the last stage a nomination is approved."""
    return NominationState.APPROVED if stage is None else NominationState.WAITING
