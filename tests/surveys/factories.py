"""A small bank and a test of it."""

from __future__ import annotations

from typing import Any

from enggang.core.actor import SYSTEM, Actor, ActorKind
from enggang.core.models import Subject
from enggang.places.models import Organisation
from enggang.surveys.bodies import read_body
from enggang.surveys.domain.attempts import Given, start_attempt
from enggang.surveys.domain.bank import add_question
from enggang.surveys.domain.tests import make_test, open_test
from enggang.surveys.enums import QuestionKind
from enggang.surveys.models import Attempt, Question, Test

BODIES = {
    QuestionKind.SINGLE: "*Cahaya\nLensa\nTripod",
    QuestionKind.MULTIPLE: "*ISO\n*Diafragma\nBaterai\nTali",
    QuestionKind.TRUEFALSE: "true",
    QuestionKind.SHORT: "komposisi\nkomposisi foto",
    QuestionKind.MATCHING: "ISO = kepekaan\nDiafragma = bukaan\nRana = waktu",
}
RIGHT: dict[str, Any] = {
    "single": [1], "multiple": [1, 2], "truefalse": "true", "short": "Komposisi!", "matching": [(1, 1), (2, 2), (3, 3)],
}  # fmt: skip


def make_question(agency: Organisation, kind: str = "single", text: str = "", **facts: Any) -> Question:
    body = read_body(kind, facts.pop("lines", BODIES[QuestionKind(kind)]), by_hand=facts.pop("by_hand", False))
    topic = facts.pop("topic", "Fotografi")
    return add_question(
        organisation=agency, topic=topic, kind=kind, text=text or f"Soal {kind}", body=body, actor=SYSTEM, **facts
    )


def make_open_test(agency: Organisation, *kinds: str, questions: list[Question] | None = None, **facts: Any) -> Test:
    chosen = questions or [make_question(agency, kind) for kind in kinds or QuestionKind.values]
    closes_at = facts.pop("closes_at", None)
    test = make_test(organisation=agency, title="Pre-test", questions=chosen, actor=SYSTEM, **facts)
    return open_test(test=test, closes_at=closes_at, actor=SYSTEM)


def make_holder() -> tuple[Subject, Actor]:
    """Somebody who sits, with the private link that makes them themselves."""
    holder = Subject.objects.make(kind="registration")
    scopes = frozenset({("registration", holder.code)})
    return holder, Actor(ActorKind.LINK, f"link:{holder.pk}", scopes=scopes)


def begin(test: Test) -> tuple[Attempt, Actor]:
    holder, actor = make_holder()
    attempt = start_attempt(test=test, holder=holder, actor=actor)
    return Attempt.objects.with_test().get(pk=attempt.pk), actor


def all_right(attempt: Attempt) -> dict[int, Given]:
    rows = attempt.items.select_related("item__version")
    return {row.pk: Given(RIGHT[row.item.version.kind], row.revision) for row in rows if row.item.version}
