"""Data Integrity proofs of the suite ``eddsa-rdfc-2022`` (W3C Data Integrity EdDSA Cryptosuites 1.0)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from enggang.core import keystore
from enggang.credentials.badges import contexts
from enggang.credentials.badges.identity import PURPOSE, method_of
from enggang.credentials.badges.multibase import base58, from_base58

SUITE = "eddsa-rdfc-2022"
# Safe mode refuses what the canonical form would drop in silence: a field that is not signed must not be issued.
_OPTIONS = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": contexts.load, "safe": True}
# pyld keeps the contexts it has read in caches that know no threads: two workers at once lose each other's entries.
_one_at_a_time = Lock()


@dataclass(frozen=True, slots=True)
class Signer:
    """The key that signs now. Ask once a batch: unsealing it takes longer than signing with it."""

    kid: str
    private: Ed25519PrivateKey


def signer() -> Signer:
    return Signer(*keystore.signer(PURPOSE))


def stamp(moment: datetime) -> str:
    """A moment as credentials write it: in UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def secure(document: dict[str, Any], *, by: Signer, at: datetime) -> dict[str, Any]:
    """The document with its proof. Raises JsonLdError when part of it could not be signed."""
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": SUITE,
        "created": stamp(at),
        "verificationMethod": method_of(by.kid),
        "proofPurpose": "assertionMethod",
    }
    signature = by.private.sign(_digest(document, proof))
    return {**document, "proof": {**proof, "proofValue": base58(signature)}}


def secure_badge(document: dict[str, Any], *, by: Signer, at: datetime) -> dict[str, Any]:
    """The same in the shape that the JSON Schema of Open Badges 3.0 asks for: a list of proofs, of which ours has one."""
    secured = secure(document, by=by, at=at)
    return {**secured, "proof": [secured["proof"]]}


def proof_of(secured: dict[str, Any]) -> dict[str, Any] | None:
    """The one proof of a document, alone or in a list, as badges had it before; None when it has none or several."""
    given = secured.get("proof")
    one = given[0] if isinstance(given, list) and len(given) == 1 else given
    return one if isinstance(one, dict) else None


def is_genuine(secured: dict[str, Any], public: Ed25519PublicKey) -> bool:
    """Whether the proof is that key's over exactly this document.

    Only for documents whose shape is known to be ours: canonicalising a hostile one can take hours.
    """
    from pyld.jsonld import JsonLdError  # noqa: PLC0415 -- heavy, and only some processes check

    document = {name: value for name, value in secured.items() if name != "proof"}
    given = proof_of(secured)
    if given is None:
        return False
    proof = {name: value for name, value in given.items() if name != "proofValue"}
    if (proof.get("type"), proof.get("cryptosuite")) != ("DataIntegrityProof", SUITE):
        return False
    try:
        public.verify(from_base58(given["proofValue"]), _digest(document, proof))
    except (InvalidSignature, ValueError, JsonLdError):
        return False
    return True


def _digest(document: dict[str, Any], proof: dict[str, Any]) -> bytes:
    options = {"@context": document["@context"], **proof}
    return _hash(options) + _hash(document)


def _hash(document: dict[str, Any]) -> bytes:
    from pyld import jsonld  # noqa: PLC0415 -- as above

    with _one_at_a_time:
        canonical = jsonld.normalize(document, _OPTIONS)
    return hashlib.sha256(canonical.encode()).digest()
