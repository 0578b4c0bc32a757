"""Whom the follow-up of a wave asks, how each is reached, and who is left to be reached by hand.

Who has not answered is told only once as many as a result needs have: before that the few who did would be known.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F

from enggang.access.enums import LinkScope
from enggang.access.models import CapabilityLink
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.people.models import Employment, Person
from enggang.places.models import Organisation
from enggang.places.models.organisation import below_any
from enggang.surveys.enums import AskingState
from enggang.surveys.models import Invitation, Survey
from enggang.training import rules
from enggang.training.enums import SurveyPurpose
from enggang.training.models import FollowUp, Registration, Wave, WaveSurvey

ACCOUNT, EMAIL, HANDED, NOBODY = "account", "email", "handed", ""
BY_HAND = (HANDED, NOBODY)


@dataclass(frozen=True, slots=True)
class AskedOne:
    """A participant, or with ``by_superior`` their superior, who is None while none is on record.

    ``reached``: how the question has come to them; nothing when it has not.
    """

    registration: Registration
    survey: Survey
    by_superior: bool
    person: Person | None
    asked: FollowUp | None
    reached: str

    @property
    def key(self) -> str:
        return f"{'a' if self.by_superior else 'p'}-{self.registration.code}"

    @property
    def agency(self) -> Organisation:
        return self.registration.agency

    @property
    def is_by_hand(self) -> bool:
        """Neither an account nor an e-mail address: only somebody who hands the address out reaches them."""
        return self.reached in BY_HAND


@dataclass(frozen=True, slots=True)
class Asking:
    """One of the two surveys: who is asked and left, how many were reached, and whether ``left`` knows who answered."""

    survey: Survey
    by_superior: bool
    left: list[AskedOne]
    asked: int
    reached: int
    knows: bool


def follow_up_of(wave: Wave, actor: Actor) -> list[Asking]:
    """The open follow-up, for who manages the wave; of their own people for a coordinator. By agency and name."""
    purposes = (SurveyPurpose.SELF, SurveyPurpose.SUPERIOR)
    rows = WaveSurvey.objects.filter(wave=wave, purpose__in=purposes, survey__state=AskingState.OPEN)
    rows = rows.filter(survey__closes_at__gt=clock.now()).select_related("survey__subject").order_by("purpose")
    people = _people(wave, actor)
    return [_asking(row.survey, people, row.purpose == SurveyPurpose.SUPERIOR) for row in rows]


def reach_of(row: WaveSurvey) -> tuple[int, int]:
    """How many a follow-up is for, and how many of them it has reached, whether it is open or closed."""
    people = list(row.wave.registrations.seated().with_names())
    found = _asking(row.survey, people, row.purpose == SurveyPurpose.SUPERIOR)
    return found.asked, found.reached


def _people(wave: Wave, actor: Actor) -> list[Registration]:
    rows = wave.registrations.seated()
    if not rules.may_manage(actor, wave.organisation):
        rows = rows.filter(below_any(actor.paths(*rules.KEEPS_STAFF), "agency__path"))
    return list(
        rows.with_names().select_related("agency__subject").order_by("agency__name_key", "person__name_key", "pk")
    )


def _asking(survey: Survey, people: list[Registration], by_superior: bool) -> Asking:
    followed, superiors = _superiors(survey, people) if by_superior else ({}, {})
    holders = {
        row.pk: followed[row.pk].subject_id if row.pk in followed else None if by_superior else row.subject_id
        for row in people
    }
    answered = set(Invitation.objects.filter(survey=survey, answered=True).values_list("holder", flat=True))
    knows = len(answered) >= survey.minimum
    handed = _handed(survey, [holder for holder in holders.values() if holder])
    found = []
    for row in people:
        person = superiors.get(row.person_id) if by_superior else row.person
        reached = _reached(person, holders[row.pk] in handed)
        found.append((holders[row.pk], AskedOne(row, survey, by_superior, person, followed.get(row.pk), reached)))
    left = [each for holder, each in found if not (knows and holder in answered)]
    return Asking(survey, by_superior, left, len(found), sum(bool(each.reached) for _holder, each in found), knows)


def _superiors(survey: Survey, people: list[Registration]) -> tuple[dict[int, FollowUp], dict[int, Person]]:
    ids = [row.pk for row in people]
    rows = FollowUp.objects.filter(survey=survey, registration__in=ids).select_related("subject")
    work = Employment.objects.present().filter(person__in=[row.person_id for row in people]).exclude(superior=None)
    superiors = {row.person_id: row.superior for row in work.select_related("superior__subject") if row.superior}
    return {row.registration_id: row for row in rows}, superiors


def _handed(survey: Survey, holders: list[int]) -> set[int]:
    """Those to whom an address was handed out since the survey was opened: its own, or that of their page."""
    scopes = (LinkScope.SURVEY, LinkScope.REGISTRATION)
    rows = CapabilityLink.objects.filter(scope__in=scopes, subject__in=holders, handed_out=True)
    return set(rows.filter(created_at__gte=survey.opened_at or F("created_at")).values_list("subject", flat=True))


def _reached(person: Person | None, handed: bool) -> str:
    if person is not None and person.user_id:
        return ACCOUNT
    if person is not None and person.email:
        return EMAIL
    return HANDED if handed else NOBODY


def to_reach_by_hand(actor: Actor) -> list[tuple[Wave, int]]:
    """Waves whose follow-up is open, with how many of a coordinator's own people have neither account nor e-mail."""
    open_now = WaveSurvey.objects.filter(
        purpose=SurveyPurpose.SELF, survey__state=AskingState.OPEN, survey__closes_at__gt=clock.now()
    )
    rows = Registration.objects.seated().filter(
        below_any(actor.paths(*rules.KEEPS_STAFF), "agency__path"), wave__in=open_now.values("wave"), person__user=None,
        person__email="",
    )  # fmt: skip
    counts = dict(rows.order_by().values_list("wave").annotate(count=Count("pk")))
    waves = Wave.objects.with_names().filter(pk__in=counts).order_by("-ends_on", "pk")
    return [(wave, counts[wave.pk]) for wave in waves]
