"""A question that somebody asks of everyone who registers with them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from enggang.core.acts import Conflict
from enggang.core.enums import QuestionKind


class AskedQuestion(models.Model):
    """What is answered is kept as text: what was written, the choice, or «yes»/«no»."""

    position = models.PositiveSmallIntegerField()
    label = models.CharField(_("question"), max_length=200)
    kind = models.CharField(_("kind"), max_length=8, choices=QuestionKind.choices, default=QuestionKind.TEXT)
    choices = models.TextField(_("choices, one per line"), max_length=2000, blank=True)
    required = models.BooleanField(_("must be answered"), default=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label

    @property
    def options(self) -> list[str]:
        return [line.strip() for line in self.choices.splitlines() if line.strip()]

    def check_choices(self) -> None:
        """Raises Conflict for a choice without a choice."""
        if self.kind == QuestionKind.CHOICE and len(self.options) < 2:
            raise Conflict(_now("Give at least two choices, each on a line of its own."))
