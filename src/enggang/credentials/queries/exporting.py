"""The certificates of the people of an agency, as rows for its export of everything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q

from enggang.core.actor import Actor
from enggang.credentials.enums import AwardState
from enggang.credentials.models import Award
from enggang.people.models import Employment
from enggang.places.models.organisation import below


def award_rows(path: str, actor: Actor) -> Iterator[list[Any]]:
    """What the agency has issued, as far as the actor sees it, and what its present people hold from anywhere. One query."""
    work = Employment.objects.present().filter(below(path, "organisation__path"), person=OuterRef("person"))
    issued = Award.objects.visible_to(actor).filter(below(path, "organisation__path"))
    rows = Award.objects.filter(Q(pk__in=issued.values("pk")) | Exists(work)).order_by("pk")
    wanted = rows.values_list(
        "subject__code", "person__subject__code", "holder_name", "title", "number", "issuer_name", "hours", "issued_on",
        "state", "void_reason", "specimen", "verify_code",
    )  # fmt: skip
    for code, person, name, title, number, issuer, hours, day, state, *rest in wanted.iterator(chunk_size=2_000):
        yield [code, person, name, title, number, issuer, hours, day, str(AwardState(state).label), *rest]
