"""Comments, support and replications of an innovation."""

from __future__ import annotations

from typing import NamedTuple

from enggang.core.actor import Actor
from enggang.innovation import rules
from enggang.innovation.models import Comment, Innovation, Replication

SHOWN = 100


class Voices(NamedTuple):
    """``comments`` come with whether the actor may take each back or hide it."""

    comments: list[tuple[Comment, bool]]
    supports: int
    own: bool


def voices_of(row: Innovation, actor: Actor) -> Voices:
    leads = rules.may_enter(actor, row.organisation)
    shown = row.comments.filter(hidden_at=None).select_related("author")[:SHOWN]
    comments = [(each, leads or each.author_id == actor.user_id) for each in shown]
    users = set(row.supports.values_list("user", flat=True))
    return Voices(comments, len(users), actor.user_id in users)


def copies_of(row: Innovation) -> list[Replication]:
    """Who copied it, the newest first."""
    return list(Replication.objects.with_names().filter(origin=row))


def origins_of(row: Innovation) -> list[Replication]:
    """From where it was copied."""
    return list(Replication.objects.with_names().filter(copy=row))
