"""Acts on tests: prepared as drafts, opened with the questions as they stand, closed, and opened again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from enggang.core import clock, codes
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, require
from enggang.core.states import keep_version, move
from enggang.places.models import Organisation
from enggang.surveys import rules
from enggang.surveys.enums import ASKING_MOVES, AskingState
from enggang.surveys.models import Question, Test, TestItem


@act("surveys.make_test")
def make_test(
    *, organisation: Organisation, title: str, questions: Sequence[Question], actor: Actor, **settings: object
) -> Test:
    """Prepare a test of the agency's own questions. It asks nothing before it is opened."""
    require(rules.may_manage(actor, organisation))
    test = Test(organisation=organisation, title=title.strip(), seed=codes.random_code(24))
    return _save(test, questions, settings)


@act("surveys.copy_test")
def copy_test(*, test: Test, title: str, seed: str, actor: Actor, shift: timedelta | None = None) -> Test:
    """A draft of the same questions, points and settings, closing ``shift`` later; of its answers nothing.

    A question that the bank has retired since stays, as it would in ``test``.
    """
    require(rules.may_manage(actor, test.organisation))
    items = list(test.items.select_related("question").order_by("position", "pk"))
    names = ("intro", "minutes", "grace_seconds", "draw", "shuffle", "shows_score")
    copy = Test(organisation=test.organisation, title=title.strip()[:200], seed=seed)
    settings: dict[str, object] = {name: getattr(test, name) for name in names}
    settings["closes_at"] = test.closes_at + shift if test.closes_at and shift is not None else None
    copy = _save(copy, [item.question for item in items], settings)
    points = {item.question_id: item.points for item in items}
    for item in copy.items.all():
        item.points = points[item.question_id]
        item.save(update_fields=["points"])
    return copy


@act("surveys.change_test")
def change_test(*, test: Test, version: int, questions: Sequence[Question], actor: Actor, **settings: object) -> Test:
    """Change a draft. What was opened keeps its questions: take it back into draft first, while nobody has begun."""
    require(rules.may_manage(actor, test.organisation))
    keep_version(test, version)
    if test.state != AskingState.DRAFT:
        raise Conflict(_("Only a draft can be changed. Take the test back into draft first."))
    return _save(test, questions, settings)


def _save(test: Test, questions: Sequence[Question], settings: dict[str, object]) -> Test:
    for field, value in settings.items():
        setattr(test, field, value)
    if any(question.organisation_id != test.organisation_id for question in questions):
        raise Conflict(_("A test asks questions of its own agency's bank only."))
    if test.draw and test.draw > len(questions):
        raise Conflict(_("More questions are to be drawn than were chosen. Choose more, or draw fewer."))
    test.full_clean(exclude=["subject"], validate_unique=False, validate_constraints=False)
    if test._state.adding:
        test.subject = Test.new_subject(test.organisation.code)
    test.save()
    _set_items(test, questions)
    record(questions=len(questions))
    return test


def _set_items(test: Test, questions: Sequence[Question]) -> None:
    """The points of a question that stays are kept."""
    points = dict(test.items.values_list("question_id", "points"))
    test.items.all().delete()
    unique = list({question.pk: question for question in questions}.values())
    TestItem.objects.bulk_create(
        TestItem(test=test, question=question, position=n, points=points.get(question.pk, 1))
        for n, question in enumerate(unique, 1)
    )


@act("surveys.open_test")
def open_test(*, test: Test, actor: Actor, closes_at: datetime | None = None) -> Test:
    """Open a draft or a closed test. The first opening fixes every question in its present version."""
    require(rules.may_manage(actor, test.organisation))
    if closes_at is not None and closes_at <= clock.now():
        raise Conflict(_("The closing time is over already. Choose a later one."))
    items = list(test.items.select_related("question"))
    if not items:
        raise Conflict(_("This test has no question yet. Choose some from the bank first."))
    if test.draw and test.draw > len(items):
        raise Conflict(_("More questions are to be drawn than were chosen. Choose more, or draw fewer."))
    for item in items:
        item.version_id = item.version_id or item.question.current_id
    TestItem.objects.bulk_update(items, ["version"])
    opened = test.opened_at or clock.now()
    return move(test, AskingState.OPEN, moves=ASKING_MOVES, opened_at=opened, closes_at=closes_at, closed_at=None)


@act("surveys.close_test")
def close_test(*, test: Test, actor: Actor) -> Test:
    """Close a test now; whoever is answering has the seconds of grace. It can be opened again."""
    require(rules.may_manage(actor, test.organisation))
    return move(test, AskingState.CLOSED, moves=ASKING_MOVES, closed_at=clock.now())


@act("surveys.unopen_test")
def unopen_test(*, test: Test, actor: Actor) -> Test:
    """Take an opened test back into draft while nobody has begun."""
    require(rules.may_manage(actor, test.organisation))
    move(test, AskingState.DRAFT, moves=ASKING_MOVES, opened_at=None, closes_at=None, closed_at=None)
    if test.attempts.exists():
        raise Conflict(_("Somebody has begun this test, so its questions stay as they are. Close it instead."))
    test.items.exclude(version=None).update(version=None)
    return test
