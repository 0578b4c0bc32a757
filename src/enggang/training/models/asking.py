"""What a wave asks of its participants beside the seat: answers to its own questions, and papers to be handed in."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from enggang.core.models.question import AskedQuestion


class Question(AskedQuestion):
    wave = models.ForeignKey("training.Wave", on_delete=models.CASCADE, related_name="questions")

    class Meta:
        ordering = ["position", "pk"]


class Answer(models.Model):
    """``text`` is what was written, the choice, or «yes»/«no»."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    registration = models.ForeignKey("training.Registration", on_delete=models.CASCADE, related_name="answers")
    text = models.CharField(max_length=1000)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "registration"], name="training_answer_once")]

    def __str__(self) -> str:
        return self.text


class RequiredPaper(models.Model):
    wave = models.ForeignKey("training.Wave", on_delete=models.CASCADE, related_name="required_papers")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("document"), max_length=200)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class HandedPaper(models.Model):
    """A document as its participant handed it in; handing in again replaces the file that is shown."""

    paper = models.ForeignKey(RequiredPaper, on_delete=models.PROTECT, related_name="handed")
    registration = models.ForeignKey("training.Registration", on_delete=models.CASCADE, related_name="papers")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    handed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "registration"], name="training_paper_once")]

    def __str__(self) -> str:
        return f"{self.paper_id}: {self.registration_id}"
