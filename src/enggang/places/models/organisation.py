"""Organisations as a dated tree. Rights are held on a node and reach everything below it."""

from __future__ import annotations

from datetime import date
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.models import Noun, Versioned
from enggang.places.enums import OrganisationKind


def below(path: str, field: str = "path") -> Q:
    """Rows whose path begins with ``path``, as a range: an index serves it on both databases."""
    if path == "/":
        return Q()
    return Q(**{f"{field}__gte": path, f"{field}__lt": path[:-1] + "0"})  # "0" follows "/"


def below_any(paths: tuple[str, ...], field: str = "path") -> Q:
    """Rows below one of ``paths``; no path, no row."""
    if "/" in paths:
        return Q()
    return reduce(or_, (below(path, field) for path in paths), Q(pk__in=[]))


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def visible_to(self, actor: Actor) -> OrganisationQuerySet:
        """The tree itself is public knowledge to whoever is signed in."""
        return self if actor.is_system or actor.is_signed_in else self.none()

    def held_by(self, actor: Actor, *roles: str) -> OrganisationQuerySet:
        """Where the actor holds one of ``roles``."""
        return self.filter(below_any(actor.paths(*roles)))

    def on(self, day: date | None = None) -> OrganisationQuerySet:
        day = day or clock.today()
        return self.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=day)).filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        )


class Organisation(Noun, Versioned):
    subject_kind = "organisation"

    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, choices=OrganisationKind.choices)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=200, unique=True)
    region = models.ForeignKey("places.Region", null=True, blank=True, on_delete=models.PROTECT)
    time_zone = models.CharField(max_length=40, default="Asia/Pontianak")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["path"]

    def __str__(self) -> str:
        return self.name

    @property
    def depth(self) -> int:
        return self.path.count("/") - 2
