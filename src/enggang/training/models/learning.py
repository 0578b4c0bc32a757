"""What a person learned elsewhere: certificates from outside, and the lists of past ones that were taken in."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.core.models import Noun
from enggang.core.text import folded
from enggang.places.models.organisation import below_any
from enggang.training.enums import CertificateState, ImportState
from enggang.training.rules import CHECKS_LEARNING, IMPORTS_LEARNING, SEES_LEARNING

TELLING = 3  # words by which a title tells a training


def title_key(title: str) -> str:
    """A title as it is compared: ``Pelatihan  ASN-Kreatif`` is ``pelatihan asn kreatif``."""
    return folded(title)[:200].rstrip()


def is_same_training(one: str, other: str) -> bool:
    """Whether two title keys mean one training: they are equal, or one holds the whole of the other as words and that
    is long enough to be told by it. «Pelatihan» alone is no training."""
    short, long = sorted((one, other), key=len)
    return one == other or (len(short.split()) >= TELLING and f" {short} " in f" {long} ")


class PastImportQuerySet(models.QuerySet["PastImport"]):
    def visible_to(self, actor: Actor) -> PastImportQuerySet:
        return self.filter(below_any(actor.paths(*IMPORTS_LEARNING), "organisation__path"))


class PastImport(Noun):
    """A spreadsheet of past certificates; ``added`` and ``known`` count its rows once it was taken in."""

    subject_kind = "past_import"

    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.UPLOADED)
    created_at = models.DateTimeField()
    created_by_key = models.CharField(max_length=60)
    added = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)

    objects = PastImportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.source.name

    @property
    def is_waiting(self) -> bool:
        return self.state == ImportState.UPLOADED

    @property
    def is_imported(self) -> bool:
        return self.state == ImportState.IMPORTED


class OutsideCertificateQuerySet(models.QuerySet["OutsideCertificate"]):
    def visible_to(self, actor: Actor) -> OutsideCertificateQuerySet:
        """The person, and those who keep or read the learning of the agency."""
        staff = below_any(actor.paths(*SEES_LEARNING), "agency__path")
        own = Q(person__user_id=actor.user_id) if actor.user_id else Q(pk__in=[])
        return self.filter(staff | own)

    def to_check(self, actor: Actor) -> OutsideCertificateQuerySet:
        """Those that wait for this actor's answer; one's own are for somebody else to check."""
        here = below_any(actor.paths(*CHECKS_LEARNING), "agency__path")
        return self.filter(here, state=CertificateState.WAITING).exclude(person__user_id=actor.user_id or 0)

    def accepted(self) -> OutsideCertificateQuerySet:
        return self.filter(state=CertificateState.ACCEPTED)

    def with_names(self) -> OutsideCertificateQuerySet:
        return self.select_related("subject", "person__subject", "agency", "file")


class OutsideCertificate(Noun):
    """``agency`` is where the person worked when it was brought: its staff officer checks it."""

    subject_kind = "outside_certificate"

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="outside_certificates")
    agency = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title of the training"), max_length=200)
    title_key = models.CharField(max_length=200, editable=False, db_index=True)
    organiser = models.CharField(_("who held it"), max_length=200, blank=True)
    number = models.CharField(_("number of the certificate"), max_length=120, blank=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    jp = models.PositiveSmallIntegerField(_("JP"), validators=[MinValueValidator(1), MaxValueValidator(1000)])
    file = models.ForeignKey("files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    past_import = models.ForeignKey(
        PastImport, null=True, blank=True, on_delete=models.PROTECT, related_name="certificates"
    )
    state = models.CharField(max_length=10, choices=CertificateState.choices, default=CertificateState.WAITING)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    brought_at = models.DateTimeField()
    brought_by_key = models.CharField(max_length=60)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_key = models.CharField(max_length=60, blank=True)

    objects = OutsideCertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-ends_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "title_key", "ends_on"],
                name="training_outside_certificate_once",
                violation_error_message=_("This training with this last day is already on record for this person."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")),
                name="training_outside_certificate_days",
                violation_error_message=_("The last day lies before the first."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_waiting(self) -> bool:
        return self.state == CertificateState.WAITING

    @property
    def is_accepted(self) -> bool:
        return self.state == CertificateState.ACCEPTED
