"""Visitors: who registered for a time, how many they are, and a guardian's consent for whoever is a minor."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enggang.core import codes
from enggang.core.actor import Actor
from enggang.core.models import Noun, Versioned
from enggang.core.text import with_words
from enggang.events.enums import BOOKING_STANDING, MINORS, AgeGroup, BookingSource, ConsentState, ConsentWay, News
from enggang.events.models.ticketing import MOST_PRICE, Part, PartQuestion, Slot
from enggang.events.rules import MANAGERS
from enggang.places.models.organisation import below_any
from enggang.seats.enums import ClaimState

SHORT = 8  # characters of a code that is read aloud


def short_code() -> str:
    return codes.random_code(SHORT)


class BookingQuerySet(models.QuerySet["Booking"]):
    def visible_to(self, actor: Actor) -> BookingQuerySet:
        """The organisers of the edition: names and numbers of visitors are nobody else's."""
        return self.filter(below_any(actor.paths(*MANAGERS), "slot__part__edition__organisation__path"))

    def with_names(self) -> BookingQuerySet:
        return self.select_related(
            "subject", "claim__subject", "claim__pool", "slot__site", "slot__pool", "slot__occasion__subject", "slot__part__subject", "slot__part__site",
            "slot__part__offer__subject", "slot__part__offer__organisation", "slot__part__edition__subject",
            "slot__part__edition__event__region", "slot__part__edition__organisation",
        ).defer("slot__part__edition__event__region__outline")  # fmt: skip

    def standing(self) -> BookingQuerySet:
        return self.exclude(claim__state=ClaimState.RELEASED)

    def seated(self) -> BookingQuerySet:
        return self.filter(claim__state=ClaimState.CONFIRMED)

    def waiting(self) -> BookingQuerySet:
        return self.filter(claim__state=ClaimState.WAITING)

    def to_be_told(self) -> BookingQuerySet:
        """Those for whom there is news that nobody has told them yet."""
        return self.exclude(news="").filter(told_at=None, anonymised_at=None)

    def named(self, text: str) -> BookingQuerySet:
        return with_words(self, text)


class Booking(Noun, Versioned):
    """One registration, for ``quantity`` people. Whether they have their places is the claim's to say.

    ``short`` is the code that is read aloud. ``request_key`` is the form's own: sent twice, it is registered once.
    ``news`` is what last changed about it and has to be told; ``told_at`` is when that was done.
    """

    subject_kind = "booking"

    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="bookings")
    claim = models.OneToOneField("seats.Claim", on_delete=models.PROTECT, related_name="booking")
    short = models.CharField(max_length=SHORT, unique=True, default=short_code)
    source = models.CharField(max_length=8, choices=BookingSource.choices)
    name = models.CharField(_("name"), max_length=160, blank=True)
    name_key = models.CharField(max_length=200, blank=True, editable=False)
    phone = models.CharField(_("phone"), max_length=20, blank=True, db_index=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(max_length=5, default="id")
    quantity = models.PositiveSmallIntegerField(_("people"))
    request_key = models.CharField(max_length=64, null=True, blank=True)  # noqa: DJ001 -- unique where there is one
    booked_at = models.DateTimeField()
    note = models.CharField(_("note for the gate"), max_length=300, blank=True)
    paid_at = models.DateTimeField(null=True, blank=True)
    paid_amount = models.PositiveBigIntegerField(
        _("paid (Rp)"), null=True, blank=True, validators=[MaxValueValidator(MOST_PRICE)]
    )
    receipt = models.CharField(_("number of the receipt"), max_length=80, blank=True)
    paid_by_key = models.CharField(max_length=60, blank=True)
    news = models.CharField(max_length=10, choices=News.choices, blank=True)
    news_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    told_by_key = models.CharField(max_length=60, blank=True)
    anonymised_at = models.DateTimeField(null=True, blank=True)

    objects = BookingQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request_key"],
                name="events_booking_sent_once",
                violation_error_message=_("This registration was sent already."),
            ),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="events_booking_somebody"),
        ]

    def __str__(self) -> str:
        return self.name or codes.grouped(self.short, 4)

    @property
    def part(self) -> Part:
        return self.slot.part

    @property
    def told_standing(self) -> str:
        return str(BOOKING_STANDING.get(self.claim.state, self.claim.get_state_display()))

    @property
    def spelled(self) -> str:
        """The short code in groups for reading aloud."""
        return codes.grouped(self.short, 4)

    @property
    def is_seated(self) -> bool:
        return self.claim.state == ClaimState.CONFIRMED

    @property
    def is_waiting(self) -> bool:
        return self.claim.state == ClaimState.WAITING

    @property
    def is_cancelled(self) -> bool:
        return self.claim.state == ClaimState.RELEASED

    @property
    def is_paid(self) -> bool:
        return self.paid_at is not None


class GuardianConsent(Noun):
    """That a guardian lets minors of a registration come. ``file`` is the signed paper, when it was given on one."""

    subject_kind = "guardian_consent"

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="consents")
    name = models.CharField(_("name of the guardian"), max_length=160)
    phone = models.CharField(_("phone of the guardian"), max_length=20, blank=True)
    relation = models.CharField(_("what they are to the children"), max_length=60, blank=True)
    state = models.CharField(max_length=10, choices=ConsentState.choices, default=ConsentState.ASKED)
    way = models.CharField(max_length=8, choices=ConsentWay.choices, default=ConsentWay.LINK)
    asked_at = models.DateTimeField()
    given_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    file = models.ForeignKey("files.StoredFile", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ConsentState.GIVEN) | Q(given_at__isnull=False), name="events_consent_given_when"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_given(self) -> bool:
        return self.state == ConsentState.GIVEN

    @property
    def is_asked(self) -> bool:
        return self.state == ConsentState.ASKED


class Guest(models.Model):
    """One of those who come. Without a name where none is asked for."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="guests")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=160, blank=True)
    age = models.CharField(_("age"), max_length=8, choices=AgeGroup.choices, default=AgeGroup.ADULT)
    consent = models.ForeignKey(
        GuardianConsent, null=True, blank=True, on_delete=models.SET_NULL, related_name="guests"
    )

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["booking", "position"], name="events_guest_position")]

    def __str__(self) -> str:
        return self.name or f"{self.get_age_display()} ({self.position})"

    @property
    def is_minor(self) -> bool:
        return self.age in MINORS


class BookingAnswer(models.Model):
    question = models.ForeignKey(PartQuestion, on_delete=models.PROTECT, related_name="answers")
    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="answers")
    text = models.CharField(max_length=1000)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "booking"], name="events_answer_once")]

    def __str__(self) -> str:
        return self.text
