"""Tags: words by which works are found together."""

from __future__ import annotations

from django.db import models


class Tag(models.Model):
    """``key`` is the tag folded: «Robo-Robo» and «robo robo» are one tag."""

    key = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.name


class AssetTag(models.Model):
    asset = models.ForeignKey("media.Asset", on_delete=models.CASCADE, related_name="tagged")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["asset", "tag"], name="media_asset_tag_once")]

    def __str__(self) -> str:
        return str(self.tag)
