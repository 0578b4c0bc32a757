"""An edition as proof: what was made known where and how far it reached, and who from outside worked along.

The words go into papers, so they are Indonesian.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from enggang.core.registries import Proof, ProofAsked
from enggang.documents.rendering.wording import long_date
from enggang.events.enums import PartnerKind, PublicationState, Stage
from enggang.events.models import Partnership, Publication
from enggang.events.queries.edition_concept import figure


def proofs_of_editions(asked: ProofAsked) -> list[Proof]:
    return [*proofs_of_publicity(asked), *proofs_of_partners(asked)]


def proofs_of_publicity(asked: ProofAsked) -> list[Proof]:
    """One for each publication that went out, in one question to the database."""
    rows = Publication.objects.filter(
        edition__subject__in=asked.subject_ids, state=PublicationState.POSTED,
        posted_on__range=(asked.since, asked.until),
    )  # fmt: skip
    named = rows.select_related("channel", "edition__subject", "edition__event").order_by("posted_on", "pk")
    return [_proof(row) for row in named]


# Five kinds of actors make an innovation (pentahelix): the government itself, and whoever works along from outside.
BUSINESS, COMMUNITY, MEDIA, CAMPUS = "dunia usaha", "komunitas", "media", "akademisi"
ACTORS = {
    PartnerKind.HOTEL: BUSINESS, PartnerKind.GUIDE: BUSINESS, PartnerKind.SPONSOR: BUSINESS, PartnerKind.TRANSPORT: BUSINESS,
    PartnerKind.COMMUNITY: COMMUNITY, PartnerKind.MEDIA: MEDIA, PartnerKind.CAMPUS: CAMPUS,
}  # fmt: skip


def proofs_of_partners(asked: ProofAsked) -> list[Proof]:
    """One for each edition over whose partners joined, in one question to the database."""
    rows = Partnership.objects.with_us().filter(
        edition__subject__in=asked.subject_ids, edition__ends_on__range=(asked.since, asked.until)
    )
    known = rows.exclude(edition__stage=Stage.CANCELLED).select_related(
        "partner", "edition__subject", "edition__event", "edition__organisation"
    )
    found: dict[int, list[Partnership]] = {}
    for row in known.order_by("edition__ends_on", "edition_id", "partner__name_key", "pk"):
        found.setdefault(row.edition_id, []).append(row)
    return [_partners(rows) for rows in found.values()]


def _partners(rows: Sequence[Partnership]) -> Proof:
    edition = rows[0].edition
    actors = list(dict.fromkeys(["pemerintah", *(ACTORS[kind] for row in rows if (kind := _kind(row)) in ACTORS)]))
    facts = [
        ("Acara", str(edition)), ("Penyelenggara", edition.organisation.name),
        ("Unsur", f"{len(actors)}: {', '.join(actors)}"), ("Mitra", f"{len(rows)}"),
    ]  # fmt: skip
    listed = [[row.partner.name, ACTORS.get(_kind(row), "lainnya"), row.number] for row in rows]
    return Proof(
        key=f"partners-{edition.code}", genre="partners", title=f"Mitra {edition}", on=edition.ends_on, facts=facts,
        url=reverse("events:partnerships", args=[edition.code]),
        rows=lambda: [["Mitra", "Unsur", "Nomor perjanjian"], *listed],
    )  # fmt: skip


def _kind(row: Partnership) -> PartnerKind:
    return PartnerKind(row.partner.kind)


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
