"""Who has copied an innovation, and from where one was copied: with a proof, a contact and a day."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.core.forms import POSSIBLE_DAYS
from enggang.innovation.models.innovation import Innovation


class ReplicationQuerySet(models.QuerySet["Replication"]):
    def standing(self) -> ReplicationQuerySet:
        return self.filter(voided_at=None)

    def visible_to(self, actor: Actor) -> ReplicationQuerySet:
        """With one end that the actor may read."""
        seen = Innovation.objects.visible_to(actor).values("pk")
        return self.filter(Q(origin__in=seen) | Q(copy__in=seen))

    def with_names(self) -> ReplicationQuerySet:
        ends = ("origin__subject", "origin__organisation", "copy__subject", "copy__organisation")
        return self.select_related(*ends, "region", "proof").defer("region__outline")


class Replication(models.Model):
    """From ``origin`` to ``copy``; the end that this system does not hold is named in words.

    ``region`` is where it was copied to. Counted as shown only with a ``proof``: an agreement, a letter, a statement.
    """

    origin = models.ForeignKey(Innovation, null=True, blank=True, on_delete=models.PROTECT, related_name="replications")
    origin_name = models.CharField(_("copied from"), max_length=300, blank=True)
    copy = models.ForeignKey(Innovation, null=True, blank=True, on_delete=models.PROTECT, related_name="origins")
    copy_name = models.CharField(_("who copied it"), max_length=300, blank=True)
    region = models.ForeignKey(
        "places.Region", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("regency or city")
    )  # fmt: skip
    on = models.DateField(_("copied on"), validators=POSSIBLE_DAYS)
    contact = models.CharField(_("whom to ask there"), max_length=200, blank=True)
    note = models.CharField(_("what was taken over"), max_length=500, blank=True)
    proof = models.ForeignKey(
        "files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("proof")
    )  # fmt: skip
    entered_at = models.DateTimeField()
    entered_by_key = models.CharField(max_length=60)
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(max_length=300, blank=True)

    objects = ReplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(origin__isnull=False) | ~Q(origin_name="")) & (Q(copy__isnull=False) | ~Q(copy_name="")),
                name="innovation_replication_ends",
                violation_error_message=_("Say who copied it, and from where."),
            ),
            models.CheckConstraint(
                condition=Q(origin__isnull=False) | Q(copy__isnull=False),
                name="innovation_replication_ours",
                violation_error_message=_("One end has to be an innovation on record here."),
            ),
            models.UniqueConstraint(
                fields=["origin", "copy"],
                condition=Q(voided_at=None),
                name="innovation_replication_once",
                violation_error_message=_("This replication is on record already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.origin_text} > {self.copy_text}"

    @property
    def origin_text(self) -> str:
        return f"{self.origin} ({self.origin.organisation})" if self.origin else self.origin_name

    @property
    def copy_text(self) -> str:
        return f"{self.copy} ({self.copy.organisation})" if self.copy else self.copy_name
