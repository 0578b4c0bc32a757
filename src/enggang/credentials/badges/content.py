"""What a badge says, from the facts that were frozen when its award was issued. The words are the paper's: Indonesian.

The shape is an AchievementCredential of Open Badges 3.0 in a W3C Verifiable Credential 2.0.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from enggang.core.canonical import canonical_bytes
from enggang.core.registries import Earned
from enggang.credentials.badges.contexts import CREDENTIALS, OPEN_BADGES
from enggang.credentials.badges.identity import issuer_did
from enggang.credentials.badges.proofs import stamp
from enggang.credentials.domain.address import verification_url
from enggang.credentials.models import Award
from enggang.documents.rendering.wording import NBSP, date_range

TYPES = ["VerifiableCredential", "OpenBadgeCredential"]
LANGUAGE = "id"
MOST_EVIDENCE = 30
MINUTES_PER_JP = 45


@dataclass(frozen=True, slots=True)
class Place:
    """Where the revocation of a badge is told."""

    list_number: int
    index: int

    @property
    def address(self) -> str:
        return status_url(self.list_number)


def status_url(number: int) -> str:
    """The public address of a status list."""
    return f"{settings.PUBLIC_URL}/badges/status/{number}"


def credential(award: Award, earned: Earned, place: Place) -> dict[str, Any]:
    """The unsigned credential of an award."""
    paper, title = award.document.content, _title(award)
    achievement = _achievement(award, paper.get("programme", {}), earned.criteria, paper.get("curriculum", []))
    zone = award.organisation.time_zone
    issued = stamp(_start_of(award.issued_on, zone))
    said: dict[str, Any] = {
        "@context": [CREDENTIALS, OPEN_BADGES],
        "id": verification_url(award.verify_code),
        "type": TYPES,
        "name": title,
        "issuer": {
            "id": issuer_did(), "type": ["Profile"], "name": award.issuer_name, "url": f"{settings.PUBLIC_URL}/",
        },
        "validFrom": issued,
        "awardedDate": issued,
        "credentialSubject": _subject(award, achievement),
        "evidence": _evidence(earned),
        "credentialStatus": {
            "id": f"{place.address}#{place.index}", "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation", "statusListIndex": str(place.index), "statusListCredential": place.address,
        },
    }  # fmt: skip
    if award.valid_until:
        said["validUntil"] = stamp(_start_of(award.valid_until + timedelta(days=1), zone) - timedelta(seconds=1))
    return {name: value for name, value in said.items() if value != []}


def _title(award: Award) -> str:
    return f"SPESIMEN – {award.title}" if award.specimen else award.title


def _subject(award: Award, achievement: dict[str, Any]) -> dict[str, Any]:
    """The holder by name alone: docs/decisions/0013-badges.md says why neither NIP nor e-mail, hashed or not."""
    subject: dict[str, Any] = {
        "type": ["AchievementSubject"],
        "identifier": [
            {"type": "IdentityObject", "hashed": False, "identityHash": award.holder_name, "identityType": "name"}
        ],
        "achievement": achievement,
    }
    if award.hours:
        value = {"type": ["Result"], "resultDescription": _jp_id(achievement["id"]), "value": str(award.hours)}
        subject |= {"creditsEarned": award.hours, "result": [value]}
    return subject


def _achievement(
    award: Award, programme: dict[str, Any], criteria: str, curriculum: list[dict[str, Any]]
) -> dict[str, Any]:
    """What was achieved; its id follows from what it says, so that those of one wave have the same one."""
    unit = f"JP (jam pelajaran), 1 JP = {programme.get('minutes_per_jp', MINUTES_PER_JP)} menit"
    said: dict[str, Any] = {
        "type": ["Achievement"],
        "achievementType": "CertificateOfCompletion",
        "inLanguage": LANGUAGE,
        "name": _title(award),
        "description": _description(award, programme, unit),
        "criteria": {"narrative": _criteria(criteria, curriculum)},
    }
    if available := _available(award, programme):
        said["creditsAvailable"] = available
    said["id"] = "urn:uuid:" + _uuid({"issuer": issuer_did(), "organisation": award.issuer_name, **said})
    if available:
        said["resultDescription"] = [
            {"id": _jp_id(said["id"]), "type": ["ResultDescription"], "name": unit, "resultType": "Result"}
        ]
    return said


def _available(award: Award, programme: dict[str, Any]) -> int:
    """The JP of the whole curriculum, as the paper says; what its holder earned of them is ``award.hours``."""
    return int(programme.get("jp") or award.hours)


def _description(award: Award, programme: dict[str, Any], unit: str) -> str:
    days = ""
    if {"starts_on", "ends_on"} <= programme.keys():
        days = date_range(date.fromisoformat(programme["starts_on"]), date.fromisoformat(programme["ends_on"]))
    available = _available(award, programme)
    hours = f"{available} {unit}" if available else ""
    said = (_title(award), programme.get("wave", ""), days, programme.get("place", ""), hours)
    return (". ".join(part for part in said if part) + ".").replace(NBSP, " ")


def _criteria(criteria: str, curriculum: list[dict[str, Any]]) -> str:
    start = criteria or "Telah mengikuti dan menyelesaikan pelatihan."
    subjects = [f"- {item['subject']}: {item['jp']} JP" for item in curriculum]
    return "\n".join([start, *(["", "Mata pelatihan:", *subjects] if subjects else [])])


def _evidence(earned: Earned) -> list[dict[str, Any]]:
    """Different from one another: equal ones would be one and the same to a reader of the signed form."""
    lines = {(each.name, each.narrative, each.genre): each for each in earned.evidence}
    return [
        {"type": ["Evidence"], "name": each.name, "narrative": each.narrative, "genre": each.genre}
        for each in [*lines.values()][:MOST_EVIDENCE]
    ]


def _jp_id(achievement: str) -> str:
    return "urn:uuid:" + str(uuid.uuid5(uuid.NAMESPACE_URL, f"{achievement}#jp"))


def _uuid(said: dict[str, Any]) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, canonical_bytes(said).decode()))


def _start_of(day: date, zone: str) -> datetime:
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(zone))
