"""Waves as proof: that people were trained for something, how many, and who of one's own agency.

The words go into papers, so they are Indonesian. People of other agencies are counted and not listed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db.models import Count, Q
from django.urls import reverse

from enggang.core.registries import Proof, ProofAsked
from enggang.documents.rendering.wording import long_date
from enggang.places.models.organisation import below
from enggang.seats.enums import ClaimState
from enggang.training.enums import Outcome, WaveState
from enggang.training.models import Registration, Wave

OUTCOMES = {Outcome.PASSED: "lulus", Outcome.FAILED: "tidak lulus", Outcome.PENDING: "belum diputuskan"}


def proofs_of_training(asked: ProofAsked) -> list[Proof]:
    """One for each finished wave that belongs to what is asked about, in one question to the database."""
    seated = Q(registrations__claim__state=ClaimState.CONFIRMED)
    waves = Wave.objects.filter(
        subject__in=asked.subject_ids,
        state=WaveState.FINISHED,
        specimen=False,
        ends_on__range=(asked.since, asked.until),
    ).annotate(
        people=Count("registrations", filter=seated),
        passed=Count("registrations", filter=seated & Q(registrations__outcome=Outcome.PASSED)),
        awarded=Count("registrations__award", filter=seated),
    )
    rows = waves.select_related("subject", "programme", "organisation").order_by("starts_on", "pk")
    return [_proof(row, asked.path) for row in rows]


def _proof(wave: Wave, path: str) -> Proof:
    counted = vars(wave)  # with what was annotated
    facts = [
        ("Pelatihan", wave.programme.title), ("Angkatan", wave.name), ("Penyelenggara", wave.organisation.name),
        ("Tanggal", f"{long_date(wave.starts_on)} sampai {long_date(wave.ends_on)}"),
        ("Peserta", f"{counted['people']} orang"), ("Lulus", f"{counted['passed']} orang"),
        ("Sertifikat terbit", f"{counted['awarded']}"),
    ]  # fmt: skip
    return Proof(
        key=f"wave-{wave.code}", genre="training", title=f"Bimbingan teknis {wave.programme.title}, {wave.name}",
        on=wave.ends_on, facts=facts, url=reverse("training:wave", args=[wave.code]), is_personal=True,
        rows=_listing(wave.pk, path),
    )  # fmt: skip


def _listing(wave: int, path: str) -> Callable[[], Sequence[Sequence[str]]]:
    """Who took part, of the agency that asks and those below it."""

    def rows() -> list[list[str]]:
        found = Registration.objects.seated().filter(below(path, "agency__path"), wave=wave)
        listed = [
            [row.printed_name, row.agency.name, OUTCOMES[Outcome(row.outcome)]]
            for row in found.select_related("agency").order_by("printed_name", "pk")
        ]
        return [["Nama", "Perangkat daerah", "Hasil"], *listed]

    return rows
