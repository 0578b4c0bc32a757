"""Asking for the pages of the permission matrix: who gets in, and the names of all addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import deepcopy

from django.core.signals import request_finished
from django.db import close_old_connections, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from enggang.audit.models import AuditEntry
from tests.architecture.matrix import NOBODY, NONE, ROLES, STAFF, Row, Side, World


def let_in(world: World, name: str, row: Row, side: Side, *, expected: frozenset[str] = NONE) -> frozenset[str]:
    """Which visitors get in; each asks in a transaction that is rolled back.

    Roles only ever add rights. So where one person who holds all those that are not ``expected`` is refused, each of
    them is, and where a person without any gets in, each of them does. Only where neither is so, each is asked.
    """
    found, asked, out = set[str](), set(world.clients), STAFF - expected
    if out and not _gets_in(world.holding(out & ROLES), name, row, side):
        asked -= out
    elif not out and _gets_in(world.clients[NOBODY], name, row, side):
        found, asked = set(STAFF), asked - STAFF
    return frozenset(found | {who for who in asked if _gets_in(world.clients[who], name, row, side)})


def _gets_in(client: Client, name: str, row: Row, side: Side) -> bool:
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        before = AuditEntry.objects.count()
        response = _ask(client, name, row, side)
        entered = is_in(response)
        assert odd_forms(response) == [], f"{name} sends a form in no known way"
        put_away(response)
        if row.method == "POST" and row.acts:
            entered = entered and AuditEntry.objects.count() > before
        transaction.set_rollback(True)
    client.cookies = cookies
    return entered


def odd_forms(response: HttpResponse) -> list[str]:
    """Forms that a browser would send as a question, whatever the page meant: their method is a word of its own."""
    if response.streaming or "html" not in response.headers.get("Content-Type", ""):
        return []
    ways = re.findall(r'<form\b[^>]*?\bmethod="([^"]*)"', response.text)
    return [way for way in ways if way.lower() not in {"get", "post", "dialog"}]


def put_away(response: HttpResponse) -> None:
    """Close the file behind a download, but not the connection that the world stands on."""
    request_finished.disconnect(close_old_connections)
    response.close()
    request_finished.connect(close_old_connections)


def _ask(client: Client, name: str, row: Row, side: Side) -> HttpResponse:
    path = reverse(name, kwargs=dict(row.args(side)))
    data = dict(row.data(side))
    response: HttpResponse = client.post(path, data) if row.method == "POST" else client.get(path, data)  # type: ignore[assignment]
    assert response.status_code not in {405, 500}, f"{row.method} {path} answers {response.status_code}"
    return response


def is_in(response: HttpResponse) -> bool:
    """Neither refused, nor not found, nor sent to sign in."""
    if response.status_code in {401, 403, 404}:
        return False
    return not response.headers.get("Location", "").startswith(reverse("account_login"))


def url_names() -> list[str]:
    """Every address of the project by its name; one without a name is an alias and must say so in the table."""
    return sorted(set(_walk(get_resolver().url_patterns, "")))


def _walk(patterns: Iterable[URLPattern | URLResolver], space: str) -> Iterable[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, inner)
        elif pattern.name:
            yield f"{space}{pattern.name}"
        else:
            yield f"{space}{pattern.pattern}"
