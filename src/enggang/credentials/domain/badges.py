"""Badges are made by a job once their awards are issued: read, sign outside any transaction, then keep."""

from __future__ import annotations

import hashlib
import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError
from django.db.models import Max
from django.utils.translation import gettext_noop

from enggang.core import clock, keystore
from enggang.core.actor import ADMINISTRATOR, SYSTEM, Actor
from enggang.core.acts import ActRecord, act, act_each, record, require
from enggang.core.canonical import canonical_bytes
from enggang.core.enums import JobState
from enggang.core.jobs import JobRun, enqueue, job
from enggang.core.models import Job
from enggang.core.registries import Earned, evidence
from enggang.credentials import rules
from enggang.credentials.badges.content import Place, credential
from enggang.credentials.badges.identity import PURPOSE
from enggang.credentials.badges.proofs import secure_badge, signer
from enggang.credentials.enums import AwardState
from enggang.credentials.models import Award, Badge
from enggang.credentials.models.award import AwardQuerySet
from enggang.credentials.models.badge import LIST_FILL, LIST_LENGTH

logger = logging.getLogger("enggang.credentials")
JOB = "credentials.make_badges"
TRIES = 20
CHUNK = 50  # half a second of signing; what is lost when the worker dies


class Overtaken(Exception):
    """What was signed no longer fits what is on record: read again, sign again."""


class BadgesLeft(RuntimeError):
    """Some badges could not be made; the job is tried again."""


def ask_for_badges() -> None:
    """Queue the making of every badge that is due, unless that is queued already. Call inside the act that made it so."""
    if not Job.objects.filter(name=JOB, state=JobState.QUEUED).exists():
        enqueue(make_badges, actor=SYSTEM, title=gettext_noop("Digital badges"))


@act("credentials.rotate_badge_key")
def rotate_badge_key(*, actor: Actor) -> str:
    """Sign with a new key from now on; what the old one signed stays valid and verifiable. Answers the new key's id."""
    require(actor.holds(ADMINISTRATOR, at="/"))
    kid = keystore.rotate(PURPOSE)
    record(key=kid)
    return kid


def queue_badges() -> None:
    """By the clock: whatever was issued before there were badges, or slipped through."""
    if _due().exists():
        ask_for_badges()


def _due(without: Sequence[int] = ()) -> AwardQuerySet:
    rows = Award.objects.without_badge().exclude(pk__in=without)
    return rows.select_related("document", "organisation", "basis", "subject").order_by("pk")


@job("credentials.make_badges")
def make_badges(run: JobRun) -> None:
    """Make the badge of every issued award that has none. Safe to run twice, and by two workers at once.

    One award that cannot have a badge holds no other up; the job then fails at its end and is tried again.
    """
    made, overtaken, left = 0, 0, list[int]()
    while overtaken < TRIES and (rows := list(_due(left)[:CHUNK])):
        signed = signed_badges(rows, actor=run.actor)
        left += {award.pk for award in rows} - {each.award.pk for each in signed}
        kept = _kept(signed)
        made, overtaken = made + kept, 0 if kept or not signed else overtaken + 1
        run.progress(made, made + len(rows))
    run.outcome(made=made)
    if overtaken == TRIES:
        raise BadgesLeft("what was signed could not be kept")
    if left:
        raise BadgesLeft(f"no badge for the awards {left[:20]}")


def _kept(signed: Sequence[SignedBadge]) -> int:
    """How many were kept: none when one of them was voided, made or had its place taken meanwhile; look again then."""
    try:
        return len(keep_badges(signed)) if signed else 0
    except Overtaken:
        return 0


@dataclass(frozen=True, slots=True)
class SignedBadge:
    """A badge that is signed and not on record yet."""

    award: Award
    content: bytes
    place: Place
    kid: str
    actor: Actor


def signed_badges(awards: Sequence[Award], *, actor: Actor) -> list[SignedBadge]:
    """Sign the badges of several awards with the key of this moment; those that cannot be are left out, and told in the log."""
    earned, by, places = _earned(awards), signer(), _free_places(len(awards))
    signed = []
    for award, place in zip(awards, places, strict=True):
        try:
            said = credential(award, earned.get(award.basis_id, Earned()), place)
            content = canonical_bytes(secure_badge(said, by=by, at=clock.now()))
        except Exception:
            logger.exception("the badge of award %s could not be made", award.pk)
        else:
            signed.append(SignedBadge(award, content, place, by.kid, actor))
    return signed


def _earned(awards: Sequence[Award]) -> dict[int, Earned]:
    """By the id of the basis: what the app that awards for this kind of subject has to show."""
    found: dict[int, Earned] = {}
    for kind in {award.basis.kind for award in awards}:
        if tell := evidence.get(kind):
            found |= tell([award.basis_id for award in awards if award.basis.kind == kind])
    return found


def _free_places(count: int) -> list[Place]:
    """So many random places that nobody has, on the status list that is being filled."""
    number = Badge.objects.aggregate(last=Max("list_number"))["last"] or 1
    if Badge.objects.filter(list_number=number).count() >= LIST_FILL:
        number += 1
    chosen: set[int] = set()
    while len(chosen) < count:
        drawn = {secrets.randbelow(LIST_LENGTH) for _each in range(count - len(chosen))}
        taken = Badge.objects.filter(list_number=number, list_index__in=drawn)
        chosen |= drawn - set(taken.values_list("list_index", flat=True))
    return [Place(number, index) for index in chosen]


@act_each("credentials.keep_badge")
def keep_badges(asked: Sequence[SignedBadge], records: Sequence[ActRecord]) -> list[Badge]:
    """Keep signed badges for ever, all or none. Raises Overtaken when one of the awards is void or has a badge by now."""
    for each in asked:
        require(rules.may_issue(each.actor, each.award.organisation))
    ids = [each.award.pk for each in asked]
    # Locked, so that it is not voided, nor given another badge, before this is on record.
    due = set(
        Award.objects.select_for_update()
        .filter(pk__in=ids, state=AwardState.ISSUED, name_removed_at=None)
        .values_list("pk", flat=True)
    )
    if due != set(ids) or Badge.objects.filter(award__in=ids).exists():
        raise Overtaken
    rows = [_badge(each) for each in asked]
    try:
        Badge.objects.bulk_create(rows)
    except IntegrityError as error:
        raise Overtaken from error
    for row, told in zip(rows, records, strict=True):
        told.tell(row.award.subject, sha256=row.sha256, key=row.kid)
    return rows


def _badge(signed: SignedBadge) -> Badge:
    return Badge(
        award=signed.award, content=signed.content, sha256=hashlib.sha256(signed.content).hexdigest(), kid=signed.kid,
        list_number=signed.place.list_number, list_index=signed.place.index, made_at=clock.now(),
    )  # fmt: skip
