"""A call for nominations, whom agencies nominate, and the proposal of who gets the seats."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils.translation import gettext_lazy as _

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.models import Noun, Versioned
from enggang.people.models import Employment
from enggang.places.models.organisation import below_any
from enggang.training.enums import STANDING, CallState, NominationState, PlacedBecause, ProposalState, StageBy
from enggang.training.models.call_change import PaperApproval
from enggang.training.rules import MANAGERS, SEES_PARTICIPANTS

KEEPERS = (Role.COORDINATOR, Role.ADMINISTRATOR)


class CallQuerySet(models.QuerySet["Call"]):
    def visible_to(self, actor: Actor) -> CallQuerySet:
        return self.filter(below_any(actor.paths(*SEES_PARTICIPANTS), "organisation__path"))

    def managed_by(self, actor: Actor) -> CallQuerySet:
        return self.filter(below_any(actor.paths(*MANAGERS), "organisation__path"))

    def with_names(self) -> CallQuerySet:
        return self.select_related("subject", "organisation", "programme__subject")


class Call(Noun, Versioned):
    """One call serves one wave or several waves of a programme."""

    subject_kind = "nomination_call"

    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey("training.Programme", on_delete=models.PROTECT, related_name="calls")
    waves = models.ManyToManyField("training.Wave", related_name="calls", verbose_name=_("waves"))
    title = models.CharField(_("title"), max_length=120)
    state = models.CharField(max_length=10, choices=CallState.choices, default=CallState.DRAFT)
    deadline = models.DateTimeField(_("nominations until"))
    text = models.TextField(_("what the agencies read"), max_length=4000, blank=True, default="", db_default="")
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    objects = CallQuerySet.as_manager()

    class Meta:
        ordering = ["-deadline", "-pk"]

    def __str__(self) -> str:
        return f"{self.programme.title}: {self.title}"

    @property
    def is_draft(self) -> bool:
        return self.state == CallState.DRAFT

    @property
    def is_open(self) -> bool:
        return self.state == CallState.OPEN

    @property
    def takes_nominations(self) -> bool:
        return self.is_open and clock.now() < self.deadline


class CallAgencyQuerySet(models.QuerySet["CallAgency"]):
    def visible_to(self, actor: Actor) -> CallAgencyQuerySet:
        """The organiser's side always; the agency's coordinator once the call was opened."""
        staff = below_any(actor.paths(*SEES_PARTICIPANTS), "call__organisation__path")
        agency = below_any(actor.paths(*KEEPERS), "agency__path") & ~Q(call__state=CallState.DRAFT)
        return self.filter(staff | agency)

    def called(self) -> CallAgencyQuerySet:
        """Those that are still called."""
        return self.filter(ended_at=None)

    def unanswered(self) -> CallAgencyQuerySet:
        """Called, nobody was ever nominated, and the agency has not said that it sends nobody."""
        return self.called().filter(nominations=None, declined_at=None)

    def with_names(self) -> CallAgencyQuerySet:
        return self.select_related(
            "subject", "agency", "call__subject", "call__organisation", "call__programme__subject"
        )


class CallAgency(Noun):
    """An agency in a call with the seats it may count on, over all waves of the call."""

    subject_kind = "call_agency"

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="agencies")
    agency = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    quota = models.PositiveIntegerField(_("seats"), validators=[MaxValueValidator(20_000)])
    told_at = models.DateTimeField(null=True, blank=True)  # since the call was opened last
    told = models.PositiveSmallIntegerField(null=True, blank=True)  # coordinators with an account
    reminded_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)  # no longer called
    ended_reason = models.CharField(max_length=300, blank=True, default="", db_default="")
    declined_at = models.DateTimeField(null=True, blank=True)  # sends nobody, by its own word
    declined_reason = models.CharField(max_length=300, blank=True, default="", db_default="")

    objects = CallAgencyQuerySet.as_manager()

    class Meta:
        ordering = ["agency__path"]
        constraints = [models.UniqueConstraint(fields=["call", "agency"], name="training_call_agency_once")]

    def __str__(self) -> str:
        return f"{self.agency} · {self.call}"

    @property
    def is_called(self) -> bool:
        return self.ended_at is None

    @property
    def sends_nobody(self) -> bool:
        return self.is_called and self.declined_at is not None

    @property
    def takes_nominations(self) -> bool:
        return self.is_called and self.call.takes_nominations


class NominationQuerySet(models.QuerySet["Nomination"]):
    def visible_to(self, actor: Actor) -> NominationQuerySet:
        staff = below_any(actor.paths(*SEES_PARTICIPANTS), "invited__call__organisation__path")
        agency = below_any(actor.paths(*KEEPERS, Role.LEADER), "invited__agency__path")
        return self.filter(staff | agency | _decides(actor))

    def awaiting(self, actor: Actor) -> NominationQuerySet:
        """Those whose present stage is this actor's to decide, one's own left out; the organiser's stages are on the call."""
        rows = self.filter(_decides(actor), state=NominationState.WAITING)
        return rows.exclude(person__user_id=actor.user_id or 0)

    def standing(self) -> NominationQuerySet:
        return self.filter(state__in=STANDING)

    def awaiting_organiser(self) -> NominationQuerySet:
        return self.filter(state=NominationState.WAITING, stage__by=StageBy.ORGANISER)

    def awaiting_others(self) -> NominationQuerySet:
        return self.filter(state=NominationState.WAITING, stage__isnull=False).exclude(stage__by=StageBy.ORGANISER)

    def with_papers(self) -> NominationQuerySet:
        """With what was agreed on paper and still stands, as ``agreed``."""
        standing = PaperApproval.objects.filter(ended_at=None).select_related("stage").order_by("stage__position")
        return self.prefetch_related(Prefetch("papers", standing, to_attr="agreed"))

    def with_names(self) -> NominationQuerySet:
        return self.select_related(
            "subject", "person__subject", "invited__agency", "invited__subject", "invited__call__programme",
            "invited__call__organisation", "invited__call__subject", "registration__subject", "stage",
            "need__competency", "need__programme",
        )  # fmt: skip


def _decides(actor: Actor) -> Q:
    """Nominations at a stage that is decided by the actor's standing in the agency: the mirror of rules.may_decide_stage."""
    led = Employment.objects.present().filter(person=OuterRef("person"))
    mine, anyones = led.filter(superior__user_id=actor.user_id or 0), led.filter(superior__user__isnull=False)
    head = below_any(actor.paths(Role.LEADER, Role.ADMINISTRATOR), "invited__agency__path")
    found = Q(stage__by=StageBy.SUPERIOR) & (Exists(mine) | (head & ~Exists(anyones)))
    for role in sorted({grant.role for grant in actor.grants}):
        here = below_any(actor.paths(role), "invited__agency__path")
        found |= Q(stage__by=StageBy.AGENCY, stage__role=role) & here
        own = Q(invited__agency__path__in=actor.paths(role), invited__agency__parent__isnull=False)
        found |= Q(stage__by=StageBy.ABOVE, stage__role=role) & here & ~own
    return found


class Nomination(Noun):
    """``priority`` is its place in the agency's own order, from 1."""

    subject_kind = "nomination"

    invited = models.ForeignKey(CallAgency, on_delete=models.PROTECT, related_name="nominations")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="nominations")
    priority = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=NominationState.choices)
    stage = models.ForeignKey(
        "training.NominationStage", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # that it waits at
    need = models.ForeignKey(
        "training.Need", null=True, blank=True, on_delete=models.PROTECT, related_name="nominations"
    )  # of the agency, that it answers
    reason = models.CharField(max_length=300, blank=True)
    nominated_at = models.DateTimeField()
    nominated_by_key = models.CharField(max_length=60)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_key = models.CharField(max_length=60, blank=True)
    registration = models.ForeignKey(
        "training.Registration", null=True, blank=True, on_delete=models.SET_NULL, related_name="nominations"
    )

    objects = NominationQuerySet.as_manager()

    class Meta:
        ordering = ["priority", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["invited", "person"],
                name="training_nominated_once",
                violation_error_message=_("This person is already nominated."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.invited}"

    @property
    def stands(self) -> bool:
        return self.state in STANDING

    @property
    def is_waiting(self) -> bool:
        return self.state == NominationState.WAITING

    @property
    def may_be_agreed_on_paper(self) -> bool:
        """Waits for somebody other than the organiser."""
        return self.is_waiting and self.stage is not None and self.stage.by != StageBy.ORGANISER

    @property
    def is_the_organisers(self) -> bool:
        return self.is_waiting and self.stage is not None and self.stage.by == StageBy.ORGANISER


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def visible_to(self, actor: Actor) -> ProposalQuerySet:
        return self.filter(below_any(actor.paths(*SEES_PARTICIPANTS), "call__organisation__path"))


class Proposal(Noun, Versioned):
    """Who should get the seats of a call, by ``method`` (greedy or cpsat); people decide.

    ``ordered``: people have put the list in an order of their own, which is kept when it is worked out again.
    """

    subject_kind = "proposal"

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="proposals")
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.WANTED)
    method = models.CharField(max_length=10, default="greedy")
    made_at = models.DateTimeField()
    made_by_key = models.CharField(max_length=60)
    ordered = models.BooleanField(default=False, db_default=False)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(self.call)


class ProposalRow(models.Model):
    """One nomination in the proposal: its wave, or none, and why (``reasons``: pairs of a PlacedBecause and its facts). ``fixed`` and ``excluded`` are people's own word."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="rows")
    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="+")
    wave = models.ForeignKey("training.Wave", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    pool = models.ForeignKey("seats.Pool", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    rank = models.PositiveIntegerField()
    reasons: models.JSONField[Any, Any] = models.JSONField(null=True)
    written = models.CharField(max_length=300, blank=True, default="", db_default="", db_column="reason")
    fixed = models.BooleanField(default=False)
    excluded = models.BooleanField(default=False)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["rank", "pk"]
        constraints = [models.UniqueConstraint(fields=["proposal", "nomination"], name="training_proposed_once")]

    def __str__(self) -> str:
        return f"{self.rank}. {self.nomination_id}"

    @property
    def reason(self) -> str:
        """In the words of whoever reads it; of an earlier version in those of its day (``written``)."""
        return "; ".join(str(PlacedBecause(code).label) % facts for code, facts in self.reasons or []) or self.written
