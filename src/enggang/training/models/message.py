"""A message to a wave as it was written, and how many it reached by which way."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from enggang.training.enums import Audience


class WaveMessage(models.Model):
    """``delivered_upto`` is the last registration told: a delivery that was cut off goes on after it."""

    wave = models.ForeignKey("training.Wave", on_delete=models.PROTECT, related_name="messages")
    audience = models.CharField(_("to whom"), max_length=12, choices=Audience.choices)
    klass = models.ForeignKey("training.WaveClass", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("message"), max_length=4000)
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
