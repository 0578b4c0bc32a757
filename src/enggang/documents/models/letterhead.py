"""What heads and ends the letters of an organisation: dated rows, each for one kind of paper or for all."""

from __future__ import annotations

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.documents.enums import SigningForm
from enggang.documents.rules import READS
from enggang.places.models.organisation import below_any

D = TypeVar("D", bound=models.Model)


class DatedQuerySet(models.QuerySet[D]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(below_any(actor.paths(*READS), "organisation__path"))

    def on(self, day: date, paper: str) -> Self:
        """In force on ``day`` for a kind of paper; what was made for that kind comes first, then the newest."""
        rows = self.filter(valid_from__lte=day, paper__in=["", paper])
        return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day)).order_by("-paper", "-valid_from", "-pk")


class LetterheadQuerySet(DatedQuerySet["Letterhead"]):
    pass


class SignatoryQuerySet(DatedQuerySet["Signatory"]):
    pass


class Dated(models.Model):
    """``paper`` is the code of a letter kind; empty: for every letter of the organisation."""

    paper = models.CharField(_("for which letters"), max_length=40, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class Letterhead(Dated):
    """``lines`` stand large, ``address`` small below them; the emblem is a stored PNG or JPEG file."""

    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="letterheads")
    lines = models.TextField(_("lines of the organisation"), max_length=600)
    address = models.TextField(_("address lines"), max_length=600, blank=True)
    city = models.CharField(_("place of the letters"), max_length=80)
    emblem = models.ForeignKey(
        "files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="letterheads"
    )

    objects = LetterheadQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="documents_letterhead_days",
                violation_error_message=_("The last day lies before the first."),
            )
        ]

    def __str__(self) -> str:
        return self.lines.splitlines()[-1] if self.lines else ""


class Signatory(Dated):
    """Who signs, in which post and by which right; ``on_behalf`` is the post above an «a.n.»."""

    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="signatories")
    form = models.CharField(_("signs"), max_length=12, choices=SigningForm.choices, default=SigningForm.DEFINITIVE)
    post = models.CharField(_("post"), max_length=160)
    on_behalf = models.CharField(_("on behalf of (post)"), max_length=160, blank=True)
    name = models.CharField(_("name"), max_length=160)
    rank = models.CharField(_("rank"), max_length=80, blank=True)
    nip = models.CharField(_("NIP"), max_length=24, blank=True)

    objects = SignatoryQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="documents_signatory_days",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                condition=~Q(form=SigningForm.AN) | ~Q(on_behalf=""),
                name="documents_signatory_behalf",
                violation_error_message=_("Type the post on whose behalf the letter is signed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} – {self.name}"

    @property
    def title(self) -> str:
        """The post as it is printed, on one line."""
        return ", ".join(self.title_lines)

    @property
    def title_lines(self) -> list[str]:
        if self.form == SigningForm.AN:
            return [f"a.n. {self.on_behalf}", self.post]
        short = {SigningForm.PLT: "Plt. ", SigningForm.PLH: "Plh. "}.get(SigningForm(self.form), "")
        return [f"{short}{self.post}"]
