"""Regions by the codes of the Ministry of Home Affairs: ``61``, ``61.07``, ``61.07.01``, ``61.07.01.2001``."""

from __future__ import annotations

from django.db import models

from enggang.places.enums import RegionLevel


class Region(models.Model):
    code = models.CharField(max_length=13, primary_key=True)
    name = models.CharField(max_length=100)
    level = models.PositiveSmallIntegerField(choices=RegionLevel.choices)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    area_km2 = models.FloatField(null=True, blank=True)
    population = models.PositiveIntegerField(null=True, blank=True)
    capital = models.CharField(max_length=60, blank=True)
    outline: models.JSONField[object, object] = models.JSONField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name
