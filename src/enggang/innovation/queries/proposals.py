"""Evidence that this system holds already: asked of every app that registers a source of proofs, never of its tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import override

from enggang.core import registries
from enggang.core.registries import Proof, ProofAsked
from enggang.innovation.models import Evidence, Innovation, Submission
from enggang.innovation.queries.guide import Guidebook

YEARS_BACK = 3  # the longest time that an indicator of the guide looks back: bimtek within three years


@dataclass(frozen=True, slots=True)
class Proposal:
    """``codes`` are the indicators it could serve, ``provider`` the app that knows it."""

    provider: str
    proof: Proof
    codes: tuple[str, ...]

    @property
    def key(self) -> str:
        return self.proof.key


def asked_for(innovation: Innovation, year: int) -> ProofAsked:
    ties = innovation.ties.values_list("subject_id", flat=True)
    return ProofAsked(
        subject_ids=frozenset({innovation.subject_id, *ties}),
        path=innovation.organisation.path,
        since=date(year - YEARS_BACK, 1, 1),
        until=date(year, 12, 31),
    )


def proofs_of(innovation: Innovation, year: int) -> list[tuple[str, Proof]]:
    """Everything that is known, with the app that knows it; in the language of the papers, as it would be kept."""
    asked = asked_for(innovation, year)
    with override("id"):
        return [(name, proof) for name, source in registries.proofs.items() for proof in source(asked)]


def proposals_of(submission: Submission, guide: Guidebook) -> list[Proposal]:
    """What could serve an indicator and about which nobody has decided yet."""
    innovation = submission.innovation
    decided = set(innovation.refused_proposals.values_list("provider", "key"))
    decided |= set(Evidence.objects.kept().filter(innovation=innovation).values_list("provider", "key"))
    codes: dict[str, tuple[str, ...]] = {}
    for row in guide.own:
        if row.genre:
            codes[row.genre] = (*codes.get(row.genre, ()), row.code)
    return [
        Proposal(name, proof, codes[proof.genre])
        for name, proof in proofs_of(innovation, submission.year)
        if proof.genre in codes and (name, proof.key) not in decided
    ]


def known_genres() -> frozenset[str]:
    """The kinds of evidence that some app of this installation can come to know."""
    return frozenset(GENRES)


# What the apps' sources answer; the guide's rows name one of these in ``genre``.
GENRES = ("training", "publicity", "video", "survey", "stages", "replication", "benefit", "team", "network", "partners")


def list_behind(evidence: Evidence, year: int) -> list[list[str]] | None:
    """The rows of the list behind an accepted record, as they are now; None where there is none any more."""
    for name, proof in proofs_of(evidence.innovation, year):
        if (name, proof.key) == (evidence.provider, evidence.key) and proof.rows is not None:
            with override("id"):
                return [list(row) for row in proof.rows()]
    return None
