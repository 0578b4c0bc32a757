"""A result as plain data that was closed: what was known then stays readable, whatever is corrected afterwards."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

Facts = dict[str, Any]  # numbers, codes and moments; no sentence of any language


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class ClosedFacts(models.Model):
    """One version of a result: ``facts`` is canonical JSON, frozen with its SHA-256. Never changed."""

    number = models.PositiveSmallIntegerField()
    facts = models.TextField()
    digest = models.CharField(max_length=64)
    note = models.CharField(_("what is to be known about it"), max_length=500, blank=True)
    closed_at = models.DateTimeField()
    closed_by_key = models.CharField(max_length=60)

    class Meta:
        abstract = True
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.number}: {self.closed_at:%Y-%m-%d}"

    def read(self) -> Facts:
        found: Facts = json.loads(self.facts)
        return found

    @property
    def is_whole(self) -> bool:
        """Whether it is still what was closed."""
        return digest_of(self.facts) == self.digest
