"""Organisations as a dated tree. Rights are held on a node and reach everything below it."""

from __future__ import annotations

from datetime import date
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.models import Noun, Versioned
from enggang.core.text import folded, with_words
from enggang.places.enums import OrganisationKind, Origin


def everything() -> Q:
    """True for every row. Not ``Q()``: that one vanishes in an "or", and with it the right it stood for."""
    return ~Q(pk__in=[])


def below(path: str, field: str = "path") -> Q:
    """Rows whose path begins with ``path``, as a range: an index serves it on both databases."""
    if path == "/":
        return everything()
    return Q(**{f"{field}__gte": path, f"{field}__lt": path[:-1] + "0"})  # "0" follows "/"


def below_any(paths: tuple[str, ...], field: str = "path") -> Q:
    """Rows below one of ``paths``; no path, no row."""
    if "/" in paths:
        return everything()
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

    def named(self, text: str) -> OrganisationQuerySet:
        """Those whose name or short name holds every word of ``text``."""
        return with_words(self, text)


class Organisation(Noun, Versioned):
    """``key`` is a readable name for imports, such as ``kalbar/disporapar``; what people see is ``code``.

    ``name_key`` holds name and short name folded, for sorting and finding.
    """

    subject_kind = "organisation"

    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60)
    name_key = models.CharField(max_length=300, editable=False, db_index=True)
    key = models.CharField(max_length=80, blank=True)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LOCAL, editable=False)
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
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=~Q(key=""),
                name="places_organisation_key",
                violation_error_message=_("Another organisation already has this import key."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def fold_name(self) -> None:
        """To be called by whatever sets the name."""
        self.name_key = folded(f"{self.name} {self.short_name}")[:300]

    @property
    def has_ended(self) -> bool:
        return self.valid_to is not None and self.valid_to < clock.today()

    @property
    def path_codes(self) -> list[str]:
        """Public codes from the root down to this organisation."""
        return self.path.strip("/").split("/")

    @property
    def depth(self) -> int:
        return self.path.count("/") - 2
