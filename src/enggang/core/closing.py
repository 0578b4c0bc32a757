"""Closing a result as its next version."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict
from enggang.core.canonical import canonical_bytes
from enggang.core.models.closed import ClosedFacts, Facts, digest_of
from enggang.core.text import one_line


def next_version(
    before: Sequence[ClosedFacts],
    facts: Facts,
    *,
    changes: Callable[[Facts, Facts], Sequence[Any]],
    note: str,
    actor: Actor,
) -> dict[str, Any]:
    """The fields of the version that follows ``before`` (the newest first), for a row of its own model.

    ``changes`` tells what of the old is otherwise in the new. Raises Conflict when nothing is.
    """
    if before and not changes(before[0].read(), facts):
        raise Conflict(_("Nothing is otherwise than in version %(number)s.") % {"number": before[0].number})
    text = canonical_bytes(facts).decode()
    return {
        "number": before[0].number + 1 if before else 1, "facts": text, "digest": digest_of(text),
        "note": one_line(note, 500), "closed_at": clock.now(), "closed_by_key": actor.key,
    }  # fmt: skip
