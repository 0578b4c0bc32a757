"""Entries for the innovation index for the table of who may."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from enggang.core.actor import SYSTEM
from enggang.innovation.domain.evidence import bring_file, bring_link, refuse_proposal, tie_subject
from enggang.innovation.domain.guide import keep_guide_row, load_guide
from enggang.innovation.domain.region import enter_board_letter
from enggang.innovation.domain.submissions import begin_submission, hand_on_submission
from enggang.innovation.models import GuidePredicate, Innovation
from enggang.innovation.queries.guide import guide_of
from enggang.innovation.queries.proposals import proposals_of
from enggang.people.models import Person
from enggang.places.models import Organisation
from tests.architecture.innovation_rows import _open
from tests.innovation.entering import MANDATORY, fresh, prove

PDF = b"%PDF-1.7\n%%EOF"


def entries_of(organisation: Organisation, owner: Person, used: str, tied: str) -> dict[str, Any]:
    """An entry with everything in its vault, one that was handed in, and an innovation that has none."""
    load_guide(actor=SYSTEM)
    innovation = Innovation.objects.with_names().get(subject__code=used)
    entry = fresh(begin_submission(innovation=innovation, year=2026, board=organisation, actor=SYSTEM))
    prove(entry, *MANDATORY)
    piece = bring_file(innovation=innovation, title="SK", content=PDF, name="a.pdf", actor=SYSTEM)
    spare = bring_link(innovation=innovation, title="Berita", link="https://contoh.id/a", actor=SYSTEM)
    found, *_more = proposals_of(entry, guide_of(organisation, 2026))
    refused = refuse_proposal(innovation=innovation, proposal=found, reason="Uji", actor=SYSTEM)
    tie = tie_subject(innovation=innovation, code=tied, actor=SYSTEM)
    handed = fresh(
        begin_submission(innovation=_open(organisation, owner, "Diajukan"), year=2026, board=organisation, actor=SYSTEM)
    )
    prove(handed, *MANDATORY)
    hand_on_submission(submission=handed, actor=SYSTEM)
    word = GuidePredicate(year=2026, label="Uji", from_score=Decimal(10), valid_from=date(2026, 1, 1), source="Uji")
    letter = enter_board_letter(
        organisation=organisation, year=2025, number="1", dated_on=date(2025, 12, 1), index=Decimal(50), content=PDF,
        name="a.pdf", actor=SYSTEM,
    )  # fmt: skip
    return {
        "iid_entry": entry.code, "iid_entry_handed": handed.code, "iid_evidence": piece.code, "iid_evidence_spare": spare.code,
        "iid_refused": refused.pk, "iid_tie": tie.pk, "iid_guide_row": keep_guide_row(rule=word, organisation=organisation, actor=SYSTEM).pk,
        "iid_letter": letter.pk,
    }  # fmt: skip
