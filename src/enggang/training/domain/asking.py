"""Acts on what a wave asks: its questions and required documents, the answers, and the papers handed in."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Max
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.files.domain.papers import read_paper
from enggang.files.domain.storing import store_file
from enggang.files.enums import Purpose
from enggang.files.models import StoredFile
from enggang.places.models import Organisation
from enggang.training import rules
from enggang.training.models import Answer, HandedPaper, Question, Registration, RequiredPaper, Wave


@act("training.add_question")
def add_question(
    *, wave: Wave, label: str, kind: str, actor: Actor, choices: str = "", required: bool = False
) -> Question:
    """Ask the participants of a wave something; a choice needs at least two lines to choose from."""
    require(rules.may_manage(actor, wave.organisation))
    last = wave.questions.aggregate(last=Max("position"))["last"] or 0
    question = Question(
        wave=wave, position=last + 1, label=label.strip(), kind=kind, choices=choices.strip(), required=required
    )
    question.check_choices()
    question.full_clean()
    question.save()
    record_subject(wave.subject)
    record(kind=str(kind), required=required)
    return question


@act("training.drop_question")
def drop_question(*, question: Question, actor: Actor) -> Wave:
    """Ask no longer; refused once somebody has answered."""
    require(rules.may_manage(actor, question.wave.organisation))
    if question.answers.exists():
        raise Conflict(_("Somebody has answered this question already, so it stays."))
    question.delete()
    return question.wave


@act("training.require_paper")
def require_paper(*, wave: Wave, name: str, actor: Actor) -> RequiredPaper:
    """Ask every participant for a document, such as the assignment letter."""
    require(rules.may_manage(actor, wave.organisation))
    last = wave.required_papers.aggregate(last=Max("position"))["last"] or 0
    paper = RequiredPaper(wave=wave, position=last + 1, name=name.strip())
    paper.full_clean()
    paper.save()
    record_subject(wave.subject)
    return paper


@act("training.drop_paper")
def drop_paper(*, paper: RequiredPaper, actor: Actor) -> Wave:
    """Ask for it no longer; refused once somebody has handed it in."""
    require(rules.may_manage(actor, paper.wave.organisation))
    if paper.handed.exists():
        raise Conflict(_("Somebody has handed this document in already, so it stays."))
    paper.delete()
    return paper.wave


@act("training.answer_questions")
def answer_questions(*, registration: Registration, answers: Mapping[int, str], actor: Actor) -> Registration:
    """Keep the answers by question id; an empty one takes the earlier answer back. The form has checked them."""
    require(rules.may_withdraw(actor, registration))
    asked = {question.pk: question for question in registration.wave.questions.all()}
    for pk, text in answers.items():
        question = asked[pk]
        if text.strip():
            Answer.objects.update_or_create(
                question=question, registration=registration, defaults={"text": text.strip()[:1000]}
            )
        else:
            Answer.objects.filter(question=question, registration=registration).delete()
    record(answers=len(answers))
    return registration


@act("training.hand_in_paper")
def hand_in_paper(
    *, registration: Registration, paper: RequiredPaper, content: bytes, name: str, actor: Actor
) -> HandedPaper:
    """Keep a participant's document; handing in again replaces the one that is shown.

    What it is decides the content, not the name: PDF, JPEG or PNG, at most 5 MB.
    """
    require(rules.may_withdraw(actor, registration))
    if paper.wave_id != registration.wave_id:
        raise Conflict(_("This wave does not ask for that document."))
    stored = keep_evidence(content=content, name=name, organisation=registration.wave.organisation, actor=actor)
    handed, _made = HandedPaper.objects.update_or_create(
        paper=paper, registration=registration, defaults={"file": stored, "handed_at": clock.now()}
    )
    record_subject(registration.subject)
    record(paper=paper.pk, size=len(content))
    return handed


def keep_evidence(*, content: bytes, name: str, organisation: Organisation, actor: Actor) -> StoredFile:
    """Store a paper that somebody proves something with: PDF, JPEG or PNG by its content, at most 5 MB."""
    found = read_paper(content, name)
    return store_file(
        content=content, name=found.name, media_type=found.media_type, purpose=Purpose.EVIDENCE,
        organisation=organisation, actor=actor,
    )  # fmt: skip
