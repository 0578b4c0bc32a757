"""Surveys of citizens about a service (SKM): the weights of the elements, the profile that is asked, and the list."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.places.models import Organisation
from enggang.places.queries.dated import DatedTable, closest
from enggang.surveys.enums import ProfileQuestion, ServiceElement
from enggang.surveys.models import ElementWeight, ProfileOption, Survey

SERVICE = "service"
ENDING = ("valid_from", "valid_to", "source", "standing")
TABLES = {
    table.word: table
    for table in (
        DatedTable("bobot", ElementWeight, _("Weights of the elements"), ("element", "weight", *ENDING)),
        DatedTable("profil", ProfileOption, _("What citizens say about themselves"),
                   ("question", "label", "position", *ENDING)),
    )
}  # fmt: skip


def weights_for(organisation: Organisation, day: date) -> list[int]:
    """A weight for each element, in their order; only their proportion counts. One without a row weighs 1."""
    rows = ElementWeight.objects.on(day).serving(organisation)
    found = closest(rows, lambda row: row.element)
    return [found[each].weight if each in found else 1 for each in ServiceElement.values]


def options_for(organisation: Organisation, day: date) -> list[dict[str, Any]]:
    """The questions with their options as they stand for an agency: of each the rows nearest to it, as a set."""
    rows = ProfileOption.objects.on(day).serving(organisation).order_by("question", "position", "pk")
    found = []
    for key, each in groupby(rows, key=lambda row: str(row.question)):
        options = list(each)
        nearest = max(row.closeness[0] for row in options)
        labels = dict.fromkeys(row.label for row in options if row.closeness[0] == nearest)
        found.append({"key": key, "options": list(labels)})
    return sorted(found, key=lambda row: ProfileQuestion.values.index(str(row["key"])))


def profile_questions(survey: Survey) -> list[dict[str, Any]]:
    """What a citizen is asked about themselves, a choice each, none of them needed: as it was fixed on opening."""
    if survey.instrument != SERVICE or not survey.is_public:
        return []
    rows = survey.profile if survey.opened_at else options_for(survey.organisation, clock.today())
    return [{**row, "title": str(ProfileQuestion(row["key"]).label)} for row in rows]


def service_surveys(actor: Actor) -> QuerySet[Survey]:
    """Those about a service that the actor may see, the newest period first."""
    rows = Survey.objects.visible_to(actor).filter(service__isnull=False)
    return rows.select_related("service", "subject", "organisation").order_by("-service__starts_on", "-pk")
