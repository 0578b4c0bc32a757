"""Who acts: a value, built once per request, link or job, and passed to every act and rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from django.http import HttpRequest

ADMINISTRATOR = "administrator"  # the one role that the ground itself asks for


class ActorKind(StrEnum):
    USER = "user"
    LINK = "link"
    TOKEN = "token"  # noqa: S105 -- a kind of actor, not a secret
    JOB = "job"
    SYSTEM = "system"
    ANONYMOUS = "anonymous"


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held on an organisation and everything below it. ``path`` ends with a slash."""

    role: str
    path: str

    def covers(self, path: str) -> bool:
        return path.startswith(self.path)


@dataclass(frozen=True, slots=True)
class Actor:
    """``key`` is stable and goes into the audit trail; ``scopes`` are (scope, subject code) pairs a link opens."""

    kind: ActorKind
    key: str
    name: str = ""
    user_id: int | None = None
    grants: tuple[Grant, ...] = ()
    scopes: frozenset[tuple[str, str]] = field(default_factory=frozenset)

    @property
    def is_system(self) -> bool:
        return self.kind is ActorKind.SYSTEM

    @property
    def is_signed_in(self) -> bool:
        return self.user_id is not None

    def holds(self, *roles: str, at: str) -> bool:
        """Whether one of ``roles`` is held on the organisation path ``at`` or above it."""
        return self.is_system or any(grant.role in roles and grant.covers(at) for grant in self.grants)

    def holds_somewhere(self, *roles: str) -> bool:
        return self.is_system or any(grant.role in roles for grant in self.grants)

    def paths(self, *roles: str) -> tuple[str, ...]:
        """The organisation paths on which one of ``roles`` is held; the system holds the root."""
        return ("/",) if self.is_system else tuple(grant.path for grant in self.grants if grant.role in roles)

    def may_by_link(self, scope: str, subject_code: str) -> bool:
        return (scope, subject_code) in self.scopes

    def with_scopes(self, scopes: Iterable[tuple[str, str]]) -> Actor:
        return Actor(self.kind, self.key, self.name, self.user_id, self.grants, self.scopes | frozenset(scopes))


ActorLoader = Callable[[int], "Actor"]
_loaders: list[ActorLoader] = []


def set_user_loader(loader: ActorLoader) -> None:
    """Called once by the access app: jobs ask it for the actor on whose behalf they run."""
    _loaders[:] = [loader]


def load_user(user_id: int) -> Actor:
    """The actor of a user as their grants stand now."""
    return _loaders[0](user_id)


SYSTEM = Actor(ActorKind.SYSTEM, "system", "Enggang")
ANONYMOUS = Actor(ActorKind.ANONYMOUS, "anonymous")


def actor_of(request: HttpRequest) -> Actor:
    """The actor of a request, built once, when first asked for: a page that never asks reads no session."""
    actor = getattr(request, "actor", None)
    if isinstance(actor, Actor):
        return actor
    load: Callable[[], Actor] | None = getattr(request, "load_actor", None)
    request.actor = actor = load() if load else ANONYMOUS  # type: ignore[attr-defined]
    return actor
