"""Every role walks the demonstration from its home page: no page offers a link that its reader is refused."""

from __future__ import annotations

import re
from collections import Counter, deque
from urllib.parse import urldefrag, urljoin

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import Resolver404, resolve, reverse
from django.utils import translation

from enggang.accounts.models import Handle, User
from enggang.core.actor import SYSTEM
from enggang.demo.accounts import make_accounts
from enggang.demo.content import lay_down_learning, lay_down_programme
from enggang.demo.letters import lay_down_letters
from enggang.demo.reports import lay_down_report
from enggang.places.domain.reference import load_reference

HREF = re.compile(r"""<a\b[^>]*?\bhref=["']([^"']+)["']""")
EACH = 1  # page of one kind that a role opens
GOOD = {200, 302, 304}


@pytest.mark.django_db
@pytest.mark.once
def test_no_role_is_offered_a_page_that_it_may_not_open() -> None:
    with translation.override("id"):
        load_reference(actor=SYSTEM)
        lay_down_programme()
        lay_down_learning()
        signed_in, _ = make_accounts()
        lay_down_letters()
        lay_down_report()
    dead, opened = [], Counter[str]()
    for row in signed_in:
        cache.clear()
        for source, target, status in walk(row.role, Handle.objects.get(value=row.handle).user):
            opened[row.role] += 1
            if status not in GOOD:
                dead.append(f"{row.role}: {source} offers {target} ({status})")
    assert not dead, "\n".join(dead)
    assert min(opened.values()) > 20, opened


def walk(role: str, user: User) -> list[tuple[str, str, int]]:
    """Every kind of page that can be reached by links: where its link stood, its address, what it answered."""
    client, answers, kinds = Client(headers={"accept-language": "id"}), [], Counter[str]()
    client.force_login(user)
    waiting, known = deque([("", reverse("office:home"))]), set[str]()
    while waiting:
        source, address = waiting.popleft()
        kind = kind_of(address)
        if address in known or not kind or kinds[kind] >= EACH:
            continue
        known.add(address)
        kinds[kind] += 1
        response = client.get(address)
        answers.append((source, address, response.status_code))
        if response.status_code in GOOD and not response.streaming and response["Content-Type"].startswith("text/html"):
            for link in HREF.findall(response.content.decode()):
                waiting.append((address, urldefrag(urljoin(address, link.replace("&amp;", "&")))[0]))
    return answers


def kind_of(address: str) -> str:
    """The name of the page behind an address of ours, with a mark where a question follows; nothing for others'."""
    path, _, asked = address.partition("?")
    try:
        return f"{resolve(path).view_name}{'?' if asked else ''}"
    except Resolver404:
        return ""
