"""A file on its way in (tus 1.0.0): how much has arrived, whose it is, and what became of it."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext

from enggang.core import codes
from enggang.files.enums import RESERVING, Purpose, UploadState


def new_code() -> str:
    return codes.random_code(24)


class UploadQuerySet(models.QuerySet["Upload"]):
    def reserving(self) -> UploadQuerySet:
        """Those that hold a place in a quota."""
        return self.filter(state__in=RESERVING)

    def over(self, at: datetime) -> UploadQuerySet:
        """Nobody used them in time: unfinished, refused, or stored for nothing."""
        return self.filter(expires_at__lt=at, claimed_at=None).exclude(state=UploadState.ENDED)


class Upload(models.Model):
    """``context`` says what it was opened for (assignment, wave); ``writer`` is the request that writes now."""

    code = models.CharField(max_length=24, unique=True, default=new_code, editable=False)
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    owner_key = models.CharField(max_length=60, db_index=True)
    context = models.CharField(max_length=80)
    accepts = models.CharField(max_length=40)
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    name = models.CharField(max_length=200)
    length = models.BigIntegerField()
    offset = models.BigIntegerField(default=0)
    writer = models.CharField(max_length=24, blank=True)
    state = models.CharField(max_length=10, choices=UploadState.choices, default=UploadState.OPEN)
    refusal = models.CharField(max_length=300, blank=True)
    opened_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    file = models.ForeignKey("files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = UploadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(offset__gte=0, offset__lte=F("length"), length__gt=0), name="files_upload_bounds"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.state == UploadState.OPEN

    @property
    def is_stored(self) -> bool:
        return self.state == UploadState.STORED

    @property
    def is_refused(self) -> bool:
        return self.state == UploadState.REFUSED

    @property
    def why(self) -> str:
        """The refusal, kept as it is written in the source, in the language of whoever reads it."""
        return gettext(self.refusal) if self.refusal else ""

    @property
    def has_arrived(self) -> bool:
        return self.state in {UploadState.RECEIVED, UploadState.STORED}
