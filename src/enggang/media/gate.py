"""The one publishing gate: a pure predicate over facts. Whatever serves a work to the public asks it and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from enggang.media.enums_rights import WITH_PROOF, WITHOUT_CREDIT, Licence, People, Reason, Scope


@dataclass(frozen=True, slots=True)
class RightsFacts:
    licence: str = ""
    holder: str = ""
    credit: str = ""
    has_proof: bool = False
    valid_from: date | None = None
    valid_to: date | None = None
    people: str = ""


@dataclass(frozen=True, slots=True)
class ConsentFacts:
    scopes: frozenset[str] = field(default_factory=frozenset)
    given_on: date | None = None
    expires_on: date | None = None
    is_withdrawn: bool = False
    is_minor: bool = False
    has_guardian: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the gate looks at. ``rights`` is None as long as nobody has stated any."""

    rights: RightsFacts | None
    consents: Sequence[ConsentFacts] = ()
    is_accepted: bool = False
    alt: str = ""  # in Indonesian


def reasons(facts: Facts, day: date, scope: str = Scope.WEB) -> list[Reason]:
    """Why it may not be shown on ``day`` for ``scope``, each reason once, in the order of the gate; empty: it is open."""
    found = [*_of_rights(facts.rights, day), *_of_people(facts, day, scope)]
    if not facts.is_accepted:
        found.append(Reason.NOT_ACCEPTED)
    if not facts.alt.strip():
        found.append(Reason.NO_ALT)
    return list(dict.fromkeys(found))


def _of_rights(rights: RightsFacts | None, day: date) -> Iterator[Reason]:
    if rights is None or rights.licence not in Licence.values:
        yield Reason.NO_RIGHTS
        return
    if not rights.holder.strip():
        yield Reason.NO_HOLDER
    if rights.licence not in WITHOUT_CREDIT and not rights.credit.strip():
        yield Reason.NO_CREDIT
    if rights.licence in WITH_PROOF and not rights.has_proof:
        yield Reason.NO_PROOF
    if rights.valid_from and day < rights.valid_from:
        yield Reason.NOT_YET
    if rights.valid_to and day > rights.valid_to:
        yield Reason.EXPIRED


def _of_people(facts: Facts, day: date, scope: str) -> Iterator[Reason]:
    """A consent that is on record counts also where somebody said that nobody can be recognised."""
    people = facts.rights.people if facts.rights else ""
    if people not in People.values:
        yield Reason.PEOPLE_UNKNOWN
    elif people == People.SOME and not facts.consents:
        yield Reason.NO_CONSENT
    for consent in facts.consents:
        yield from consent_reasons(consent, day, scope)


def consent_reasons(consent: ConsentFacts, day: date, scope: str = Scope.WEB) -> Iterator[Reason]:
    if consent.is_withdrawn:
        yield Reason.CONSENT_WITHDRAWN
    if consent.expires_on and day > consent.expires_on:
        yield Reason.CONSENT_EXPIRED
    if scope not in consent.scopes:
        yield Reason.CONSENT_SCOPE
    if consent.is_minor and not consent.has_guardian:
        yield Reason.NO_GUARDIAN
