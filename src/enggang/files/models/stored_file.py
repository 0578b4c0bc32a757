"""A private file: why it is kept, until when, and its SHA-256. Its key on disk never holds a name.

When its time is over the bytes and the name go; the row stays and says that there was a file.
"""

from __future__ import annotations

from datetime import date

from django.db import models

from enggang.access.enums import Role
from enggang.core import codes
from enggang.core.actor import Actor
from enggang.core.models import Noun
from enggang.files.enums import PAPERS, Purpose, ScanState
from enggang.places.models.organisation import below_any

READS_FILES = (Role.ADMINISTRATOR, Role.ORGANISER, Role.COORDINATOR, Role.INSPECTOR)
READS_PAPERS = (Role.ADMINISTRATOR, Role.ORGANISER, Role.LEADER, Role.INSPECTOR)  # as those who see the certificates


def storage_key(instance: models.Model, _name: str) -> str:
    purpose: str = getattr(instance, "purpose", "file")
    key = codes.random_code(24)
    return f"{purpose}/{key[:2]}/{key}"


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    def visible_to(self, actor: Actor) -> StoredFileQuerySet:
        """Staff who answer for the organisation that owns it; evidence also whoever brought it.

        Lists and papers not: they are stored in the course of an office, and whoever has left it has left them too.
        """
        papers = models.Q(purpose__in=PAPERS)
        elsewhere = papers | models.Q(purpose=Purpose.MEDIA)  # originals: the media library asks its own rule
        staff = below_any(actor.paths(*READS_FILES), "organisation__path") & ~elsewhere
        issuers = below_any(actor.paths(*READS_PAPERS), "organisation__path") & papers
        brought = models.Q(stored_by_key=actor.key, purpose=Purpose.EVIDENCE)
        return self.filter(staff | issuers | (brought if actor.is_signed_in else models.Q(pk__in=[])))

    def due(self, day: date) -> StoredFileQuerySet:
        """Whose time is over on ``day``, and those whose erasure was cut off half-way."""
        over = models.Q(delete_after__lt=day, erased_at=None)
        return self.filter(over | models.Q(erased_at__isnull=False) & ~models.Q(content=""))


class StoredFile(Noun):
    subject_kind = "file"

    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="stored_files")
    content = models.FileField(upload_to=storage_key, max_length=120)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    scan_state = models.CharField(max_length=10, choices=ScanState.choices, default=ScanState.UNSCANNED)
    stored_at = models.DateTimeField()
    stored_by_key = models.CharField(max_length=60)
    delete_after = models.DateField(null=True, blank=True, db_index=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = StoredFileQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
