"""Stalls of an edition: the call to small businesses, who applied, and the contract of each stall. Money in whole Rupiah."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from enggang.budgets.numbers import NIB
from enggang.core.models import Noun, Versioned
from enggang.core.text import with_words
from enggang.events.enums_stalls import STANDING, ApplicationState, StallCallState, StallNews
from enggang.events.models.reference import Reference

MOST_STALLS = 2_000
MOST_FEE = 1_000_000_000
LONGEST_TEXT = 3_000


class StallCategory(Reference):
    """A kind of goods, by which stalls are applied for, laid out and counted."""

    name = models.CharField(_("kind of goods"), max_length=80)
    examples = models.CharField(_("for example"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["position", "name", "pk"]

    def __str__(self) -> str:
        return self.name


class StallCall(Noun, Versioned):
    """``offer`` holds the number of stalls; an accepted vendor holds a seat of it, so never one too many is given."""

    subject_kind = "stall_call"

    edition = models.OneToOneField("events.Edition", on_delete=models.CASCADE, related_name="stall_call")
    offer = models.OneToOneField("seats.Offer", on_delete=models.PROTECT, related_name="+", editable=False)
    state = models.CharField(max_length=8, choices=StallCallState.choices, default=StallCallState.DRAFT)
    title = models.CharField(_("title"), max_length=160)
    text = models.TextField(_("what it is about"), max_length=LONGEST_TEXT, blank=True)
    requirements = models.TextField(_("what is required of vendors"), max_length=LONGEST_TEXT, blank=True)
    opens_at = models.DateTimeField(_("applications from"), null=True, blank=True)
    closes_at = models.DateTimeField(_("applications until"), null=True, blank=True)
    stalls = models.PositiveSmallIntegerField(
        _("number of stalls"), validators=[MinValueValidator(1), MaxValueValidator(MOST_STALLS)]
    )
    fee = models.BigIntegerField(_("what a stall costs (Rp)"), default=0, validators=[MaxValueValidator(MOST_FEE)])
    fee_note = models.CharField(_("about the cost"), max_length=200, blank=True)
    contact = models.CharField(_("whom vendors may ask"), max_length=120, blank=True)
    contact_phone = models.CharField(_("their phone (WhatsApp)"), max_length=20, blank=True)
    shows_map = models.BooleanField(_("everybody may see the map of stalls"), default=False)
    shows_sums = models.BooleanField(_("everybody may see the sums of the turnover"), default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
                name="events_stall_call_window",
                violation_error_message=_("Applications must end after they begin."),
            ),
            models.CheckConstraint(
                condition=Q(fee__gte=0),
                name="events_stall_call_fee",
                violation_error_message=_("The cost cannot be negative."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.state == StallCallState.DRAFT

    def is_open_at(self, at: datetime) -> bool:
        """Whether applications are taken: from ``opens_at``, up to but not including ``closes_at``, never after the edition."""
        begun = self.opens_at is None or self.opens_at <= at
        ended = self.closes_at is not None and self.closes_at <= at
        return self.state == StallCallState.OPEN and begun and not ended and not self._is_over_at(at)

    def _is_over_at(self, at: datetime) -> bool:
        edition = self.edition
        day = at.astimezone(ZoneInfo(edition.time_zone)).date()
        return not edition.is_under_way or (edition.ends_on is not None and edition.ends_on < day)


class StallApplicationQuerySet(models.QuerySet["StallApplication"]):
    def standing(self) -> StallApplicationQuerySet:
        return self.filter(state__in=STANDING)

    def accepted(self) -> StallApplicationQuerySet:
        return self.filter(state=ApplicationState.ACCEPTED)

    def with_names(self) -> StallApplicationQuerySet:
        return self.select_related(
            "subject", "region", "category", "business__subject", "contract", "plot", "picture"
        ).defer("region__outline")

    def undecided_first(self) -> StallApplicationQuerySet:
        """In the order of their states, then as they came."""
        places = [models.When(state=state, then=place) for place, state in enumerate(ApplicationState)]
        return self.order_by(models.Case(*places, default=len(places)), "applied_at", "pk")

    def named(self, text: str) -> StallApplicationQuerySet:
        return with_words(self, text)


class StallApplication(Noun, Versioned):
    """``once`` is the hash of a secret of the form it was sent by, so that the same form sent twice is one row."""

    subject_kind = "stall"

    call = models.ForeignKey(StallCall, on_delete=models.CASCADE, related_name="applications")
    state = models.CharField(max_length=10, choices=ApplicationState.choices, default=ApplicationState.NEW)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    news = models.CharField(max_length=10, choices=StallNews.choices, blank=True)
    name = models.CharField(_("name of the business"), max_length=120)
    name_key = models.CharField(max_length=200, editable=False, db_index=True)
    owner = models.CharField(_("name of the owner"), max_length=120)
    phone = models.CharField(_("phone (WhatsApp)"), max_length=20)
    email = models.EmailField(_("e-mail"), max_length=200, blank=True)
    region = models.ForeignKey(
        "places.Region", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("regency or city")
    )
    category = models.ForeignKey(
        StallCategory, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("kind of goods")
    )
    sells = models.CharField(_("what is sold"), max_length=300)
    nib = models.CharField(_("NIB"), max_length=13, blank=True, validators=[NIB])
    electricity = models.BooleanField(_("needs electricity"), default=False)
    water = models.BooleanField(_("needs water"), default=False)
    wishes = models.CharField(_("anything else"), max_length=300, blank=True)
    picture = models.ForeignKey(
        "files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    language = models.CharField(max_length=5, default="id")
    by_staff = models.BooleanField(default=False)
    once = models.CharField(max_length=64, blank=True, editable=False)
    applied_at = models.DateTimeField()
    claim = models.ForeignKey(
        "seats.Claim", null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    business = models.ForeignKey(
        "events.Business", null=True, blank=True, on_delete=models.PROTECT, related_name="applications", editable=False
    )

    objects = StallApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["applied_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "phone"],
                condition=~Q(state="withdrawn"),
                name="events_stall_phone_once",
                violation_error_message=_("Somebody with this phone number has applied already."),
            ),
            models.UniqueConstraint(
                fields=["call", "nib"],
                condition=~Q(state="withdrawn") & ~Q(nib=""),
                name="events_stall_nib_once",
                violation_error_message=_("A business with this NIB has applied already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_accepted(self) -> bool:
        return self.state == ApplicationState.ACCEPTED

    @property
    def is_standing(self) -> bool:
        return self.state in STANDING

    @property
    def known_nib(self) -> str:
        """Its own, or the one that the register has of the business."""
        return self.nib or (self.business.nib if self.business else "")


class StallContract(Versioned):
    """What was agreed about a stall, what was paid, and how it was handed over (BAST)."""

    application = models.OneToOneField(StallApplication, on_delete=models.CASCADE, related_name="contract")
    number = models.CharField(_("number of the contract"), max_length=120, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    fee = models.BigIntegerField(_("agreed cost (Rp)"), default=0, validators=[MaxValueValidator(MOST_FEE)])
    paid = models.BigIntegerField(_("paid (Rp)"), default=0, validators=[MaxValueValidator(MOST_FEE)])
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    receipt = models.CharField(_("number of the receipt"), max_length=120, blank=True)
    file = models.ForeignKey("files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    handover_number = models.CharField(_("number of the handover (BAST)"), max_length=120, blank=True)
    handover_on = models.DateField(_("handed over on"), null=True, blank=True)
    handover_file = models.ForeignKey(
        "files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(fee__gte=0) & Q(paid__gte=0),
                name="events_stall_contract_money",
                violation_error_message=_("An amount cannot be negative."),
            )
        ]

    def __str__(self) -> str:
        return self.number or str(self.pk)

    @property
    def is_signed(self) -> bool:
        return bool(self.number and self.signed_on)

    @property
    def owed(self) -> int:
        return max(0, self.fee - self.paid)
