"""The tests of a wave: one before, one after, of the same questions."""

from __future__ import annotations

from django.db import models

from enggang.training.enums import Phase


class WaveTest(models.Model):
    wave = models.ForeignKey("training.Wave", on_delete=models.PROTECT, related_name="tests")
    phase = models.CharField(max_length=4, choices=Phase.choices)
    test = models.OneToOneField("surveys.Test", on_delete=models.PROTECT, related_name="wave_test")

    class Meta:
        ordering = ["-phase"]  # pre before post
        constraints = [models.UniqueConstraint(fields=["wave", "phase"], name="training_one_test_a_phase")]

    def __str__(self) -> str:
        return f"{self.get_phase_display()}: {self.wave_id}"
