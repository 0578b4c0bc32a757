"""What is still missing before a participant's certificate can be printed: the name, papers, answers, the NIP."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from enggang.people.queries.persons import needs_nip, to_confirm
from enggang.training.models import Answer, HandedPaper, Question, Registration, RequiredPaper, Wave

NAME, PAPER, ANSWER, NIP = "name", "paper", "answer", "nip"


@dataclass(frozen=True, slots=True)
class Readiness:
    """One participant; ``papers`` and ``questions`` are those that are missing."""

    registration: Registration
    name_confirmed: bool
    papers: list[RequiredPaper]
    questions: list[Question]
    lacks_nip: bool = False
    unconfirmed: bool = False

    @property
    def missing(self) -> list[str]:
        """What is missing, in the person's words."""
        lines = [] if self.name_confirmed else [_("the name is not confirmed")]
        if self.lacks_nip:
            lines.append(_("the NIP is not completed"))
        if self.unconfirmed:
            lines.append(_("the agency has not confirmed who this is"))
        lines += [_("document: %(name)s") % {"name": paper.name} for paper in self.papers]
        return lines + [_("answer: %(question)s") % {"question": question.label} for question in self.questions]

    def lacks(self, what: str) -> bool:
        kinds = {
            NAME: not self.name_confirmed,
            PAPER: bool(self.papers),
            ANSWER: bool(self.questions),
            NIP: self.lacks_nip,
        }
        return kinds.get(what, True)


def readiness_of(wave: Wave) -> list[Readiness]:
    """Everyone with a seat, by name. Six queries for any size."""
    rows = list(wave.registrations.seated().with_names().select_related("person__user").order_by("person__name_key"))
    papers, questions = list(wave.required_papers.all()), list(wave.questions.filter(required=True))
    handed = _pairs(HandedPaper.objects.filter(paper__wave=wave).values_list("registration_id", "paper_id"))
    answered = _pairs(Answer.objects.filter(question__wave=wave).values_list("registration_id", "question_id"))
    asked = to_confirm([row.person_id for row in rows])
    return [_line(row, papers, handed[row.pk], questions, answered[row.pk], asked) for row in rows]


def readiness(registration: Registration) -> Readiness:
    """The same for one participant."""
    wave = registration.wave
    handed = set(registration.papers.values_list("paper_id", flat=True))
    answered = set(registration.answers.values_list("question_id", flat=True))
    questions = list(wave.questions.filter(required=True))
    return _line(
        registration,
        list(wave.required_papers.all()),
        handed,
        questions,
        answered,
        to_confirm([registration.person_id]),
    )


def _pairs(rows: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for registration_id, other in rows:
        found[registration_id].add(other)
    return found


def _line(
    row: Registration,
    papers: list[RequiredPaper],
    handed: set[int],
    questions: list[Question],
    answered: set[int],
    asked: set[int],
) -> Readiness:
    lacking = [paper for paper in papers if paper.pk not in handed]
    unanswered = [each for each in questions if each.pk not in answered]
    return Readiness(row, row.is_name_confirmed, lacking, unanswered, needs_nip(row.person), row.person_id in asked)
