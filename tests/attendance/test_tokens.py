from __future__ import annotations

import base64
import xml.etree.ElementTree as ET

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from enggang.attendance.domain import revoke_pass
from enggang.attendance.tokens import find_pass, qr_svg, read_token, token_of
from enggang.core import keystore
from enggang.core.actor import SYSTEM
from tests.attendance.factories import make_occasion, make_pass

pytestmark = pytest.mark.django_db


def test_a_token_leads_to_its_pass_and_says_nothing_else() -> None:
    held = make_pass(make_occasion())
    token = token_of(held)
    kid, code, signature = token.split(".")
    assert (read_token(token), code, len(signature), len(token)) == (held, held.code, 86, 106)
    assert kid == keystore.signer("pass")[0]
    assert "Siti" not in base64.urlsafe_b64decode(signature + "==").decode("latin-1")


def test_a_token_of_a_retired_key_stays_good() -> None:
    held = make_pass(make_occasion())
    token = token_of(held)
    keystore.rotate("pass")
    assert read_token(token) == held
    assert token_of(held) != token


def test_forged_and_twisted_tokens_lead_nowhere() -> None:
    occasion = make_occasion()
    held, other = make_pass(occasion), make_pass(occasion)
    kid, code, signature = token_of(held).split(".")
    foreign_kid, foreign_key = keystore.signer("verify")
    own = Ed25519PrivateKey.generate()

    def signed(key: Ed25519PrivateKey, name: str) -> str:
        return base64.urlsafe_b64encode(key.sign(f"pass.{name}.{code}".encode())).rstrip(b"=").decode()

    last = signature[-1]
    for token in [
        "",
        "..",
        "a.b.c",
        f"{kid}.{code}.",
        f"{kid}.{other.code}.{signature}",
        f"{kid}.{code}.{signed(own, kid)}",
        f"{foreign_kid}.{code}.{signed(foreign_key, foreign_kid)}",
        f"ZZZZZZ.{code}.{signature}",
        f"{kid.lower()}.{code}.{signature}",
        f"{kid}.{code}.{signature}=",
        f"{kid}.{code}.{signature[:-1]}{chr(ord(last) + 1)}",
        f"{kid}.{code}.{signature[:-1]}é",
        f"{kid}.{code}.{signature} ",
        f"{kid}.{code}.{signature}.x",
        "A" * 100_000,
        "\x00.\x00.\x00",
    ]:
        assert read_token(token) is None, token


def test_a_revoked_pass_is_found_for_the_desk_but_not_read() -> None:
    held = make_pass(make_occasion())
    token = token_of(held)
    revoke_pass(holder=held.holder, group=held.group, actor=SYSTEM)
    found = find_pass(token)
    assert read_token(token) is None
    assert found is not None
    assert found.is_revoked


def test_the_qr_is_inline_svg_with_a_title_and_no_style_of_its_own() -> None:
    svg = qr_svg("https://enggang.example/hadir/p/x/", title="Pass of <b>")
    root = ET.fromstring(svg)  # noqa: S314 -- drawn by us
    assert root.get("class") == "qr__svg"
    assert root.get("role") == "img"
    assert root.find("{http://www.w3.org/2000/svg}title").text == "Pass of <b>"  # type: ignore[union-attr]
    assert "style=" not in svg
    assert root.get("viewBox")
    assert not root.get("width")
