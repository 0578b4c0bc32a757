"""How a participant can be reached."""

from __future__ import annotations

from enggang.notices.domain.messages import Recipient
from enggang.people.models import Person


def recipient(person: Person) -> Recipient:
    language = person.user.language if person.user else "id"
    return Recipient(person.user_id, person.email, person.phone, language, person.name)
