"""The right to upload for one purpose: signed, so that a page can hand it out and the endpoint needs no other app.

It is no bearer's paper: an account's ticket works only in that account's session, a link's only while the link does.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass

from django.core import signing
from django.urls import reverse
from django.utils.crypto import salted_hmac

from enggang.access.models import CapabilityLink
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.files.sniffing import endings_of
from enggang.places.models import Organisation

_SALT = "enggang.files.ticket"


@dataclass(frozen=True, slots=True)
class Ticket:
    """``context`` names what the file is for; ``accepts`` are groups of kinds, parted by commas."""

    organisation_id: int
    owner_key: str
    context: str
    purpose: str
    accepts: str
    max_bytes: int

    @property
    def endings(self) -> str:
        return ",".join(ending for group in self.accepts.split(",") for ending in endings_of(group))

    @property
    def sealed(self) -> str:
        return signing.dumps(list(astuple(self)), salt=_SALT, compress=True).replace(":", "~")

    @property
    def url(self) -> str:
        """Sealed with the time: another one on every page."""
        return reverse("files:upload", args=[self.sealed])

    @property
    def store(self) -> str:
        """The same on every page for the same owner and matter: under this the browser remembers what has begun."""
        return salted_hmac(_SALT, f"{self.owner_key} {self.context}").hexdigest()[:24]


def ticket_for(
    *, actor: Actor, organisation: Organisation, context: str, purpose: str, accepts: str, max_bytes: int
) -> Ticket:
    return Ticket(organisation.pk, actor.key, context, str(purpose), accepts, max_bytes)


def read_ticket(sealed: str, actor: Actor) -> Ticket | None:
    """The ticket if it is ours and ``actor`` (or its private link, still in force) is whom it was made for."""
    try:
        ticket = Ticket(*signing.loads(sealed.replace("~", ":"), salt=_SALT))
    except (signing.BadSignature, TypeError, ValueError):
        return None
    kind, _sep, number = ticket.owner_key.partition(":")
    if kind == "link":
        alive = CapabilityLink.objects.usable(clock.now()).filter(pk=int(number)).exists()
        return ticket if alive else None
    return ticket if actor.is_signed_in and ticket.owner_key == actor.key else None
