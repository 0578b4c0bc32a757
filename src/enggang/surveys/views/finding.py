"""The rows a page of surveys is about, found through what the actor may see."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from enggang.access.domain.links import actor_of_link, find_link
from enggang.access.models import CapabilityLink
from enggang.core.actor import Actor, actor_of
from enggang.surveys import rules
from enggang.surveys.models import Attempt, Question, Test


class AddressEnded(Http404):
    """A private address that is unknown, expired or revoked: which of them is not told."""


def find_question(request: HttpRequest, code: str) -> Question:
    return get_object_or_404(Question.objects.visible_to(actor_of(request)).with_current(), subject__code=code)


def find_test(request: HttpRequest, code: str) -> Test:
    rows = Test.objects.visible_to(actor_of(request)).select_related("subject", "organisation")
    return get_object_or_404(rows, subject__code=code)


def find_managed_test(request: HttpRequest, code: str) -> Test:
    test = find_test(request, code)
    if not rules.may_manage(actor_of(request), test.organisation):
        raise Http404
    return test


def find_attempt(request: HttpRequest, code: str, token: str = "") -> tuple[Attempt, Actor]:
    """One's own sitting, by account or by a private address, and who acts."""
    actor = link_actor(token) if token else actor_of(request)
    return get_object_or_404(Attempt.objects.visible_to(actor).with_test(), code=code), actor


def link_actor(token: str) -> Actor:
    """Whoever holds a private address that surveys honours: the link, never a signed-in person."""
    return actor_of_link(honoured_link(token))


def honoured_link(token: str) -> CapabilityLink:
    found = (find_link(token[:100], scope) for scope in rules.LINKS)
    link = next((each for each in found if each), None)
    if link is None:
        raise AddressEnded
    return link
