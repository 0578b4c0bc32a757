"""The JSON-LD contexts a badge may name: files of this package, and no others. Nothing here touches the network."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
MULTIKEY = "https://w3id.org/security/multikey/v1"
DID = "https://www.w3.org/ns/did/v1"  # named by the controller document, which is not signed

SHIPPED = {CREDENTIALS: "credentials-v2.json", OPEN_BADGES: "open-badges-3.0.3.json", MULTIKEY: "multikey-v1.json"}


class UnknownContext(ValueError):
    """A document names a context that is not shipped."""


def load(url: str, _options: Any = None) -> dict[str, Any]:
    """The document loader for pyld: what is shipped, or UnknownContext."""
    if url not in SHIPPED:
        raise UnknownContext(url[:200])
    return _loaded(url)


@cache
def _loaded(url: str) -> dict[str, Any]:
    text = files("enggang.credentials.data").joinpath(SHIPPED[url]).read_text(encoding="utf-8")
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": json.loads(text)}
