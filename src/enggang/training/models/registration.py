"""A person in a wave. Whether they have a seat is the claim's to say; whether they passed is decided here."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.core.models import Noun
from enggang.people.models import Employment
from enggang.places.models.organisation import below_any
from enggang.seats.enums import ClaimState
from enggang.training.enums import JpCredit, Outcome, Source
from enggang.training.rules import KEEPS_STAFF, SEES_PARTICIPANTS


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def visible_to(self, actor: Actor) -> RegistrationQuerySet:
        """The wave's staff, the agency's coordinator, the person, and whose staff they are."""
        staff = below_any(actor.paths(*SEES_PARTICIPANTS), "wave__organisation__path")
        agency = below_any(actor.paths(*KEEPS_STAFF), "agency__path")
        if not actor.user_id:
            return self.filter(staff | agency)
        own = Q(person__user_id=actor.user_id)
        led = Employment.objects.present().filter(superior__user_id=actor.user_id, person=OuterRef("person"))
        return self.filter(staff | agency | own | Exists(led))

    def seated(self) -> RegistrationQuerySet:
        return self.filter(claim__state=ClaimState.CONFIRMED)

    def waiting(self) -> RegistrationQuerySet:
        return self.filter(claim__state__in=[ClaimState.WAITING, ClaimState.HELD])

    def standing(self) -> RegistrationQuerySet:
        """With a seat, or waiting for one."""
        return self.exclude(claim__state=ClaimState.RELEASED)

    def name_confirmed(self) -> RegistrationQuerySet:
        """Whoever registers again after withdrawing confirms again."""
        return self.filter(name_confirmed_at__gte=F("registered_at"))

    def name_unconfirmed(self) -> RegistrationQuerySet:
        return self.filter(Q(name_confirmed_at=None) | Q(name_confirmed_at__lt=F("registered_at")))

    def with_names(self) -> RegistrationQuerySet:
        return self.select_related(
            "subject",
            "person__subject",
            "agency",
            "claim__pool",
            "claim__wish",
            "wave__programme",
            "wave__subject",
            "award__subject",
        )


class Registration(Noun):
    subject_kind = "registration"

    wave = models.ForeignKey("training.Wave", on_delete=models.PROTECT, related_name="registrations")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="registrations")
    agency = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    claim = models.OneToOneField("seats.Claim", on_delete=models.PROTECT, related_name="registration")
    source = models.CharField(max_length=12, choices=Source.choices)
    printed_name = models.CharField(_("name as it will be printed"), max_length=200)
    name_confirmed_at = models.DateTimeField(null=True, blank=True)
    registered_at = models.DateTimeField()
    letter_number = models.CharField(_("number of the assignment letter"), max_length=80, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, default=Outcome.PENDING)
    attended_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    outcome_reason = models.CharField(max_length=300, blank=True)
    rule_reason = models.CharField(max_length=300, blank=True, default="", db_default="")  # why the rule decides again
    # What the learning record says, kept when the outcome is decided: the curriculum and the rule may change later.
    jp_planned = models.PositiveSmallIntegerField(null=True, blank=True)
    jp_credited = models.PositiveSmallIntegerField(null=True, blank=True)
    jp_rule = models.CharField(max_length=10, choices=JpCredit.choices, blank=True, default="", db_default="")
    jp_reason = models.CharField(max_length=300, blank=True, default="", db_default="")  # of a correction
    award = models.OneToOneField(
        "credentials.Award", null=True, blank=True, on_delete=models.SET_NULL, related_name="registration"
    )

    classes = models.ManyToManyField("training.WaveClass", through="training.ClassPlace", related_name="registrations")

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["wave", "person"],
                name="training_registered_once",
                violation_error_message=_("This person is already registered for this wave."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.wave}"

    @property
    def is_name_confirmed(self) -> bool:
        return self.name_confirmed_at is not None and self.name_confirmed_at >= self.registered_at

    @property
    def is_seated(self) -> bool:
        return self.claim.state == ClaimState.CONFIRMED

    @property
    def is_waiting(self) -> bool:
        return self.claim.state in {ClaimState.WAITING, ClaimState.HELD}

    @property
    def is_held(self) -> bool:
        """A seat is kept for them until they confirm it, or the deadline passes."""
        return self.claim.state == ClaimState.HELD

    @property
    def is_awarded(self) -> bool:
        """A certificate is issued or being written; one that is only printed for the ceremony decides nothing yet."""
        return self.award is not None and not self.award.is_prepared

    @property
    def is_withdrawn(self) -> bool:
        return self.claim.state == ClaimState.RELEASED
