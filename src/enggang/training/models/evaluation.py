"""The surveys of a wave, and who was asked again after some months."""

from __future__ import annotations

from django.db import models

from enggang.core.models import Noun
from enggang.training.enums import SurveyPurpose


class WaveSurvey(models.Model):
    """``person`` is the instructor it is about: asked are only those whom they taught."""

    wave = models.ForeignKey("training.Wave", on_delete=models.PROTECT, related_name="surveys")
    purpose = models.CharField(max_length=10, choices=SurveyPurpose.choices)
    survey = models.OneToOneField("surveys.Survey", on_delete=models.PROTECT, related_name="wave_survey")
    person = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reminded_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["wave", "person"], name="training_survey_of_instructor")]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}: {self.wave_id}"


class FollowUp(Noun):
    """A superior asked about one participant; its subject is what their private address opens, and nothing else."""

    subject_kind = "follow_up"

    registration = models.ForeignKey("training.Registration", on_delete=models.PROTECT, related_name="follow_ups")
    survey = models.ForeignKey("surveys.Survey", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["registration", "survey"], name="training_followed_once")]

    def __str__(self) -> str:
        return f"{self.registration_id}"
