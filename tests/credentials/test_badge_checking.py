"""What a check finds: every changed field, every changed byte, and whatever hostile files may hold."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import struct
import sys
import time
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import call_command
from django.test import Client
from hypothesis import given
from hypothesis import settings as drawing
from hypothesis import strategies as st
from PIL import Image

from enggang.core import clock, keystore
from enggang.core.actor import SYSTEM
from enggang.core.canonical import canonical_bytes
from enggang.core.registries import Earned
from enggang.credentials.badges.baking import KEYWORD, SIGNATURE, NotBaked, bake, unbake
from enggang.credentials.badges.checking import LARGEST, check_badge
from enggang.credentials.badges.content import Place, credential
from enggang.credentials.badges.identity import PURPOSE
from enggang.credentials.badges.multibase import base58, from_base58
from enggang.credentials.badges.picture import baked_picture
from enggang.credentials.badges.proofs import Signer, is_genuine, secure, signer
from enggang.credentials.domain.awards import void_award
from enggang.credentials.findings import DRAWN, UNPROVEN, Fault
from enggang.credentials.models import Award, Badge
from enggang.places.models import Organisation
from tests.credentials.test_badges import issued, said

pytestmark = pytest.mark.django_db
Step = str | int


def leaves(value: Any, path: tuple[Step, ...] = ()) -> Iterator[tuple[Step, ...]]:
    """The way to every value that is no container."""
    if isinstance(value, dict | list):
        for key, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(each, (*path, key))
    else:
        yield path


def changed(document: dict[str, Any], path: tuple[Step, ...], to: Any) -> dict[str, Any]:
    copy: Any = deepcopy(document)
    place = copy
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = to
    return dict(copy)


def other(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    return value + 1 if isinstance(value, int) else f"{value}x"


def as_bytes(document: Any) -> bytes:
    return json.dumps(document).encode()


@pytest.fixture
def award() -> Award:
    return issued()[0]


@pytest.fixture
def content(award: Award) -> bytes:
    return bytes(award.badge.content)


def test_a_whole_badge_holds_in_any_writing(award: Award, content: bytes) -> None:
    finding = check_badge(content)
    assert (finding.holds, finding.kind, finding.award) == (True, "badge", award)
    assert finding.details["key"] == award.badge.kid
    backwards = dict(reversed(list(said(award).items())))
    assert check_badge(json.dumps(backwards, indent=4, ensure_ascii=True).encode()).holds


def test_every_field_that_is_changed_is_told(award: Award) -> None:
    document = said(award)
    paths = list(leaves(document))
    assert len(paths) > 40
    for path in paths:
        value: Any = document
        for step in path:
            value = value[step]
        finding = check_badge(as_bytes(changed(document, path, other(value))))
        assert (finding.fault, finding.award) == (Fault.ALTERED, award), path


def test_every_field_that_is_left_out_or_added_is_told(award: Award) -> None:
    document = said(award)
    for name in document:
        assert (
            check_badge(as_bytes({key: value for key, value in document.items() if key != name})).fault == Fault.ALTERED
        )
    for more in ({"description": "x"}, {"validUntil": "2099-01-01T00:00:00Z"}, {"unheard": 1}):
        assert check_badge(as_bytes(document | more)).fault == Fault.ALTERED


def test_the_proof_alone_also_tells_every_changed_field_and_byte(award: Award) -> None:
    document, public = said(award), keystore.public_key(award.badge.kid, PURPOSE)
    assert public is not None
    assert is_genuine(document, public)
    for path in leaves(document):
        value: Any = document
        for step in path:
            value = value[step]
        assert not is_genuine(changed(document, path, other(value)), public), path
    signature = from_base58(document["proof"][0]["proofValue"])
    for at in range(len(signature)):
        broken = bytes(byte ^ (0x01 if at == place else 0) for place, byte in enumerate(signature))
        assert not is_genuine(changed(document, ("proof", 0, "proofValue"), base58(broken)), public), at


def test_every_flipped_byte_of_the_file_is_told(content: bytes) -> None:
    for at in range(len(content)):
        broken = content[:at] + bytes([content[at] ^ 0x01]) + content[at + 1 :]
        assert not check_badge(broken).holds, at


def test_any_damage_to_the_picture_is_told(award: Award, content: bytes) -> None:
    picture = baked_picture(award, content)
    assert check_badge(picture).holds

    @drawing(max_examples=150)
    @given(at=st.integers(0, len(picture) - 1), bit=st.integers(0, 7))
    def damaged(at: int, bit: int) -> None:
        broken = picture[:at] + bytes([picture[at] ^ (1 << bit)]) + picture[at + 1 :]
        assert not check_badge(broken).holds

    damaged()
    for cut in (0, 7, 8, 20, len(content), len(picture) - 1):
        assert check_badge(picture[:cut]).fault == Fault.UNREADABLE
    assert check_badge(picture + b"x").fault == Fault.UNREADABLE


def test_a_picture_with_another_badge_baked_in_is_read_by_what_it_carries(award: Award, content: bytes) -> None:
    picture = baked_picture(award, content)
    forged = bake(picture, as_bytes(changed(said(award), ("name",), "Doktor")))
    assert unbake(forged) != content
    assert check_badge(forged).fault == Fault.ALTERED
    twice = picture[:-12] + _chunk(b"iTXt", KEYWORD + b"\0\0\0\0\0" + content) + picture[-12:]
    assert check_badge(twice).fault == Fault.UNREADABLE
    packed = _chunk(b"iTXt", KEYWORD + b"\0\1\0\0\0" + zlib.compress(b"0" * 10**7))
    with pytest.raises(NotBaked):
        unbake(SIGNATURE + _chunk(b"IHDR", b"0" * 13) + packed + _chunk(b"IEND", b""))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def test_revoked_and_expired_are_told_of_a_whole_badge() -> None:
    first, second = issued(people=2)
    void_award(award=first, reason="Nama keliru", actor=SYSTEM)
    finding = check_badge(bytes(first.badge.content))
    assert (finding.fault, finding.award) == (Fault.REVOKED, first)
    until = clock.today()
    Award.objects.filter(pk=second.pk).update(valid_until=until)
    second.refresh_from_db()
    assert check_badge(bytes(second.badge.content)).holds
    with clock.frozen_at(clock.now() + timedelta(days=2)):
        assert check_badge(bytes(second.badge.content)).fault == Fault.EXPIRED


def test_a_badge_tells_until_when_it_is_good(award: Award) -> None:
    award.valid_until = award.issued_on + timedelta(days=365)
    until = credential(award, Earned(), Place(1, 7))["validUntil"]
    assert until == (award.valid_until).strftime("%Y-%m-%dT16:59:59Z")  # the end of that day in Pontianak


def test_the_last_day_is_over_where_it_was_issued(award: Award) -> None:
    Organisation.objects.filter(pk=award.organisation_id).update(time_zone="Asia/Jayapura")
    Award.objects.update(valid_until=date(2027, 2, 28))
    award = Award.objects.get()
    with clock.frozen_at(datetime(2027, 2, 28, 14, 59, tzinfo=UTC)):
        assert Award.objects.get().is_over is False
    with clock.frozen_at(datetime(2027, 2, 28, 15, 1, tzinfo=UTC)):  # two hours before the installation's own midnight
        assert Award.objects.get().is_over is True
    assert credential(award, Earned(), Place(1, 7))["validUntil"] == "2027-02-28T14:59:59Z"


def test_what_somebody_else_signed_or_we_never_did_is_told_apart(award: Award) -> None:
    theirs = said(award) | {"id": "https://example.org/1", "issuer": "did:web:example.org", "credentialStatus": {}}
    finding = check_badge(as_bytes(theirs))
    assert (finding.fault, finding.award, finding.details) == (
        Fault.UNKNOWN_ISSUER,
        None,
        {"issuer": "did:web:example.org"},
    )
    in_our_name = said(award) | {"id": "https://example.org/1", "credentialStatus": {}}
    assert check_badge(as_bytes(in_our_name)).fault == Fault.NOT_ISSUED
    by_a_key_of_theirs = changed(in_our_name, ("proof", 0, "verificationMethod"), "did:web:localhost%3A8000#0")
    assert check_badge(as_bytes(by_a_key_of_theirs)).fault == Fault.UNKNOWN_ISSUER


def test_a_badge_that_another_issuer_signed_well_is_never_called_valid(award: Award, client: Client) -> None:
    theirs = said(award) | {"id": "https://example.org/1", "issuer": "did:web:example.org"}
    del theirs["credentialStatus"], theirs["proof"]
    key = Ed25519PrivateKey.generate()
    signed = secure(theirs, by=Signer("KUNCI", key), at=clock.now())
    signed["proof"]["verificationMethod"] = "did:web:example.org#KUNCI"
    part = base64.urlsafe_b64encode(as_bytes({"iss": "did:web:example.org", **theirs})).rstrip(b"=")
    inside = base64.urlsafe_b64encode(as_bytes({"iss": "did:web:example.org", "vc": theirs})).rstrip(b"=")
    for content in (
        as_bytes(signed), bake(baked_picture(award, b""), as_bytes(signed)), b"e30." + part + b".c2ln", b"e30." + inside + b".\n",
    ):  # fmt: skip
        finding = check_badge(content)
        assert (finding.fault, finding.award) == (Fault.UNKNOWN_ISSUER, None)
        assert finding.details["issuer"] == "did:web:example.org"
        upload = io.BytesIO(content)
        upload.name = "lencana.json"
        page = client.post("/verify/berkas/", {"file": upload}).content.decode()
        assert "alert--bad" in page
        assert "alert--good" not in page
    ours = base64.urlsafe_b64encode(as_bytes(said(award)))
    assert check_badge(b"e30." + ours.rstrip(b"=") + b".").fault == Fault.ALTERED
    for broken in (b"e30.e30.", b"e30.!.", b"e30.W10.x", b"e30.%s.x" % base64.urlsafe_b64encode(b"[" * 3000), b"a.b.c"):
        assert check_badge(broken).fault == Fault.UNREADABLE


def test_the_picture_around_a_badge_is_compared_with_the_one_drawn_here(
    award: Award, content: bytes, client: Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own, foreign = baked_picture(award, content), io.BytesIO()
    Image.new("RGB", (600, 600), "red").save(foreign, "PNG")
    for png, picture in ((own, DRAWN), (bake(foreign.getvalue(), content), UNPROVEN)):
        finding = check_badge(png)
        assert (finding.fault, finding.details["picture"]) == (None, picture)
        path = tmp_path / "lencana.png"
        path.write_bytes(png)
        call_command("verify", str(path), "--json")
        assert json.loads(capsys.readouterr().out)["picture"] == picture
        call_command("verify", str(path))
        assert ("membuktikan apa pun" in capsys.readouterr().out) == (picture == UNPROVEN)
        upload = io.BytesIO(png)
        upload.name = "lencana.png"
        page = client.post("/verify/berkas/", {"file": upload}).content.decode()
        assert "alert--good" in page
        assert ("membuktikan apa pun" in page) == (picture == UNPROVEN)
    assert "picture" not in check_badge(content).details


def test_our_own_key_over_what_is_not_on_record_is_not_issued(award: Award) -> None:
    forged = credential(award, Earned(), Place(9, 9)) | {"id": "https://example.org/1"}
    assert check_badge(as_bytes(secure(forged, by=signer(), at=clock.now()))).fault == Fault.NOT_ISSUED


def test_a_record_that_was_tampered_with_is_told_by_its_proof(award: Award) -> None:
    forged = canonical_bytes(changed(said(award), ("name",), "Doktor"))
    Badge.objects.update(content=forged, sha256=hashlib.sha256(forged).hexdigest())
    assert check_badge(forged).fault == Fault.ALTERED


HOSTILE = {
    "nothing": b"",
    "no text": b"\xff\xfe\x00",
    "a number": b"1",
    "null": b"null",
    "a list": b"[]",
    "an empty object": b"{}",
    "deep lists": b"[" * 200_000,
    "deep objects": b'{"a":' * 2_900 + b"1" + b"}" * 2_900,
    "huge": b'{"a":"' + b"x" * LARGEST + b'"}',
    "not a number": b'{"type":"OpenBadgeCredential","proof":{},"issuer":"x","a":NaN}',
    "infinity": b'{"type":"OpenBadgeCredential","proof":{},"issuer":"x","a":-Infinity}',
    "a long number": b'{"type":"OpenBadgeCredential","a":' + b"9" * 100_000 + b"}",
    "a huge fraction": b'{"type":"OpenBadgeCredential","proof":{},"issuer":{"id":3},"a":1e400}',
    "a name twice": b'{"type":"OpenBadgeCredential","proof":{},"issuer":"x","issuer":"y"}',
    "a lone surrogate": b'{"type":"OpenBadgeCredential","proof":{},"issuer":"\\ud800"}',
    "wrong types": b'{"type":{"a":[]},"proof":[],"issuer":[1],"id":{},"credentialStatus":[7],"@context":5}',
    "a picture alone": SIGNATURE,
    "a length of 4 GB": SIGNATURE + b"\xff\xff\xff\xffIHDR" + b"0" * 20,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_unreadable_and_soon(name: str) -> None:
    start = time.monotonic()
    assert check_badge(HOSTILE[name]).fault == Fault.UNREADABLE
    assert time.monotonic() - start < 1


PLACES_TAKEN: list[Any] = [
    "\0", "\0" * 14, "9" * 30, "-1", "1e9", "١٢", [], {}, None, True, 7, "http://localhost:8000/verify/\0",
    "http://localhost:8000/" * 900,
]  # fmt: skip


def test_hostile_values_in_the_places_we_look_at_do_no_harm(award: Award) -> None:
    start = time.monotonic()
    for value in PLACES_TAKEN:
        for name in ("id", "issuer", "type", "proof"):
            check_badge(as_bytes(said(award) | {name: value, "credentialStatus": {}}))
        for key in ("statusListIndex", "statusListCredential"):
            status = said(award)["credentialStatus"] | {key: value}
            check_badge(as_bytes(said(award) | {"id": value, "credentialStatus": status}))
        for key in ("verificationMethod", "proofValue"):
            check_badge(as_bytes(changed(said(award) | {"id": "x", "credentialStatus": {}}, ("proof", 0, key), value)))
    assert time.monotonic() - start < 10


def test_a_context_from_elsewhere_is_never_fetched_and_poison_is_never_worked_on(award: Award) -> None:
    """Tests may not reach the network, and a graph of equal nodes would keep the canonical form busy for hours."""
    start = time.monotonic()
    for context in ("https://evil.example/context", [{"@import": "https://evil.example/"}], ["a"] * 900):
        assert check_badge(as_bytes(said(award) | {"@context": context})).fault == Fault.ALTERED
    poison = [{"type": ["Evidence"]}] * 500
    assert check_badge(as_bytes(said(award) | {"evidence": poison})).fault == Fault.ALTERED
    stranger = said(award) | {"evidence": poison, "id": "urn:x", "credentialStatus": {}}
    assert check_badge(as_bytes(stranger)).fault == Fault.NOT_ISSUED
    assert time.monotonic() - start < 2


MEMBERS = [
    "id", "type", "issuer", "proof", "credentialStatus", "statusListCredential", "statusListIndex",
    "verificationMethod", "@context",
]  # fmt: skip
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(MEMBERS), inner, max_size=6),
    max_leaves=30,
)


def test_no_document_at_all_is_taken_for_a_badge() -> None:
    @drawing(max_examples=200)
    @given(document=VALUES)
    def refused(document: Any) -> None:
        assert not check_badge(as_bytes(document)).holds

    refused()


@given(st.binary(max_size=200))
def test_base58_goes_there_and_back(content: bytes) -> None:
    if len(base58(content)) <= 200 and content:
        assert from_base58(base58(content)) == content


def test_base58_refuses_what_it_is_not() -> None:
    for text in ("", "z", "u123", "z0", "zO", "zI", "z" + "1" * 300, "z\0"):
        with pytest.raises(ValueError, match="base58"):
            from_base58(text)


def test_many_threads_may_sign_and_check_at_once() -> None:
    """The library that canonicalises keeps what it has read between calls: one thread must not take it away from another."""
    badge, by = {name: value for name, value in said(issued(people=1)[0]).items() if name != "proof"}, signer()
    public = by.private.public_key()

    def one(number: int) -> bool:
        secured = secure({**badge, "id": f"urn:uuid:00000000-0000-4000-8000-{number:012d}"}, by=by, at=clock.now())
        return is_genuine(secured, public)

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)  # so that threads meet in the middle of what they do, every time
    try:
        with ThreadPoolExecutor(8) as pool:
            assert all(pool.map(one, range(64)))
    finally:
        sys.setswitchinterval(interval)
