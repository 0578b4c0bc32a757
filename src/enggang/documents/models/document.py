"""An official paper: the data it is drawn from, its number, and once frozen the stored file and its SHA-256."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from enggang.core.actor import Actor
from enggang.core.models import Noun
from enggang.documents.enums import DocumentState
from enggang.documents.models.register import Number
from enggang.documents.rules import READS
from enggang.places.models.organisation import below_any

if TYPE_CHECKING:
    from enggang.documents.models.signing import Signature
    from enggang.files.models import StoredFile


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, actor: Actor) -> DocumentQuerySet:
        """The issuing agency's staff; holders come by what the paper proves, not by the paper."""
        return self.filter(below_any(actor.paths(*READS), "organisation__path"))


class Document(Noun):
    """``data`` is canonical JSON and never changes; ``template`` names the version that drew or will draw it."""

    subject_kind = "document"

    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="documents")
    number = models.OneToOneField(Number, on_delete=models.PROTECT, related_name="document")
    kind = models.CharField(max_length=40)
    template = models.CharField(max_length=60)
    data = models.BinaryField()
    state = models.CharField(max_length=10, choices=DocumentState.choices, default=DocumentState.RESERVED)
    specimen = models.BooleanField(default=False)
    issued_on = models.DateField()
    sha256 = models.CharField(max_length=64, blank=True)
    file = models.ForeignKey(
        "files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="documents"
    )
    frozen_at = models.DateTimeField(null=True, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(max_length=300, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=DocumentState.FROZEN) | Q(frozen_at__isnull=False) & ~Q(sha256=""),
                name="documents_frozen_has_hash",
            ),
            models.CheckConstraint(
                condition=~Q(state=DocumentState.VOIDED) | ~Q(void_reason=""), name="documents_void_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.number.text

    @property
    def content(self) -> dict[str, Any]:
        """What the paper says, as plain data."""
        content: dict[str, Any] = json.loads(bytes(self.data))
        return content

    @property
    def is_frozen(self) -> bool:
        return self.state == DocumentState.FROZEN

    @property
    def signed(self) -> Signature | None:
        """The electronic signature that counts; None while there is none."""
        found: Signature | None = getattr(self, "signature", None)
        return found if found is not None and found.is_attached else None

    @property
    def best_file(self) -> StoredFile | None:
        """What is given out: the signed file, else the frozen one; nothing once it is erased."""
        if self.erased_at:
            return None
        return self.signed.file if self.signed else self.file

    @property
    def is_void(self) -> bool:
        return self.state == DocumentState.VOIDED
