"""Reference rows of regulations: dated, with their source. Shipped rows are for everyone, local ones for an agency."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.core.models import Versioned
from enggang.places.enums import Origin, Standing
from enggang.places.models.organisation import Organisation, below_any


def paths_above(path: str) -> list[str]:
    """The path itself and every path that stands above it."""
    parts = [part for part in path.split("/") if part]
    return [f"/{'/'.join(parts[:number])}/" for number in range(1, len(parts) + 1)]


class DatedQuerySet(models.QuerySet[Any]):
    def readable_by(self, actor: Actor, *roles: str) -> Self:
        """Shipped rows for whoever holds one of ``roles``; local ones of that agency, of those below and above it."""
        paths = actor.paths(*roles)
        if not paths:
            return self.none()
        above = [each for path in paths for each in paths_above(path)]
        own = below_any(paths, "organisation__path") | Q(organisation__path__in=above)
        return self.filter(Q(organisation=None) | own)

    def on(self, day: date) -> Self:
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)

    def serving(self, organisation: Organisation) -> Self:
        """Rows that hold for an agency: the shipped ones, and the local ones of itself and of those above it."""
        above = paths_above(organisation.path)
        return self.filter(Q(organisation=None) | Q(organisation__path__in=above)).select_related("organisation")


class Dated(Versioned):
    organisation = models.ForeignKey(
        "places.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("agency"),
    )  # fmt: skip
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LOCAL, editable=False)
    key = models.CharField(max_length=60, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_shipped(self) -> bool:
        return self.origin == Origin.SHIPPED

    @property
    def doubt(self) -> str:
        """What is to be said beside the row as long as nobody has compared it with the text; empty afterwards."""
        raise NotImplementedError

    @property
    def closeness(self) -> tuple[int, date]:
        """How near it is to an agency: its own row before one from above, that one before a shipped one."""
        return (len(self.organisation.path) if self.organisation else 0, self.valid_from)


class Sourced(Dated):
    """With three degrees of certainty: the text itself, a secondary source, or nothing that was verified."""

    standing = models.CharField(_("how certain"), max_length=10, choices=Standing.choices, default=Standing.UNVERIFIED)

    class Meta:
        abstract = True

    @property
    def doubt(self) -> str:
        return "" if self.standing == Standing.READ else str(Standing(self.standing).label)
