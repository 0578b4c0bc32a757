"""What a person must type again in the national personnel portal, field by field, and whether the PDF fits there."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.people.models import Employment, Person
from enggang.people.queries.persons import present_of
from enggang.places.queries.dated import closest, serves
from enggang.training.models import PortalRule
from enggang.training.queries.index import Evidence, evidence_of, kind_words

KB = 1000


@dataclass(frozen=True, slots=True)
class HandOff:
    evidence: Evidence
    rule: PortalRule | None

    @property
    def fields(self) -> list[tuple[str, str]]:
        """Label and the text to be copied; what is empty is left out."""
        each = self.evidence
        pairs = [
            (_("Name of the training"), each.title), (_("Kind"), kind_words(each) if each.relevance else ""),
            (_("Who held it"), each.organiser), (_("Number of the certificate"), each.number),
            (_("First day"), f"{each.starts_on:%d-%m-%Y}"), (_("Last day"), f"{each.ends_on:%d-%m-%Y}"),
            (_("Year"), str(each.ends_on.year)), (_("Duration (JP)"), str(each.jp)),
        ]  # fmt: skip
        return [(label, text) for label, text in pairs if text]

    @property
    def size_kb(self) -> int | None:
        """Rounded up; None without a file."""
        return -(-self.evidence.file.size // KB) if self.evidence.file else None

    @property
    def is_too_large(self) -> bool:
        return self.rule is not None and self.size_kb is not None and self.size_kb > self.rule.max_kb

    @property
    def most_kb(self) -> int | None:
        return self.rule.max_kb if self.rule else None

    @property
    def needs_copy(self) -> bool:
        """Whether the portal will not take the file as it is: it is too large, or a picture."""
        return self.rule is not None and self.evidence.file is not None and (self.is_too_large or not self.is_pdf)

    @property
    def is_pdf(self) -> bool:
        return self.evidence.file is not None and self.evidence.file.name.lower().endswith(".pdf")


def hand_off_named(person: Person, key: str) -> HandOff | None:
    """The one of a person who works somewhere that a form names."""
    work = present_of(person)
    return next((each for each in hand_offs(work) if each.evidence.key == key), None) if work else None


def hand_offs(work: Employment) -> list[HandOff]:
    rows = PortalRule.objects.on(clock.today()).select_related("organisation")
    path = work.organisation.path
    rule = closest((row for row in rows if serves(row, path)), lambda _row: "").get("")
    return [HandOff(each, rule) for each in evidence_of([work.person_id]).get(work.person_id, [])]
