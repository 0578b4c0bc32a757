"""Acts of whoever sits a test: begin, save each answer, hand in. Everything is timed by the server's clock."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.models import Subject
from enggang.surveys import rules
from enggang.surveys.bodies import clean_answer, score
from enggang.surveys.models import Attempt, AttemptItem, Test, TestItem


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as a page sent it; ``revision`` is the one the page had shown."""

    answer: Any
    revision: int


@dataclass(frozen=True, slots=True)
class Kept:
    """What stands for a question now. ``stale``: the page had not seen it, so what the page sent was not kept."""

    row: AttemptItem
    stale: bool


@act("surveys.start_attempt")
def start_attempt(*, test: Test, holder: Subject, actor: Actor, user_id: int | None = None) -> Attempt:
    """Begin, or go on with what was begun: a second start, another phone, a lost line lead to the same sitting.

    The caller's act has asked who may sit the test; ``holder`` is the subject it is counted for.
    """
    record_subject(test.subject)
    found = _found(test, holder, user_id)
    if found:
        return found
    now = clock.now()
    if not test.is_open_at(now):
        raise Conflict(_("This test is not open now. Your page shows when it is."))
    drawn = draw(test, holder.code)
    attempt = Attempt(test=test, holder=holder, user_id=user_id, started_at=now)
    attempt.possible = 100 * sum(item.points for item in drawn)
    attempt.deadline = now + timedelta(minutes=test.minutes) if test.minutes else None
    try:
        with told(Attempt):
            attempt.save()
    except Conflict:  # two tabs began at once: the other one was first
        return Attempt.objects.with_test().get(test=test, holder=holder)
    AttemptItem.objects.bulk_create(
        AttemptItem(attempt=attempt, item=item, position=n) for n, item in enumerate(drawn, 1)
    )
    return attempt


def _found(test: Test, holder: Subject, user_id: int | None) -> Attempt | None:
    found = Attempt.objects.with_test().filter(test=test, holder=holder).first()
    if found and user_id and found.user_id != user_id:
        found.user_id = user_id
        found.save(update_fields=["user"])
    return found


def draw(test: Test, holder_code: str) -> list[TestItem]:
    """The questions of one person, in their order: from the test's seed and the person, so always the same."""
    items = list(test.items.all())
    chance = random.Random(f"{test.seed}:{holder_code}")  # noqa: S311 -- a stable order, no secret
    if test.draw and test.draw < len(items):
        chosen = set(chance.sample(range(len(items)), test.draw))
        items = [item for n, item in enumerate(items) if n in chosen]
    if test.shuffle:
        chance.shuffle(items)
    return items


@act("surveys.save_answers")
def save_answers(*, attempt: Attempt, given: Mapping[int, Given], actor: Actor) -> dict[int, Kept]:
    """Keep answers by item id; answers what stands for each, in the order of the page.

    An answer from a tab that has not seen the newest one is not kept, and the caller tells so: what was saved later stands.
    """
    require(rules.is_own(actor, attempt))
    record_subject(attempt.test.subject)
    _still_taking(attempt)
    rows = attempt.items.select_related("item__version").filter(pk__in=list(given))
    return {row.pk: _keep(row, given[row.pk]) for row in rows}


@act("surveys.hand_in")
def hand_in(*, attempt: Attempt, actor: Actor) -> Attempt:
    """End the sitting; a second press changes nothing."""
    require(rules.is_own(actor, attempt))
    record_subject(attempt.test.subject)
    Attempt.objects.filter(pk=attempt.pk, handed_in_at=None).update(handed_in_at=clock.now())
    attempt.refresh_from_db(fields=["handed_in_at"])
    return attempt


@act("surveys.hand_back")
def hand_back(*, attempt: Attempt, minutes: int, reason: str, actor: Actor) -> Attempt:
    """Let a person go on who handed in by mistake or lost their time to a fault: ``minutes`` from now."""
    require(rules.may_manage(actor, attempt.test.organisation))
    record_subject(attempt.test.subject)
    if not reason.strip():
        raise Conflict(_("Handing a test back needs a reason."))
    if not attempt.test.is_open_at(clock.now()):
        raise Conflict(_("The test is closed. Open it again first."))
    attempt.handed_in_at = None
    attempt.deadline = clock.now() + timedelta(minutes=min(max(minutes, 1), 600))
    attempt.save(update_fields=["handed_in_at", "deadline"])
    record(minutes=minutes, attempt=attempt.pk)
    return attempt


@act("surveys.score_by_hand")
def score_by_hand(*, row: AttemptItem, percent: int, actor: Actor) -> AttemptItem:
    """Give an answer its share of the points, 0 to 100; scoring again replaces it."""
    require(rules.may_judge(actor, row.attempt.test.organisation))
    record_subject(row.attempt.test.subject)
    if not 0 <= percent <= 100:
        raise Conflict(_("Give a whole number from 0 to 100."))
    if not (row.item.version and row.item.version.body.get("by_hand")) or row.answer is None:
        raise Conflict(_("This answer is scored by its key."))
    row.earned, row.judged_by_key = row.item.points * percent, actor.key
    row.save(update_fields=["earned", "judged_by_key"])
    record(row=row.pk, percent=percent)
    return row


def _still_taking(attempt: Attempt) -> None:
    """Locks the row as well: an answer and the handing in cannot pass each other."""
    open_row = Attempt.objects.filter(pk=attempt.pk, handed_in_at=None).update(saved_at=clock.now())
    if not open_row:
        raise Conflict(_("You have handed this test in already. What you answered is kept."))
    attempt.test.refresh_from_db()
    if not attempt.takes_answers_at(clock.now()):
        raise Conflict(_("The time is over. Everything you answered before is kept."))


def _keep(row: AttemptItem, given: Given) -> Kept:
    version = row.item.version
    assert version is not None
    answer = clean_answer(version.kind, version.body, given.answer)
    if answer == row.answer:
        return Kept(row, stale=False)
    share = score(version.kind, version.body, answer)
    earned = None if share is None else int(100 * row.item.points * share)
    rows = AttemptItem.objects.filter(pk=row.pk, revision=min(given.revision, row.revision))
    kept = rows.update(answer=answer, earned=earned, judged_by_key="", revision=F("revision") + 1)
    row.refresh_from_db(fields=["answer", "revision", "earned", "judged_by_key"])
    if not kept:
        record(stale=row.pk)
    return Kept(row, stale=not kept)
