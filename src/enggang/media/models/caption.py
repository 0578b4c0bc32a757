"""What is said in a film, in one language, with its times."""

from __future__ import annotations

from django.db import models

from enggang.core.models import Versioned
from enggang.media import webvtt
from enggang.media.enums_words import Language


class Caption(Versioned):
    """``text`` is WebVTT as this product writes it: checked, without styles."""

    asset = models.ForeignKey("media.Asset", on_delete=models.CASCADE, related_name="captions")
    language = models.CharField(max_length=2, choices=Language.choices)
    text = models.TextField()
    kept_at = models.DateTimeField()
    kept_by_key = models.CharField(max_length=60)

    class Meta:
        ordering = ["-language"]  # Indonesian first
        constraints = [models.UniqueConstraint(fields=["asset", "language"], name="media_caption_once")]

    def __str__(self) -> str:
        return str(self.get_language_display())

    @property
    def cues(self) -> list[webvtt.Cue]:
        return webvtt.read(self.text.encode())
