"""The concept of an edition: what it says, and what it does not say yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from enggang.events.models import Concept, Edition, Objective, ProgrammeRow
from enggang.events.queries.missing import Missing

PARTS = ("background", "legal_basis", "purpose", "audience", "scope", "sustainability")


@dataclass(frozen=True, slots=True)
class Written:
    """The concept with its standing rows, read once; an edition without one has an empty concept that is not saved."""

    concept: Concept
    objectives: list[Objective]
    programme: list[ProgrammeRow]

    @property
    def parts(self) -> list[tuple[str, str]]:
        """Heading and words of every part, also of those that are empty."""
        return [(label_of(name), getattr(self.concept, name)) for name in PARTS]

    @property
    def is_empty(self) -> bool:
        return not (self.objectives or self.programme or any(words for _label, words in self.parts))


def label_of(part: str) -> str:
    """What the screen calls a part of the concept."""
    return str(getattr(Concept._meta.get_field(part), "verbose_name", part))


def figure(value: Decimal | int) -> str:
    """With its thousands parted; decimals only where there are any."""
    return number_format(value, 0 if value == int(value) else 2, force_grouping=True)


def concept_of(edition: Edition) -> Concept | None:
    return Concept.objects.filter(edition=edition).first()


def written_of(edition: Edition) -> Written:
    concept = concept_of(edition)
    if concept is None:
        return Written(Concept(edition=edition, version=0), [], [])
    concept.edition = edition
    programme = concept.programme.standing().select_related("site")
    return Written(concept, list(concept.objectives.standing()), list(programme))


def is_begun(concept: Concept) -> bool:
    """What a proposal needs: why, to what end, and by what one will see it."""
    return bool(concept.background and concept.purpose) and concept.objectives.standing().exists()


def begun_among(editions: Iterable[Edition]) -> set[int]:
    """The ids of those whose concept ``is_begun``; one question."""
    stated = Objective.objects.standing().filter(concept=OuterRef("pk"))
    rows = Concept.objects.filter(Exists(stated), edition__in=editions).exclude(background="").exclude(purpose="")
    return set(rows.values_list("edition", flat=True))


def missing_of_concept(found: Written) -> list[Missing]:
    """In the order of the page, each with where it is entered."""
    return [*_missing_parts(found), *_missing_rows(found)]


def _missing_parts(found: Written) -> Iterator[Missing]:
    edit = reverse("events:concept_edit", args=[found.concept.edition.code])
    for name in PARTS:
        if not getattr(found.concept, name).strip():
            yield Missing(_("Concept, %(part)s: nothing is written.") % {"part": label_of(name)}, f"{edit}#id_{name}")


def _missing_rows(found: Written) -> Iterator[Missing]:
    code = found.concept.edition.code
    if not found.objectives:
        yield Missing(_("No objective is stated."), reverse("events:concept_row_new", args=[code, "sasaran"]))
    for row in found.objectives:
        href = reverse("events:concept_row", args=[code, "sasaran", row.pk])
        if not row.is_measurable:
            yield Missing(_("“%(title)s” cannot be measured yet.") % {"title": row}, href)
        elif row.last_year:
            yield Missing(_("“%(title)s” still has last year's figures.") % {"title": row}, href)
    if not found.programme:
        yield Missing(_("The programme is empty."), reverse("events:concept_row_new", args=[code, "kegiatan"]))
    for each in found.programme:
        if each.site is None:
            href = reverse("events:concept_row", args=[code, "kegiatan", each.pk])
            yield Missing(_("“%(title)s” has no place.") % {"title": each}, href)
