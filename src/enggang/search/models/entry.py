"""One row per thing that can be found. Acts write it; no trigger does."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q

from enggang.core.actor import Actor
from enggang.places.models.organisation import below_any
from enggang.search.enums import Audience
from enggang.search.rules import FINDS, narrowed_kinds


class SearchEntryQuerySet(models.QuerySet["SearchEntry"]):
    def visible_to(self, actor: Actor) -> SearchEntryQuerySet:
        """What is public, what is for whoever is signed in, and what lies below the organisations one serves."""
        floor = Audience.SIGNED_IN if actor.is_signed_in else Audience.PUBLIC
        return self.filter(Q(audience__gte=floor) | _served(actor))


def _served(actor: Actor) -> Q:
    narrowed = narrowed_kinds()
    rest = below_any(actor.paths(*FINDS), "organisation_path") & ~Q(kind__in=list(narrowed))
    each = (Q(kind=kind) & below_any(actor.paths(*roles), "organisation_path") for kind, roles in narrowed.items())
    return reduce(or_, each, rest)


class SearchEntry(models.Model):
    """``title_key`` and ``text_key`` are folded (core.text): what the full-text index of either database reads."""

    # Protected: a subject that goes must be dropped from the full-text index too (drop_subject).
    subject = models.OneToOneField(
        "core.Subject", primary_key=True, on_delete=models.PROTECT, related_name="search_entry"
    )
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    organisation_code = models.CharField(max_length=16, blank=True)
    organisation_path = models.CharField(max_length=200)
    audience = models.PositiveSmallIntegerField(choices=Audience.choices, default=Audience.STAFF)
    title_key = models.CharField(max_length=400)
    text_key = models.TextField(blank=True)

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["kind", "subject"], name="search_entry_kind"),
            models.Index(fields=["organisation_path"], name="search_entry_path"),
        ]

    def __str__(self) -> str:
        return self.title


class Words(models.Model):
    """The FTS5 table of SQLite, as far as the ORM must know it for a join; on PostgreSQL there is none."""

    entry = models.OneToOneField(
        SearchEntry, primary_key=True, db_column="rowid", on_delete=models.DO_NOTHING, related_name="words"
    )
    title = models.TextField()
    words = models.TextField()

    class Meta:
        managed = False
        db_table = "search_fts"
