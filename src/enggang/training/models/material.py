"""What is given to the participants of a wave: a file or a link, for one session or for the whole wave."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class MaterialQuerySet(models.QuerySet["Material"]):
    def shown(self) -> MaterialQuerySet:
        return self.filter(removed_at=None).select_related("session", "upload__file__subject")


class Material(models.Model):
    """Either ``upload`` or ``link``. Removed ones keep their row for a while, so that they can be brought back."""

    wave = models.ForeignKey("training.Wave", on_delete=models.PROTECT, related_name="materials")
    session = models.ForeignKey(
        "training.Session", null=True, blank=True, on_delete=models.SET_NULL, related_name="materials",
        verbose_name=_("session"),
    )  # fmt: skip
    title = models.CharField(_("title"), max_length=160)
    link = models.URLField(_("link"), max_length=500, blank=True)
    upload = models.OneToOneField(
        "files.Upload", null=True, blank=True, on_delete=models.PROTECT, related_name="material"
    )
    added_at = models.DateTimeField()
    added_by_key = models.CharField(max_length=60)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        ordering = ["session__day", "session__begins", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(upload=None) & ~Q(link="") | Q(upload__isnull=False, link=""),
                name="training_material_one_of",
                violation_error_message=_("Give a file or a link."),
            )
        ]

    def __str__(self) -> str:
        return self.title
