"""How an organisation signs its papers electronically, as dated rows; and the signature each paper got."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.documents.enums import SAME_WORDS, SignatureState, SigningBackend
from enggang.documents.models.letterhead import Dated, DatedQuerySet
from enggang.documents.rules import READS
from enggang.places.models.organisation import below_any


class SigningMethodQuerySet(DatedQuerySet["SigningMethod"]):
    pass


class SigningMethod(Dated):
    """``name`` is what people call it. Each backend uses the fields below its own heading and leaves the others empty."""

    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="signing_methods")
    backend = models.CharField(_("way of signing"), max_length=8, choices=SigningBackend.choices)
    name = models.CharField(_("name"), max_length=120)
    # A key of the organisation's own: sealed, with its certificates as PEM text, the own one first.
    sealed_key = models.BinaryField(default=b"")
    certificates = models.BinaryField(default=b"")
    fingerprint = models.CharField(max_length=64, blank=True, default="", db_index=True)
    holder = models.CharField(max_length=200, blank=True, default="")
    expires_at = models.DateTimeField(null=True, blank=True)
    self_made = models.BooleanField(default=False)
    timestamp_url = models.URLField(_("address of the timestamp authority"), blank=True, default="")
    # An e-sign service in the organisation's network.
    address = models.URLField(_("address of the service"), blank=True, default="")
    login = models.CharField(_("name for signing in to the service"), max_length=120, blank=True, default="")
    sealed_password = models.BinaryField(default=b"")

    objects = SigningMethodQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="documents_signing_days",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                condition=~Q(backend=SigningBackend.KEY) | ~Q(fingerprint=""), name="documents_signing_has_key"
            ),
            models.CheckConstraint(
                condition=~Q(backend=SigningBackend.SERVICE) | ~Q(address=""),
                name="documents_signing_has_address",
                violation_error_message=_("Type the address of the service."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def signs_by_itself(self) -> bool:
        """Papers are signed as they are drawn; with the others a person signs afterwards."""
        return self.backend == SigningBackend.KEY


class SignatureQuerySet(models.QuerySet["Signature"]):
    def visible_to(self, actor: Actor) -> SignatureQuerySet:
        return self.filter(below_any(actor.paths(*READS), "document__organisation__path"))


class Signature(models.Model):
    """The signed file of a paper beside the frozen one it was made from, which stays.

    A file that a person brought and whose content differs is PROPOSED until somebody has looked at ``difference`` and
    said yes.
    """

    document = models.OneToOneField("documents.Document", on_delete=models.PROTECT, related_name="signature")
    method = models.ForeignKey(SigningMethod, on_delete=models.PROTECT, related_name="signatures")
    state = models.CharField(max_length=8, choices=SignatureState.choices, default=SignatureState.ATTACHED)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, db_index=True)
    holder = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    level = models.CharField(max_length=8)
    signed_at = models.DateTimeField()
    attached_at = models.DateTimeField()
    difference = models.JSONField(default=list, blank=True)
    accepted_by_key = models.CharField(max_length=80, blank=True, default="")

    objects = SignatureQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.document} · {self.holder}"

    @property
    def is_attached(self) -> bool:
        return self.state == SignatureState.ATTACHED

    @property
    def only_looks_differ(self) -> bool:
        return bool(self.difference == [SAME_WORDS])
