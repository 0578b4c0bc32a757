"""A private address by which somebody without an account brings photos and videos, until it expires."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.models import Noun
from enggang.media.rules import KEEPERS
from enggang.places.models.organisation import below_any


class IntakeQuerySet(models.QuerySet["Intake"]):
    def visible_to(self, actor: Actor) -> IntakeQuerySet:
        return self.filter(below_any(actor.paths(*KEEPERS), "organisation__path"))

    def with_names(self) -> IntakeQuerySet:
        return self.select_related("subject", "organisation__subject", "about")


class Intake(Noun):
    """``author_name`` stands under everything that comes this way; ``note`` is shown to whoever brings."""

    subject_kind = "intake"

    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    author_name = models.CharField(_("photographer’s name"), max_length=200)
    note = models.CharField(_("what is asked for"), max_length=300, blank=True)
    about = models.ForeignKey("core.Subject", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = IntakeQuerySet.as_manager()

    def __str__(self) -> str:
        return self.author_name

    @property
    def is_open(self) -> bool:
        return self.closed_at is None and self.expires_at > clock.now()
