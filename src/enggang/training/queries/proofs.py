"""Waves as proof: that people were trained for something, who of one's own agency was assigned, and which agencies work together.

The words go into papers, so they are Indonesian. People of other agencies are counted and not listed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from django.db.models import Count, Q
from django.urls import reverse

from enggang.core.registries import Proof, ProofAsked
from enggang.documents.rendering.wording import long_date
from enggang.places.models.organisation import below
from enggang.seats.enums import ClaimState
from enggang.training.enums import Outcome, PaperState, WaveState
from enggang.training.models import Registration, Wave
from enggang.training.queries.assignments import MISSING, AssignmentLine, assignment_lines

OUTCOMES = {Outcome.PASSED: "lulus", Outcome.FAILED: "tidak lulus", Outcome.PENDING: "belum diputuskan"}


def proofs_of_training(asked: ProofAsked) -> list[Proof]:
    """Of each finished wave that belongs to what is asked about: the wave and its assignment letters. Three questions to the database."""
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
    rows = list(waves.select_related("subject", "programme", "organisation").order_by("starts_on", "pk"))
    lines = _assigned(rows)
    return [
        proof
        for row in rows
        for proof in (
            _proof(row, asked.path),
            *_team(row, lines.get(row.pk, []), asked.path),
            *_network(row, lines.get(row.pk, [])),
        )
    ]


def _assigned(waves: Sequence[Wave]) -> dict[int, list[AssignmentLine]]:
    """By the wave's id: those whom a letter names that nobody called wrong."""
    if not waves:
        return {}
    lines = assignment_lines(Registration.objects.filter(wave__in=waves).seated())
    standing = [line for line in lines if line.stand not in {MISSING, PaperState.WRONG}]
    by_wave = sorted(standing, key=lambda line: line.registration.wave_id)
    return {wave: list(found) for wave, found in groupby(by_wave, lambda line: line.registration.wave_id)}


def _team(wave: Wave, lines: Sequence[AssignmentLine], path: str) -> list[Proof]:
    """Whom one's own agency assigned: people who can do what the innovation needs."""
    own = [line for line in lines if line.registration.agency.path.startswith(path)]
    if not own:
        return []
    listed = [[line.registration.printed_name, line.registration.agency.name, _letter(line)] for line in own]
    return [
        Proof(
            key=f"assigned-{wave.code}", genre="team", title=f"Pegawai yang ditugaskan ke {wave.programme.title}, {wave.name}",
            on=wave.ends_on, facts=[*_about(wave), ("Ditugaskan", f"{len(own)} orang"), *_letters(own)],
            url=reverse("training:assignments", args=[wave.code]), is_personal=True,
            rows=lambda: [["Nama", "Perangkat daerah", "Surat tugas"], *listed],
        )
    ]  # fmt: skip


def _network(wave: Wave, lines: Sequence[AssignmentLine]) -> list[Proof]:
    """Which agencies sent their people by a letter: no names but those of agencies."""
    numbers: dict[str, list[str]] = {}
    for line in lines:
        numbers.setdefault(line.registration.agency.name, []).append(_letter(line))
    if len(numbers) < 2:
        return []
    listed = [[name, str(len(letters)), "; ".join(dict.fromkeys(letters))] for name, letters in numbers.items()]
    return [
        Proof(
            key=f"network-{wave.code}", genre="network", title=f"Perangkat daerah dalam {wave.programme.title}, {wave.name}",
            on=wave.ends_on, facts=[*_about(wave), ("Perangkat daerah", f"{len(numbers)}"), *_letters(lines)],
            url=reverse("training:assignments", args=[wave.code]),
            rows=lambda: [["Perangkat daerah", "Orang", "Surat tugas"], *listed],
        )
    ]  # fmt: skip


def _letter(line: AssignmentLine) -> str:
    assert line.named is not None  # only those whom a letter names come here
    return line.named.letter.number


def _letters(lines: Iterable[AssignmentLine]) -> list[tuple[str, str]]:
    found = {line.named.letter_id: line.named.letter for line in lines if line.named}
    days = sorted(letter.dated for letter in found.values())
    span = long_date(days[0]) if days[0] == days[-1] else f"{long_date(days[0])} sampai {long_date(days[-1])}"
    return [("Surat tugas", f"{len(found)}"), ("Tanggal surat", span)]


def _about(wave: Wave) -> list[tuple[str, str]]:
    return [("Pelatihan", wave.programme.title), ("Angkatan", wave.name), ("Penyelenggara", wave.organisation.name)]


def _proof(wave: Wave, path: str) -> Proof:
    counted = vars(wave)  # with what was annotated
    facts = [
        *_about(wave),
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
