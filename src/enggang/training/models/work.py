"""Good work: something handed in that its author lets others use, by name and under a licence."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.core.models import Noun
from enggang.places.models.organisation import below_any
from enggang.training.rules import SEES_WORKS


class Licence(models.Model):
    """``verified``: whether a legal source stands behind the wording; ``public``: whether the public may use the work."""

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    url = models.URLField(max_length=300, blank=True)
    public = models.BooleanField(default=True)
    verified = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class WorkQuerySet(models.QuerySet["Work"]):
    def visible_to(self, actor: Actor) -> WorkQuerySet:
        """Those who see what was handed in, and each author the own ones."""
        own = Q(authors__person__user_id=actor.user_id) if actor.user_id else Q(pk__in=[])
        return self.filter(below_any(actor.paths(*SEES_WORKS), "organisation__path") | own).distinct()

    def agreed(self) -> WorkQuerySet:
        """To which every author has agreed: what a media library may take."""
        return self.filter(withdrawn_at=None).exclude(authors__agreed_at=None)


class Work(Noun):
    subject_kind = "work"

    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="works")
    version = models.OneToOneField("training.HandInVersion", on_delete=models.PROTECT, related_name="work")
    title = models.CharField(_("title"), max_length=160)
    licence = models.ForeignKey(Licence, on_delete=models.PROTECT, related_name="+", verbose_name=_("licence"))
    registered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = WorkQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None


class WorkAuthor(models.Model):
    """``agreed_by_key`` is who pressed: the account or the private link, never somebody else for them."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="authors")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="works")
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by_key = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["work", "person"], name="training_work_author")]

    def __str__(self) -> str:
        return str(self.person)
