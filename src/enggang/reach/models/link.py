"""A short address for a poster or a message, which leads on to a public page for as long as it is not retired."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.places.models.organisation import below_any
from enggang.reach.rules import READERS, SHARERS


class ShortLinkQuerySet(models.QuerySet["ShortLink"]):
    def visible_to(self, actor: Actor) -> ShortLinkQuerySet:
        return self.filter(below_any(actor.paths(*READERS), "organisation__path"))

    def kept_by(self, actor: Actor) -> ShortLinkQuerySet:
        return self.filter(below_any(actor.paths(*SHARERS), "organisation__path"))

    def leading(self) -> ShortLinkQuerySet:
        return self.filter(retired_at=None)


class ShortLink(models.Model):
    """``code`` stands in the address and on paper, so it is never given out twice, not even after it is retired."""

    code = models.CharField(max_length=10, unique=True)
    subject = models.ForeignKey("core.Subject", on_delete=models.PROTECT, related_name="short_links")
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="short_links")
    aim = models.CharField(_("leads to"), max_length=20)
    language = models.CharField(_("language"), max_length=2)
    note = models.CharField(_("where it is used"), max_length=120, blank=True)
    made_at = models.DateTimeField()
    made_by_key = models.CharField(max_length=60)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = ShortLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.code

    @property
    def address(self) -> str:
        return settings.PUBLIC_URL + reverse("reach:short", args=[self.code])

    @property
    def printed(self) -> str:
        """As it stands on paper: nobody types the scheme."""
        return self.address.partition("://")[2]
