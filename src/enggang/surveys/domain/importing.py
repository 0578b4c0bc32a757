"""Taking a whole set of questions into the bank, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import act, record, require
from enggang.places.models import Organisation
from enggang.surveys import rules
from enggang.surveys.domain.bank import add_question
from enggang.surveys.importing import Incoming
from enggang.surveys.models import Question


@act("surveys.import_questions")
def import_questions(
    *, organisation: Organisation, incoming: Sequence[Incoming], key: str, actor: Actor
) -> list[Question]:
    """Put every question into the bank, or none. ``key`` names this import: accepting it again brings nothing new.

    The second press, the reloaded page and the second tab get the questions of the first.
    """
    require(rules.may_keep_bank(actor, organisation))
    Organisation.objects.select_for_update().get(pk=organisation.pk)  # two presses at once follow each other
    found = list(Question.objects.filter(organisation=organisation, import_key=key))
    if found:
        _bring_back(found)
        return found
    made = [
        add_question(
            organisation=organisation, topic=each.topic, kind=each.kind, text=each.text, body=each.body, actor=actor
        )
        for each in incoming
    ]
    Question.objects.filter(pk__in=[row.pk for row in made]).update(import_key=key)
    record(questions=len(made))
    return made


def _bring_back(found: Sequence[Question]) -> None:
    """An import that was taken back whole and is accepted once more comes back whole."""
    if all(question.archived_at for question in found):
        Question.objects.filter(pk__in=[question.pk for question in found]).update(archived_at=None)


@act("surveys.take_import_back")
def take_import_back(*, questions: Sequence[Question], actor: Actor) -> int:
    """Put away what an import brought, all at once; each can still be taken back."""
    for question in questions:
        require(rules.may_keep_bank(actor, question.organisation))
    ids = [question.pk for question in questions]
    count = Question.objects.filter(pk__in=ids, archived_at=None).update(archived_at=clock.now())
    record(questions=count)
    return count
