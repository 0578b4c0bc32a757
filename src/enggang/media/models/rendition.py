"""What is shown of an asset: made from the original, without its metadata, and made again when it is lost."""

from __future__ import annotations

from django.db import models

from enggang.core import codes
from enggang.media.enums import MEDIA_TYPES, RenditionKind

RENDITIONS = "rendition"  # the folder of the store; nothing else lies there


def rendition_key(_instance: models.Model, _name: str) -> str:
    key = codes.random_code(24)
    return f"{RENDITIONS}/{key[:2]}/{key}"


class Rendition(models.Model):
    """``marks`` is the sum of the credit that was written into it (workshop/marks.py); empty: none."""

    asset = models.ForeignKey("media.Asset", on_delete=models.CASCADE, related_name="renditions")
    kind = models.CharField(max_length=12, choices=RenditionKind.choices)
    format = models.CharField(max_length=8)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    content = models.FileField(upload_to=rendition_key, max_length=120)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    made_at = models.DateTimeField()
    marks = models.CharField(max_length=16, blank=True, default="", db_default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["asset", "kind", "format"], name="media_rendition_once")]

    def __str__(self) -> str:
        return f"{self.kind}.{self.format}"

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES.get(self.format, "application/octet-stream")
