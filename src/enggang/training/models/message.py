"""A message to a wave as it was written, and how many it reached by which way."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from enggang.training.enums import Audience, Notice
from enggang.training.models.session import Slot


class WaveMessage(models.Model):
    """``notice`` names the template each is told by, in their language; ``text`` is what is shown to the organiser.

    ``slots`` are the old and the new day, hours and room of a session that moved, as they were when it did.
    ``delivered_upto`` is the last registration told: a delivery that was cut off goes on after it.
    """

    wave = models.ForeignKey("training.Wave", on_delete=models.PROTECT, related_name="messages")
    audience = models.CharField(_("to whom"), max_length=12, choices=Audience.choices)
    klass = models.ForeignKey("training.WaveClass", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("message"), max_length=4000)
    notice = models.CharField(max_length=12, choices=Notice.choices, default=Notice.TEXT, db_default=Notice.TEXT)
    session = models.ForeignKey("training.Session", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    slots: models.JSONField[Any, Any] = models.JSONField(null=True, blank=True)
    written_at = models.DateTimeField()
    written_by_key = models.CharField(max_length=60)
    last_addressed = models.BigIntegerField(default=0)
    delivered_upto = models.BigIntegerField(default=0)
    told = models.PositiveIntegerField(default=0)
    by_inbox = models.PositiveIntegerField(default=0)
    by_email = models.PositiveIntegerField(default=0)
    by_hand = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_delivered(self) -> bool:
        return self.delivered_upto >= self.last_addressed

    @property
    def moved(self) -> dict[str, Slot]:
        """For the template of the notice: ``was`` and ``now``."""
        return {name: Slot.of(kept) for name, kept in (self.slots or {}).items()}
