"""An award: what the verification page answers from, for ever. Its facts are frozen at issue."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enggang.core import clock, codes
from enggang.core.actor import Actor
from enggang.core.models import Noun
from enggang.core.specimens import counting
from enggang.credentials.enums import AwardState
from enggang.credentials.rules import SEES_AWARDS
from enggang.places.models.organisation import below, below_any


class AwardQuerySet(models.QuerySet["Award"]):
    def visible_to(self, actor: Actor) -> AwardQuerySet:
        """The issuing agency's staff, and the holder."""
        staff = below_any(actor.paths(*SEES_AWARDS), "organisation__path")
        own = Q(person__user_id=actor.user_id) if actor.user_id else Q(pk__in=[])
        return self.filter(staff | own)

    def counting(self, path: str, since: date, until: date) -> AwardQuerySet:
        """The valid ones that an agency or one below it issued in the period, both days included."""
        rows = self.filter(counting(), below(path, "organisation__path"), state=AwardState.ISSUED)
        return rows.filter(issued_on__range=(since, until))

    def without_badge(self) -> AwardQuerySet:
        """Those that are due one: issued, and their holder may be named."""
        return self.filter(state=AwardState.ISSUED, badge=None, name_removed_at=None)


class Award(Noun):
    """``verify_code`` is printed and lives for ever; the names beside it are what the paper says."""

    subject_kind = "award"

    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="awards")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="awards")
    basis = models.ForeignKey("core.Subject", on_delete=models.PROTECT, related_name="awards")
    document = models.OneToOneField("documents.Document", on_delete=models.PROTECT, related_name="award")
    verify_code = models.CharField(max_length=16, unique=True, default=codes.verify_code)
    state = models.CharField(max_length=10, choices=AwardState.choices, default=AwardState.RESERVED)
    title = models.CharField(_("title"), max_length=400)
    holder_name = models.CharField(max_length=200)
    holder_nip = models.CharField(max_length=18, blank=True)
    issuer_name = models.CharField(max_length=200)
    number = models.CharField(max_length=120)
    hours = models.PositiveSmallIntegerField(default=0)
    issued_on = models.DateField()
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    specimen = models.BooleanField(default=False)
    wet_signed = models.BooleanField(_("signed by pen"), default=False, db_default=False)
    replaces = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    void_reason = models.CharField(max_length=300, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    name_removed_at = models.DateTimeField(null=True, blank=True)
    removal_reason = models.CharField(max_length=300, blank=True, default="", db_default="")

    objects = AwardQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["organisation", "issued_on"], name="credentials_award_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["basis"],
                condition=~Q(state=AwardState.VOIDED),
                name="credentials_one_valid_award",
                violation_error_message=_("A certificate has already been issued for this. Void it first."),
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_prepared(self) -> bool:
        """Its number is taken and its paper printed, but nobody has been given it yet."""
        return self.state == AwardState.PREPARED

    @property
    def is_over(self) -> bool:
        """It was good for a time, and that time is over where it was issued."""
        return self.valid_until is not None and self.valid_until < clock.today(self.organisation.time_zone)

    @property
    def is_issued(self) -> bool:
        return self.state == AwardState.ISSUED

    @property
    def is_void(self) -> bool:
        return self.state == AwardState.VOIDED

    @property
    def has_badge(self) -> bool:
        return hasattr(self, "badge")

    @property
    def grouped_code(self) -> str:
        return codes.grouped(self.verify_code)

    @property
    def masked_nip(self) -> str:
        """The NIP as a stranger may read it: birth date and serial hidden."""
        return f"{'•' * 8}{self.holder_nip[8:14]}{'•' * 4}" if self.holder_nip else ""
