"""Which wordings an organisation can write a letter from: those shipped, and its own published ones."""

from __future__ import annotations

from dataclasses import dataclass

from enggang.documents.letters import letter_kinds
from enggang.documents.models import LetterTemplate
from enggang.places.models import Organisation


@dataclass(frozen=True, slots=True)
class Choice:
    ref: str
    kind: str
    label: str
    blocks: dict[str, str]


def shipped_wordings() -> list[Choice]:
    return [
        Choice(each.ref, code, str(each.name), dict(each.blocks))
        for code, kind in letter_kinds.items()
        for each in kind.shipped
    ]


def wordings_for(organisation: Organisation, kind: str = "") -> list[Choice]:
    """The organisation's own come first, newest version each; then what is shipped."""
    rows = LetterTemplate.objects.filter(organisation=organisation, retired_at=None)
    templates = rows.select_related("subject").prefetch_related("versions__template__subject")
    own = [
        Choice(version.ref, row.kind, f"{row.name} ({version.number})", version.blocks)
        for row in templates
        if (version := row.published)
    ]
    return [each for each in [*own, *shipped_wordings()] if each.kind == (kind or each.kind)]


def wording_of(organisation: Organisation, ref: str) -> Choice | None:
    return next((each for each in wordings_for(organisation) if each.ref == ref), None)
