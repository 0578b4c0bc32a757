"""Surveys of citizens about a service of an agency, in a period (SKM)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.places.domain.dated import keep_dated, load_shipped
from enggang.places.models import Organisation
from enggang.surveys import rules
from enggang.surveys.domain.surveys import draft_of
from enggang.surveys.enums import AskingState
from enggang.surveys.models import ElementWeight, ProfileOption, ServiceSurvey, Survey
from enggang.surveys.queries.services import SERVICE

DATA = Path(__file__).resolve().parent.parent / "data"


@act("surveys.make_service_survey")
def make_service_survey(
    *, organisation: Organisation, name: str, starts_on: date, ends_on: date, actor: Actor
) -> Survey:
    """A draft of the citizens' survey about a service of ``organisation`` in a period, at a public address once open.

    Raises Conflict when the same service already has one whose period overlaps: two indexes for one time help nobody.
    """
    require(rules.may_survey_service(actor, organisation))
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    name = " ".join(name.split())
    overlapping = ServiceSurvey.objects.filter(
        survey__organisation=organisation, name__iexact=name, starts_on__lte=ends_on, ends_on__gte=starts_on
    )
    if overlapping.exists():
        raise Conflict(_("There is a survey about this service in this period already."))
    survey = draft_of(organisation, SERVICE, title=f"{name} · {starts_on:%d.%m.%Y}–{ends_on:%d.%m.%Y}", is_public=True)
    row = ServiceSurvey(survey=survey, name=name, starts_on=starts_on, ends_on=ends_on)
    row.full_clean()
    row.save()
    record_subject(survey.subject)
    record(survey=survey.code)
    return survey


@act("surveys.drop_service_survey")
def drop_service_survey(*, survey: Survey, actor: Actor) -> None:
    """Remove a draft that was never opened."""
    require(rules.may_manage_survey(actor, survey))
    survey = Survey.objects.select_for_update().get(pk=survey.pk)
    if survey.state != AskingState.DRAFT or survey.opened_at or survey.sheets.exists():
        raise Conflict(_("Only a draft can be removed. Close the survey instead."))
    record_subject(survey.subject)
    survey.delete()


@act("surveys.keep_service_rule")
def keep_service_rule(*, row: Any, organisation: Organisation, actor: Actor, version: int = 0) -> Any:
    """Save an agency's weight of an element or option of the profile; shipped rows are only outranked.

    Surveys that are open already keep what they were opened with.
    """
    require(rules.may_survey_service(actor, organisation))
    return keep_dated(row, organisation, version)


@act("surveys.load_service_rules")
def load_service_rules(*, actor: Actor) -> dict[str, int]:
    """Bring the shipped rows to the state of the files; answers how many were made. Local rows are left alone."""
    require(rules.may_ship(actor))
    made = {
        "weights": load_shipped(ElementWeight, DATA / "element_weights.csv"),
        "options": load_shipped(ProfileOption, DATA / "profile_options.csv"),
    }
    record(**made)
    return made
