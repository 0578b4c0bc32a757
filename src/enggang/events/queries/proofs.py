"""Publications of an edition as proof that something was made known: what went out where, and how far it reached.

The words go into papers, so they are Indonesian.
"""

from __future__ import annotations

from django.urls import reverse

from enggang.core.registries import Proof, ProofAsked
from enggang.documents.rendering.wording import long_date
from enggang.events.enums import PublicationState
from enggang.events.models import Publication
from enggang.events.queries.edition_concept import figure


def proofs_of_publicity(asked: ProofAsked) -> list[Proof]:
    """One for each publication that went out, in one question to the database."""
    rows = Publication.objects.filter(
        edition__subject__in=asked.subject_ids, state=PublicationState.POSTED,
        posted_on__range=(asked.since, asked.until),
    )  # fmt: skip
    named = rows.select_related("channel", "edition__subject", "edition__event").order_by("posted_on", "pk")
    return [_proof(row) for row in named]


def _proof(row: Publication) -> Proof:
    assert row.posted_on is not None  # a constraint of the table
    facts = [
        ("Acara", str(row.edition)), ("Saluran", str(row.channel)), ("Tayang", long_date(row.posted_on)),
        *([("Alamat", row.link)] if row.link else []),
        *([("Jangkauan tercatat", figure(row.reach))] if row.reach is not None else []),
    ]  # fmt: skip
    return Proof(
        key=f"publication-{row.pk}", genre="publicity", title=f"Publikasi {row.title}", on=row.posted_on, facts=facts,
        url=reverse("events:edition", args=[row.edition.code]),
    )  # fmt: skip
