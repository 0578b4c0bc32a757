"""The committee (panitia) of an edition, as its list and its letters name it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class CommitteeMember(models.Model):
    """Somebody of the committee (panitia), as its list names them."""

    edition = models.ForeignKey("events.Edition", on_delete=models.CASCADE, related_name="committee")
    section = models.CharField(_("section"), max_length=100, blank=True)
    post = models.CharField(_("post"), max_length=100)
    name = models.CharField(_("name"), max_length=160)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name
