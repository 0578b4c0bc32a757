"""Assignment letters (surat tugas) as the participants' agencies issued them: one letter, one or more people."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from enggang.core.models import Noun
from enggang.training.enums import PaperState


class AssignmentLetter(Noun):
    subject_kind = "assignment_letter"

    wave = models.ForeignKey("training.Wave", on_delete=models.PROTECT, related_name="assignment_letters")
    agency = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(_("number"), max_length=120)
    dated = models.DateField(_("date of the letter"))
    signed_post = models.CharField(_("signed by (post)"), max_length=160, blank=True)
    signed_name = models.CharField(_("signed by (name)"), max_length=160, blank=True)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    received_by_key = models.CharField(max_length=60)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.number


class AssignedPerson(models.Model):
    """A participant named in a letter. The newest one counts; a wrong one says why and stays on record."""

    letter = models.ForeignKey(AssignmentLetter, on_delete=models.CASCADE, related_name="people")
    registration = models.ForeignKey("training.Registration", on_delete=models.CASCADE, related_name="assignments")
    state = models.CharField(max_length=10, choices=PaperState.choices, default=PaperState.RECEIVED)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by_key = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["letter", "registration"], name="training_assigned_once"),
            models.CheckConstraint(
                condition=~models.Q(state=PaperState.WRONG) | ~models.Q(reason=""),
                name="training_wrong_letter_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter_id}: {self.registration_id}"
