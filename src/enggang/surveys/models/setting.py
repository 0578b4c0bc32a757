"""Numbers that an agency decides: how many people a result needs, after how many days one asks again."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from enggang.places.enums import Origin


class SettingKey(models.TextChoices):
    MINIMUM_PEOPLE = "minimum_people", _("people needed before gains are shown")
    MINIMUM_ANSWERS = "minimum_answers", _("answers needed before anonymous results are shown")
    BATCH_ANSWERS = "batch_answers", _("answers by which anonymous results grow")
    FOLLOW_UP_OPEN_DAYS = "follow_up_open_days", _("days that a follow-up stays open")
    FOLLOW_UP_AGAIN_DAYS = "follow_up_again_days", _("days after which an unanswered follow-up is asked for again")
    DEVICE_ANSWERS = "device_answers", _("answers that one device may give to a public survey in a day")
    FOLLOW_UP_DAYS = "follow_up_days", _("days after a wave until the follow-up")


class Setting(models.Model):
    """Without an organisation: for the whole installation. The nearest organisation's newest valid row counts."""

    organisation = models.ForeignKey(
        "places.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    key = models.CharField(_("number"), max_length=20, choices=SettingKey.choices)
    value = models.PositiveIntegerField(_("value"), validators=[MinValueValidator(3), MaxValueValidator(1000)])
    valid_from = models.DateField(_("valid from"))
    source = models.CharField(_("where this comes from"), max_length=300)
    verified = models.BooleanField(default=False)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LOCAL)

    class Meta:
        ordering = ["key", "-valid_from", "-pk"]

    def __str__(self) -> str:
        return f"{self.key}: {self.value}"
