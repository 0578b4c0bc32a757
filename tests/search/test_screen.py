"""The search page."""

from __future__ import annotations

import pytest
from django.test import Client

from enggang.access.enums import Role
from enggang.core.models import Subject
from enggang.search.domain.indexing import index_subject
from tests.places.factories import browser, organisation

pytestmark = pytest.mark.django_db
PAGE = "/cari/"


def test_hits_stand_under_their_kind_with_a_link() -> None:
    row = organisation("Dinas Kelautan")
    page = browser().get(PAGE, {"q": "kelaut"}).content.decode()
    assert "Dinas Kelautan" in page
    assert f'href="/instansi/{row.code}/"' in page


def test_whoever_is_not_signed_in_finds_only_what_is_public(client: Client) -> None:
    organisation("Dinas Kelautan")
    index_subject(subject=Subject.objects.make(kind="x"), title="Kelautan umum", organisation_path="/A/", public=True)
    page = client.get(PAGE, {"q": "kelautan"}).content.decode()
    assert "Kelautan umum" in page
    assert "Dinas Kelautan" not in page


def test_nothing_found_says_what_to_try() -> None:
    assert 'class="empty"' in browser().get(PAGE, {"q": "zzzzz"}).content.decode()
    assert 'class="empty"' not in browser().get(PAGE).content.decode()


@pytest.mark.parametrize("question", ["'", '"', "\0", "a" * 10_000, "<script>alert(1)</script>", "*:*", "-- ;", "%s"])
def test_a_hostile_question_is_answered_and_escaped(question: str) -> None:
    answer = browser().get(PAGE, {"q": question})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(count: int, django_assert_max_num_queries: object) -> None:
    for number in range(count):
        organisation(f"Dinas Kelautan {number}")
    client = browser((Role.ADMINISTRATOR, None))
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        client.get(PAGE, {"q": "kelautan"})
