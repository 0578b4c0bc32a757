"""What is said of a signed file, and what can go wrong, without the libraries that find it out: those are heavy, and a
process that signs and checks nothing goes without them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.request import HTTPRedirectHandler, ProxyHandler, build_opener

from enggang.core.acts import Refused


@dataclass(frozen=True, slots=True)
class Signed:
    """One signature in a file. ``intact``: what it covers is as it was signed, and the signature itself is sound."""

    holder: str
    fingerprint: str
    intact: bool
    covers_all: bool  # nothing but further signatures and what proves them was added behind it
    said_at: datetime | None  # by the signer's own clock
    stamped_at: datetime | None  # by a timestamp authority
    in_force: bool  # its certificate was in force at that moment


class Unreadable(Exception):
    """Not a PDF, encrypted, or too damaged to be read."""


class Unavailable(Refused):
    """A service that signing needs does not answer: what was signed before stays, the rest can be tried again."""


class _NoRedirects(HTTPRedirectHandler):
    """Neither a passphrase nor a paper's hash follows anybody to another address."""

    def redirect_request(self, *_args: object, **_kwargs: object) -> None:
        return None


DIRECT = build_opener(_NoRedirects, ProxyHandler({}))  # these services stand where their address says
