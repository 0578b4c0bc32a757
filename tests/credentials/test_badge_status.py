"""The public side of badges: keys under did:web, and signed lists of what is revoked."""

from __future__ import annotations

import gzip
import json
from base64 import urlsafe_b64decode
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from enggang.core import clock, keystore
from enggang.core.actor import SYSTEM
from enggang.credentials.badges.identity import PURPOSE, issuer_did
from enggang.credentials.badges.multibase import from_base58
from enggang.credentials.badges.proofs import is_genuine
from enggang.credentials.domain import badges
from enggang.credentials.domain.awards import void_award
from enggang.credentials.models import Badge
from enggang.credentials.models.badge import LIST_LENGTH
from tests.credentials.test_badges import issued

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_cache() -> None:
    cache.clear()


def listed(client: Client) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(client.get("/badges/status/1").content)
    return document


def bits(document: dict[str, Any]) -> list[int]:
    """The indexes that are set."""
    text = document["credentialSubject"]["encodedList"]
    assert text[0] == "u"
    raw = gzip.decompress(urlsafe_b64decode(text[1:] + "=" * (-len(text[1:]) % 4)))
    assert len(raw) * 8 == LIST_LENGTH
    return [index for index in range(LIST_LENGTH) if raw[index // 8] >> (7 - index % 8) & 1]


def test_the_did_names_host_and_port_and_publishes_retired_keys_too(client: Client, settings: Settings) -> None:
    award = issued()[0]
    keystore.rotate(PURPOSE)
    settings.PUBLIC_URL = "https://pelatihan.kalbarprov.go.id:8443"
    assert issuer_did() == "did:web:pelatihan.kalbarprov.go.id%3A8443"
    answer = client.get("/.well-known/did.json")
    document = answer.json()
    assert document["id"] == issuer_did()
    assert document["assertionMethod"] == [method["id"] for method in document["verificationMethod"]]
    keys = {method["id"].partition("#")[2]: method["publicKeyMultibase"] for method in document["verificationMethod"]}
    assert len(keys) == 2
    public = from_base58(keys[award.badge.kid])
    assert (public[:2], len(public)) == (b"\xed\x01", 34)
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert not any("private" in str(method).lower() for method in document["verificationMethod"])


def test_without_a_key_the_document_has_none_and_looking_makes_none(client: Client) -> None:
    assert client.get("/.well-known/did.json").json()["verificationMethod"] == []
    assert keystore.public_keys(PURPOSE) == {}


def test_a_voided_award_is_revoked_on_its_list_at_once_and_no_other(client: Client) -> None:
    first, second, third = issued(people=3)
    address = json.loads(bytes(first.badge.content))["credentialStatus"]["statusListCredential"]
    assert address.endswith("/badges/status/1")
    assert bits(listed(client)) == []
    for award in (first, third):
        void_award(award=award, reason="Nama keliru", actor=SYSTEM)
    document = listed(client)
    assert bits(document) == sorted([first.badge.list_index, third.badge.list_index])
    assert second.badge.list_index not in bits(document)
    public = keystore.public_key(document["proof"]["verificationMethod"].partition("#")[2], PURPOSE)
    assert public is not None
    assert is_genuine(document, public)
    assert document["id"] == address


def test_the_index_of_an_award_never_changes(client: Client) -> None:
    award = issued()[0]
    before = (award.badge.list_number, award.badge.list_index)
    void_award(award=award, reason="Nama keliru", actor=SYSTEM)
    keystore.rotate(PURPOSE)
    assert Badge.objects.values_list("list_number", "list_index").get(award=award) == before
    assert bits(listed(client)) == [before[1]]


def test_a_list_is_short_lived_and_unchanged_within_its_window(client: Client) -> None:
    issued()
    with clock.frozen_at(clock.now().replace(minute=1, second=0)):
        first = client.get("/badges/status/1")
        assert client.get("/badges/status/1", headers={"if-none-match": first["ETag"]}).status_code == 304
    cache.clear()
    with clock.frozen_at(clock.now().replace(minute=4, second=59)):
        assert client.get("/badges/status/1")["ETag"] == first["ETag"]  # another process makes the same bytes
    with clock.frozen_at(clock.now().replace(minute=6, second=0)):
        later = client.get("/badges/status/1", headers={"if-none-match": first["ETag"]})
    assert (later.status_code, later["ETag"] != first["ETag"]) == (200, True)
    begins, ends = (datetime.fromisoformat(json.loads(first.content)[name]) for name in ("validFrom", "validUntil"))
    assert ends - begins == timedelta(hours=1)
    assert "max-age=300" in first["Cache-Control"]


def test_only_lists_that_exist_are_answered(client: Client) -> None:
    assert client.get("/badges/status/1").status_code == 404
    issued()
    for number in ("2", "0", "99999999999999999999999", "x", "-1", "1/"):
        assert client.get(f"/badges/status/{number}").status_code == 404


@pytest.mark.parametrize("voided", [1, 3])
def test_a_kept_list_takes_the_same_queries_however_many_are_revoked(
    client: Client, voided: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for award in issued(people=3)[:voided]:
        void_award(award=award, reason="Nama keliru", actor=SYSTEM)
    client.get("/badges/status/1")
    with django_assert_num_queries(4):  # is there one, how many are revoked, which key, the kept copy
        client.get("/badges/status/1")


def test_a_full_list_is_followed_by_the_next(monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    monkeypatch.setattr(badges, "LIST_FILL", 1)
    awards = issued(people=2)
    Badge.objects.all().delete()
    for award in awards:
        badges.keep_badges(badges.signed_badges([award], actor=SYSTEM))
    assert list(Badge.objects.order_by("pk").values_list("list_number", flat=True)) == [1, 2]
    assert client.get("/badges/status/2").status_code == 200
