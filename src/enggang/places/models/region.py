"""Regions by the codes of the Ministry of Home Affairs: ``61``, ``61.07``, ``61.07.01``, ``61.07.01.2001``."""

from __future__ import annotations

from typing import Any

from django.db import models

from enggang.core.actor import Actor
from enggang.places.enums import Origin, RegionLevel


class RegionQuerySet(models.QuerySet["Region"]):
    def visible_to(self, _actor: Actor) -> RegionQuerySet:
        """Public knowledge."""
        return self

    def for_choice(self) -> RegionQuerySet:
        """Provinces and regencies, without the outlines that make their rows heavy."""
        return self.filter(level__lte=RegionLevel.REGENCY).defer("outline")


class Region(models.Model):
    code = models.CharField(max_length=13, primary_key=True)
    name = models.CharField(max_length=100)
    level = models.PositiveSmallIntegerField(choices=RegionLevel.choices)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    area_km2 = models.FloatField(null=True, blank=True)
    population = models.PositiveIntegerField(null=True, blank=True)
    capital = models.CharField(max_length=60, blank=True)
    outline: models.JSONField[Any, Any] = models.JSONField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LOCAL, editable=False)

    objects = RegionQuerySet.as_manager()

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name
