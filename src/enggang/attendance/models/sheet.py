from __future__ import annotations

from django.db import models

from enggang.attendance.enums import SheetKind
from enggang.attendance.models.occasion import Occasion


class SignedSheet(models.Model):
    """A printed list that came back signed: the treasurer's primary evidence. The picture or PDF is a private file."""

    occasion = models.ForeignKey(Occasion, on_delete=models.PROTECT, related_name="signed_sheets")
    kind = models.CharField(max_length=10, choices=SheetKind.choices)
    file = models.OneToOneField("files.StoredFile", on_delete=models.PROTECT, related_name="signed_sheet")
    added_at = models.DateTimeField()
    by_key = models.CharField(max_length=60)

    class Meta:
        ordering = ["-added_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.added_at:%Y-%m-%d %H:%M}"
