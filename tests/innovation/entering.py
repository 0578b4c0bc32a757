"""A province with an agency, its research board, an innovation in use, and its entry for the guide of 2026."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from enggang.access.enums import Role
from enggang.accounts.models import User
from enggang.core.actor import SYSTEM, Actor, load_user
from enggang.innovation.domain.evidence import bring_link, use_evidence
from enggang.innovation.domain.guide import load_guide
from enggang.innovation.domain.submissions import begin_submission, choose_parameter, hand_on_submission
from enggang.innovation.enums import Stage
from enggang.innovation.models import Affair, Innovation, Submission
from enggang.innovation.queries.guide import guide_of
from enggang.innovation.queries.proposals import Proposal, proposals_of
from enggang.innovation.queries.scores import Sheet, sheet_of
from enggang.places.enums import Origin
from enggang.places.models import Organisation
from tests.innovation.factories import bring, make_innovation
from tests.training.factories import make_agency, make_user

MANDATORY = ("16", "17", "32", "33", "35")


@dataclass
class Desks:
    """One person at every desk."""

    province: Organisation
    agency: Organisation
    board: Organisation
    writer: User
    companion: User
    head: User
    researcher: User

    def actor(self, name: str) -> Actor:
        user: User = getattr(self, name)
        return load_user(user.pk)


def make_desks() -> Desks:
    province = make_agency("Pemprov")
    agency, board = make_agency("Disporapar", province), make_agency("BRIDA", province)
    return Desks(
        province, agency, board, writer=make_user(Role.COORDINATOR, agency), companion=make_user(Role.ORGANISER, agency),
        head=make_user(Role.LEADER, agency), researcher=make_user(Role.ORGANISER, board),
    )  # fmt: skip


def make_affair(name: str = "Pariwisata", group: str = "optional") -> Affair:
    return Affair.objects.create(
        name=name,
        group=group,
        key=name.lower(),
        valid_from=date(2020, 1, 1),
        source="UU 23/2014",
        origin=Origin.SHIPPED,
    )


def adopted(
    desks: Desks, title: str = "Antrean daring museum", on: date = date(2025, 6, 1), **facts: Any
) -> Innovation:
    given = {
        "kind": "digital", "form": "service", "affair": make_affair(f"Urusan {title}"), "latitude": 0.02, "longitude": 109.3,
        "aims": "Antrean hilang.", "benefits": "Warga tidak menunggu.", "results": "Dari 120 menit menjadi 10 menit.",
        "design": "kata " * 305, **facts,
    }  # fmt: skip
    row = bring(make_innovation(desks.agency, title, **given), Stage.ADOPTED)
    Innovation.objects.filter(pk=row.pk).update(handed_in_on=date(2025, 3, 1), trial_on=date(2025, 4, 1), adopted_on=on)
    return Innovation.objects.with_names().get(pk=row.pk)


def make_entry(desks: Desks, innovation: Innovation | None = None, **more: Any) -> Submission:
    load_guide(actor=SYSTEM)
    row = begin_submission(innovation=innovation or adopted(desks), year=2026, board=desks.board, actor=SYSTEM, **more)
    return Submission.objects.with_names().get(pk=row.pk)


def prove(entry: Submission, *codes: str, parameter: int = 1, actor: Actor = SYSTEM) -> None:
    """A parameter with one shared piece of evidence for each indicator."""
    piece = bring_link(innovation=entry.innovation, title="Bukti", link="https://contoh.go.id/bukti", actor=actor)
    for code in codes:
        choose_parameter(submission=entry, code=code, parameter=parameter, actor=actor)
        use_evidence(submission=entry, code=code, evidence=piece, actor=actor)


def fresh(entry: Submission) -> Submission:
    return Submission.objects.with_names().get(pk=entry.pk)


def through(desks: Desks, entry: Submission) -> Submission:
    """Validated by one person after the other."""
    for name in ("writer", "companion", "head", "researcher"):
        entry = hand_on_submission(submission=entry, actor=desks.actor(name))
    return entry


def sheet(entry: Submission) -> Sheet:
    return sheet_of(entry, guide_of(entry.innovation.organisation, entry.year))


def proposals(entry: Submission) -> list[Proposal]:
    return proposals_of(entry, guide_of(entry.innovation.organisation, entry.year))
