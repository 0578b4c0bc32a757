"""The tree as screens show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from enggang.core.actor import Actor
from enggang.places.models import Organisation

SHOWN_WHOLE = 400  # organisations; a larger tree opens level by level


@dataclass(slots=True)
class Node:
    organisation: Organisation
    children: list[Node] = field(default_factory=list)


def forest(actor: Actor) -> list[Node]:
    """Today's organisations as trees, siblings by name; of a large tree only its two upper levels."""
    rows = Organisation.objects.visible_to(actor).on().select_related("subject")
    if rows.count() > SHOWN_WHOLE:
        rows = rows.filter(Q(parent=None) | Q(parent__parent=None))
    return _nodes(rows.order_by("name_key"))


def _nodes(rows: Iterable[Organisation]) -> list[Node]:
    nodes = {row.pk: Node(row) for row in rows}
    roots: list[Node] = []
    for node in nodes.values():
        above = nodes.get(node.organisation.parent_id or 0)
        (above.children if above else roots).append(node)
    return roots


def ancestors(organisation: Organisation) -> list[Organisation]:
    """From the root down to the parent."""
    above = organisation.path_codes[:-1]
    return list(Organisation.objects.filter(subject__code__in=above).select_related("subject").order_by("path"))


def check_paths() -> list[str]:
    """Invariant: a path is the parent's path and the organisation's own code. Rights follow paths."""
    rows = Organisation.objects.values_list("path", "subject__code", "parent__path")
    wrong = [code for path, code, above in rows if path != f"{above or '/'}{code}/"]
    return [f"organisation {code} has a path that does not follow its parent's" for code in wrong]
