"""Who issues: the installation's own did:web, and the document that publishes its keys, retired ones too."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings

from enggang.core import keystore
from enggang.credentials.badges.contexts import DID, MULTIKEY
from enggang.credentials.badges.multibase import multikey

PURPOSE = "badges"


def issuer_did() -> str:
    """``did:web`` of the host that PUBLIC_URL names; the colon before a port is encoded, as the method asks."""
    return f"did:web:{quote(urlsplit(settings.PUBLIC_URL).netloc, safe='')}"


def method_of(kid: str) -> str:
    """How a proof names the key that made it."""
    return f"{issuer_did()}#{kid}"


def kid_of(method: str) -> str:
    """The key id in a ``verificationMethod``; empty when there is none."""
    return method.partition("#")[2]


def did_document() -> dict[str, Any]:
    """All keys that ever signed badges here: a retired key verifies for ever, only the active one signs."""
    did = issuer_did()
    methods = [
        {"id": method_of(kid), "type": "Multikey", "controller": did, "publicKeyMultibase": multikey(public)}
        for kid, public in sorted(keystore.public_keys(PURPOSE).items())
    ]
    return {
        "@context": [DID, MULTIKEY],
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }
