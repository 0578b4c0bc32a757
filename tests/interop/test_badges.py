"""Our badges, checked by tools that we did not write.

Two of them: ``@digitalbazaar/vc`` with its eddsa-rdfc-2022 cryptosuite and its Bitstring Status List, in Node, and
openbadgeslib, in Python. Each brings its own copies of the contexts; keys and lists come from our public addresses.

The JSON Schema that 1EdTech publishes is in no package of npm or PyPI, and tests fetch nothing. So the shape is held by
the models of two implementations of the standard (``@learncard/types`` and openbadgeslib), and by a table of the members
that the data model of Open Badges 3.0 (appendix B) and that schema ask for and know.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from openbadgeslib.ob3.ldp import OB3LdpVerifier
from openbadgeslib.ob3.verifier import OB3VerificationError, OB3Verifier

from enggang.core import clock, keystore
from enggang.core.actor import SYSTEM
from enggang.core.registries import Earned, Evidence
from enggang.credentials.badges.content import Place, credential
from enggang.credentials.badges.identity import PURPOSE, issuer_did
from enggang.credentials.badges.picture import baked_picture
from enggang.credentials.badges.proofs import secure_badge, signer
from enggang.credentials.domain.awards import void_award
from enggang.credentials.models import Award
from tests.credentials.test_badge_checking import changed, leaves, other
from tests.credentials.test_badges import issued, said

pytestmark = [pytest.mark.django_db, pytest.mark.once]
HERE = Path(__file__).parent
TOOLS = HERE.parents[1] / "var" / "interop"
needs_node = pytest.mark.skipif(
    not (shutil.which("node") and (TOOLS / "node_modules").is_dir()),
    reason="the tools of tests/interop are not installed (bin/test does it where there is Node.js with npm)",
)


@pytest.fixture(autouse=True)
def fresh_cache() -> None:
    cache.clear()


def by_node(client: Client, *badges: dict[str, Any]) -> list[dict[str, Any]]:
    """What @digitalbazaar/vc, its status list and @learncard/types say of each."""
    did, listed = client.get("/.well-known/did.json").json(), json.loads(client.get("/badges/status/1").content)
    asked = {"badges": badges, "did": did, "lists": {listed["id"]: listed}}
    done = subprocess.run(
        ["node", HERE / "check.mjs", TOOLS], input=json.dumps(asked), capture_output=True, text=True, check=True
    )
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


@needs_node
def test_digital_bazaar_verifies_ours_and_its_list_and_sees_what_is_revoked(client: Client) -> None:
    first, second = issued(people=2)
    void_award(award=second, reason="Nama keliru", actor=SYSTEM)
    keystore.rotate(PURPOSE)  # the list is signed by the new key, the badges by the old
    answers = by_node(client, said(first), said(second))
    assert answers == [
        {"verified": True, "revoked": False, "errors": [], "shape": []},
        {"verified": True, "revoked": True, "errors": [], "shape": []},
    ]


@needs_node
def test_digital_bazaar_refuses_every_changed_field(client: Client) -> None:
    document = said(issued()[0])
    tampered = []
    for path in leaves(document):
        value: Any = document
        for step in path:
            value = value[step]
        tampered.append(changed(document, path, other(value)))
    assert [answer["verified"] for answer in by_node(client, *tampered)] == [False] * len(tampered)


def by_openbadgeslib(client: Client, badge: bytes | dict[str, Any], *, status: bool = True) -> str:
    """Nothing when openbadgeslib accepts the badge, else the reason."""

    def get(url: str) -> bytes:
        return client.get("/" + url.split("/", 3)[3]).content

    checker = OB3LdpVerifier.for_issuer_did(issuer_did())
    try:  # it knows lists signed as a JWT only: of ours it reads the bits, and Digital Bazaar's tool checks the proof
        checker.verify(badge, check_status=status, download=get, verify_status_list=False)
    except OB3VerificationError as refused:
        return str(refused) or "refused"
    return ""


def test_openbadgeslib_verifies_ours_by_did_web_and_sees_what_is_revoked(client: Client) -> None:
    first, second = issued(people=2)
    void_award(award=second, reason="Nama keliru", actor=SYSTEM)
    assert by_openbadgeslib(client, bytes(first.badge.content)) == ""
    assert "'revocation' is set" in by_openbadgeslib(client, bytes(second.badge.content))


def test_openbadgeslib_finds_the_badge_in_the_picture(client: Client) -> None:
    award = issued()[0]
    found = OB3Verifier.extract_token_from_png(baked_picture(award, bytes(award.badge.content)))
    assert by_openbadgeslib(client, found.encode()) == ""


def test_openbadgeslib_refuses_every_changed_field(client: Client) -> None:
    document = said(issued()[0])
    for path in leaves(document):
        value: Any = document
        for step in path:
            value = value[step]
        assert by_openbadgeslib(client, changed(document, path, other(value)), status=False), path


def test_a_badge_with_every_optional_part_is_accepted_as_well(client: Client) -> None:
    award = issued()[0]
    Award.objects.update(valid_until=award.issued_on + timedelta(days=4000), hours=0, title='Ćwiczenia "é" <b> \\ 😀')
    award = Award.objects.get()
    works = [Evidence(f"Tugas {number}", "Diterima.", "work") for number in range(40)]
    document = secure_badge(
        credential(award, Earned("Hadir.", [*works, *works]), Place(1, 0)), by=signer(), at=clock.now()
    )
    assert len(document["evidence"]) == 30
    assert by_openbadgeslib(client, document, status=False) == ""


CLASSES: dict[str, tuple[str, str]] = {  # type -> members that must be there, and those that may
    "Profile": ("id type", "name url phone description endorsement image email address otherIdentifier official parentOrg"),
    "AchievementSubject": (
        "type achievement",
        "id activityEndDate activityStartDate creditsEarned identifier image licenseNumber narrative result role source term",
    ),
    "Achievement": (
        "id type criteria description name",
        "alignment achievementType creator creditsAvailable endorsement fieldOfStudy image inLanguage resultDescription tag",
    ),
    "IdentityObject": ("type hashed identityHash identityType", "salt"),
    "Result": ("type", "achievedLevel alignment resultDescription status value"),
    "ResultDescription": (
        "id type name resultType", "alignment allowedValue requiredLevel requiredValue rubricCriterionLevel valueMax valueMin",
    ),
    "Evidence": ("type", "id narrative name description genre audience"),
}  # fmt: skip


def nodes(value: Any) -> list[dict[str, Any]]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [*([value] if isinstance(value, dict) else []), *(node for each in inner for node in nodes(each))]


def test_every_part_has_the_members_the_standard_asks_for_and_no_others() -> None:
    badge = said(issued()[0])
    assert {"@context", "id", "type", "credentialSubject", "issuer", "validFrom"} <= badge.keys()
    assert badge["@context"][0] == "https://www.w3.org/ns/credentials/v2"  # and then that of Open Badges, in this order
    assert re.fullmatch(r"https://purl\.imsglobal\.org/spec/ob/v3p0/context(-3\.\d\.\d)*\.json", badge["@context"][1])
    for name in ("@context", "type", "evidence", "proof"):  # what is a list even when there is one
        assert isinstance(badge[name], list), name
    assert {"id", "type"} <= badge["credentialStatus"].keys()
    assert datetime.fromisoformat(badge["validFrom"]).tzinfo
    assert badge["credentialSubject"]["achievement"]["achievementType"] == "CertificateOfCompletion"
    seen = set()
    for node in nodes(badge):
        for kind in set(node.get("type", ())) & CLASSES.keys() if isinstance(node.get("type"), list) else ():
            must, may = (set(names.split()) for names in CLASSES[kind])
            assert must <= node.keys() <= must | may, kind
            seen.add(kind)
    assert seen >= CLASSES.keys() - {"IdentityObject"}
    (identity,) = badge["credentialSubject"]["identifier"]
    assert set(identity) == {"type", "hashed", "identityHash", "identityType"}
