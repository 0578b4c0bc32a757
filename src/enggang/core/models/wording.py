"""What a row says in another language: one text of one field of one subject, and of which original it was made."""

from __future__ import annotations

from django.core.validators import MaxLengthValidator
from django.db import models

from enggang.core.enums import WordingState
from enggang.core.models.subject import Subject, Versioned


class Wording(Versioned):
    """``source_hash`` is that of the Indonesian text it was made from: another one now means that it is out of date."""

    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="wordings")
    field = models.CharField(max_length=40)
    language = models.CharField(max_length=7)
    text = models.TextField(max_length=20_000, validators=[MaxLengthValidator(20_000)])
    state = models.CharField(max_length=8, choices=WordingState.choices, default=WordingState.DRAFT)
    source_hash = models.CharField(max_length=64)
    written_at = models.DateTimeField()
    written_by_key = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "field", "language"], name="core_wording_once"),
        ]

    def __str__(self) -> str:
        return f"{self.field} ({self.language})"
