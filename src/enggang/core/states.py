"""One way to change a state: an update that only matches rows in an allowed state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, TypeVar

from django.db.models import F, Model
from django.utils.translation import gettext as _

from enggang.core.acts import Conflict

M = TypeVar("M", bound=Model)
Moves = Mapping[Any, frozenset[Any]]


def sources(to: StrEnum | str, moves: Moves) -> list[str]:
    """The states from which the table allows to reach ``to``."""
    return [str(source) for source, targets in moves.items() if to in targets]


def move(instance: M, to: StrEnum | str, *, moves: Moves, field: str = "state", **also: Any) -> M:
    """Move one row to state ``to`` and set the fields in ``also`` with it.

    Raises Conflict when the row is no longer in a state from which the table allows the move: whoever
    came second is told so instead of undoing what the first did.
    """
    rows = type(instance)._default_manager.filter(pk=instance.pk, **{f"{field}__in": sources(to, moves)})
    changes: dict[str, Any] = {field: to, **also}
    if _has_version(instance):
        changes["version"] = F("version") + 1
    if not rows.update(**changes):
        raise overtaken()
    instance.refresh_from_db()
    return instance


def move_each(instances: Sequence[M], to: StrEnum | str, *, moves: Moves, field: str = "state", **also: Any) -> None:
    """``move`` for several rows of one model in one statement, all or none: call it inside an act.

    Only what is set here is renewed in the instances.
    """
    if not instances:
        return
    wanted = {"pk__in": [each.pk for each in instances], f"{field}__in": sources(to, moves)}
    changes: dict[str, Any] = {field: to, **also}
    versioned = {"version": F("version") + 1} if _has_version(instances[0]) else {}
    if type(instances[0])._default_manager.filter(**wanted).update(**changes, **versioned) != len(instances):
        raise overtaken()
    for each in instances:
        for name, value in changes.items():
            setattr(each, name, value)
        if versioned:
            each.version += 1  # type: ignore[attr-defined]


def overtaken() -> Conflict:
    """What is told to whoever came second."""
    return Conflict(_("This has changed in the meantime, so nothing was done. Reload the page to see how it stands."))


def keep_version(instance: M, version: int) -> None:
    """Claim the next version of an edited row, or raise Conflict when another tab saved first.

    Call inside the act before saving: the row stays locked until the transaction ends.
    """
    rows = type(instance)._default_manager.filter(pk=instance.pk, version=version)
    if not rows.update(version=F("version") + 1):
        raise Conflict(
            _("Somebody saved a newer version of this. Your text is still here: compare it with the current one first.")
        )
    instance.version = version + 1  # type: ignore[attr-defined]


def _has_version(instance: Model) -> bool:
    return any(field.name == "version" for field in instance._meta.concrete_fields)
