"""Acts on the question bank. A question that was asked is never changed under its answers: it gets a new version."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, Refused, act, record, require
from enggang.core.states import keep_version
from enggang.files.domain.storing import store_file
from enggang.files.enums import Purpose
from enggang.files.models import StoredFile
from enggang.places.models import Organisation
from enggang.surveys import rules
from enggang.surveys.bodies import Body
from enggang.surveys.models import Question, QuestionVersion, Topic

LARGEST_PICTURE = 2 * 1024 * 1024
PICTURES = {b"\x89PNG\r\n\x1a\n": ("image/png", "png"), b"\xff\xd8\xff": ("image/jpeg", "jpg")}


@act("surveys.add_question")
def add_question(
    *, organisation: Organisation, topic: str, kind: str, text: str, body: Body, actor: Actor, picture: bytes = b""
) -> Question:
    """Put a question into an agency's bank."""
    require(rules.may_keep_bank(actor, organisation))
    question = Question(organisation=organisation, topic=keep_topic(organisation, topic))
    question.subject = Question.new_subject(organisation.code)
    question.save()
    stored = _store(picture, organisation, actor) if picture else None
    question.current = _write(question, 1, {"kind": kind, "text": text, "body": body, "picture": stored})
    question.save(update_fields=["current"])
    record(kind=str(kind))
    return question


@act("surveys.change_question")
def change_question(
    *, question: Question, version: int, topic: str, kind: str, text: str, body: Body, actor: Actor,
    picture: bytes = b"", drop_picture: bool = False,
) -> Question:  # fmt: skip
    """Change a question. Once a test with it was opened, this writes a new version; tests keep what they asked."""
    require(rules.may_keep_bank(actor, question.organisation))
    assert question.current is not None
    keep_version(question, version)
    stored = _store(picture, question.organisation, actor) if picture else question.current.picture
    facts = {"kind": kind, "text": text, "body": body, "picture": None if drop_picture and not picture else stored}
    asked = question.current.items.exists()
    number = question.current.number + 1 if asked else question.current.number
    question.current = _write(question, number, facts, None if asked else question.current)
    question.topic = keep_topic(question.organisation, topic)
    question.save(update_fields=["current", "topic"])
    record(number=number, new=asked)
    return question


@act("surveys.archive_question")
def archive_question(*, question: Question, actor: Actor) -> Question:
    """Put a question away: new tests do not offer it; those that have it keep it."""
    require(rules.may_keep_bank(actor, question.organisation))
    Question.objects.filter(pk=question.pk, archived_at=None).update(archived_at=clock.now())
    return question


@act("surveys.restore_question")
def restore_question(*, question: Question, actor: Actor) -> Question:
    """Take a question back that was put away."""
    require(rules.may_keep_bank(actor, question.organisation))
    Question.objects.filter(pk=question.pk).update(archived_at=None)
    return question


def keep_topic(organisation: Organisation, name: str) -> Topic:
    """The agency's topic of this name, new when there is none yet."""
    clean = " ".join(name.split())[:120] or str(_("General"))
    return Topic.objects.get_or_create(organisation=organisation, name=clean)[0]


def _write(
    question: Question, number: int, facts: dict[str, Any], row: QuestionVersion | None = None
) -> QuestionVersion:
    row = row or QuestionVersion(question=question, number=number)
    row.kind, row.text, row.body = str(facts["kind"]), facts["text"].strip(), facts["body"]
    row.picture, row.written_at = facts["picture"], clock.now()
    if not row.text or len(row.text) > 2000 or "\0" in row.text:
        raise Conflict(_("Write the question, in at most 2,000 characters."))
    row.save()
    return row


def _store(content: bytes, organisation: Organisation, actor: Actor) -> StoredFile:
    """A picture by what its bytes say, not by its name."""
    found = next((known for head, known in PICTURES.items() if content.startswith(head)), None)
    if found is None or len(content) > LARGEST_PICTURE:
        raise Refused(_("The picture must be a PNG or JPEG of at most 2 MB."))
    media_type, ending = found
    return store_file(
        content=content, name=f"soal.{ending}", purpose=Purpose.EVIDENCE, organisation=organisation, actor=actor,
        media_type=media_type,
    )  # fmt: skip
