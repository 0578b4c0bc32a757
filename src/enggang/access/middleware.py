"""Lets a request build its actor from the session's user when something asks for it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from enggang.access.domain.actors import actor_for
from enggang.accounts.models import User
from enggang.core.actor import ANONYMOUS, Actor


class ActorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        def load_actor() -> Actor:
            return actor_for(request.user) if isinstance(request.user, User) else ANONYMOUS

        request.load_actor = load_actor  # type: ignore[attr-defined]
        return self.get_response(request)
