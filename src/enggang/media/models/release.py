"""That a work was shown to everybody: since when, and until when. It tells «never was» (404) from «no longer» (410)."""

from __future__ import annotations

from typing import Any

from django.db import models


class Release(models.Model):
    """``reasons`` are values of ``Reason``: why the gate has shut by itself. Empty: somebody withdrew it."""

    asset = models.OneToOneField("media.Asset", on_delete=models.CASCADE, related_name="release")
    first_at = models.DateTimeField()
    published_at = models.DateTimeField()
    published_by_key = models.CharField(max_length=60)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)
    reasons: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["published_at", "asset"], name="media_release_newest")
        ]  # the order of the gallery

    def __str__(self) -> str:
        return f"{self.asset_id}: {self.published_at:%Y-%m-%d}"


class LibraryPolicy(models.Model):
    """How an agency judges: by which rubric, how many judges see each work, from how many points it is accepted."""

    organisation = models.OneToOneField("places.Organisation", on_delete=models.PROTECT, related_name="library_policy")
    rubric = models.ForeignKey("reviews.Rubric", on_delete=models.PROTECT, related_name="+")
    judges = models.PositiveSmallIntegerField(default=1)
    pass_points = models.PositiveSmallIntegerField(default=60)

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.judges}"


class BulkChange(models.Model):
    """What many works were like before they were changed together, so that it can be undone."""

    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=20)
    at = models.DateTimeField()
    by_key = models.CharField(max_length=60)
    count = models.PositiveIntegerField()
    before: models.JSONField[Any, Any] = models.JSONField(default=list)
    undone_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.what}: {self.count}"
