"""How a participant can be reached."""

from __future__ import annotations

from enggang.notices.domain.messages import Recipient
from enggang.people.models import Person


def recipient(person: Person) -> Recipient:
    language = person.user.language if person.user else "id"
    return Recipient(person.user_id, person.email, person.phone, language, person.name)


def is_reachable(person: Person) -> bool:
    """By a notice or an e-mail; all others only by an address that somebody hands them."""
    return bool(person.user_id or person.email)
