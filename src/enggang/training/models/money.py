"""Who teaches for what, and who travels: the people a wave pays."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from enggang.budgets.amounts import MOST
from enggang.budgets.enums import RankGroup, TaxStatus, TeacherOrigin
from enggang.budgets.models import Payment
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.models import Noun, Versioned
from enggang.core.text import folded
from enggang.places.models.organisation import below_any
from enggang.training.rules import SEES_MONEY

RUPIAH = [MinValueValidator(0), MaxValueValidator(MOST)]


class InstructorQuerySet(models.QuerySet["Instructor"]):
    def matching(self, text: str) -> InstructorQuerySet:
        """Each word is in the name or among the expertise."""
        rows = self
        for word in text.replace("\x00", "").split()[:8]:
            rows = rows.filter(Q(person__name_key__contains=folded(word)) | Q(expertise__icontains=word))
        return rows

    def visible_to(self, actor: Actor) -> InstructorQuerySet:
        """The agency's pool, and to each instructor the own row."""
        own = Q(person__user_id=actor.user_id) if actor.user_id else Q(pk__in=[])
        return self.filter(below_any(actor.paths(*SEES_MONEY), "organisation__path") | own)


class Instructor(Noun, Versioned):
    """A person of an agency's pool. ``expertise`` are words of their own, one per line."""

    subject_kind = "instructor"

    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="instructors")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="teaches")
    expertise = models.TextField(_("expertise"), max_length=1000, blank=True)
    teacher_origin = models.CharField(
        _("comes from"), max_length=8, choices=TeacherOrigin.choices, default=TeacherOrigin.OUTSIDE
    )
    rank_group = models.CharField(_("rank for the rate"), max_length=4, choices=RankGroup.choices, blank=True)
    tax_status = models.CharField(_("tax status"), max_length=6, choices=TaxStatus.choices, default=TaxStatus.ASN)
    active = models.BooleanField(_("can be asked"), default=True)

    objects = InstructorQuerySet.as_manager()

    class Meta:
        ordering = ["person__name_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person"],
                name="training_instructor_once",
                violation_error_message=_("This person is in the pool already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def tags(self) -> list[str]:
        return [line.strip() for line in self.expertise.splitlines() if line.strip()]


class Unavailable(models.Model):
    instructor = models.ForeignKey(Instructor, on_delete=models.CASCADE, related_name="away")
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("until"))

    class Meta:
        ordering = ["first_day", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="training_away_days"),
        ]

    def __str__(self) -> str:
        return f"{self.first_day} – {self.last_day}"


class Fee(models.Model):
    """An instructor's honorarium in a wave: by which unit, and what was paid of it.

    ``payments`` are all of them: who teaches on after being paid gets the difference. ``payment`` is the latest.
    """

    wave = models.ForeignKey("training.Wave", on_delete=models.CASCADE, related_name="fees")
    instructor = models.ForeignKey(Instructor, on_delete=models.PROTECT, related_name="fees")
    unit = models.ForeignKey("budgets.TeachingUnit", on_delete=models.PROTECT, related_name="+")
    payment = models.ForeignKey(
        "budgets.Payment", null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    payments = models.ManyToManyField("budgets.Payment", related_name="+", editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wave", "instructor"], name="training_fee_once")]

    def __str__(self) -> str:
        return f"{self.instructor} · {self.unit}"


class Trip(Versioned):
    """One person's travel to a wave: what the SPPD says, the per diem, and who shares the room."""

    wave = models.ForeignKey("training.Wave", on_delete=models.CASCADE, related_name="trips")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="trips")
    number = models.CharField(_("SPPD number"), max_length=100, blank=True)
    leaves_from = models.CharField(_("from"), max_length=120)
    goes_to = models.CharField(_("to"), max_length=120)
    leaves_on = models.DateField(_("leaves on"))
    returns_on = models.DateField(_("returns on"))
    per_diem = models.BigIntegerField(_("per diem (Rp)"), default=0, validators=RUPIAH)
    lodging = models.BigIntegerField(_("lodging (Rp)"), default=0, validators=RUPIAH)
    standard = models.ForeignKey(
        "budgets.PriceStandard", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("price standard"),
    )  # fmt: skip
    room = models.CharField(_("room"), max_length=40, blank=True)
    diet = models.CharField(_("diet"), max_length=200, blank=True)
    payments = models.ManyToManyField("budgets.Payment", related_name="+", editable=False)

    class Meta:
        ordering = ["person__name_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["wave", "person"],
                name="training_trip_once",
                violation_error_message=_("This person has a travel row in this wave already."),
            ),
            models.CheckConstraint(
                condition=Q(returns_on__gte=F("leaves_on")),
                name="training_trip_days",
                violation_error_message=_("The return lies before the departure."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def days(self) -> int:
        return (self.returns_on - self.leaves_on).days + 1

    @property
    def daily(self) -> int:
        return self.days * self.per_diem

    @property
    def transport(self) -> int:
        return sum(receipt.amount for receipt in self.receipts.all())

    @property
    def total(self) -> int:
        return self.daily + self.lodging + self.transport

    @property
    def paid(self) -> int:
        return sum(payment.amount for payment in self.standing_payments)

    @property
    def standing_payments(self) -> list[Payment]:
        """Without the voided ones."""
        return [payment for payment in self.payments.all() if payment.voided_at is None]

    @property
    def open(self) -> int:
        """What is still to be paid; below zero when more was paid than the row says now."""
        return self.total - self.paid

    @property
    def is_over(self) -> bool:
        return self.returns_on < clock.today()


class TravelWish(models.Model):
    """What a participant says of their own: when they come, with whom they would share a room, what they eat."""

    registration = models.OneToOneField("training.Registration", on_delete=models.CASCADE, related_name="travel_wish")
    arrives_on = models.DateField(_("arrives on"), null=True, blank=True)
    arrives_at = models.TimeField(_("arrives at"), null=True, blank=True)
    room_wish = models.CharField(_("wish for the room"), max_length=200, blank=True)
    diet = models.CharField(_("diet"), max_length=200, blank=True)

    def __str__(self) -> str:
        return str(self.registration)


class Receipt(models.Model):
    """A transport receipt, with its scan."""

    trip = models.ForeignKey(Trip, on_delete=models.CASCADE, related_name="receipts")
    name = models.CharField(_("what for"), max_length=200)
    amount = models.BigIntegerField(_("amount (Rp)"), validators=RUPIAH)
    file = models.ForeignKey("files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
