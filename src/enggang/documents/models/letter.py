"""A letter: written as a draft, given a number from outside, frozen, and voided with a reason if need be."""

from __future__ import annotations

import json
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.core.models import Noun, Versioned
from enggang.documents.enums import LetterState
from enggang.documents.models.letterhead import Signatory
from enggang.documents.numbering import number_text
from enggang.documents.rules import READS
from enggang.places.models.organisation import below_any


class NumberBlockQuerySet(models.QuerySet["NumberBlock"]):
    def visible_to(self, actor: Actor) -> NumberBlockQuerySet:
        return self.filter(below_any(actor.paths(*READS), "organisation__path"))

    def usable(self) -> NumberBlockQuerySet:
        return self.filter(closed_at__isnull=True, next_seq__lte=F("last"))


class NumberBlock(models.Model):
    """Numbers the secretariat handed out, taken in order; ``pattern`` has ``{seq}`` where the number stands."""

    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="number_blocks")
    pattern = models.CharField(_("pattern"), max_length=120)
    first = models.PositiveIntegerField(_("first number"))
    last = models.PositiveIntegerField(_("last number"))
    next_seq = models.PositiveIntegerField()
    handed_on = models.DateField(_("handed out on"))
    note = models.CharField(_("note"), max_length=200, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = NumberBlockQuerySet.as_manager()

    class Meta:
        ordering = ["-handed_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last__gte=F("first")),
                name="documents_block_range",
                violation_error_message=_("The last number lies before the first."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.text_of(self.first)} – {self.text_of(self.last)}"

    @property
    def unused(self) -> int:
        return self.last - self.next_seq + 1

    @property
    def next_text(self) -> str:
        return self.text_of(self.next_seq) if self.unused else ""

    def text_of(self, seq: int) -> str:
        return number_text(self.pattern, seq=seq, on=self.handed_on)


class LetterQuerySet(models.QuerySet["Letter"]):
    def visible_to(self, actor: Actor) -> LetterQuerySet:
        """The issuing agency's staff; addressees come by the page that was sent to them."""
        return self.filter(below_any(actor.paths(*READS), "organisation__path"))

    def with_names(self) -> LetterQuerySet:
        return self.select_related("subject", "organisation", "signatory", "about", "file", "scan", "block")


class Letter(Noun, Versioned):
    """``data`` is canonical JSON: what the letter says. It changes while the letter is a draft and never after.

    ``wording`` names the version of the text it was written from, ``drawing`` the template that draws it.
    """

    subject_kind = "letter"

    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="letters")
    about = models.ForeignKey(
        "core.Subject", null=True, blank=True, on_delete=models.PROTECT, related_name="letters_about"
    )
    kind = models.CharField(max_length=40)
    wording = models.CharField(max_length=40)
    drawing = models.CharField(max_length=60)
    signatory = models.ForeignKey(Signatory, on_delete=models.PROTECT, related_name="letters")
    title = models.CharField(max_length=300)
    data = models.BinaryField()
    specimen = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=LetterState.choices, default=LetterState.DRAFT)
    number = models.CharField(_("number"), max_length=120, blank=True)
    dated = models.DateField(_("date of the letter"), null=True, blank=True)
    block = models.ForeignKey(NumberBlock, null=True, blank=True, on_delete=models.PROTECT, related_name="letters")
    written_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64, blank=True)
    file = models.ForeignKey("files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField(null=True, blank=True)
    scan = models.ForeignKey("files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(max_length=300, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "number"],
                # A voided letter keeps its number for the record; typed by mistake, the letter it belongs to still takes it.
                condition=~Q(number="") & ~Q(state=LetterState.VOIDED),
                name="documents_letter_number_once",
                violation_error_message=_("Another letter of your organisation already has this number."),
            ),
            models.CheckConstraint(
                condition=~Q(state=LetterState.FROZEN) | Q(frozen_at__isnull=False) & ~Q(sha256=""),
                name="documents_letter_frozen_has_hash",
            ),
            models.CheckConstraint(
                condition=Q(state=LetterState.DRAFT) | ~Q(number="") & Q(dated__isnull=False),
                name="documents_letter_has_number",
            ),
            models.CheckConstraint(
                condition=~Q(state=LetterState.VOIDED) | ~Q(void_reason=""), name="documents_letter_void_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.title

    @property
    def content(self) -> dict[str, Any]:
        """What the letter says, as plain data."""
        content: dict[str, Any] = json.loads(bytes(self.data))
        return content

    @property
    def is_draft(self) -> bool:
        return self.state == LetterState.DRAFT

    @property
    def is_numbered(self) -> bool:
        return self.state == LetterState.NUMBERED

    @property
    def is_issued(self) -> bool:
        return self.state == LetterState.FROZEN

    @property
    def is_void(self) -> bool:
        return self.state == LetterState.VOIDED
