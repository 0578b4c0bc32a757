"""Closed surveys of citizens as proof that a service was evaluated. The words are Indonesian: they go into papers."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format

from enggang.core import clock
from enggang.core.registries import Proof, ProofAsked
from enggang.surveys.enums import AskingState
from enggang.surveys.models import Survey
from enggang.surveys.queries.opinions import opinions_of

MOST = 12  # the newest, of the agency itself


def proofs_of_surveys(asked: ProofAsked) -> list[Proof]:
    """Those that belong to what is asked about, and the agency's own on its services (SKM); only with enough answers."""
    own = Q(organisation__path=asked.path, service__isnull=False)
    rows = Survey.objects.filter(
        Q(subject__in=asked.subject_ids) | own, state=AskingState.CLOSED,
        closed_at__date__range=(asked.since, asked.until),
    )  # fmt: skip
    found = rows.select_related("subject", "organisation", "service").order_by("-closed_at", "-pk")[:MOST]
    return [proof for row in found if (proof := _proof(row)) is not None]


def _proof(row: Survey) -> Proof | None:
    opinions = opinions_of(row)
    if not opinions.lines or row.closed_at is None:
        return None
    day = clock.day_of(row.closed_at)
    facts = [
        ("Survei", row.title), ("Perangkat daerah", row.organisation.name), ("Ditutup", date_format(day, "j F Y")),
        ("Jawaban", f"{opinions.counted}"), ("Indeks", f"{opinions.index:.2f}".replace(".", ",")),
        *([("Mutu", opinions.band)] if opinions.band else []),
    ]  # fmt: skip
    return Proof(
        key=f"survey-{row.code}", genre="survey", title=f"Survei kepuasan {row.title}", on=day, facts=facts,
        url=reverse("surveys:survey", args=[row.code]),
    )  # fmt: skip
